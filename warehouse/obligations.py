"""A form's cells and who is expected to report, as data in the warehouse."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Connection, func, select, update

from schemas.admin_unit import UnitLevel
from schemas.form import Form
from schemas.registry_index import AdminUnits, institutions
from warehouse import tables as t
from warehouse.units import institution_name
from warehouse.upsert import upsert


def register_form(connection: Connection, form: Form, units: AdminUnits, province: str) -> None:
    """The form's cells and who is expected to report, as data in the warehouse."""
    if _registered(connection, form, province):
        return
    position = 0
    for indicator in form.indicators:
        for measure in indicator.measures:
            upsert(
                connection,
                t.form_cell,
                {
                    "campaign": form.campaign,
                    "indicator": indicator.code,
                    "measure": measure.code,
                    "unit": measure.unit,
                    "label": indicator.label,
                    "position": position,
                    "is_whole": bool(indicator.parts),
                },
            )
            position += 1
        for part in indicator.parts:
            upsert(
                connection,
                t.form_part,
                {"campaign": form.campaign, "whole": indicator.code, "part": part},
            )
    for code, name, channel in expected(form, units, province):
        upsert(
            connection,
            t.obligation,
            {
                "campaign": form.campaign,
                "province_code": province,
                "unit_code": code,
                "unit_name": name,
                "channel": channel,
                "due_on": form.reporters.deadline,
            },
        )


def _registered(connection: Connection, form: Form, province: str) -> bool:
    f, o = t.form_cell.c, t.obligation.c
    cells = connection.execute(
        select(func.count()).select_from(t.form_cell).where(f.campaign == form.campaign)
    ).scalar_one()
    somebody = select(o.unit_code).where(o.campaign == form.campaign, o.province_code == province)
    there = connection.execute(somebody.limit(1)).first() is not None
    return there and cells == sum(len(i.measures) for i in form.indicators)


def set_deadline(connection: Connection, campaign: str, day: dt.date | None) -> None:
    """Reports of ``campaign`` are due on ``day``; None: whenever."""
    o = t.obligation.c
    connection.execute(
        update(t.obligation)
        .where(o.campaign == campaign, o.due_on.is_distinct_from(day))
        .values(due_on=day)
    )


def expected(form: Form, units: AdminUnits, province: str) -> list[tuple[str, str, str]]:
    out = []
    for level in form.reporters.levels:
        below = units.children(province, level=UnitLevel(level.value), day=form.ends_on)
        out += [(u.code, u.full_name, "district") for u in below]
    for one, _ in institutions():
        if one.kind in form.reporters.institutions and one.province == province:
            out.append((one.code, institution_name(one), "direct"))
    return out
