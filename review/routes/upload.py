"""Handing in reports: the files, the progress of reading them, and what was read."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, File, Request, UploadFile
from fastapi.responses import RedirectResponse, Response

from review import security
from review.intake import Job
from review.render import page
from review.site import Site, TheSite
from schemas.account import Account, Role
from schemas.errors import NotFound, UploadRefused
from warehouse import audit, drill

router = APIRouter()
Uploader = Annotated[Account, Depends(security.require(Role.REVIEWER, Role.APPROVER, Role.ADMIN))]


@router.get("/upload")
def form(request: Request, site: TheSite, account: Uploader) -> Response:  # noqa: ARG001
    """Where files are dropped."""
    return page(request, "upload.html", {"most": site.settings.review.upload_megabytes})


@router.post("/upload")
def upload(
    request: Request,
    site: TheSite,
    account: Uploader,
    files: Annotated[list[UploadFile], File()],
) -> Response:
    """Keeps the files and starts reading them; to the page that follows the reading."""
    given = [(f.filename or "", f.file) for f in files if f.filename]
    if not given:
        raise UploadRefused(detail="chưa chọn tệp nào")
    limit = site.settings.review.upload_megabytes * 1024 * 1024
    folder, names = site.intake.receive(given, limit)
    actor = security.actor(request, account)
    with site.warehouse.write() as connection:
        audit.record(connection, actor, "upload", folder.name, files=names)

    def done(job: Job) -> None:
        with site.warehouse.write() as connection:
            audit.record(connection, actor, "upload.done", folder.name, state=job.state)

    job = site.intake.start(account.name, folder, names, done)
    return RedirectResponse(f"/upload/{job.id}", 303)


@router.get("/upload/{job_id}")
def follow(request: Request, site: TheSite, account: Uploader, job_id: str) -> Response:
    """How far the reading is; afterwards, what each file gave."""
    job = site.intake.job(job_id)
    if job is None or (job.owner != account.name and account.role is not Role.ADMIN):
        raise NotFound
    part = "hx-request" in request.headers
    template = "upload_progress.html" if part else "upload_job.html"
    return page(request, template, {"job": job, **_state(site, job)})


def _state(site: Site, job: Job) -> dict[str, Any]:
    if not job.finished:
        return {"ahead": site.intake.ahead(job), "results": []}
    with site.warehouse.read() as connection:
        return {"ahead": 0, "results": drill.arrived(connection, str(job.folder))}
