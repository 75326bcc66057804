"""The door: accounts, sessions, attempts, and an audit log that the database keeps from change."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_AT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Creates the five tables and the audit's guards."""
    _accounts()
    _sessions()
    _audit()
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "create or replace function audit_is_final() returns trigger language plpgsql as"
            " $$ begin raise exception 'audit is append-only'; end $$"
        )
        op.execute(
            "create trigger audit_is_final before update or delete on audit"
            " for each row execute function audit_is_final()"
        )
        op.execute(
            "create trigger audit_is_not_emptied before truncate on audit"
            " for each statement execute function audit_is_final()"
        )
    else:
        for event in ("update", "delete"):
            op.execute(
                f"create trigger audit_no_{event} before {event} on audit"
                " begin select raise(abort, 'audit is append-only'); end"
            )


def _accounts() -> None:
    op.create_table(
        "account",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("name", sa.String(120), nullable=False, comment="what a person logs in as"),
        sa.Column("display_name", sa.String(200), nullable=False),
        sa.Column(
            "role", sa.String(12), nullable=False, comment="reviewer, approver, analyst or admin"
        ),
        sa.Column("password_hash", sa.String(200), comment="Argon2id; empty: signs on elsewhere"),
        sa.Column("subject", sa.String(300), comment="issuer|subject of the office's sign-on"),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("created_at", _AT, nullable=False),
        sa.Column("changed_at", _AT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("name", name=op.f("uq_account_name")),
        sa.UniqueConstraint("subject", name=op.f("uq_account_subject")),
        comment="Who may log in to the review site",
    )
    op.create_table(
        "account_unit",
        sa.Column("account_id", _KEY, nullable=False),
        sa.Column("unit_code", sa.String(120), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_account_unit_account_id")
        ),
        sa.PrimaryKeyConstraint("account_id", "unit_code", name=op.f("pk_account_unit")),
        comment="The units a reviewer is limited to; none: every unit",
    )


def _sessions() -> None:
    op.create_table(
        "login_session",
        sa.Column(
            "token_sha256", sa.String(64), nullable=False, comment="SHA-256 of the cookie's token"
        ),
        sa.Column("account_id", _KEY, nullable=False),
        sa.Column("created_at", _AT, nullable=False),
        sa.Column("seen_at", _AT, nullable=False),
        sa.Column("expires_at", _AT, nullable=False, comment="whatever happens"),
        sa.Column("address", sa.String(80), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_login_session_account_id")
        ),
        sa.PrimaryKeyConstraint("token_sha256", name=op.f("pk_login_session")),
        comment="Who is logged in now",
    )
    op.create_index(op.f("ix_login_session_account_id"), "login_session", ["account_id"])
    op.create_table(
        "login_attempt",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("address", sa.String(80), nullable=False),
        sa.Column("at", _AT, nullable=False),
        sa.Column("succeeded", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_login_attempt")),
        comment="Attempts to log in, for slowing down those who guess",
    )
    op.create_index("ix_login_attempt_name_at", "login_attempt", ["name", "at"])
    op.create_index("ix_login_attempt_address_at", "login_attempt", ["address", "at"])


def _audit() -> None:
    op.create_table(
        "audit",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("at", _AT, nullable=False),
        sa.Column("actor", sa.String(120), nullable=False),
        sa.Column("action", sa.String(60), nullable=False),
        sa.Column("subject", sa.String(400), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False, comment="JSON"),
        sa.Column("address", sa.String(80), nullable=False),
        sa.Column("previous_hash", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
        comment="What people did; the database refuses to change or delete a row",
    )
    op.create_index(op.f("ix_audit_at"), "audit", ["at"])
