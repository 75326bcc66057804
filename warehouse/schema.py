"""Bringing a database to today's shape: tables by migrations, views made anew from their texts."""

from __future__ import annotations

import hashlib
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, inspect, text

from schemas.catalog import fingerprint
from schemas.errors import WarehouseError
from warehouse import (  # noqa: F401  completes the metadata
    comments,
    dictionary,
    dimensions,
    rollup,
    tables as t,
    tables_access,
    tables_desk,
    tables_intake,
)
from warehouse.views import ALL

_VIEWS = "views"
_TEXTS = hashlib.sha256("\n".join(ALL).encode()).hexdigest()


def is_current(engine: Engine) -> bool:
    """Whether tables and views are those of this program; raises WarehouseError for newer ones."""
    script = ScriptDirectory.from_config(_config())
    with engine.connect() as connection:
        now = MigrationContext.configure(connection).get_current_revision()
        if now is not None and now not in {r.revision for r in script.walk_revisions()}:
            raise WarehouseError(detail=f"kho dữ liệu mới hơn chương trình (phiên bản {now})")
        return now == script.get_current_head() and _stored_shape(connection) == _shape()


def migrate(connection: Connection) -> None:
    """Migrates the tables, makes views, dimensions and totals again, in the caller's transaction."""
    # A table cannot be altered under a view that reads it.
    for name in reversed(inspect(connection).get_view_names()):
        connection.execute(text(f"drop view if exists {name} {_cascade(connection)}"))
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
    for view in ALL:
        connection.execute(text(view))
    connection.execute(t.schema_state.delete().where(t.schema_state.c.key == _VIEWS))
    connection.execute(t.schema_state.insert().values(key=_VIEWS, value=_shape()))
    dimensions.register(connection)
    comments.describe(connection)
    rollup.rebuild(connection)


def _cascade(connection: Connection) -> str:
    return "cascade" if connection.dialect.name == "postgresql" else ""


def _shape() -> str:
    """Texts of the views and the packaged registry and forms: a change of either is brought in."""
    return hashlib.sha256((_TEXTS + dictionary.fingerprint() + fingerprint()).encode()).hexdigest()


def _stored_shape(connection: Connection) -> str | None:
    if not inspect(connection).has_table("schema_state"):
        return None
    state = t.schema_state.c
    query = t.schema_state.select().where(state.key == _VIEWS)
    row = connection.execute(query).first()
    return row.value if row is not None else None


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    return config
