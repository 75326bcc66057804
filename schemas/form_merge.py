"""``extends``: one year's form as what differs from another's. Pure: mappings in, mapping out.

Rows are known by ``code``, headings by ``field``. A row named again changes: its words (aliases,
examples, never; nouns and phrases of its prose) are added to the old ones, its other keys replace; a
new label makes the old one an alias. A row with a new code is new and may say ``after`` which row it stands. ``retired``
names rows that the year no longer has: they also leave ``parts`` and rules. All else replaces.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from schemas.errors import FormError

Data = dict[str, Any]
_KEYED = {"indicators": "code", "section_rows": "code", "headings": "field"}
_ADDED = (
    *("aliases", "examples", "never", "keywords", "broad", "whole"),
    *("nouns", "phrases", "not_after", "not_with"),
)


def merged(base: Mapping[str, Any], own: Mapping[str, Any], name: str) -> Data:
    """``own``, the file ``name``, over ``base``. Raises FormError for a row that is not there."""
    out = {**base, **own}
    for key, by in _KEYED.items():
        if key in own:
            out[key] = _listed(base.get(key, ()), own[key], by, f"{name}: {key}")
    retired = set(own.get("retired", ()))
    known = {row.get("code") for key in ("indicators", "section_rows") for row in base.get(key, ())}
    if unknown := sorted(retired - known):
        raise FormError(name=name, place="retired", detail=", ".join(unknown))
    return _without(out, retired) if retired else out


def _listed(base: Iterable[Data], own: Iterable[Data], by: str, place: str) -> list[Data]:
    rows = {row[by]: row for row in base}
    order = list(rows)
    for row in own:
        if by not in row:
            raise FormError(place=place, detail=f"thiếu «{by}»")
        key, after = row[by], row.get("after")
        told = {k: v for k, v in row.items() if k != "after"}
        rows[key] = _changed(rows[key], told) if key in rows else told
        if after is not None and after not in rows:
            raise FormError(place=place, detail=f"after: {after}")
        if key not in order:
            order.insert(order.index(after) + 1 if after is not None else len(order), key)
    return [rows[key] for key in order]


def _changed(base: Data, own: Data) -> Data:
    out = {**base, **own}
    for key in _ADDED:
        if key in base or key in own:
            both = [*base.get(key, ()), *own.get(key, ())]
            out[key] = [one for at, one in enumerate(both) if one not in both[:at]]
    if "prose" in base and "prose" in own:
        out["prose"] = _changed(base["prose"], own["prose"])
    if "label" in own and own["label"] != base.get("label"):
        out["aliases"] = [*out.get("aliases", ()), base["label"]]
    return out


def _without(data: Data, retired: set[str]) -> Data:
    """``data`` without the retired rows, wherever they are named."""
    for key in ("indicators", "section_rows"):
        rows = [row for row in data.get(key, ()) if row.get("code") not in retired]
        data[key] = [_pruned(row, retired) for row in rows]
    rules = [_pruned(rule, retired) for rule in data.get("rules", ())]
    data["rules"] = [rule for rule in rules if _speaks(rule, retired)]
    return data


def _pruned(one: Data, retired: set[str]) -> Data:
    return {
        key: [code for code in value if code not in retired]
        if key in ("parts", "indicators")
        else value
        for key, value in one.items()
    }


def _speaks(rule: Data, retired: set[str]) -> bool:
    """Whether a rule still names a cell, if it named any."""
    emptied = any(key in rule and not rule[key] for key in ("parts", "indicators"))
    return not emptied and not retired & {rule.get("whole"), rule.get("indicator")}
