"""The fence: each file is read in a process of its own, with limits, and may die alone."""

from __future__ import annotations

import ctypes
import json
import multiprocessing
import os
import resource
import shutil
import signal
import tempfile
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any

from schemas.errors import ReadError, ReadingCrashed, ReadingOutOfMemory, ReadingTimedOut
from schemas.report import Report
from schemas.report_json import from_json

_CLONE_NEWNET = 0x40000000


@dataclass(frozen=True, slots=True)
class Limits:
    """``wall`` and ``cpu`` in seconds, ``memory`` and ``output`` in bytes."""

    wall: float = 300.0
    cpu: int = 240
    memory: int = 3 * 2**30
    output: int = 512 * 2**20
    files: int = 256


@dataclass(frozen=True, slots=True)
class Job:
    """One file to read; ``key`` is handed back with its Report."""

    key: Any
    path: Path
    name: str
    province: str
    campaign: str | None = None


def read_all(
    jobs: Iterable[Job], workers: int, limits: Limits | None = None
) -> Iterator[tuple[Job, Report]]:
    """Reports of ``jobs`` as they are ready, at most ``workers`` processes at once."""
    bounds = limits or Limits()
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(
        ["pipelines.understand", "parsers.readers.docx", "parsers.readers.pdf"]
    )
    pending = iter(jobs)
    running: dict[Connection, _Child] = {}
    exhausted = False
    while running or not exhausted:
        while not exhausted and len(running) < max(1, workers):
            job = next(pending, None)
            if job is None:
                exhausted = True
            else:
                child = _Child(context, job, bounds)
                running[child.pipe] = child
        ready = wait(list(running), timeout=0.5) if running else []
        for pipe, child in list(running.items()):
            if pipe in ready or child.late():
                del running[pipe]
                yield child.job, child.finish()


class _Child:
    def __init__(self, context: Any, job: Job, limits: Limits) -> None:
        self.job = job
        self._limits = limits
        self._folder = tempfile.mkdtemp(prefix="tonghop-")
        self.pipe, theirs = context.Pipe(duplex=False)
        self._process = context.Process(target=_main, args=(theirs, job, limits, self._folder))
        self._process.start()
        theirs.close()
        self._started = time.monotonic()

    def late(self) -> bool:
        return time.monotonic() - self._started > self._limits.wall

    def finish(self) -> Report:
        try:
            if self.pipe.poll(0):
                return from_json(json.loads(self.pipe.recv_bytes()))
            return self._failure(
                ReadingTimedOut(name=self.job.name) if self.late() else self._cause()
            )
        except EOFError:
            self._process.join(5)
            return self._failure(self._cause())
        finally:
            self._end()

    def _cause(self) -> ReadError:
        code = self._process.exitcode
        if code in (-signal.SIGXCPU, -signal.SIGKILL):
            return ReadingTimedOut(name=self.job.name)
        if code == _OUT_OF_MEMORY:
            return ReadingOutOfMemory(name=self.job.name)
        return ReadingCrashed(name=self.job.name, detail=str(code))

    def _failure(self, error: ReadError) -> Report:
        from pipelines.understand import failed  # noqa: PLC0415

        return failed(self.job.path, self.job.name, error)

    def _end(self) -> None:
        if self._process.is_alive():
            self._process.join(0.2)
        if self._process.is_alive() and self._process.pid:
            try:
                os.killpg(self._process.pid, signal.SIGKILL)
            except (ProcessLookupError, PermissionError):
                self._process.kill()
        self._process.join()
        self.pipe.close()
        shutil.rmtree(self._folder, ignore_errors=True)


_OUT_OF_MEMORY = 77


def _main(pipe: Connection, job: Job, limits: Limits, folder: str) -> None:
    os.setsid()
    _limit(limits)
    os.environ["TMPDIR"] = tempfile.tempdir = folder
    os.environ["OMP_THREAD_LIMIT"] = "1"
    try:
        from pipelines.understand import understand  # noqa: PLC0415
        from schemas.report_json import to_json  # noqa: PLC0415

        report = understand(job.path, job.name, job.province, job.campaign)
        pipe.send_bytes(json.dumps(to_json(report), ensure_ascii=False).encode())
    except MemoryError:
        os._exit(_OUT_OF_MEMORY)


def _limit(limits: Limits) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory, limits.memory))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.cpu, limits.cpu + 5))
    resource.setrlimit(resource.RLIMIT_FSIZE, (limits.output, limits.output))
    resource.setrlimit(resource.RLIMIT_NOFILE, (limits.files, limits.files))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # Where the kernel allows it (root or user namespaces) the reader has no network at all.
    ctypes.CDLL(None, use_errno=True).unshare(_CLONE_NEWNET)
