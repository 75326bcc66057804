"""The counted cells are kept by unit: one index less to write for each value that is loaded."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    """Makes ``current_observation`` anew; its rows are counted again after every migration."""
    op.drop_table("current_observation")
    op.create_table(
        "current_observation",
        sa.Column("campaign", sa.String(40), primary_key=True),
        sa.Column("unit_code", sa.String(120), primary_key=True),
        sa.Column("province_code", sa.String(10), primary_key=True),
        sa.Column("indicator", sa.String(80), primary_key=True),
        sa.Column("measure", sa.String(20), primary_key=True),
        sa.Column("value", sa.BigInteger, nullable=False),
        sa.Column(
            "from_parts",
            sa.Boolean,
            nullable=False,
            comment="a whole that the unit left blank, added up from its parts",
        ),
        comment="Each unit's cells as they count now; kept in step by every load and decision",
    )
    op.create_index(
        "ix_current_observation_cell",
        "current_observation",
        ["campaign", "province_code", "indicator", "measure"],
    )
