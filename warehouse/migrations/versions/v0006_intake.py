"""The ledger of the sources, attempts at reading, runs with their steps, and who may run."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Creates the tables."""
    op.create_table(
        "intake_item",
        sa.Column(
            "source", sa.String(120), nullable=False, comment="name of the source in the settings"
        ),
        sa.Column("item", sa.String(40), nullable=False, comment="hash of address, size and stamp"),
        sa.Column("uri", sa.Text(), nullable=False, comment="address at the source"),
        sa.Column("name", sa.String(400), nullable=False),
        sa.Column("size", sa.BigInteger(), comment="bytes as the listing says"),
        sa.Column(
            "stamp", sa.String(120), nullable=False, comment="mtime or etag as the listing says"
        ),
        sa.Column(
            "state", sa.String(10), nullable=False, comment="waiting, taken, refused or failed"
        ),
        sa.Column("first_seen_at", sa.DateTime(timezone=True), nullable=False, comment="UTC"),
        sa.Column(
            "settled_at", sa.DateTime(timezone=True), comment="UTC; when it was taken or refused"
        ),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), comment="why it was not taken, for a person"),
        sa.Column("reply_to", sa.String(320), comment="who asked to be answered"),
        sa.Column("subject", sa.Text(), comment="of the mail it came with"),
        sa.Column(
            "answered_at", sa.DateTime(timezone=True), comment="UTC; when the answer was sent"
        ),
        sa.PrimaryKeyConstraint("source", "item", name="pk_intake_item"),
        comment="The ledger of the sources: one row for each version of each thing seen there",
    )
    op.create_index("ix_intake_item_state", "intake_item", ["state"])
    op.create_table(
        "receipt_origin",
        sa.Column(
            "receipt_id",
            sa.BigInteger().with_variant(sa.Integer, "sqlite"),
            sa.ForeignKey("receipt.id", name="fk_receipt_origin_receipt_id"),
            primary_key=True,
        ),
        sa.Column("source", sa.String(120), nullable=False),
        sa.Column("item", sa.String(40), nullable=False),
        sa.Column("sender", sa.String(320)),
        sa.Column("subject", sa.Text()),
        sa.Column("sent_at", sa.DateTime(timezone=True)),
        comment="Where a receipt came from in the ledger, and the mail it came with",
    )
    op.create_index("ix_receipt_origin_source_item", "receipt_origin", ["source", "item"])
    op.create_table(
        "attempt",
        sa.Column(
            "sha256",
            sa.String(64),
            sa.ForeignKey("blob.sha256", name="fk_attempt_sha256"),
            nullable=False,
        ),
        sa.Column("parser_version", sa.String(60), nullable=False),
        sa.Column("started", sa.Integer(), nullable=False),
        sa.Column(
            "crashed", sa.Integer(), nullable=False, comment="times its own reading process died"
        ),
        sa.Column("last_error", sa.String(60)),
        sa.Column("last_started_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("sha256", "parser_version", name="pk_attempt"),
        comment="How often a file was given to a reading process, kept before it is given",
    )
    op.create_table(
        "run",
        sa.Column("id", sa.String(40), primary_key=True),
        sa.Column("kind", sa.String(20), nullable=False, comment="nightly, ingest or reread"),
        sa.Column(
            "state", sa.String(12), nullable=False, comment="running, done, failed or abandoned"
        ),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True)),
        sa.Column("host", sa.String(120), nullable=False),
        sa.Column("pid", sa.Integer(), nullable=False),
        sa.Column("exit_status", sa.Integer()),
        sa.Column("counters", sa.Text(), nullable=False, comment="JSON"),
        comment="Every run, with its counters",
    )
    op.create_index("ix_run_started_at", "run", ["started_at"])
    op.create_table(
        "run_step",
        sa.Column(
            "run_id",
            sa.String(40),
            sa.ForeignKey("run.id", name="fk_run_step_run_id"),
            nullable=False,
        ),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(40), nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True)),
        sa.Column("counters", sa.Text(), nullable=False, comment="JSON"),
        sa.Column("error", sa.Text()),
        sa.PrimaryKeyConstraint("run_id", "position", name="pk_run_step"),
        comment="The steps of a run",
    )
    op.create_table(
        "lease",
        sa.Column("name", sa.String(40), primary_key=True),
        sa.Column("run_id", sa.String(40), nullable=False),
        sa.Column("host", sa.String(120), nullable=False),
        sa.Column("process", sa.String(60), nullable=False, comment="id and start of the process"),
        sa.Column("beats", sa.Integer(), nullable=False, comment="grows while the holder lives"),
        sa.Column("seconds", sa.Integer(), nullable=False, comment="how long one beat holds"),
        sa.Column(
            "beaten_at",
            sa.DateTime(timezone=True),
            nullable=False,
            comment="by the database's clock",
        ),
        comment="Who may run now",
    )
