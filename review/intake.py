"""Files that a person hands in: kept in an inbox, then taken in by the nightly run's own command."""

from __future__ import annotations

import os
import re
import secrets
import shutil
import subprocess
import sys
import threading
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from schemas.errors import UploadRefused
from schemas.settings import Settings
from schemas.text import nfc

_SIGNATURES = (
    b"%PDF-",
    b"PK\x03\x04",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    b"{\\rtf",
    b"\xff\xd8\xff",
    b"\x89PNG\r\n\x1a\n",
    b"II*\x00",
    b"MM\x00*",
    b"BM",
    b"RIFF",
)
"""PDF, ZIP (and DOCX, ODT), old Office, RTF, JPEG, PNG, TIFF, BMP, WEBP: what the readers take. HTML comes by
folders and mails only: what a browser sends here, a browser may be shown."""
_UNSAFE = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|\u202a-\u202e\u2066-\u2069]+')
_KEPT_JOBS = 200
_CHUNK = 1 << 18


@dataclass(slots=True)
class Job:
    """One hand-in. ``state``: waiting, reading, done or failed; ``lines``: what the command said."""

    id: str
    owner: str
    folder: Path
    names: tuple[str, ...]
    state: str = "waiting"
    lines: list[str] = field(default_factory=list)

    @property
    def finished(self) -> bool:
        return self.state in {"done", "failed"}


class Intake:
    """Hand-ins one after another, so that reading never takes the server's whole machine."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._lock = threading.Lock()
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="intake")
        self._running: subprocess.Popen[str] | None = None

    def receive(self, files: list[tuple[str, BinaryIO]], limit: int) -> tuple[Path, list[str]]:
        """Writes ``files`` (name, bytes) into a new folder of the inbox; the folder and the names.

        All or none. Raises UploadRefused for an empty, too large (``limit`` bytes in all) or unknown
        kind of file.
        """
        folder = self._settings.home / "inbox" / secrets.token_hex(8)
        folder.mkdir(parents=True)
        try:
            names: list[str] = []
            room = limit
            for given, stream in files:
                name = _free(safe_name(given), names)
                room -= _write(stream, folder / name, name, room)
                names.append(name)
        except UploadRefused:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        return folder, names

    def start(self, owner: str, folder: Path, names: list[str], done: Callable[[Job], None]) -> Job:
        """Queues the folder for reading; ``done`` is called at the end, in the worker's thread."""
        job = Job(secrets.token_urlsafe(12), owner, folder, tuple(names))
        with self._lock:
            self._jobs[job.id] = job
            while len(self._jobs) > _KEPT_JOBS:
                self._jobs.popitem(last=False)
        self._worker.submit(self._run, job, done)
        return job

    def job(self, job_id: str) -> Job | None:
        """A hand-in of this server's life."""
        with self._lock:
            return self._jobs.get(job_id)

    def ahead(self, job: Job) -> int:
        """How many hand-ins are read before ``job``."""
        with self._lock:
            before = []
            for one in self._jobs.values():
                if one is job:
                    break
                before.append(one)
        return sum(not one.finished for one in before)

    def close(self) -> None:
        """Stops reading; what lies in the inbox stays there."""
        self._worker.shutdown(wait=False, cancel_futures=True)
        if self._running is not None:
            self._running.terminate()

    def _run(self, job: Job, done: Callable[[Job], None]) -> None:
        job.state = "reading"
        try:
            code = self._command(job)
        except OSError as error:
            job.lines.append(str(error))
            code = 2
        job.state = "done" if code in (0, 1) else "failed"
        if job.state == "done":
            # The originals are in the archive by now.
            shutil.rmtree(job.folder, ignore_errors=True)
        done(job)

    def _command(self, job: Job) -> int:
        self._running = subprocess.Popen(
            [sys.executable, "-m", "pipelines.cli", "ingest", str(job.folder)],
            env=environment(self._settings),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            errors="replace",
        )
        assert self._running.stderr is not None
        for line in self._running.stderr:
            job.lines.append(line.rstrip()[:500])
            del job.lines[:-400]
        return self._running.wait()


def environment(settings: Settings) -> dict[str, str]:
    """The variables under which the command works on this site's own warehouse."""
    named = {
        "TONGHOP_HOME": str(settings.home),
        "TONGHOP_DATABASE_URL": settings.database_url,
        "TONGHOP_ARCHIVE_URL": settings.archive_url,
        "TONGHOP_PROVINCE": settings.province,
        "TONGHOP_WORKERS": str(settings.workers),
        "PYTHONIOENCODING": "utf-8",
    }
    return {**os.environ, **{k: v for k, v in named.items() if v}}


def safe_name(given: str) -> str:
    """A file name fit for any disk: the last part, NFC, no control or reserved characters."""
    last = re.split(r"[\\/]", given)[-1]
    clean = _UNSAFE.sub("_", nfc(last)).strip(" .")
    stem, dot, suffix = clean.rpartition(".")
    if not dot:
        return clean[:120] or "tep"
    return f"{stem[:110] or 'tep'}.{suffix[:10]}"


def _free(name: str, taken: list[str]) -> str:
    result, number = name, 2
    while result in taken:
        stem, dot, suffix = name.rpartition(".")
        result = f"{stem} ({number}){dot}{suffix}" if dot else f"{name} ({number})"
        number += 1
    return result


def _write(stream: BinaryIO, target: Path, name: str, room: int) -> int:
    """Copies a file of a known kind; its length. Raises UploadRefused."""
    head = stream.read(_CHUNK)
    if not head:
        raise UploadRefused(name=name, detail="tệp rỗng")
    if not head.startswith(_SIGNATURES):
        raise UploadRefused(name=name, detail="loại tệp này không đọc được")
    length = 0
    with target.open("wb") as out:
        while head:
            length += len(head)
            if length > room:
                raise UploadRefused(name=name, detail="quá lớn")
            out.write(head)
            head = stream.read(_CHUNK)
    return length
