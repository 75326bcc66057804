"""How often the right cell is suggested first: synthetic reports, one seeded slip each.

``block``: the training rows alone, seen by their sums. ``report``: a district's whole report of a
synthetic week, any cell wrong, two counts repeated in the prose, seen by any rule of the form.

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
from tools.week.values import COMMUNES, week

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


def whole_report(rng: random.Random) -> Cells:
    """A district's share of a synthetic week, the training rows with their whole."""
    shares = week(list(COMMUNES), [], {}, rng.randrange(10**6))
    out = {k: v for k, v in shares[rng.choice(list(COMMUNES))].items() if v}
    for measure in ("count", "people"):
        parts = [out[(p, measure)] for p in PARTS if (p, measure) in out]
        if parts:
            out[("training", measure)] = sum(parts)
    order = {i.code: at for at, i in enumerate(FORM.indicators)}
    return dict(sorted(out.items(), key=lambda c: (order[c[0][0]], c[0][1])))


def cell(key: tuple[str, str], value: int, row: int) -> Observation:
    """One cell as a reader of pictures sees it."""
    return Observation(*key, value, "", str(value), Origin.ANNEX, 0.95, False, Anchor(6, row=row))


def report(
    cells: Cells, wrong: tuple[str, str], confidence: float, said: Cells | None = None
) -> Report:
    """``cells`` as a scanned report would hold them; ``said`` stands in its prose."""
    seen = tuple(cell(key, value, row) for row, (key, value) in enumerate(cells.items()))
    seen = tuple(replace(o, confidence=confidence) if o.key == wrong else o for o in seen)
    source = Source("synthetic.pdf", "0" * 64, "application/pdf", 1)
    return Report(
        Status.OK,
        source,
        Reading.OCR,
        campaign=FORM.campaign,
        header=Header(issuer_unit="325"),
        observations=seen,
        mentions=tuple(cell(key, value, 0) for key, value in (said or {}).items()),
    )


def measure(rounds: int, seed: int, confidence: float, *, whole: bool) -> Counter[str]:
    """Counts of ``seen`` (a rule fired), ``first`` and ``among`` (the right cell and value)."""
    rng = random.Random(seed)
    out: Counter[str] = Counter()
    for _ in range(rounds):
        good = whole_report(rng) if whole else table(rng)
        wrong = rng.choice(sorted(good))
        bad = good | {wrong: slipped(good[wrong], rng)}
        if bad == good:
            continue
        said = {key: good[key] for key in rng.sample(sorted(good), 2)} if whole else None
        one = report(bad, wrong, confidence, said)
        found = [f for f in judge_report(one, FORM, admin_units()) if f.rule in JUDGED]
        if not found:
            out["unseen"] += 1
            continue
        every = [s for f in found for s in suggest(f, one, FORM, admin_units())]
        every.sort(key=lambda s: s.cost, reverse=True)
        offered = sorted(
            {(s.indicator, s.measure, s.new): s for s in every}.values(), key=lambda s: s.cost
        )[:3]
        right = [(s.indicator, s.measure, s.new) == (*wrong, good[wrong]) for s in offered]
        out["seen"] += 1
        out["first"] += right[:1] == [True]
        out["among"] += any(right)
    return out


JUDGED = {
    RuleCode.WHOLE_DIFFERS_FROM_PARTS,
    RuleCode.TEXT_DIFFERS_FROM_TABLE,
    RuleCode.PEOPLE_FEWER_THAN_SESSIONS,
    RuleCode.RATIO_OUT_OF_RANGE,
    RuleCode.COUNT_EXCEEDS_REGISTRY,
}


def main() -> None:
    """Prints one line a setting."""
    for kind, whole, rounds in (("block", False, 3000), ("report", True, 1500)):
        for name, confidence in (("plain", 0.95), ("doubted", 0.4)):
            got = measure(rounds, 7, confidence, whole=whole)
            seen = got["seen"]
            first, among = got["first"] / seen, got["among"] / seen
            line = f"first {first:.1%}, in three {among:.1%}"
            sys.stdout.write(f"{kind} {name}: {seen} seen, {got['unseen']} unseen, {line}\n")


if __name__ == "__main__":
    main()
