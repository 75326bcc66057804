"""Tables of the door: accounts, sessions, attempts to log in, and the audit log."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    DateTime,
    ForeignKey,
    Index,
    String,
    Table,
    Text,
)

from warehouse.tables import _KEY, metadata

account = Table(
    "account",
    metadata,
    Column("id", _KEY, primary_key=True),
    Column("name", String(120), nullable=False, unique=True, comment="what a person logs in as"),
    Column("display_name", String(200), nullable=False),
    Column("role", String(12), nullable=False, comment="reviewer, approver, analyst or admin"),
    Column("password_hash", String(200), comment="Argon2id; empty: signs on elsewhere"),
    Column("subject", String(300), unique=True, comment="issuer|subject of the office's sign-on"),
    Column("active", Boolean, nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("changed_at", DateTime(timezone=True), nullable=False),
    comment="Who may log in to the review site",
)
account_unit = Table(
    "account_unit",
    metadata,
    Column("account_id", ForeignKey("account.id"), primary_key=True),
    Column("unit_code", String(120), primary_key=True),
    comment="The units a reviewer is limited to; none: every unit",
)
login_session = Table(
    "login_session",
    metadata,
    Column("token_sha256", String(64), primary_key=True, comment="SHA-256 of the cookie's token"),
    Column("account_id", ForeignKey("account.id"), nullable=False, index=True),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("seen_at", DateTime(timezone=True), nullable=False),
    Column("expires_at", DateTime(timezone=True), nullable=False, comment="whatever happens"),
    Column("address", String(80), nullable=False),
    comment="Who is logged in now",
)
login_attempt = Table(
    "login_attempt",
    metadata,
    Column("id", _KEY, primary_key=True),
    Column("name", String(120), nullable=False),
    Column("address", String(80), nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("succeeded", Boolean, nullable=False),
    Index("ix_login_attempt_name_at", "name", "at"),
    Index("ix_login_attempt_address_at", "address", "at"),
    comment="Attempts to log in, for slowing down those who guess",
)
audit = Table(
    "audit",
    metadata,
    Column("id", _KEY, primary_key=True),
    Column("at", DateTime(timezone=True), nullable=False, index=True),
    Column("actor", String(120), nullable=False),
    Column("action", String(60), nullable=False),
    Column("subject", String(400), nullable=False),
    Column("detail", Text, nullable=False, comment="JSON"),
    Column("address", String(80), nullable=False),
    Column("previous_hash", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
    comment="What people did; the database refuses to change or delete a row",
)
