"""A finding says which field of the letter it doubts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """Findings of before name none until their campaign is judged again."""
    op.add_column("finding", sa.Column("field", sa.String(80)))
