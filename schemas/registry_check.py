"""Holes in the registry: found where the data is changed, not where a report is read."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping

from schemas.errors import RegistryError

Row = Mapping[str, str]
_FOREVER = dt.date.max
_PARENTS = {"province": (), "district": ("province",), "commune": ("district", "province")}
_Spans = dict[tuple[str, str], list[tuple[dt.date, dt.date]]]


def check_registry(units: Iterable[Row], successions: Iterable[Row]) -> None:
    """Raises RegistryError naming file and line of the first hole.

    A hole is: a period that ends before it begins; two periods of one code that overlap; a parent
    that does not exist through all of its child's period; a succession from a unit that did not
    exist on the eve, or to one that does not exist on the day.
    """
    rows = list(enumerate(units, 2))
    spans = _spans(rows)
    for line, row in rows:
        _check_parent(line, row, spans)
    for line, row in enumerate(successions, 2):
        day = dt.date.fromisoformat(row["effective_on"])
        eve = day - dt.timedelta(days=1)
        for side, when in (("from", eve), ("to", day)):
            key = (row[f"{side}_level"], row[f"{side}_code"])
            if not any(start <= when < end for start, end in spans.get(key, ())):
                raise _hole("successions.csv", line, f"{key[1]} không có vào ngày {when}")


def _spans(rows: list[tuple[int, Row]]) -> _Spans:
    spans: _Spans = defaultdict(list)
    for line, row in rows:
        start = dt.date.fromisoformat(row["valid_from"])
        end = dt.date.fromisoformat(row["valid_to"]) if row["valid_to"] else _FOREVER
        known = spans[row["level"], row["code"]]
        if end <= start:
            raise _hole("units.csv", line, f"{row['code']}: hết hiệu lực trước khi bắt đầu")
        if any(start < other_end and other_start < end for other_start, other_end in known):
            raise _hole("units.csv", line, f"mã {row['code']} có hai đơn vị cùng một lúc")
        known.append((start, end))
    return spans


def _check_parent(line: int, row: Row, spans: _Spans) -> None:
    levels = _PARENTS.get(row["level"])
    if levels is None:
        raise _hole("units.csv", line, f"cấp «{row['level']}» không có")
    if not levels:
        return
    reached = dt.date.fromisoformat(row["valid_from"])
    end = dt.date.fromisoformat(row["valid_to"]) if row["valid_to"] else _FOREVER
    above = sorted(span for level in levels for span in spans.get((level, row["parent"]), ()))
    for start, stop in above:
        if start <= reached:
            reached = max(reached, stop)
    if reached < end:
        raise _hole("units.csv", line, f"{row['code']}: không có cấp trên «{row['parent']}»")


def _hole(name: str, line: int, detail: str) -> RegistryError:
    return RegistryError(name=name, place=f"dòng {line}", detail=detail)
