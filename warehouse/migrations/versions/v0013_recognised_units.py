"""Names of units that people recognised."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Creates ``recognised_unit``."""
    op.create_table(
        "recognised_unit",
        sa.Column(
            "folded", sa.String(400), nullable=False, comment="the wording as it is compared"
        ),
        sa.Column("text", sa.Text, nullable=False, comment="the wording as the document spells it"),
        sa.Column("code", sa.String(120), nullable=False, comment="of the registry or the list"),
        sa.Column("kind", sa.String(40), nullable=False, comment="district, commune, school ..."),
        sa.Column("name", sa.Text, nullable=False, comment="what the unit is called"),
        sa.Column("sha256", sa.String(64), nullable=False, comment="where it was first recognised"),
        sa.Column("actor", sa.String(120), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("folded", name=op.f("pk_recognised_unit")),
        comment="Wordings of units that a person recognised, to be offered wherever they stand",
    )
