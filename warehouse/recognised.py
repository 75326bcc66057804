"""Wordings a person recognised: offered for all like rows, and given back to the form as YAML."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

import yaml
from sqlalchemy import Connection, select

from schemas.text import words
from warehouse import recognised_units
from warehouse.tables_desk import recognised
from warehouse.upsert import upsert


@dataclass(frozen=True, slots=True)
class Recognised:
    """``text`` in a report stands for ``indicator`` (an alias) or its ``measure``'s unit (a unit)."""

    campaign: str
    kind: str
    text: str
    indicator: str
    measure: str
    sha256: str
    actor: str
    at: dt.datetime


def record(connection: Connection, one: Recognised) -> None:
    """Notes a wording; one already known stays as it was first recognised."""
    row = {name: getattr(one, name) for name in Recognised.__dataclass_fields__}
    upsert(connection, recognised, {**row, "folded": words(one.text)[:400]})


def known(connection: Connection, campaign: str) -> dict[tuple[str, str], Recognised]:
    """Every wording of ``campaign`` by kind and how it is compared."""
    c = recognised.c
    names = list(Recognised.__dataclass_fields__)
    query = select(c.folded, *(c[n] for n in names)).where(c.campaign == campaign).order_by(c.id)
    return {
        (row.kind, row.folded): Recognised(**{n: getattr(row, n) for n in names})
        for row in connection.execute(query)
    }


def as_yaml(connection: Connection, campaign: str) -> str:
    """The wordings as they are pasted into the form's file, by indicator, and those of units as they
    go into the registry; a person signs them."""
    grouped: dict[str, dict[str, list[str]]] = defaultdict(dict)
    for one in known(connection, campaign).values():
        name = "aliases" if one.kind == "alias" else f"units.{one.measure}"
        grouped[one.indicator].setdefault(name, []).append(one.text)
    rows = [{"code": code, **names} for code, names in sorted(grouped.items())]
    data = {"campaign": campaign, "indicators": rows, "units": recognised_units.rows(connection)}
    return yaml.safe_dump(data, allow_unicode=True, sort_keys=False)
