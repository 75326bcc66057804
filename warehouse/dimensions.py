"""The packaged registry and forms as tables, so that analysts can join them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import Connection, delete, insert

from schemas.admin_unit import AdminUnit, UnitLevel
from schemas.catalog import forms
from schemas.form import Form
from schemas.registry_index import AdminUnits, admin_units
from warehouse.tables_dimensions import campaign, form_indicator, unit_today

_SPLIT = "chia về nhiều đơn vị, không tách được số liệu"
_GONE = "cấp huyện đã bỏ; chỉ ghép được ở cấp tỉnh"
_UNKNOWN = "không rõ đơn vị kế tiếp"


def register(connection: Connection) -> None:
    """Fills the three tables anew from the package."""
    for table, rows in (
        (campaign, [_campaign(f) for f in forms().values()]),
        (form_indicator, [row for f in forms().values() for row in _indicators(f)]),
        (unit_today, units_today(admin_units())),
    ):
        connection.execute(delete(table))
        connection.execute(insert(table), rows)


def _campaign(form: Form) -> dict[str, Any]:
    return {
        "campaign": form.campaign,
        "title": form.title,
        "year": form.year,
        "starts_on": form.starts_on,
        "ends_on": form.ends_on,
        "due_on": form.reporters.deadline,
    }


def _indicators(form: Form) -> list[dict[str, Any]]:
    above = {one.code: one for one in (*form.section_rows, *form.indicators)}
    out = []
    for position, one in enumerate(form.indicators):
        parent = above.get(one.parent or "")
        out.append(
            {
                "campaign": form.campaign,
                "indicator": one.code,
                "ordinal": one.ordinal,
                "label": one.label,
                "parent": one.parent,
                "parent_label": parent.label if parent else None,
                "position": position,
            }
        )
    return out


def units_today(units: AdminUnits) -> list[dict[str, Any]]:
    """Every unit of the registry with the unit of the newest map that holds all of it.

    ``exact`` where exactly one unit of the same level does; a district that was abolished, and a
    unit divided among several, have no such unit, and ``note`` says so.
    """
    today = max(unit.valid_from for unit in units.all())
    return [_placed(unit, units, today) for unit in units.all()]


def _placed(unit: AdminUnit, units: AdminUnits, today: dt.date) -> dict[str, Any]:
    now = units.became(unit.code, level=unit.level, day_from=unit.valid_from, day_to=today)
    one = now[0] if len(now) == 1 else None
    province = units.province_of(unit, unit.valid_from)
    above = (
        units.became(province, level=UnitLevel.PROVINCE, day_from=unit.valid_from, day_to=today)
        if province
        else ()
    )
    above_one = above[0] if len(above) == 1 else None
    return {
        "unit_code": unit.code,
        "level": unit.level.value,
        "valid_from": unit.valid_from,
        "valid_to": unit.valid_to,
        "unit_name": unit.full_name,
        "province_code": province,
        "today_code": one.code if one else None,
        "today_name": one.full_name if one else None,
        "today_province_code": above_one.code if above_one else None,
        "today_province_name": above_one.full_name if above_one else None,
        "exact": one is not None,
        "note": "" if one else _why(unit, len(now)),
    }


def _why(unit: AdminUnit, successors: int) -> str:
    if successors > 1:
        return _SPLIT
    return _GONE if unit.level == UnitLevel.DISTRICT else _UNKNOWN
