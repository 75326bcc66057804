"""Runs that read again what was read before, and what each changed."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, DateTime, ForeignKey, String, Table, Text

from warehouse.tables_base import KEY, metadata

extraction_run = Table(
    "extraction_run",
    metadata,
    Column("id", KEY, primary_key=True),
    Column("campaign", String(40), comment="whose documents were read; empty: all"),
    Column("parser_version", String(60), nullable=False),
    Column("settings", Text, nullable=False, comment="what else may change a reading, as JSON"),
    Column("started_at", DateTime(timezone=True), nullable=False, comment="UTC"),
    Column("finished_at", DateTime(timezone=True), comment="UTC; empty where it broke off"),
    Column("rolled_back_at", DateTime(timezone=True), comment="UTC"),
    comment="Each run that read archived originals again",
)
reread_result = Table(
    "reread_result",
    metadata,
    Column("run_id", ForeignKey("extraction_run.id"), primary_key=True),
    Column("sha256", ForeignKey("blob.sha256"), primary_key=True),
    Column(
        "outcome", String(10), nullable=False, comment="same, better, worse, changed, disagrees"
    ),
    Column("before_id", BigInteger, nullable=False, comment="the reading that counted before"),
    Column("after_id", BigInteger, nullable=False, comment="the reading that counts since"),
    Column("details", Text, nullable=False, comment="what differs, as JSON"),
    comment="What a run found in each document",
)
overridden_cell = Table(
    "overridden_cell",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("indicator", String(80), primary_key=True),
    Column("measure", String(20), primary_key=True),
    Column("by_sha256", String(64), nullable=False),
    comment="Cells of a counted report that a supplement or correction states anew; derived",
)
finding_event = Table(
    "finding_event",
    metadata,
    Column("id", KEY, primary_key=True),
    Column("fingerprint", ForeignKey("finding.fingerprint"), nullable=False, index=True),
    Column("at", DateTime(timezone=True), nullable=False, comment="UTC"),
    Column(
        "event", String(12), nullable=False, comment="opened, changed, gone, accepted, reopened"
    ),
    Column("actor", String(120), comment="who accepted it"),
    Column("reason", Text),
    Column("value", Text),
    Column("other_value", Text),
    comment="What became of each finding; never changed",
)
