"""The counted cells and the province's totals, kept in step by differences.

Called in the transaction that changed a document or a decision; writers follow one another
(``Warehouse.write``), so differences never meet.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, delete, insert, select, text, update
from sqlalchemy.dialects import postgresql, sqlite

from warehouse import tables as t
from warehouse.tables_rollup import current_observation, province_total
from warehouse.upsert import append

_UNIT = """
select province_code, indicator, measure, sum(value) as value from effective_value
where campaign = :campaign and unit_code = :unit_code and current = (1 = 1)
  and channel in ('district', 'direct') and status = 'reported' and value is not null
group by province_code, indicator, measure
"""
_REPORTED = """
insert into current_observation (campaign, province_code, unit_code, indicator, measure, value, from_parts)
select campaign, province_code, unit_code, indicator, measure, cast(sum(value) as bigint), (1 = 0)
from effective_value
where current = (1 = 1) and channel in ('district', 'direct') and status = 'reported' and value is not null
group by campaign, province_code, unit_code, indicator, measure
"""
_WHOLES = """
insert into current_observation (campaign, province_code, unit_code, indicator, measure, value, from_parts)
select v.campaign, v.province_code, v.unit_code, p.whole, v.measure, cast(sum(v.value) as bigint), (1 = 1)
from current_observation v
join form_part p on p.campaign = v.campaign and p.part = v.indicator
join form_cell c on c.campaign = v.campaign and c.indicator = p.whole and c.measure = v.measure
where not exists (
  select 1 from current_observation w
  where w.campaign = v.campaign and w.province_code = v.province_code and w.unit_code = v.unit_code
    and w.indicator = p.whole and w.measure = v.measure)
group by v.campaign, v.province_code, v.unit_code, p.whole, v.measure
"""
_TOTALS = """
select campaign, province_code, indicator, measure,
       cast(sum(case when from_parts then 0 else value end) as bigint) as reported_sum,
       cast(sum(case when from_parts then 0 else 1 end) as integer) as reported_count,
       cast(sum(case when from_parts then value else 0 end) as bigint) as parts_sum,
       cast(sum(case when from_parts then 1 else 0 end) as integer) as parts_count
from current_observation group by campaign, province_code, indicator, measure
"""
_SUMS = ("reported_sum", "reported_count", "parts_sum", "parts_count")


class _Cell(NamedTuple):
    province_code: str
    indicator: str
    measure: str


class _Counted(NamedTuple):
    value: int
    from_parts: bool


def refresh(connection: Connection, sha256: str) -> None:
    """Counts anew the unit that document ``sha256`` reports for; nothing where it counts for none."""
    d = t.document.c
    row = connection.execute(select(d.campaign, d.unit_code).where(d.sha256 == sha256)).first()
    if row is not None and row.campaign and row.unit_code:
        refresh_unit(connection, row.campaign, row.unit_code)


def refresh_unit(connection: Connection, campaign: str, unit_code: str) -> None:
    """Counts one unit of one campaign anew: as many rows as the unit has cells, however many others."""
    key = {"campaign": campaign, "unit_code": unit_code}
    new = _counted(connection, key)
    c = current_observation.c
    query = select(c.province_code, c.indicator, c.measure, c.value, c.from_parts)
    old = {
        _Cell(*row[:3]): _Counted(int(row.value), bool(row.from_parts))
        for row in connection.execute(query.where(c.campaign == campaign, c.unit_code == unit_code))
    }
    changed = {cell for cell in old.keys() | new.keys() if old.get(cell) != new.get(cell)}
    if changed:
        _store(connection, key, changed, old, new)
        _add(connection, campaign, changed, old, new)


def _counted(connection: Connection, key: dict[str, str]) -> dict[_Cell, _Counted]:
    """The unit's cells as they count now, wholes it left blank added up from their parts."""
    found: dict[str, dict[tuple[str, str], int]] = defaultdict(dict)
    for row in connection.execute(text(_UNIT), key):
        found[row.province_code][row.indicator, row.measure] = int(row.value)
    if not found:
        return {}
    parts = _parts(connection, key["campaign"])
    return {
        _Cell(province, *cell): counted
        for province, values in found.items()
        for cell, counted in _with_wholes(values, parts).items()
    }


def _store(
    connection: Connection,
    key: dict[str, str],
    changed: set[_Cell],
    old: dict[_Cell, _Counted],
    new: dict[_Cell, _Counted],
) -> None:
    c = current_observation.c
    same = (c.campaign == key["campaign"]) & (c.unit_code == key["unit_code"])
    for name in _Cell._fields:
        same &= c[name] == bindparam(f"at_{name}")
    place = {cell: {f"at_{k}": v for k, v in cell._asdict().items()} for cell in changed}
    if gone := sorted(changed - new.keys()):
        connection.execute(delete(current_observation).where(same), [place[x] for x in gone])
    if added := sorted(changed - old.keys()):
        rows = [key | x._asdict() | new[x]._asdict() for x in added]
        connection.execute(insert(current_observation), rows)
    if other := sorted(changed & old.keys() & new.keys()):
        rows = [place[x] | new[x]._asdict() for x in other]
        connection.execute(update(current_observation).where(same), rows)


