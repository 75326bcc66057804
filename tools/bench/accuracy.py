"""How right scans are read: drawn reports that nothing was tuned to, each in a clean and a hard scan."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from pipelines.evaluate import Evaluation, evaluate_folder
from schemas.settings import Settings
from tools.bench.measure import Row

SEED, COUNT = 1212, 24
AIMS = {"clean": (0.995, 0.10), "hard": (0.97, 0.30)}
"""By kind of scan: the least share of figures read right, and the most that may be flagged."""

SILENT = 1 / 2000

Key = tuple[str, str]
"""The drawn report's name, and the figure's."""


@dataclass(frozen=True, slots=True)
class Counts:
    """Figures of one folder; ``lost`` are those that gold states and that were not read right."""

    documents: int
    expected: int
    right: int
    invented: int
    values: int
    flagged: int
    silent: int
    lost: frozenset[Key]


def counts(folder: Path, done: Evaluation) -> Counts:
    """The sums over all kinds of document in ``folder``."""
    kinds = list(done.kinds.values())
    differing = [(doc, key) for k in kinds for doc, key, want, _ in k.different if want is not None]
    lost = {
        (_drawn(doc), key)
        for doc, key in differing
        if key in json.loads((folder / f"{doc}.gold.json").read_text("utf-8"))["observations"]
    }
    return Counts(
        sum(k.documents for k in kinds),
        sum(k.expected for k in kinds),
        sum(k.right for k in kinds),
        sum(k.invented for k in kinds),
        sum(k.values for k in kinds),
        sum(k.flagged for k in kinds),
        sum(len(k.silent) for k in kinds),
        frozenset(lost),
    )


def _drawn(document: str) -> str:
    found = re.search(r"s\d+-\d+", document)
    return found[0] if found else document


def rows_of(by_kind: dict[str, Counts]) -> list[Row]:
    """The table's rows; ``by_kind`` holds ``printed`` and the kinds of AIMS."""
    printed = by_kind["printed"]
    share = f"{printed.right / printed.expected:.2%} ({printed.right} of {printed.expected})"
    out = [Row(f"printed, not scanned, {printed.documents} reports: figures read right", share, "")]
    for kind, (least, most) in AIMS.items():
        one = by_kind[kind]
        legible = one.expected - len(printed.lost)
        seen = legible - len(one.lost - printed.lost)
        right, flagged = one.right / one.expected, one.flagged / one.values
        silent = one.silent / (one.expected + one.invented)
        name = f"{kind} scans, {one.documents} reports"
        out += [
            Row(f"{name}: figures read right", f"{right:.2%} ({one.right} of {one.expected})",
                f"at least {least:.1%}", right >= least),
            Row(f"{name}: of those that the printed report gives", f"{seen / legible:.2%} ({seen} of {legible})",
                f"at least {least:.1%}", seen / legible >= least),
            Row(f"{name}: silent errors", f"{one.silent}", "at most 1 in 2,000", silent <= SILENT),
            Row(f"{name}: flagged for review", f"{flagged:.1%} ({one.flagged} of {one.values})",
                f"at most {most:.0%}", flagged <= most),
        ]  # fmt: skip
    return out


def rows() -> list[Row]:
    """The rows of this topic."""
    with tempfile.TemporaryDirectory() as folder:
        draw = [sys.executable, "-m", "tools.scan_set", folder, "--varied"]
        subprocess.run([*draw, "--count", str(COUNT), "--seed", str(SEED)], check=True)
        settings = Settings(home=Path(folder) / "home")
        by_kind = {}
        for kind in ("printed", *AIMS):
            inside = Path(folder) / kind
            done = evaluate_folder(inside, settings, lambda said: print(said, file=sys.stderr))
            by_kind[kind] = counts(inside, done)
    return rows_of(by_kind)
