"""Tables filled from the packaged registry and forms: what codes mean, and where units lie today."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, Integer, String, Table, Text

from warehouse.tables import metadata

campaign = Table(
    "campaign",
    metadata,
    Column("campaign", String(40), primary_key=True),
    Column("title", Text, nullable=False),
    Column("year", Integer, nullable=False),
    Column("starts_on", Date, nullable=False),
    Column("ends_on", Date, nullable=False),
    Column("due_on", Date, comment="last day for reports, where the form names one"),
    comment="Campaigns as their forms describe them",
)
form_indicator = Table(
    "form_indicator",
    metadata,
    Column("campaign", String(40), primary_key=True),
    Column("indicator", String(80), primary_key=True),
    Column("ordinal", String(20), nullable=False),
    Column("label", Text, nullable=False),
    Column("parent", String(80), comment="the row it stands under"),
    Column("parent_label", Text),
    Column("position", Integer, nullable=False),
    comment="The form's rows in their order, with the row each stands under",
)
unit_today = Table(
    "unit_today",
    metadata,
    Column("unit_code", String(10), primary_key=True),
    Column("level", String(12), primary_key=True),
    Column("valid_from", Date, primary_key=True),
    Column("valid_to", Date, comment="first day on which it no longer existed"),
    Column("unit_name", String(200), nullable=False),
    Column("province_code", String(10)),
    Column("today_code", String(10), comment="the one unit of the same level it lies in now"),
    Column("today_name", String(200)),
    Column("today_province_code", String(10)),
    Column("today_province_name", String(200)),
    Column("exact", Boolean, nullable=False, comment="whether all of it went to one unit"),
    Column("note", Text, nullable=False, comment="why it cannot be placed; empty where it can"),
    comment="Administrative units with their dates, and where each lies in the newest map",
)
