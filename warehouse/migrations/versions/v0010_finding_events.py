"""What became of each finding, line by line."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Creates ``finding_event``; findings of before begin with their opening."""
    op.create_table(
        "finding_event",
        sa.Column("id", _KEY, primary_key=True),
        sa.Column(
            "fingerprint", sa.String(64), sa.ForeignKey("finding.fingerprint"), nullable=False
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False, comment="UTC"),
        sa.Column(
            "event",
            sa.String(12),
            nullable=False,
            comment="opened, changed, gone, accepted, reopened",
        ),
        sa.Column("actor", sa.String(120), comment="who accepted it"),
        sa.Column("reason", sa.Text()),
        sa.Column("value", sa.Text()),
        sa.Column("other_value", sa.Text()),
        comment="What became of each finding; never changed",
    )
    op.create_index("ix_finding_event_fingerprint", "finding_event", ["fingerprint"])
    op.execute(
        "insert into finding_event (fingerprint, at, event, value, other_value)"
        " select fingerprint, opened_at, 'opened', value, other_value from finding"
    )
