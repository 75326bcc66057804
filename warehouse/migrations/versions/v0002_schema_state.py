"""What the database knows of its own shape: which texts its views were made from."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Creates ``schema_state``."""
    op.create_table(
        "schema_state",
        sa.Column("key", sa.String(40), primary_key=True),
        sa.Column("value", sa.Text, nullable=False),
        comment="What the database knows of its own shape",
    )
