"""A document: what it is, what was read in it, what is found, what people decided; and its file."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from typing import Annotated, Any, BinaryIO
from urllib.parse import quote

from fastapi import APIRouter, Path, Request
from fastapi.responses import Response, StreamingResponse

from review import annex, security
from review.render import page
from review.site import TheSite
from schemas.catalog import forms
from schemas.errors import NotFound
from schemas.report import Report
from warehouse import approvals, audit, decided, drill, queries

router = APIRouter()
Sha256 = Annotated[str, Path(pattern=r"^[0-9a-f]{64}$")]
_IMAGE = re.compile(r"[A-Za-z0-9_-]{1,80}\.(jpg|png)")
_KINDS = {"jpg": "image/jpeg", "png": "image/png"}
_CHUNK = 1 << 18
_LASTING = "private, max-age=31536000, immutable"


@router.get("/documents/{sha256}")
def document(
    request: Request,
    site: TheSite,
    account: security.Anyone,  # noqa: ARG001
    sha256: Sha256,
    reading: bool = False,
) -> Response:
    """Everything known of one document as people decided it; with ``reading`` as the machine read it."""
    with site.warehouse.read() as connection:
        found = drill.document(connection, sha256)
        if found is None:
            raise NotFound(name=sha256[:12])
        report = (queries.report if reading else queries.effective_report)(connection, sha256)
        context = {
            "document": found,
            "report": report,
            "reading": reading,
            "edited": frozenset() if reading else frozenset(decided.fields(connection, sha256)),
            "receipts": drill.receipts(connection, sha256),
            "siblings": _siblings(connection, found),
            "findings": drill.findings(connection, sha256=sha256),
            "decisions": (made := drill.decisions(connection, sha256)),
            "taken_back": {d["undoes"] for d in made if d["undoes"]},
            "approval": approvals.state(connection, sha256).value,
            "approvals": approvals.given(connection, sha256),
        }
        form = forms().get(found["campaign"] or "")
        cells = drill.document_cells(connection, sha256) if form else []
    shown = [_as_read(cell, report) for cell in cells] if reading else cells
    return page(
        request,
        "document.html",
        {
            **context,
            "form": form,
            "rows": annex.rows(form, shown) if form else [],
            "measures": annex.measures(form) if form else [],
            "labels": {f"{c['indicator']}.{c['measure']}": c for c in cells},
            "pictures": site.pictures.of(sha256).turned(report.turned),
        },
    )


def _as_read(cell: dict[str, Any], report: Report) -> dict[str, Any]:
    """One cell as the machine read it, whatever people decided."""
    key = (cell["indicator"], cell["measure"])
    read = next((o for o in report.observations if o.key == key), None)
    if read is None:
        return {**cell, "value": None, "raw": "", "status": None, "decided_by": None}
    said = {"value": read.value, "raw": read.raw, "needs_review": read.needs_review}
    return {**cell, **said, "status": "reported", "decided_by": None}


def _siblings(connection: Any, found: dict[str, Any]) -> list[dict[str, Any]]:
    """The unit's other documents of the campaign."""
    if not found["campaign"] or not found["unit_code"]:
        return []
    mine = drill.unit_documents(connection, found["campaign"], found["unit_code"])
    return [d for d in mine if d["sha256"] != found["sha256"]]


@router.get("/documents/{sha256}/images/{name}")
def image(
    request: Request,
    site: TheSite,
    account: security.Anyone,  # noqa: ARG001
    sha256: Sha256,
    name: str,
    v: str = "",
) -> Response:
    """One picture of a page, as ``pages.json`` names it. ``v`` is the version of the pictures: under
    it they never change; else the browser asks whether what it has is still the same."""
    if not _IMAGE.fullmatch(name):
        raise NotFound(name=name[:40])
    try:
        with site.archive.open(sha256, name) as stream:
            data = stream.read()
    except OSError:
        raise NotFound(name=name) from None
    lasting = v != "" and v == site.pictures.of(sha256).version
    tag = f'"{hashlib.sha256(data).hexdigest()[:32]}"'
    headers = {"etag": tag, "cache-control": _LASTING if lasting else "private, no-cache"}
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return Response(data, media_type=_KINDS[name.rpartition(".")[2]], headers=headers)


@router.get("/documents/{sha256}/original")
def original(request: Request, site: TheSite, account: security.Anyone, sha256: Sha256) -> Response:
    """The file as it came: always to be saved, never to be shown by the browser."""
    with site.warehouse.read() as connection:
        found = drill.document(connection, sha256)
    if found is None or not site.archive.has(sha256):
        raise NotFound(name=sha256[:12])
    with site.warehouse.write() as connection:
        audit.record(connection, security.actor(request, account), "original", sha256)
    return StreamingResponse(
        _chunks(site.archive.open(sha256)),
        media_type="application/octet-stream",
        headers={"content-disposition": attachment(found["name"])},
    )


def attachment(name: str) -> str:
    """The header that makes a browser save what it gets, under ``name``."""
    base = re.split(r"[\\/]", name)[-1]
    plain = re.sub(r"[^A-Za-z0-9._-]+", "_", base)[:120] or "file"
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(base[:200])}"


def _chunks(stream: BinaryIO) -> Iterator[bytes]:
    with stream:
        while chunk := stream.read(_CHUNK):
            yield chunk
