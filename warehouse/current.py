"""Which of a unit's documents count, decided anew whenever one of them changes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, text, update

from warehouse import rollup, tables as t
from warehouse.layers import Candidate, stack


def settle_current(connection: Connection, campaign: str, unit_code: str) -> None:
    """Lays the unit's documents one upon another, as ``layers.stack`` says; nothing is deleted.

    A failed reading never counts.
    """
    d = t.document.c
    here = (d.campaign == campaign, d.unit_code == unit_code)
    found = stack(_readable(connection, here))
    connection.execute(
        update(t.document).where(*here).values(current=False, superseded_by=None, layer=None)
    )
    for sha256, by in sorted(found.superseded.items()):
        connection.execute(update(t.document).where(d.sha256 == sha256).values(superseded_by=by))
    for sha256, layer in found.layers.items():
        counts = {"current": layer == 0, "layer": layer}
        connection.execute(update(t.document).where(d.sha256 == sha256).values(**counts))
    if len(found.layers) > 1 or _any_hidden(connection):
        override(connection, campaign, unit_code)
    rollup.refresh_unit(connection, campaign, unit_code)


def override(connection: Connection, campaign: str, unit_code: str) -> None:
    """Of a unit's counted documents, which cell of which is hidden by a later layer."""
    d, x = t.document.c, t.overridden_cell.c
    here = (d.campaign == campaign, d.unit_code == unit_code)
    rows = connection.execute(select(d.sha256, d.layer).where(*here).order_by(d.layer.desc())).all()
    hidden = delete(t.overridden_cell).where(x.sha256.in_([r.sha256 for r in rows]))
    connection.execute(hidden)
    layers = [r.sha256 for r in rows if r.layer is not None]
    if len(layers) > 1:
        _hide(connection, layers)


def _any_hidden(connection: Connection) -> bool:
    """Whether there may be cells to uncover: there are hardly ever any."""
    return connection.execute(select(t.overridden_cell.c.sha256).limit(1)).first() is not None


_CELLS = text("""
select o.indicator, o.measure, coalesce(k.status, 'reported') = 'reported' as speaks
from document d join observation o on o.extraction_id = d.extraction_id
left join decided k on k.sha256 = d.sha256 and k.indicator = o.indicator and k.measure = o.measure
where d.sha256 = :s
union
select indicator, measure, status = 'reported' from decided where sha256 = :s
""")


def _hide(connection: Connection, layers: Sequence[str]) -> None:
    """``layers`` from the top down. The highest that states a value wins, else the lowest."""
    cells: dict[tuple[str, str], list[tuple[str, bool]]] = {}
    for sha256 in layers:
        for row in connection.execute(_CELLS, {"s": sha256}):
            key = (row.indicator, row.measure)
            cells.setdefault(key, []).append((sha256, bool(row.speaks)))
    out: list[dict[str, Any]] = []
    for (indicator, measure), held in cells.items():
        winner = next((s for s, speaks in held if speaks), held[-1][0])
        cell = {"indicator": indicator, "measure": measure, "by_sha256": winner}
        out += [{"sha256": s, **cell} for s, _ in held if s != winner]
    if out:
        connection.execute(insert(t.overridden_cell), out)


def _readable(connection: Connection, here: tuple[Any, ...]) -> list[Candidate]:
    d, o = t.document.c, t.observation.c
    figures = (
        select(func.count()).where(o.extraction_id == d.extraction_id).correlate(t.document)
    ).scalar_subquery()
    query = select(
        d.sha256,
        d.number,
        d.issued_on,
        d.received_at,
        d.rendition_rank,
        figures.label("figures"),
        d.revision,
        d.revises,
    )
    rows = connection.execute(query.where(*here, d.status != "failed"))
    return [Candidate(*row) for row in rows]
