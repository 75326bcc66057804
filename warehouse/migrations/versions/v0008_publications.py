"""What was published, and the dictionary as a table."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Creates ``publication`` and ``data_dictionary``."""
    op.create_table(
        "publication",
        sa.Column(
            "content_hash",
            sa.String(64),
            primary_key=True,
            comment="SHA-256 over what was published",
        ),
        sa.Column("campaign", sa.String(40), comment="empty: all campaigns"),
        sa.Column(
            "as_of",
            sa.DateTime(timezone=True),
            comment="newest event the warehouse knew, UTC",
        ),
        sa.Column(
            "published_at", sa.DateTime(timezone=True), nullable=False, comment="first time, UTC"
        ),
        sa.Column("place", sa.Text, nullable=False, comment="the folder published to"),
        sa.Column("row_counts", sa.Text, nullable=False, comment="JSON: rows by table"),
        sa.Column("files", sa.Text, nullable=False, comment="JSON: SHA-256 by file"),
        sa.Column(
            "parser_versions",
            sa.Text,
            nullable=False,
            comment="JSON: versions that were read with",
        ),
        comment="Every edition ever published: what, when, from which readings",
    )
    op.create_table(
        "data_dictionary",
        sa.Column("table_name", sa.String(60), primary_key=True),
        sa.Column("column_name", sa.String(60), primary_key=True),
        *(
            sa.Column(name, sa.Text, nullable=False)
            for name in ("meaning", "unit", "source", "table_meaning", "table_source")
        ),
        comment="What every published table and column means",
    )
