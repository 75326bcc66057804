"""The desk: claims, events of reports, blind checks, effort, recognised wordings."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

_KEY = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Creates the five tables."""
    _claims()
    op.create_table(
        "blind_check",
        sa.Column("id", _KEY, nullable=False),
        sa.Column(
            "kind",
            sa.String(8),
            nullable=False,
            comment="weighty: matters most; audit: drawn by lot",
        ),
        sa.Column("campaign", sa.String(40), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("subject", sa.String(120), nullable=False),
        sa.Column(
            "seed",
            sa.BigInteger,
            nullable=False,
            comment="of the lot, so that it can be drawn again",
        ),
        sa.Column("drawn_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expected", sa.BigInteger, comment="the value in force when drawn"),
        sa.Column("actor", sa.String(120)),
        sa.Column("typed", sa.Text, comment="what the person typed without seeing the value"),
        sa.Column("value", sa.BigInteger),
        sa.Column("status", sa.String(20)),
        sa.Column("agrees", sa.Boolean),
        sa.Column("checked_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_blind_check")),
        sa.ForeignKeyConstraint(["sha256"], ["blob.sha256"], name=op.f("fk_blind_check_sha256")),
        sa.UniqueConstraint(
            "campaign",
            "kind",
            "sha256",
            "subject",
            name=op.f("uq_blind_check_campaign_kind_sha256_subject"),
        ),
        comment="Values typed again from the page by a person who does not see them",
    )
    op.create_index("ix_blind_check_campaign", "blind_check", ["campaign"])
    op.create_table(
        "effort",
        sa.Column("request_id", sa.String(80), nullable=False, comment="of the decision"),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("subject", sa.String(120), nullable=False),
        sa.Column("actor", sa.String(120), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "active_ms",
            sa.Integer,
            nullable=False,
            comment="the clock stops after 30 s without input",
        ),
        sa.Column("keystrokes", sa.Integer, nullable=False),
        sa.Column("suggestion", sa.String(20), nullable=False, comment="shown, taken or empty"),
        sa.PrimaryKeyConstraint("request_id", name=op.f("pk_effort")),
        comment="What a decision cost a person",
    )
    op.create_index("ix_effort_actor_at", "effort", ["actor", "at"])
    _recognised()


def _claims() -> None:
    op.create_table(
        "claim",
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("actor", sa.String(120), nullable=False),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_claim")),
        sa.ForeignKeyConstraint(["sha256"], ["blob.sha256"], name=op.f("fk_claim_sha256")),
        comment="Who is working on a report now; a notice to others, never a lock",
    )
    op.create_table(
        "report_event",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("kind", sa.String(12), nullable=False, comment="finished, returned or reopened"),
        sa.Column("actor", sa.String(120), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column(
            "questions", sa.Text, nullable=False, comment="JSON list of what the unit is asked"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_event")),
        sa.ForeignKeyConstraint(["sha256"], ["blob.sha256"], name=op.f("fk_report_event_sha256")),
        comment="What people did with a report as a whole; never changed",
    )
    op.create_index("ix_report_event_sha256", "report_event", ["sha256"])


def _recognised() -> None:
    op.create_table(
        "recognised",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("campaign", sa.String(40), nullable=False),
        sa.Column("kind", sa.String(8), nullable=False, comment="alias or unit"),
        sa.Column(
            "folded", sa.String(400), nullable=False, comment="the wording as it is compared"
        ),
        sa.Column("text", sa.Text, nullable=False, comment="the wording as the document spells it"),
        sa.Column("indicator", sa.String(80), nullable=False),
        sa.Column("measure", sa.String(20), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False, comment="where it was first recognised"),
        sa.Column("actor", sa.String(120), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recognised")),
        sa.UniqueConstraint(
            "campaign", "kind", "folded", name=op.f("uq_recognised_campaign_kind_folded")
        ),
        comment="Wordings a person recognised, to be offered for all like rows",
    )
