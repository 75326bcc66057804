"""Splits the seed's table over the units, so that the sum is the seed's again, cell for cell."""

from __future__ import annotations

import random

SEED_TABLE = {
    "training.law_and_science": (10, 900),
    "training.managers_and_teachers": (30, 800),
    "training.community_centre_staff": (10, 650),
    "training.other": (6, 350),
    "news": (35, None),
    "publications": (1230, None),
    "book_drive.donors": (3, None),
    "book_drive.books": (1800, None),
    "contests": (2, 250),
    "contests.thematic_sessions": (161, 19600),
    "opening.districts": (10, 1250),
    "opening.institutions": (570, 165000),
    "awards.collectives": (2, None),
    "awards.individuals": (None, 50),
}
COMMUNES = {
    "323": 17,
    "325": 11,
    "326": 11,
    "327": 17,
    "328": 13,
    "329": 21,
    "330": 25,
    "331": 17,
    "332": 15,
    "333": 14,
}
Values = dict[tuple[str, str], int]


def split(total: int, parts: int, rng: random.Random) -> list[int]:
    """``parts`` non-negative whole numbers that add up to ``total``."""
    weights = [rng.uniform(0.5, 1.5) for _ in range(parts)]
    out = [int(total * w / sum(weights)) for w in weights]
    for i in range(total - sum(out)):
        out[i % parts] += 1
    return out


def week(
    districts: list[str], direct: list[str], told: dict[str, Values], seed: int
) -> dict[str, Values]:
    """Values by unit. ``told`` are units whose values are given; the rest is split over the others."""
    rng = random.Random(seed)
    out: dict[str, Values] = {u: dict(told.get(u, {})) for u in (*districts, *direct)}
    free = [u for u in direct if u not in told]
    for indicator, (count, people) in SEED_TABLE.items():
        takers = list(districts)
        if indicator not in {"contests.thematic_sessions", "opening.districts"}:
            takers += [u for u in free if rng.random() < 0.5]
        if count is not None:
            _counts(indicator, count, takers, districts, told, out, rng)
        if people is not None:
            _people(indicator, people, takers, told, out, rng)
    return out


def _rest(total: int, key: tuple[str, str], told: dict[str, Values]) -> int:
    return total - sum(v.get(key, 0) for v in told.values())


def _counts(
    indicator: str,
    total: int,
    takers: list[str],
    districts: list[str],
    told: dict[str, Values],
    out: dict[str, Values],
    rng: random.Random,
) -> None:
    key = (indicator, "count")
    if indicator == "contests.thematic_sessions":
        shares = [COMMUNES[d] for d in districts]
    elif indicator == "opening.districts":
        shares = [1] * len(districts)
    elif total < len(takers) * 2:
        shares = [0] * len(takers)
        for _ in range(_rest(total, key, told)):
            shares[rng.randrange(len(takers))] += 1
    else:
        shares = split(_rest(total, key, told), len(takers), rng)
    for unit, share in zip(takers, shares, strict=False):
        if share:
            out[unit][key] = share


def _people(
    indicator: str,
    total: int,
    takers: list[str],
    told: dict[str, Values],
    out: dict[str, Values],
    rng: random.Random,
) -> None:
    key = (indicator, "people")
    holders = [u for u in takers if (indicator, "count") in out[u]] or takers[:4]
    for unit, share in zip(holders, split(_rest(total, key, told), len(holders), rng), strict=True):
        out[unit][key] = share
