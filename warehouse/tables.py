"""The tables: append-only readings and decisions, and what is current of them."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Float,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
)

from warehouse.tables_base import KEY, metadata
from warehouse.tables_judgement import (
    approval,
    decided,
    decided_field,
    decided_narrative,
    decided_reference,
    decision,
    document_state,
    finding,
)
from warehouse.tables_runs import extraction_run, finding_event, overridden_cell, reread_result

_KEY = KEY

blob = Table(
    "blob",
    metadata,
    Column("sha256", String(64), primary_key=True, comment="SHA-256 of the bytes as they came"),
    Column("size", BigInteger, nullable=False, comment="bytes"),
    Column("media_type", String(120), comment="media type by content"),
    Column("first_seen_at", DateTime(timezone=True), nullable=False, comment="UTC"),
    comment="Every file ever submitted, read or not",
)
receipt = Table(
    "receipt",
    metadata,
    Column("id", KEY, primary_key=True),
    Column("sha256", ForeignKey("blob.sha256"), nullable=False, index=True),
    Column("source", String(200), nullable=False, comment="where it came from"),
    Column(
        "source_key",
        String(600),
        nullable=False,
        unique=True,
        comment="address at the source and the bytes' hash",
    ),
    Column("name", String(400), nullable=False, comment="file name as submitted"),
    Column("received_at", DateTime(timezone=True), nullable=False, comment="UTC"),
    comment="Each arrival of a file; the same bytes may arrive more than once",
)
extraction = Table(
    "extraction",
    metadata,
    Column("id", KEY, primary_key=True),
    Column("sha256", ForeignKey("blob.sha256"), nullable=False),
    Column(
        "parser_version",
        String(60),
        nullable=False,
        comment="of the program; after a plus the run that read the same bytes again",
    ),
    Column("read_at", DateTime(timezone=True), nullable=False, comment="UTC"),
    Column("status", String(10), nullable=False, comment="ok, partial or failed"),
    Column(
        "report", Text, nullable=False, comment="what was understood, as extract --json prints it"
    ),
    Column("run_id", BigInteger, comment="the run that read it again; empty for the first reading"),
    UniqueConstraint("sha256", "parser_version"),
    comment="One reading of one file by one version of the parser; never changed",
)
document = Table(
    "document",
    metadata,
    Column("sha256", ForeignKey("blob.sha256"), primary_key=True),
    Column(
        "extraction_id", ForeignKey("extraction.id"), nullable=False, comment="the newest reading"
    ),
    Column("campaign", String(40), index=True),
    Column("province_code", String(10)),
    Column(
        "unit_code", String(120), comment="registry code, or the code given to a school or centre"
    ),
    Column("unit_name", String(200)),
    Column("channel", String(12), comment="district, direct or province; empty: not counted"),
    Column("name", String(400), nullable=False),
    Column("number", String(120)),
    Column("document_type", String(10)),
    Column("issued_on", Date),
    Column("received_at", DateTime(timezone=True), nullable=False),
    Column("status", String(10), nullable=False),
    Column("error_code", String(60)),
    Column("error_message", Text),
    Column("rendition_rank", Integer, nullable=False, comment="1 Word, 2 PDF with text, 3 scan"),
    Column(
        "current", Boolean, nullable=False, comment="whether it is the unit's report that counts"
    ),
    Column("superseded_by", String(64), comment="the document that took its place"),
    Column(
        "layer",
        Integer,
        comment="0: the report that counts, 1 and more: what supplements or corrects it; else empty",
    ),
    Column("revision", String(12), comment="replaces, supplements, corrects or withdraws"),
    Column("revises", String(120), comment="number of the document it revises, as stated"),
    Column(
        "approved",
        Boolean,
        nullable=False,
        server_default=false(),
        comment="whether an approval holds for the values as they are now",
    ),
    Index("ix_document_campaign_unit", "campaign", "unit_code"),
    Index("ix_document_campaign_province", "campaign", "province_code"),
    comment="Each file as a document of a campaign",
)
observation = Table(
    "observation",
    metadata,
    Column("extraction_id", ForeignKey("extraction.id"), primary_key=True),
    Column("indicator", String(80), primary_key=True),
    Column("measure", String(20), primary_key=True),
    Column("sha256", String(64), nullable=False),
    Column("value", BigInteger, nullable=False),
    Column("unit", String(60), nullable=False),
    Column("raw", Text, nullable=False, comment="letter for letter"),
    Column("origin", String(12), nullable=False),
    Column("confidence", Float, nullable=False),
    Column("needs_review", Boolean, nullable=False),
    Column("evidence", Text, nullable=False),
    Column("label", Text, nullable=False),
    Column("page", Integer),
    Column("x0", Float),
    Column("top", Float),
    Column("x1", Float),
    Column("bottom", Float),
    Column("table_index", Integer),
    Column("row_index", Integer),
    Column("column_index", Integer),
    Column("paragraph_index", Integer),
    comment="One value as one reading saw it, with its place; never changed",
)
narrative = Table(
    "narrative",
    metadata,
    Column("extraction_id", ForeignKey("extraction.id"), primary_key=True),
    Column("field", String(20), primary_key=True),
    Column("text", Text, nullable=False),
    Column("folded", Text, nullable=False, comment="without diacritics, for searching"),
)
reference = Table(
    "reference",
    metadata,
    Column("extraction_id", ForeignKey("extraction.id"), primary_key=True),
    Column("number", String(120), primary_key=True),
    Column("document_type", String(10)),
    Column("issued_on", Date),
    Column("issuer", String(200)),
)
form_cell = Table(
    "form_cell",
    metadata,
    Column("campaign", String(40), primary_key=True),
    Column("indicator", String(80), primary_key=True),
    Column("measure", String(20), primary_key=True),
    Column("unit", String(60), nullable=False),
    Column("label", Text, nullable=False),
    Column("position", Integer, nullable=False),
    Column("is_whole", Boolean, nullable=False),
)
form_part = Table(
    "form_part",
    metadata,
    Column("campaign", String(40), primary_key=True),
    Column("whole", String(80), primary_key=True),
    Column("part", String(80), primary_key=True),
)
obligation = Table(
    "obligation",
    metadata,
    Column("campaign", String(40), primary_key=True),
    Column("province_code", String(10), primary_key=True),
    Column("unit_code", String(120), primary_key=True),
    Column("unit_name", String(200), nullable=False),
    Column("channel", String(12), nullable=False),
    Column("due_on", Date),
    comment="Who is expected to report: the denominator of the reporting rate",
)
schema_state = Table(
    "schema_state",
    metadata,
    Column("key", String(40), primary_key=True),
    Column("value", Text, nullable=False),
    comment="What the database knows of its own shape",
)

__all__ = [
    "approval",
    "blob",
    "decided",
    "decided_field",
    "decided_narrative",
    "decided_reference",
    "decision",
    "document",
    "document_state",
    "extraction",
    "extraction_run",
    "finding",
    "finding_event",
    "form_cell",
    "form_part",
    "metadata",
    "narrative",
    "obligation",
    "observation",
    "overridden_cell",
    "receipt",
    "reference",
    "reread_result",
    "schema_state",
]
