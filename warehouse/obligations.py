"""A form's cells and who is expected to report, as data in the warehouse."""

from __future__ import annotations

from sqlalchemy import Connection

from schemas.admin_unit import UnitLevel
from schemas.form import Form
from schemas.registry_index import AdminUnits, institutions
from warehouse import tables as t
from warehouse.units import institution_name
from warehouse.upsert import upsert


def register_form(connection: Connection, form: Form, units: AdminUnits, province: str) -> None:
    """The form's cells and who is expected to report, as data in the warehouse."""
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
    for code, name, channel in _expected(form, units, province):
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


def _expected(form: Form, units: AdminUnits, province: str) -> list[tuple[str, str, str]]:
    out = []
    for level in form.reporters.levels:
        below = units.children(province, level=UnitLevel(level.value), day=form.ends_on)
        out += [(u.code, u.full_name, "district") for u in below]
    for one, _ in institutions():
        if one.kind in form.reporters.institutions and one.province == province:
            out.append((one.code, institution_name(one), "direct"))
    return out
