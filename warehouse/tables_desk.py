"""Tables of the desk: who holds a report, where it stands, blind checks, effort, what was recognised."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from warehouse.tables import _KEY, metadata

claim = Table(
    "claim",
    metadata,
    Column("sha256", ForeignKey("blob.sha256"), primary_key=True),
    Column("actor", String(120), nullable=False),
    Column("claimed_at", DateTime(timezone=True), nullable=False),
    Column("expires_at", DateTime(timezone=True), nullable=False),
    comment="Who is working on a report now; a notice to others, never a lock",
)
report_event = Table(
    "report_event",
    metadata,
    Column("id", _KEY, primary_key=True),
    Column("sha256", ForeignKey("blob.sha256"), nullable=False, index=True),
    Column("kind", String(12), nullable=False, comment="finished, returned or reopened"),
    Column("actor", String(120), nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("note", Text, nullable=False),
    Column("questions", Text, nullable=False, comment="JSON list of what the unit is asked"),
    comment="What people did with a report as a whole; never changed",
)
blind_check = Table(
    "blind_check",
    metadata,
    Column("id", _KEY, primary_key=True),
    Column("kind", String(8), nullable=False, comment="weighty: matters most; audit: drawn by lot"),
    Column("campaign", String(40), nullable=False, index=True),
    Column("sha256", ForeignKey("blob.sha256"), nullable=False),
    Column("subject", String(120), nullable=False),
    Column("seed", BigInteger, nullable=False, comment="of the lot, so that it can be drawn again"),
    Column("drawn_at", DateTime(timezone=True), nullable=False),
    Column("expected", BigInteger, comment="the value in force when drawn"),
    Column("actor", String(120)),
    Column("typed", Text, comment="what the person typed without seeing the value"),
    Column("value", BigInteger),
    Column("status", String(20)),
    Column("agrees", Boolean),
    Column("checked_at", DateTime(timezone=True)),
    UniqueConstraint("campaign", "kind", "sha256", "subject"),
    comment="Values typed again from the page by a person who does not see them",
)
effort = Table(
    "effort",
    metadata,
    Column("request_id", String(80), primary_key=True, comment="of the decision"),
    Column("sha256", String(64), nullable=False),
    Column("subject", String(120), nullable=False),
    Column("actor", String(120), nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column(
        "active_ms", Integer, nullable=False, comment="the clock stops after 30 s without input"
    ),
    Column("keystrokes", Integer, nullable=False),
    Column("suggestion", String(20), nullable=False, comment="shown, taken or empty"),
    Index("ix_effort_actor_at", "actor", "at"),
    comment="What a decision cost a person",
)
recognised = Table(
    "recognised",
    metadata,
    Column("id", _KEY, primary_key=True),
    Column("campaign", String(40), nullable=False),
    Column("kind", String(8), nullable=False, comment="alias or unit"),
    Column("folded", String(400), nullable=False, comment="the wording as it is compared"),
    Column("text", Text, nullable=False, comment="the wording as the document spells it"),
    Column("indicator", String(80), nullable=False),
    Column("measure", String(20), nullable=False),
    Column("sha256", String(64), nullable=False, comment="where it was first recognised"),
    Column("actor", String(120), nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    UniqueConstraint("campaign", "kind", "folded"),
    comment="Wordings a person recognised, to be offered for all like rows",
)
recognised_unit = Table(
    "recognised_unit",
    metadata,
    Column("folded", String(400), primary_key=True, comment="the wording as it is compared"),
    Column("text", Text, nullable=False, comment="the wording as the document spells it"),
    Column("code", String(120), nullable=False, comment="of the registry or the list"),
    Column("kind", String(40), nullable=False, comment="district, commune, school ..."),
    Column("name", Text, nullable=False, comment="what the unit is called"),
    Column("sha256", String(64), nullable=False, comment="where it was first recognised"),
    Column("actor", String(120), nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    comment="Wordings of units that a person recognised, to be offered wherever they stand",
)
