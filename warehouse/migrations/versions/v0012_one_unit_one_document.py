"""What counts of one unit, and what is found about one document, is seen without reading the rest."""

from __future__ import annotations

from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Adds two indexes."""
    op.create_index("ix_current_observation_unit", "current_observation", ["campaign", "unit_code"])
    op.create_index("ix_finding_sha256", "finding", ["sha256"])
