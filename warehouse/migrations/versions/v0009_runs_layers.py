"""Runs that read again; decisions carried to a later document; layers of revised reports."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Adds columns and tables; every report that counts is the ground layer of its unit."""
    op.add_column(
        "extraction",
        sa.Column(
            "run_id",
            sa.BigInteger(),
            comment="the run that read it again; empty for the first reading",
        ),
    )
    op.add_column(
        "decision",
        sa.Column(
            "carried_from",
            sa.String(80),
            comment="request of the decision on an earlier document",
        ),
    )
    _layers()
    _runs()
    if op.get_bind().dialect.name == "postgresql":
        op.alter_column(
            "extraction",
            "parser_version",
            existing_type=sa.String(60),
            existing_nullable=False,
            comment="of the program; after a plus the run that read the same bytes again",
        )


def _layers() -> None:
    told = {
        "layer": "0: the report that counts, 1 and more: what supplements or corrects it; else empty",
        "revision": "replaces, supplements, corrects or withdraws",
        "revises": "number of the document it revises, as stated",
    }
    kinds: dict[str, sa.types.TypeEngine[Any]] = {
        "layer": sa.Integer(),
        "revision": sa.String(12),
        "revises": sa.String(120),
    }
    for name, kind in kinds.items():
        op.add_column("document", sa.Column(name, kind, comment=told[name]))
        op.add_column("document_state", sa.Column(name, kind))
    for table in ("document", "document_state"):
        counted = sa.table(table, sa.column("layer"), sa.column("current", sa.Boolean()))
        op.execute(counted.update().where(counted.c.current).values(layer=0))
    op.create_table(
        "overridden_cell",
        sa.Column("sha256", sa.String(64), primary_key=True),
        sa.Column("indicator", sa.String(80), primary_key=True),
        sa.Column("measure", sa.String(20), primary_key=True),
        sa.Column("by_sha256", sa.String(64), nullable=False),
        comment="Cells of a counted report that a supplement or correction states anew; derived",
    )


def _runs() -> None:
    op.create_table(
        "extraction_run",
        sa.Column("id", _KEY, primary_key=True),
        sa.Column("campaign", sa.String(40), comment="whose documents were read; empty: all"),
        sa.Column("parser_version", sa.String(60), nullable=False),
        sa.Column(
            "settings",
            sa.Text(),
            nullable=False,
            comment="what else may change a reading, as JSON",
        ),
        sa.Column("started_at", _TIME, nullable=False, comment="UTC"),
        sa.Column("finished_at", _TIME, comment="UTC; empty where it broke off"),
        sa.Column("rolled_back_at", _TIME, comment="UTC"),
        comment="Each run that read archived originals again",
    )
    op.create_table(
        "reread_result",
        sa.Column("run_id", _KEY, sa.ForeignKey("extraction_run.id"), primary_key=True),
        sa.Column("sha256", sa.String(64), sa.ForeignKey("blob.sha256"), primary_key=True),
        sa.Column(
            "outcome",
            sa.String(10),
            nullable=False,
            comment="same, better, worse, changed, disagrees",
        ),
        sa.Column(
            "before_id", sa.BigInteger(), nullable=False, comment="the reading that counted before"
        ),
        sa.Column(
            "after_id", sa.BigInteger(), nullable=False, comment="the reading that counts since"
        ),
        sa.Column("details", sa.Text(), nullable=False, comment="what differs, as JSON"),
        comment="What a run found in each document",
    )
