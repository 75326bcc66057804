"""Documents of one province are found without reading those of the others."""

from __future__ import annotations

from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Adds the index."""
    op.create_index("ix_document_campaign_province", "document", ["campaign", "province_code"])
