"""How often the right cell is suggested first: synthetic tables, one seeded slip each.

Run from the root: python -m tools.measure_suggestions. Slips are drawn from the mechanisms that
``reconcile.suggest`` knows, so the figures are optimistic. ``doubted`` gives the wrong cell the
confidence a reader of pictures typically gives a poor cell, which born-digital files never have.
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from dataclasses import replace

from reconcile.rules import judge_report
from reconcile.suggest import suggest
from schemas.catalog import form
from schemas.document import Anchor, Reading, Source
from schemas.finding import RuleCode
from schemas.registry_index import admin_units
from schemas.report import Header, Observation, Origin, Report, Status

Cells = dict[tuple[str, str], int]
FORM = form("llw-2021")
PARTS = FORM.indicator("training").parts


def table(rng: random.Random) -> Cells:
    """Training rows whose whole is the sum of two to four parts."""
    out: Cells = {}
    for part in rng.sample(PARTS, rng.randint(2, 4)):
        out[(part, "count")] = rng.randint(1, 60)
        out[(part, "people")] = out[(part, "count")] * rng.randint(15, 90)
    for measure in ("count", "people"):
        out[("training", measure)] = sum(v for (_, m), v in out.items() if m == measure)
    return out


def slipped(value: int, rng: random.Random) -> int:
    """``value`` as a poor copy or a hurried hand would have it."""
    digits = list(str(value))
    at = rng.randrange(len(digits))
    kind = rng.choice(("confused", "swapped", "lost", "extra", "group"))
    if kind == "confused":
        pairs = {"1": "7", "7": "1", "3": "8", "8": "3", "0": "6", "6": "0", "5": "6"}
        digits[at] = pairs.get(digits[at], digits[at])
    elif kind == "swapped" and at + 1 < len(digits):
        digits[at], digits[at + 1] = digits[at + 1], digits[at]
    elif kind == "lost" and len(digits) > 1:
        del digits[at]
    elif kind == "extra":
        digits.insert(at, rng.choice("0123456789"))
    elif kind == "group":
        return value * 1000
    return int("".join(digits))


def report(cells: Cells, wrong: tuple[str, str], confidence: float) -> Report:
    """``cells`` as a scanned report would hold them."""
    seen = tuple(
        Observation(*key, value, "", str(value), Origin.ANNEX, 0.95, False, Anchor(6, row=row))
        for row, (key, value) in enumerate(cells.items())
    )
    seen = tuple(replace(o, confidence=confidence) if o.key == wrong else o for o in seen)
    source = Source("synthetic.pdf", "0" * 64, "application/pdf", 1)
    return Report(
        Status.OK,
        source,
        Reading.OCR,
        campaign=FORM.campaign,
        header=Header(issuer_unit="325"),
        observations=seen,
    )


def measure(rounds: int, seed: int, confidence: float) -> Counter[str]:
    """Counts of ``seen`` (a sum rule fired), ``first`` and ``among`` (the right cell and value)."""
    rng = random.Random(seed)
    out: Counter[str] = Counter()
    for _ in range(rounds):
        good = table(rng)
        wrong = rng.choice(sorted(good))
        bad = good | {wrong: slipped(good[wrong], rng)}
        if bad == good:
            continue
        one = report(bad, wrong, confidence)
        found = [
            f
            for f in judge_report(one, FORM, admin_units())
            if f.rule is RuleCode.WHOLE_DIFFERS_FROM_PARTS
        ]
        if not found:
            out["unseen"] += 1
            continue
        offered = suggest(found[0], one, FORM, admin_units())
        right = [(s.indicator, s.measure, s.new) == (*wrong, good[wrong]) for s in offered]
        out["seen"] += 1
        out["first"] += right[:1] == [True]
        out["among"] += any(right)
    return out


def main() -> None:
    """Prints one line a setting."""
    for name, confidence in (("plain", 0.95), ("doubted", 0.4)):
        got = measure(3000, 7, confidence)
        seen = got["seen"]
        first, among = got["first"] / seen, got["among"] / seen
        line = f"first {first:.1%}, in three {among:.1%}"
        sys.stdout.write(f"{name}: {seen} seen, {got['unseen']} unseen, {line}\n")


if __name__ == "__main__":
    main()
