"""Tables that are derived: the counted cells of each unit, and each province's totals of them."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, String, Table

from warehouse.tables import metadata

current_observation = Table(
    "current_observation",
    metadata,
    Column("campaign", String(40), primary_key=True),
    Column("unit_code", String(120), primary_key=True),
    Column("province_code", String(10), primary_key=True),
    Column("indicator", String(80), primary_key=True),
    Column("measure", String(20), primary_key=True),
    Column("value", BigInteger, nullable=False),
    Column(
        "from_parts",
        Boolean,
        nullable=False,
        comment="a whole that the unit left blank, added up from its parts",
    ),
    Index("ix_current_observation_cell", "campaign", "province_code", "indicator", "measure"),
    comment="Each unit's cells as they count now; kept in step by every load and decision",
)
province_total = Table(
    "province_total",
    metadata,
    Column("campaign", String(40), primary_key=True),
    Column("province_code", String(10), primary_key=True),
    Column("indicator", String(80), primary_key=True),
    Column("measure", String(20), primary_key=True),
    Column("reported_sum", BigInteger, nullable=False, comment="what units reported themselves"),
    Column("reported_count", Integer, nullable=False, comment="how many units did"),
    Column("parts_sum", BigInteger, nullable=False, comment="wholes added up from their parts"),
    Column("parts_count", Integer, nullable=False, comment="how many units left the whole blank"),
    comment="Totals over current_observation, changed by differences, never counted again",
)
