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


@router.get("/downloads")
def downloads(request: Request, site: TheSite, account: security.Anyone) -> Response:  # noqa: ARG001
    """The files of the last publication."""
    files = published(site)
    newest = max((f["at"] for f in files), default=None)
    return page(request, "downloads.html", {"files": files, "newest": newest})


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
                "folder": inside.parent.as_posix() if inside.parent != Path() else "",
                "size": stat.st_size,
                "at": dt.datetime.fromtimestamp(stat.st_mtime, dt.UTC),
            }
        )
    return out
