"""Five hundred reports from files to a reconciled warehouse: on one and on two processes, and what they need."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from tools.bench.measure import Row, ratio

_SAMPLES = sorted(
    [*Path("samples/week-2021").glob("*.docx"), *Path("samples/week-2021").glob("*.pdf")]
)
_MEASURED = """
import json, resource, runpy, sys, threading, time
from multiprocessing.forkserver import _forkserver
from pathlib import Path
from tools.bench.measure import peak_megabytes

peaks = [0]

def watch():
    while True:
        time.sleep(0.05)
        server = _forkserver._forkserver_pid
        if server is None:
            continue
        for child in Path(f"/proc/{server}/task/{server}/children").read_text().split():
            peaks.append(peak_megabytes(child))

threading.Thread(target=watch, daemon=True).start()
for words in (["ingest", sys.argv[1]],):
    sys.argv = ["tonghop", *words]
    try:
        runpy.run_module("pipelines.cli", run_name="__main__")
    except SystemExit as over:
        assert not over.code, over.code
own = resource.getrusage(resource.RUSAGE_SELF)
times = Path(f"/proc/{_forkserver._forkserver_pid}/stat").read_text().rpartition(")")[2].split()
print(json.dumps({
    "own": own.ru_utime + own.ru_stime,
    "reading": sum(map(int, times[11:15])) / 100,
    "peak": max(peak_megabytes(), *peaks),
}))
"""
"""Those who read are children of the fork server: what they took is in its own account."""


@dataclass(frozen=True)
class Taken:
    """``wall``, ``own`` and ``reading`` in seconds, the last two of processor time; ``peak`` in MB."""

    wall: float
    own: float
    reading: float
    peak: float


def _many(folder: Path, count: int) -> None:
    """The sample week's files over and over, each time other bytes: half Word, half PDF."""
    kinds = [[p for p in _SAMPLES if p.suffix == end] for end in (".docx", ".pdf")]
    for number in range(count):
        kind = kinds[number % 2]
        source = kind[number // 2 % len(kind)]
        mark = f"\n%% copy {number}\n".encode() if source.suffix == ".pdf" else b""
        target = folder / f"{number:04d}-{source.name}"
        target.write_bytes(source.read_bytes() + mark)
        if source.suffix == ".docx":
            _commented(target, number)


def _commented(path: Path, number: int) -> None:
    import zipfile

    with zipfile.ZipFile(path, "a") as archive:
        archive.comment = f"copy {number}".encode()


def _ingested(folder: Path, workers: int) -> Taken:
    with tempfile.TemporaryDirectory() as home:
        env = os.environ | {
            "TONGHOP_HOME": home,
            "TONGHOP_WORKERS": str(workers),
            "TONGHOP_PICTURES": "false",
        }
        words = [sys.executable, "-c", _MEASURED, str(folder)]
        start = time.perf_counter()
        done = subprocess.run(
            words, env=env, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        wall = time.perf_counter() - start
    told = json.loads(done.stdout.splitlines()[-1])
    return Taken(wall, told["own"], told["reading"], told["peak"])


def rows() -> list[Row]:
    """The rows of this topic; wall ratios need an idle machine with two processors."""
    with tempfile.TemporaryDirectory() as few, tempfile.TemporaryDirectory() as many:
        _many(Path(few), 50)
        _many(Path(many), 500)
        small = _ingested(Path(few), 2)
        one, two = _ingested(Path(many), 1), _ingested(Path(many), 2)
    faster = one.wall / two.wall
    grown = two.peak / small.peak
    return [
        Row("500 reports, one process / two, wall", f"{faster:.2f}", "at least 1.7", faster >= 1.7),
        ratio("orchestration and loading, share of processor time", two.own / (two.own + two.reading), 0.15),
        Row("peak memory of any process, MB", f"{two.peak:.0f}", "under 400", two.peak < 400),
        Row("peak memory, 500 reports / 50", f"{grown:.2f}", "about 1", grown < 1.1),
        Row("reports a second on two processes", f"{500 / two.wall:.1f}", ""),
    ]  # fmt: skip