def _add(
    connection: Connection,
    campaign: str,
    changed: set[_Cell],
    old: dict[_Cell, _Counted],
    new: dict[_Cell, _Counted],
) -> None:
    rows = []
    for cell in sorted(changed):
        sums = dict.fromkeys(_SUMS, 0)
        for sign, counted in ((-1, old.get(cell)), (1, new.get(cell))):
            if counted is not None:
                kind = "parts" if counted.from_parts else "reported"
                sums[f"{kind}_sum"] += sign * counted.value
                sums[f"{kind}_count"] += sign
        rows.append({"campaign": campaign} | cell._asdict() | sums)
    connection.execute(_adding(connection), rows)


class NewUnit(NamedTuple):
    """A unit of which nothing was counted before, and the cells of its one document."""

    campaign: str
    province_code: str
    unit_code: str
    values: dict[tuple[str, str], int]


def add_new(connection: Connection, units: list[NewUnit]) -> None:
    """Counts units that were not counted before, all at once."""
    parts = {name: _parts(connection, name) for name in {u.campaign for u in units}}
    rows: list[dict[str, Any]] = []
    sums: dict[tuple[str, _Cell], dict[str, int]] = {}
    for unit in units:
        for (indicator, measure), counted in _with_wholes(
            unit.values, parts[unit.campaign]
        ).items():
            cell = _Cell(unit.province_code, indicator, measure)
            rows.append(
                {
                    "campaign": unit.campaign,
                    "unit_code": unit.unit_code,
                    "province_code": unit.province_code,
                    "indicator": indicator,
                    "measure": measure,
                    "value": counted.value,
                    "from_parts": counted.from_parts,
                }
            )
            total = sums.setdefault((unit.campaign, cell), dict.fromkeys(_SUMS, 0))
            kind = "parts" if counted.from_parts else "reported"
            total[f"{kind}_sum"] += counted.value
            total[f"{kind}_count"] += 1
    if rows:
        append(connection, current_observation, rows)
        added = [{"campaign": c} | cell._asdict() | total for (c, cell), total in sums.items()]
        connection.execute(_adding(connection), added)


def _with_wholes(
    values: dict[tuple[str, str], int], parts: list[tuple[str, str, str]]
) -> dict[tuple[str, str], _Counted]:
    """The cells of one unit, wholes it left blank added up from their parts."""
    sums: dict[tuple[str, str], int] = defaultdict(int)
    for whole, part, measure in parts:
        if (part, measure) in values and (whole, measure) not in values:
            sums[whole, measure] += values[part, measure]
    made = {key: _Counted(value, True) for key, value in sums.items()}
    return made | {key: _Counted(value, False) for key, value in values.items()}


def _parts(connection: Connection, campaign: str) -> list[tuple[str, str, str]]:
    """(whole, part, measure) of the campaign's form."""
    p, f = t.form_part.c, t.form_cell.c
    query = select(p.whole, p.part, f.measure).join(
        t.form_cell, (f.campaign == p.campaign) & (f.indicator == p.whole)
    )
    rows = connection.execute(query.where(p.campaign == campaign))
    return [(row.whole, row.part, row.measure) for row in rows]


def _adding(connection: Connection) -> Any:
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    statement = dialect.insert(province_total)
    return statement.on_conflict_do_update(
        index_elements=list(province_total.primary_key),
        set_={name: province_total.c[name] + statement.excluded[name] for name in _SUMS},
    )


def rebuild(connection: Connection) -> None:
    """Makes both tables again from all documents and decisions: after a change of the schema."""
    connection.execute(delete(current_observation))
    connection.execute(delete(province_total))
    connection.execute(text(_REPORTED))
    connection.execute(text(_WHOLES))
    columns = ", ".join(c.name for c in province_total.columns)
    connection.execute(text(f"insert into province_total ({columns}) {_TOTALS}"))


def drift(connection: Connection) -> list[tuple[str, str, str, str]]:
    """Cells whose total differs from the sum over ``unit_whole``, counted afresh; [] where all is well."""
    fresh = connection.execute(
        text(
            "select campaign, province_code, indicator, measure, sum(value) as value from unit_whole"
            " group by campaign, province_code, indicator, measure"
        )
    )
    expected = {tuple(row[:4]): int(row.value) for row in fresh}
    kept = connection.execute(
        text(
            "select campaign, province_code, indicator, measure, value from province_annex"
            " where value is not null"
        )
    )
    stored = {tuple(row[:4]): int(row.value) for row in kept}
    cells = expected.keys() | stored.keys()
    return sorted(c for c in cells if expected.get(c) != stored.get(c))
