"""The tables of the run that nobody watches: what sources held, what was tried, who is running."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, DateTime, ForeignKey, Index, Integer, String, Table, Text

from warehouse.tables import metadata

intake_item = Table(
    "intake_item",
    metadata,
    Column("source", String(120), primary_key=True, comment="name of the source in the settings"),
    Column("item", String(40), primary_key=True, comment="hash of address, size and stamp"),
    Column("uri", Text, nullable=False, comment="address at the source"),
    Column("name", String(400), nullable=False),
    Column("size", BigInteger, comment="bytes as the listing says"),
    Column("stamp", String(120), nullable=False, comment="mtime or etag as the listing says"),
    Column("state", String(10), nullable=False, comment="waiting, taken, refused or failed"),
    Column("first_seen_at", DateTime(timezone=True), nullable=False, comment="UTC"),
    Column("settled_at", DateTime(timezone=True), comment="UTC; when it was taken or refused"),
    Column("tries", Integer, nullable=False),
    Column("reason", Text, comment="why it was not taken, for a person"),
    Column("reply_to", String(320), comment="who asked to be answered"),
    Column("subject", Text, comment="of the mail it came with"),
    Column("answered_at", DateTime(timezone=True), comment="UTC; when the answer was sent"),
    Index("ix_intake_item_state", "state"),
    comment="The ledger of the sources: one row for each version of each thing seen there",
)
receipt_origin = Table(
    "receipt_origin",
    metadata,
    Column("receipt_id", ForeignKey("receipt.id"), primary_key=True),
    Column("source", String(120), nullable=False),
    Column("item", String(40), nullable=False),
    Column("sender", String(320)),
    Column("subject", Text),
    Column("sent_at", DateTime(timezone=True)),
    Index("ix_receipt_origin_source_item", "source", "item"),
    comment="Where a receipt came from in the ledger, and the mail it came with",
)
attempt = Table(
    "attempt",
    metadata,
    Column("sha256", ForeignKey("blob.sha256"), primary_key=True),
    Column("parser_version", String(60), primary_key=True),
    Column("started", Integer, nullable=False),
    Column("crashed", Integer, nullable=False, comment="times its own reading process died"),
    Column("last_error", String(60)),
    Column("last_started_at", DateTime(timezone=True), nullable=False),
    comment="How often a file was given to a reading process, kept before it is given",
)
run = Table(
    "run",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("kind", String(20), nullable=False, comment="nightly, ingest or reread"),
    Column("state", String(12), nullable=False, comment="running, done, failed or abandoned"),
    Column("started_at", DateTime(timezone=True), nullable=False, index=True),
    Column("ended_at", DateTime(timezone=True)),
    Column("host", String(120), nullable=False),
    Column("pid", Integer, nullable=False),
    Column("exit_status", Integer),
    Column("counters", Text, nullable=False, comment="JSON"),
    comment="Every run, with its counters",
)
run_step = Table(
    "run_step",
    metadata,
    Column("run_id", ForeignKey("run.id"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("step", String(40), nullable=False),
    Column("state", String(12), nullable=False),
    Column("started_at", DateTime(timezone=True), nullable=False),
    Column("ended_at", DateTime(timezone=True)),
    Column("counters", Text, nullable=False, comment="JSON"),
    Column("error", Text),
    comment="The steps of a run",
)
lease = Table(
    "lease",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("run_id", String(40), nullable=False),
    Column("host", String(120), nullable=False),
    Column("process", String(60), nullable=False, comment="id and start of the process"),
    Column("beats", Integer, nullable=False, comment="grows while the holder lives"),
    Column("seconds", Integer, nullable=False, comment="how long one beat holds"),
    Column("beaten_at", DateTime(timezone=True), nullable=False, comment="by the database's clock"),
    comment="Who may run now",
)
