"""The fence: each file is worked on in a process of its own, with limits, and may die alone."""

from __future__ import annotations

import errno
import json
import multiprocessing
import os
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from pathlib import Path
from threading import Lock
from types import ModuleType
from typing import Any, Generic, Protocol, TypeVar

from pipelines.confinement import Limits, confine, kill_session
from schemas.error_records import as_record, from_record
from schemas.errors import (
    OutputTooLarge,
    ReadError,
    ReadingCrashed,
    ReadingOutOfMemory,
    ReadingTimedOut,
)
from schemas.report import Report
from schemas.report_json import from_json

_PRELOAD = [
    "parsers.readers.docx",
    "parsers.readers.pdf",
    "docx",
    "pdfplumber",
    "pipelines.ready",
]
_OUT_OF_MEMORY = 77
_STARTS = 5
_MAX_ANSWER = 256 * 2**20
_MAIN_LOCK = Lock()


class Task(Protocol):
    """Work on the file at ``path``; picklable, imports what is heavy inside ``run``."""

    @property
    def path(self) -> Path: ...

    @property
    def name(self) -> str: ...

    def run(self) -> bytes:
        """Done inside the fence. May raise a ReadError, which comes back as it is."""
        ...


T = TypeVar("T", bound=Task)


@dataclass(frozen=True, slots=True)
class Job:
    """One file to read; ``key`` is handed back with its Report."""

    key: Any
    path: Path
    name: str
    province: str
    campaign: str | None = None

    def __reduce__(self) -> tuple[Any, ...]:
        """Sent without ``key``: it would take the warehouse's code into every process that reads."""
        return Job, (None, self.path, self.name, self.province, self.campaign)

    def run(self) -> bytes:
        from pipelines.understand import understand  # noqa: PLC0415
        from schemas.report_json import to_json  # noqa: PLC0415

        report = understand(self.path, self.name, self.province, self.campaign)
        return json.dumps(to_json(report), ensure_ascii=False).encode()


def read_all(
    jobs: Iterable[Job], workers: int, limits: Limits | None = None
) -> Iterator[tuple[Job, Report]]:
    """Reports of ``jobs`` as they are ready, at most ``workers`` processes at once."""
    from pipelines.understand import failed  # noqa: PLC0415

    for job, result in run_all(jobs, workers, limits):
        if isinstance(result, ReadError):
            yield job, failed(job.path, job.name, result)
        else:
            yield job, from_json(json.loads(result))


def run_all(
    tasks: Iterable[T], workers: int, limits: Limits | None = None
) -> Iterator[tuple[T, bytes | ReadError]]:
    """What each task's ``run`` gave, as it is ready, at most ``workers`` processes at once."""
    bounds = limits or Limits()
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(_PRELOAD)
    pending = iter(tasks)
    running: dict[Connection, _Child[T]] = {}
    exhausted = False
    try:
        while running or not exhausted:
            while not exhausted and len(running) < max(1, workers):
                task = next(pending, None)
                if task is None:
                    exhausted = True
                else:
                    child = _Child(context, task, bounds)
                    running[child.pipe] = child
            ready = wait(list(running), timeout=0.5) if running else []
            for pipe, child in list(running.items()):
                if pipe in ready or child.late():
                    del running[pipe]
                    yield child.task, child.finish()
    finally:
        for child in running.values():
            child.end()


class _Child(Generic[T]):
    def __init__(self, context: Any, task: T, limits: Limits) -> None:
        self.task = task
        self._limits = limits
        self._folder = tempfile.mkdtemp(prefix="tonghop-")
        self.pipe, theirs = context.Pipe(duplex=False)
        self._process = _begun(context, (theirs, task, limits, self._folder))
        theirs.close()
        self._started = time.monotonic()

    def late(self) -> bool:
        return time.monotonic() - self._started > self._limits.wall

    def finish(self) -> bytes | ReadError:
        """What the process answered, or why it did not; ends it either way."""
        try:
            if self.pipe.poll(0):
                return _answer(self.pipe.recv_bytes(_MAX_ANSWER))
            return ReadingTimedOut(name=self.task.name) if self.late() else self._cause()
        except (EOFError, OSError, ValueError):
            # Its end of the pipe closes before its exit status is known: on a busy machine long before.
            self._process.join(60)
            return self._cause()
        finally:
            self.end()

    def _cause(self) -> ReadError:
        code = self._process.exitcode
        if code in (-signal.SIGXCPU, -signal.SIGKILL):
            return ReadingTimedOut(name=self.task.name)
        if code == _OUT_OF_MEMORY:
            return ReadingOutOfMemory(name=self.task.name)
        return ReadingCrashed(name=self.task.name, detail=str(code))

    def end(self) -> None:
        """No process of the task and no file of its folder is left."""
        if self._process.is_alive():
            self._process.join(0.2)
        clean = not self._process.is_alive() and self._process.exitcode == 0
        if not clean and self._process.pid:
            kill_session(self._process.pid)
            self._process.kill()
        self._process.join()
        self.pipe.close()
        shutil.rmtree(self._folder, ignore_errors=True)


def _begun(context: Any, arguments: tuple[Any, ...]) -> Any:
    """A process that runs. Where the one that starts them was killed, it is started anew."""
    for left in reversed(range(_STARTS)):
        process = context.Process(target=_main, args=arguments)
        try:
            with _nameless():
                process.start()
        except (EOFError, ConnectionError):
            if not left:
                raise
            time.sleep(0.2)
        else:
            return process
    raise AssertionError(_STARTS)


@contextmanager
def _nameless() -> Iterator[None]:
    """No process is told what this one's main program is: it would run that again, and where it is
    Prefect's or Dask's, its imports cost more than most files do."""
    with _MAIN_LOCK:
        kept = sys.modules["__main__"]
        sys.modules["__main__"] = ModuleType("__main__")
        try:
            yield
        finally:
            sys.modules["__main__"] = kept


def _main(pipe: Connection, task: Task, limits: Limits, folder: str) -> None:
    confine(limits)
    os.environ["TMPDIR"] = tempfile.tempdir = folder
    os.environ["OMP_THREAD_LIMIT"] = "1"
    try:
        try:
            pipe.send_bytes(b"+" + task.run())
        except ReadError as error:
            _refuse(pipe, error)
        except OSError as error:
            if error.errno != errno.EFBIG:
                raise
            _refuse(pipe, OutputTooLarge(name=task.name))
    except MemoryError:
        os._exit(_OUT_OF_MEMORY)


def _refuse(pipe: Connection, error: ReadError) -> None:
    pipe.send_bytes(b"-" + json.dumps(as_record(error), ensure_ascii=False).encode())


def _answer(data: bytes) -> bytes | ReadError:
    """Plain bytes and JSON only: nothing that a file may have taken over is unpickled."""
    if data[:1] == b"+":
        return data[1:]
    error = from_record(json.loads(data[1:]))
    return error if isinstance(error, ReadError) else ReadError(name=error.name)
