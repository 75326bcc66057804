"""Decisions on fields and places, approvals that can go stale, and how documents stood when."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_STATE = (
    "sha256, extraction_id, campaign, province_code, unit_code, unit_name, channel, name, number,"
    " document_type, issued_on, status, current, superseded_by, approved"
)


def upgrade() -> None:
    """Adds columns and tables; each document's present row becomes its first line of history."""
    op.add_column(
        "decision",
        sa.Column("place", sa.Text(), comment="where a person pointed: an anchor as JSON"),
    )
    op.add_column(
        "decision",
        sa.Column(
            "recorded_at",
            sa.DateTime(timezone=True),
            comment="when it was written; empty in the oldest rows, where it is when it was decided",
        ),
    )
    op.create_index("ix_decision_recorded_at", "decision", ["recorded_at"])
    op.add_column(
        "document",
        sa.Column(
            "approved",
            sa.Boolean(),
            nullable=False,
            server_default=sa.false(),
            comment="whether an approval holds for the values as they are now",
        ),
    )
    pointed = "where the person pointed, if they did"
    op.add_column("decided", sa.Column("page", sa.Integer(), comment=pointed))
    for name in ("table_index", "row_index", "column_index", "paragraph_index"):
        op.add_column("decided", sa.Column(name, sa.Integer()))
    for name in ("x0", "top", "x1", "bottom"):
        op.add_column("decided", sa.Column(name, sa.Float()))
    _decided()
    _states()


def _decided() -> None:
    op.create_table(
        "decided_field",
        sa.Column("sha256", sa.String(64), primary_key=True),
        sa.Column("subject", sa.String(120), primary_key=True),
        sa.Column("decision_id", _KEY, sa.ForeignKey("decision.id"), nullable=False),
        sa.Column("value", sa.Text()),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("actor", sa.String(120), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        comment="The decision in force for what is not a number; rebuilt from decision",
    )
    op.create_table(
        "decided_narrative",
        sa.Column("sha256", sa.String(64), primary_key=True),
        sa.Column("field", sa.String(20), primary_key=True),
        sa.Column("text", sa.Text()),
        sa.Column("folded", sa.Text()),
        comment="Narrative fields as people decided them; rebuilt from decision",
    )
    op.create_table(
        "decided_reference",
        sa.Column("sha256", sa.String(64), primary_key=True),
        sa.Column("number", sa.String(120), primary_key=True),
        sa.Column("document_type", sa.String(10)),
        sa.Column("issued_on", sa.Date()),
        sa.Column("issuer", sa.String(200)),
        comment="Cited documents as people decided them; rebuilt from decision",
    )


def _states() -> None:
    op.create_table(
        "document_state",
        sa.Column("id", _KEY, primary_key=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False, comment="UTC"),
        sa.Column("sha256", sa.String(64), sa.ForeignKey("blob.sha256"), nullable=False),
        sa.Column("extraction_id", _KEY, sa.ForeignKey("extraction.id"), nullable=False),
        sa.Column("campaign", sa.String(40)),
        sa.Column("province_code", sa.String(10)),
        sa.Column("unit_code", sa.String(120)),
        sa.Column("unit_name", sa.String(200)),
        sa.Column("channel", sa.String(12)),
        sa.Column("name", sa.String(400), nullable=False),
        sa.Column("number", sa.String(120)),
        sa.Column("document_type", sa.String(10)),
        sa.Column("issued_on", sa.Date()),
        sa.Column("status", sa.String(10), nullable=False),
        sa.Column("current", sa.Boolean(), nullable=False),
        sa.Column("superseded_by", sa.String(64)),
        sa.Column("approved", sa.Boolean(), nullable=False),
        comment="What a document's row was from this moment on; never changed",
    )
    op.create_index("ix_document_state_recorded_at", "document_state", ["recorded_at"])
    op.create_index("ix_document_state_sha256_id", "document_state", ["sha256", "id"])
    op.execute(
        f"insert into document_state (recorded_at, {_STATE}) select e.read_at, {_columns()}"
        " from document d join extraction e on e.id = d.extraction_id order by e.id"
    )


def _columns() -> str:
    return ", ".join(f"d.{name.strip()}" for name in _STATE.split(","))
