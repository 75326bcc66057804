"""What the fence costs: each file is read in a process of its own."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

from pipelines.sandbox import run_all
from tools.bench.measure import Row, ratio

_FILES = 40


@dataclass(frozen=True, slots=True)
class Nothing:
    """A task that only comes and goes."""

    path: Path = Path("samples")
    name: str = "nothing"

    def run(self) -> bytes:
        return str(time.process_time()).encode()


def rows() -> list[Row]:
    """The rows of this topic: processor time of both sides, which a busy machine does not change."""
    list(run_all([Nothing()], 1))
    wall, own, inside = time.perf_counter(), time.process_time(), 0.0
    for _, answer in run_all([Nothing() for _ in range(_FILES)], 1):
        inside += float(answer) if isinstance(answer, bytes) else 0.0
    each = (time.process_time() - own + inside) / _FILES * 1000
    wall_each = (time.perf_counter() - wall) / _FILES * 1000
    return [
        ratio("fence, processor milliseconds a file", each, 25),
        Row("fence, wall milliseconds a file, one at a time", f"{wall_each:.2f}", "at most 25 on an idle machine", wall_each <= 25),
    ]  # fmt: skip
