"""Totals kept in step, and the registry and forms as tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
_LONG = sa.BigInteger
_CELL = (
    ("campaign", 40),
    ("province_code", 10),
    ("indicator", 80),
    ("measure", 20),
)


def upgrade() -> None:
    """Creates ``current_observation``, ``province_total`` and the three dimensions."""
    _rollup()
    _dimensions()


def _rollup() -> None:
    op.create_table(
        "current_observation",
        sa.Column("campaign", sa.String(40), primary_key=True),
        sa.Column("province_code", sa.String(10), primary_key=True),
        sa.Column("unit_code", sa.String(120), primary_key=True),
        sa.Column("indicator", sa.String(80), primary_key=True),
        sa.Column("measure", sa.String(20), primary_key=True),
        sa.Column("value", _LONG, nullable=False),
        sa.Column(
            "from_parts",
            sa.Boolean,
            nullable=False,
            comment="a whole that the unit left blank, added up from its parts",
        ),
        comment="Each unit's cells as they count now; kept in step by every load and decision",
    )
    op.create_index(
        "ix_current_observation_cell", "current_observation", [name for name, _ in _CELL]
    )
    op.create_table(
        "province_total",
        *(sa.Column(name, sa.String(size), primary_key=True) for name, size in _CELL),
        sa.Column("reported_sum", _LONG, nullable=False, comment="what units reported themselves"),
        sa.Column("reported_count", sa.Integer, nullable=False, comment="how many units did"),
        sa.Column("parts_sum", _LONG, nullable=False, comment="wholes added up from their parts"),
        sa.Column(
            "parts_count", sa.Integer, nullable=False, comment="how many units left the whole blank"
        ),
        comment="Totals over current_observation, changed by differences, never counted again",
    )


def _dimensions() -> None:
    op.create_table(
        "campaign",
        sa.Column("campaign", sa.String(40), primary_key=True),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("year", sa.Integer, nullable=False),
        sa.Column("starts_on", sa.Date, nullable=False),
        sa.Column("ends_on", sa.Date, nullable=False),
        sa.Column("due_on", sa.Date, comment="last day for reports, where the form names one"),
        comment="Campaigns as their forms describe them",
    )
    op.create_table(
        "form_indicator",
        sa.Column("campaign", sa.String(40), primary_key=True),
        sa.Column("indicator", sa.String(80), primary_key=True),
        sa.Column("ordinal", sa.String(20), nullable=False),
        sa.Column("label", sa.Text, nullable=False),
        sa.Column("parent", sa.String(80), comment="the row it stands under"),
        sa.Column("parent_label", sa.Text),
        sa.Column("position", sa.Integer, nullable=False),
        comment="The form's rows in their order, with the row each stands under",
    )
    op.create_table(
        "unit_today",
        sa.Column("unit_code", sa.String(10), primary_key=True),
        sa.Column("level", sa.String(12), primary_key=True),
        sa.Column("valid_from", sa.Date, primary_key=True),
        sa.Column("valid_to", sa.Date, comment="first day on which it no longer existed"),
        sa.Column("unit_name", sa.String(200), nullable=False),
        sa.Column("province_code", sa.String(10)),
        sa.Column(
            "today_code", sa.String(10), comment="the one unit of the same level it lies in now"
        ),
        sa.Column("today_name", sa.String(200)),
        sa.Column("today_province_code", sa.String(10)),
        sa.Column("today_province_name", sa.String(200)),
        sa.Column(
            "exact", sa.Boolean, nullable=False, comment="whether all of it went to one unit"
        ),
        sa.Column(
            "note", sa.Text, nullable=False, comment="why it cannot be placed; empty where it can"
        ),
        comment="Administrative units with their dates, and where each lies in the newest map",
    )
