"""What a document's row was, from when on: a line for every change, never altered."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import ColumnElement, Connection, and_, func, insert, literal, or_, select

from warehouse import clock, tables as t

_FIELDS = tuple(c.name for c in t.document_state.c if c.name not in {"id", "recorded_at"})


def record(
    connection: Connection, sha256: str, units: Iterable[tuple[str | None, str | None]] = ()
) -> None:
    """Writes down how ``sha256`` and every document of ``units`` (campaign, unit) stand now.

    A document that stands as its last line says gets none.
    """
    d, s = t.document.c, t.document_state.c
    here: list[ColumnElement[bool]] = [d.sha256 == sha256]
    here += [and_(d.campaign == c, d.unit_code == u) for c, u in units if c and u]
    last = select(func.max(s.id)).where(s.sha256 == d.sha256).correlate(t.document)
    same = select(s.id).where(
        s.id == last.scalar_subquery(), *(s[f].is_not_distinct_from(d[f]) for f in _FIELDS)
    )
    moment = literal(clock.now(connection), s.recorded_at.type)
    lines = select(moment, *(d[f] for f in _FIELDS)).where(
        or_(*here), ~same.correlate(t.document).exists()
    )
    connection.execute(
        insert(t.document_state).from_select(["recorded_at", *_FIELDS], lines.order_by(d.sha256))
    )
