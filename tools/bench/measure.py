"""What every topic gives the runner, and the clock they share."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Row:
    """One line of the table: ``measured`` as printed, ``aim`` in words, ``met`` or unknown."""

    what: str
    measured: str
    aim: str
    met: bool | None = None


def ratio(what: str, value: float, most: float) -> Row:
    """A row whose value should be at most ``most``."""
    return Row(what, f"{value:.2f}", f"at most {most:g}", value <= most)


def seconds(work: Callable[[], object], times: int = 7) -> float:
    """Median processor seconds of ``work`` after one warm-up."""
    work()
    return statistics.median(_once(work) for _ in range(times))


def wall_seconds(work: Callable[[], object], times: int = 5) -> float:
    """Median wall seconds of ``work``, nothing warmed up."""
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def against(
    work: Callable[[], object], base: Callable[[], object], times: int = 7
) -> tuple[float, float]:
    """Median processor seconds of both, run in turns so that a busy machine slows both alike."""
    pairs = []
    work()
    base()
    for _ in range(times):
        pairs.append((_once(work), _once(base)))
    return statistics.median(a for a, _ in pairs), statistics.median(b for _, b in pairs)


def _once(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def peak_megabytes(process: str = "self") -> float:
    """The most memory that this program has held, or the one of number ``process``; 0 if it is over.

    What ``getrusage`` tells is no less than the peak of the process which started this one.
    """
    try:
        status = Path(f"/proc/{process}/status").read_text(encoding="ascii", errors="replace")
    except OSError:
        return 0.0
    held = status.partition("VmHWM:")[2].split()
    return int(held[0]) / 1024 if held else 0.0
