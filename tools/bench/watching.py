"""A command watched from outside: processor time inside and outside the fence, memory, moment by moment."""

from __future__ import annotations

import bisect
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

_TICK = os.sysconf("SC_CLK_TCK")
_PAGE = os.sysconf("SC_PAGE_SIZE")
_EVERY = 0.25
_TOLD_EVERY = 20.0


@dataclass(frozen=True)
class Moment:
    """At ``at`` (time.time()): processor seconds so far by what is ``fenced`` and by all else
    (``own``); resident megabytes of the command itself and of its largest descendant."""

    at: float
    fenced: float
    own: float
    resident: float
    largest: float


@dataclass
class Watched:
    """What became of a command."""

    status: int = 0
    wall: float = 0.0
    moments: list[Moment] = field(default_factory=list)

    def near(self, at: float) -> Moment:
        """The last moment not after ``at``."""
        index = bisect.bisect_right([m.at for m in self.moments], at)
        return self.moments[max(0, index - 1)]


def watch(
    words: Sequence[str],
    place: Path,
    environment: dict[str, str],
    say: Callable[[str], None] = lambda _: None,
) -> Watched:
    """Runs ``tonghop`` with ``words`` in the folder ``place``; now and then ``say`` is given the last
    line of what it said to ``said.log``."""
    out = Watched()
    begun = time.perf_counter()
    with (place / "said.log").open("ab") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "pipelines.cli", *words],
            cwd=place,
            env=environment,
            stdout=log,
            stderr=log,
        )
        over = threading.Event()
        watcher = threading.Thread(target=_look, args=(process.pid, out.moments, over))
        watcher.start()
        out.status = _awaited(process, Path(log.name), say)
        out.wall = time.perf_counter() - begun
        over.set()
        watcher.join()
    return out


def _awaited(process: subprocess.Popen[bytes], log: Path, say: Callable[[str], None]) -> int:
    while True:
        try:
            return process.wait(_TOLD_EVERY)
        except subprocess.TimeoutExpired:
            lines = log.read_text("utf-8", "replace").splitlines()
            say(lines[-1][:100] if lines else "...")


def _look(pid: int, moments: list[Moment], over: threading.Event) -> None:
    # What a process that ended had used stays counted in who waited for it, or is kept here.
    most: dict[int, tuple[float, bool]] = {}
    while not over.wait(_EVERY):
        found = _tree(pid)
        if not found:
            return
        for one in found:
            most[one.pid] = (max(one.cpu, most.get(one.pid, (0.0, False))[0]), one.fenced)
        fenced = sum(cpu for cpu, inside in most.values() if inside)
        own = sum(cpu for cpu, inside in most.values() if not inside)
        resident = [one.resident for one in found if one.pid == pid]
        others = [one.resident for one in found if one.pid != pid]
        moments.append(
            Moment(time.time(), fenced, own, max(resident, default=0), max(others, default=0))
        )


@dataclass(frozen=True)
class _Process:
    pid: int
    cpu: float
    resident: float
    fenced: bool


def _tree(root: int) -> list[_Process]:
    """The command and the descendants of it that still run; of a forkserver and those below it one
    entry, for it counts those below when they end."""
    stats = {pid: stat for pid in _pids() if (stat := _stat(pid)) is not None}
    below: dict[int, list[int]] = {}
    for pid, stat in stats.items():
        below.setdefault(int(stat[1]), []).append(pid)
    out: list[_Process] = []
    todo = [(root, False)]
    while todo:
        pid, inside = todo.pop()
        if pid not in stats:
            continue
        stat = stats[pid]
        fence = "forkserver" in _command(pid)
        fenced = inside or fence
        resident = int(stat[21]) * _PAGE / 2**20
        own = (int(stat[11]) + int(stat[12])) / _TICK
        if inside:
            # Counted in the forkserver's own line, while they run and once they have ended.
            out.append(_Process(-pid, 0.0, resident, True))
        elif fence:
            ended = (int(stat[13]) + int(stat[14])) / _TICK
            running = sum(_running(child, stats) for child in below.get(pid, []))
            out.append(_Process(pid, own + ended + running, resident, True))
        else:
            # Without what it waited for: that was counted while it ran.
            out.append(_Process(pid, own, resident, False))
        todo += [(child, fenced) for child in below.get(pid, [])]
    return out


def _running(pid: int, stats: dict[int, list[str]]) -> float:
    return sum(int(one) for one in stats[pid][11:15]) / _TICK


def _pids() -> list[int]:
    return [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit()]


def _stat(pid: int) -> list[str] | None:
    """The fields after the name: state, parent, … as proc(5) counts them from the third."""
    try:
        return Path(f"/proc/{pid}/stat").read_text("utf-8", "replace").rpartition(")")[2].split()
    except OSError:
        return None


def _command(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text("utf-8", "replace")
    except OSError:
        return ""
