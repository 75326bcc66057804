"""Tables of what was published, and the dictionary as a table."""

from __future__ import annotations

from sqlalchemy import Column, DateTime, String, Table, Text

from warehouse.tables import metadata

publication = Table(
    "publication",
    metadata,
    Column("content_hash", String(64), primary_key=True, comment="SHA-256 over what was published"),
    Column("campaign", String(40), comment="empty: all campaigns"),
    Column("as_of", DateTime(timezone=True), comment="newest event the warehouse knew, UTC"),
    Column("published_at", DateTime(timezone=True), nullable=False, comment="first time, UTC"),
    Column("place", Text, nullable=False, comment="the folder published to"),
    Column("row_counts", Text, nullable=False, comment="JSON: rows by table"),
    Column("files", Text, nullable=False, comment="JSON: SHA-256 by file"),
    Column("parser_versions", Text, nullable=False, comment="JSON: versions that were read with"),
    comment="Every edition ever published: what, when, from which readings",
)
data_dictionary = Table(
    "data_dictionary",
    metadata,
    Column("table_name", String(60), primary_key=True),
    Column("column_name", String(60), primary_key=True),
    Column("meaning", Text, nullable=False),
    Column("unit", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("table_meaning", Text, nullable=False),
    Column("table_source", Text, nullable=False),
    comment="What every published table and column means",
)
