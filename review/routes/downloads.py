"""Everything that ``publish`` wrote last, to be saved."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import FileResponse, Response

from review import security
from review.render import page
from review.routes.documents import attachment
from review.site import Site, TheSite
from schemas.errors import NotFound
from warehouse import audit

router = APIRouter()


def _(message: str) -> str:
    """Marks a text for the catalogues; it is translated where it is shown."""
    return message


_GROUPS = (
    (_("Cho lãnh đạo và báo cáo lên Bộ"), {".docx", ".xlsx", ".html"}),
    (_("Cho người phân tích"), {".duckdb", ".parquet"}),
)
_OTHERS = _("Cho phần mềm khác")


@router.get("/downloads")
def downloads(request: Request, site: TheSite, account: security.Anyone) -> Response:  # noqa: ARG001
    """The files of the last publication."""
    files = published(site)
    newest = max((f["at"] for f in files), default=None)
    files.sort(key=lambda f: "/" in f["name"])
    groups = [(title, [f for f in files if f["kind"] in kinds]) for title, kinds in _GROUPS]
    grouped = {f["name"] for _title, group in groups for f in group}
    groups.append((_OTHERS, [f for f in files if f["name"] not in grouped]))
    return page(request, "downloads.html", {"files": files, "newest": newest, "groups": groups})


@router.get("/downloads/{name:path}")
def download(request: Request, site: TheSite, account: security.Anyone, name: str) -> Response:
    """One of those files; nothing else under any name."""
    if name not in {f["name"] for f in published(site)}:
        raise NotFound(name=name[:80])
    with site.warehouse.write() as connection:
        audit.record(connection, security.actor(request, account), "download", name)
    return FileResponse(
        edition(site) / name,
        media_type="application/octet-stream",
        headers={"content-disposition": attachment(Path(name).name)},
    )


def edition(site: Site) -> Path:
    """The folder of the newest edition; the names beside it only point into it."""
    current = site.published / "current"
    return current.resolve() if current.exists() else site.published


def published(site: Site) -> list[dict[str, Any]]:
    """Name, size and time of each file that lies ready, half-written ones left out."""
    root = edition(site)
    out = []
    for path in sorted(root.rglob("*")) if root.is_dir() else []:
        inside = path.relative_to(root)
        if path.is_symlink() or not path.is_file() or any(p.startswith(".") for p in inside.parts):
            continue
        stat = path.stat()
        out.append(
            {
                "name": inside.as_posix(),
                "kind": inside.suffix,
                "size": stat.st_size,
                "at": dt.datetime.fromtimestamp(stat.st_mtime, dt.UTC),
            }
        )
    return out
