"""Tables of the first release, as they were then; views are made by ``warehouse.schema``."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Creates every table."""
    op.create_table(
        "approval",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("approver", sa.String(length=120), nullable=False),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("sha256", "content_hash", name=op.f("pk_approval")),
        comment="An approval holds for exactly the values it was given for",
    )
    op.create_table(
        "blob",
        sa.Column(
            "sha256",
            sa.String(length=64),
            nullable=False,
            comment="SHA-256 of the bytes as they came",
        ),
        sa.Column("size", sa.BigInteger(), nullable=False, comment="bytes"),
        sa.Column(
            "media_type", sa.String(length=120), nullable=True, comment="media type by content"
        ),
        sa.Column("first_seen_at", sa.DateTime(timezone=True), nullable=False, comment="UTC"),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_blob")),
        comment="Every file ever submitted, read or not",
    )
    op.create_table(
        "finding",
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("campaign", sa.String(length=40), nullable=False),
        sa.Column("rule", sa.String(length=60), nullable=False),
        sa.Column("severity", sa.String(length=10), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        sa.Column("unit_code", sa.String(length=120), nullable=True),
        sa.Column("indicator", sa.String(length=80), nullable=True),
        sa.Column("measure", sa.String(length=20), nullable=True),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=True),
        sa.Column("other_value", sa.Text(), nullable=True),
        sa.Column("places", sa.Text(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("gone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("accepted_by", sa.String(length=120), nullable=True),
        sa.Column("accepted_reason", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("fingerprint", name=op.f("pk_finding")),
        comment="What is wrong or may be, with its history",
    )
    op.create_index(op.f("ix_finding_campaign"), "finding", ["campaign"], unique=False)
    op.create_table(
        "form_cell",
        sa.Column("campaign", sa.String(length=40), nullable=False),
        sa.Column("indicator", sa.String(length=80), nullable=False),
        sa.Column("measure", sa.String(length=20), nullable=False),
        sa.Column("unit", sa.String(length=60), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("is_whole", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("campaign", "indicator", "measure", name=op.f("pk_form_cell")),
    )
    op.create_table(
        "form_part",
        sa.Column("campaign", sa.String(length=40), nullable=False),
        sa.Column("whole", sa.String(length=80), nullable=False),
        sa.Column("part", sa.String(length=80), nullable=False),
        sa.PrimaryKeyConstraint("campaign", "whole", "part", name=op.f("pk_form_part")),
    )
    op.create_table(
        "obligation",
        sa.Column("campaign", sa.String(length=40), nullable=False),
        sa.Column("province_code", sa.String(length=10), nullable=False),
        sa.Column("unit_code", sa.String(length=120), nullable=False),
        sa.Column("unit_name", sa.String(length=200), nullable=False),
        sa.Column("channel", sa.String(length=12), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint(
            "campaign", "province_code", "unit_code", name=op.f("pk_obligation")
        ),
        comment="Who is expected to report: the denominator of the reporting rate",
    )
    op.create_table(
        "decision",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("request_id", sa.String(length=80), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column(
            "subject",
            sa.String(length=120),
            nullable=False,
            comment="indicator.measure, or a field's name",
        ),
        sa.Column("action", sa.String(length=12), nullable=False),
        sa.Column("value", sa.Text(), nullable=True),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("base_value", sa.Text(), nullable=True, comment="what the person saw"),
        sa.Column("base_raw", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("actor", sa.String(length=120), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undoes", sa.String(length=80), nullable=True),
        sa.Column("previous_hash", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["sha256"], ["blob.sha256"], name=op.f("fk_decision_sha256")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
        sa.UniqueConstraint("request_id", name=op.f("uq_decision_request_id")),
        comment="What people decided; never changed, each row signs the one before",
    )
    op.create_index("ix_decision_sha256_subject", "decision", ["sha256", "subject"], unique=False)
    op.create_table(
        "extraction",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("parser_version", sa.String(length=60), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False, comment="UTC"),
        sa.Column("status", sa.String(length=10), nullable=False, comment="ok, partial or failed"),
        sa.Column(
            "report",
            sa.Text(),
            nullable=False,
            comment="what was understood, as extract --json prints it",
        ),
        sa.ForeignKeyConstraint(["sha256"], ["blob.sha256"], name=op.f("fk_extraction_sha256")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_extraction")),
        sa.UniqueConstraint(
            "sha256", "parser_version", name=op.f("uq_extraction_sha256_parser_version")
        ),
        comment="One reading of one file by one version of the parser; never changed",
    )
    op.create_table(
        "receipt",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False, comment="where it came from"),
        sa.Column(
            "source_key",
            sa.String(length=600),
            nullable=False,
            comment="address at the source and the bytes' hash",
        ),
        sa.Column("name", sa.String(length=400), nullable=False, comment="file name as submitted"),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False, comment="UTC"),
        sa.ForeignKeyConstraint(["sha256"], ["blob.sha256"], name=op.f("fk_receipt_sha256")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_receipt")),
        sa.UniqueConstraint("source_key", name=op.f("uq_receipt_source_key")),
        comment="Each arrival of a file; the same bytes may arrive more than once",
    )
    op.create_index(op.f("ix_receipt_sha256"), "receipt", ["sha256"], unique=False)
    op.create_table(
        "decided",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("indicator", sa.String(length=80), nullable=False),
        sa.Column("measure", sa.String(length=20), nullable=False),
        sa.Column("decision_id", _KEY, nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=True),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("actor", sa.String(length=120), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decision.id"], name=op.f("fk_decided_decision_id")
        ),
        sa.PrimaryKeyConstraint("sha256", "indicator", "measure", name=op.f("pk_decided")),
        comment="The decision in force for a cell; rebuilt from decision",
    )
    op.create_table(
        "document",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("extraction_id", _KEY, nullable=False, comment="the newest reading"),
        sa.Column("campaign", sa.String(length=40), nullable=True),
        sa.Column("province_code", sa.String(length=10), nullable=True),
        sa.Column(
            "unit_code",
            sa.String(length=120),
            nullable=True,
            comment="registry code, or the code given to a school or centre",
        ),
        sa.Column("unit_name", sa.String(length=200), nullable=True),
        sa.Column(
            "channel",
            sa.String(length=12),
            nullable=True,
            comment="district, direct or province; empty: not counted",
        ),
        sa.Column("name", sa.String(length=400), nullable=False),
        sa.Column("number", sa.String(length=120), nullable=True),
        sa.Column("document_type", sa.String(length=10), nullable=True),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("error_code", sa.String(length=60), nullable=True),
        sa.Column("error_message", sa.Text(), nullable=True),
        sa.Column(
            "rendition_rank",
            sa.Integer(),
            nullable=False,
            comment="1 Word, 2 PDF with text, 3 scan",
        ),
        sa.Column(
            "current",
            sa.Boolean(),
            nullable=False,
            comment="whether it is the unit's report that counts",
        ),
        sa.Column(
            "superseded_by",
            sa.String(length=64),
            nullable=True,
            comment="the document that took its place",
        ),
        sa.ForeignKeyConstraint(
            ["extraction_id"], ["extraction.id"], name=op.f("fk_document_extraction_id")
        ),
        sa.ForeignKeyConstraint(["sha256"], ["blob.sha256"], name=op.f("fk_document_sha256")),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_document")),
        comment="Each file as a document of a campaign",
    )
    op.create_index(op.f("ix_document_campaign"), "document", ["campaign"], unique=False)
    op.create_index(
        "ix_document_campaign_unit", "document", ["campaign", "unit_code"], unique=False
    )
    op.create_table(
        "narrative",
        sa.Column("extraction_id", _KEY, nullable=False),
        sa.Column("field", sa.String(length=20), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False, comment="without diacritics, for searching"),
        sa.ForeignKeyConstraint(
            ["extraction_id"], ["extraction.id"], name=op.f("fk_narrative_extraction_id")
        ),
        sa.PrimaryKeyConstraint("extraction_id", "field", name=op.f("pk_narrative")),
    )
    op.create_table(
        "observation",
        sa.Column("extraction_id", _KEY, nullable=False),
        sa.Column("indicator", sa.String(length=80), nullable=False),
        sa.Column("measure", sa.String(length=20), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.Column("unit", sa.String(length=60), nullable=False),
        sa.Column("raw", sa.Text(), nullable=False, comment="letter for letter"),
        sa.Column("origin", sa.String(length=12), nullable=False),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("needs_review", sa.Boolean(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("page", sa.Integer(), nullable=True),
        sa.Column("x0", sa.Float(), nullable=True),
        sa.Column("top", sa.Float(), nullable=True),
        sa.Column("x1", sa.Float(), nullable=True),
        sa.Column("bottom", sa.Float(), nullable=True),
        sa.Column("table_index", sa.Integer(), nullable=True),
        sa.Column("row_index", sa.Integer(), nullable=True),
        sa.Column("column_index", sa.Integer(), nullable=True),
        sa.Column("paragraph_index", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["extraction_id"], ["extraction.id"], name=op.f("fk_observation_extraction_id")
        ),
        sa.PrimaryKeyConstraint(
            "extraction_id", "indicator", "measure", name=op.f("pk_observation")
        ),
        comment="One value as one reading saw it, with its place; never changed",
    )
    op.create_table(
        "reference",
        sa.Column("extraction_id", _KEY, nullable=False),
        sa.Column("number", sa.String(length=120), nullable=False),
        sa.Column("document_type", sa.String(length=10), nullable=True),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.Column("issuer", sa.String(length=200), nullable=True),
        sa.ForeignKeyConstraint(
            ["extraction_id"], ["extraction.id"], name=op.f("fk_reference_extraction_id")
        ),
        sa.PrimaryKeyConstraint("extraction_id", "number", name=op.f("pk_reference")),
    )
