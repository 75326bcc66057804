"""Two loaders, a reviewer and three analysts at once: nothing is lost and nobody meets a lock."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event, Thread

from sqlalchemy import func, select

from schemas.catalog import form
from schemas.decision import Action, Decision
from schemas.registry_index import admin_units
from tools import country
from tools.country import hand_in
from warehouse import chain, decisions, queries, rollup, tables as t
from warehouse.engine import Warehouse

FORM = form("llw-2021")
UNITS = admin_units()
MANY = 12


def load(warehouse: Warehouse, issuers: list[str]) -> None:
    for issuer in issuers:
        one = country.report(FORM, "33", issuer)
        with warehouse.write() as connection:
            hand_in(connection, one, country.receipt(one), "1", FORM, UNITS, "33")


def review(warehouse: Warehouse, sha256: str) -> None:
    for at in range(MANY):
        made = Decision(
            sha256, "news.count", Action.CORRECT, "lan", "thử", f"r{at}", value=str(1000 + at)
        )
        with warehouse.write() as connection:
            decisions.post(connection, made)


def analyse(warehouse: Warehouse, done: Event) -> None:
    """Every answer is of one moment: a total never differs from its own lineage."""
    while not done.is_set():
        with warehouse.snapshot() as connection:
            for row in queries.province_table(connection, FORM.campaign, "33"):
                if (row["indicator"], row["measure"]) == ("news", "count"):
                    traced = [
                        r["value"]
                        for r in queries.view(connection, "lineage", FORM.campaign)
                        if (r["indicator"], r["measure"]) == ("news", "count")
                    ]
                    assert (row["value"] or 0) == sum(traced)


def test_six_at_once(warehouse: Warehouse) -> None:
    names = country.institutions(2 * MANY + 1)
    load(warehouse, names[:1])
    first = country.report(FORM, "33", names[0]).source.sha256
    done, errors = Event(), []

    def guarded(work: Callable[..., None], *args: object) -> Thread:
        def run() -> None:
            try:
                work(warehouse, *args)
            except BaseException as error:
                errors.append(error)

        thread = Thread(target=run)
        thread.start()
        return thread

    analysts = [guarded(analyse, done) for _ in range(3)]
    writers = [
        guarded(load, names[1 : MANY + 1]),
        guarded(load, names[MANY + 1 :]),
        guarded(review, first),
    ]
    for thread in writers:
        thread.join()
    done.set()
    for thread in analysts:
        thread.join()
    assert errors == []
    with warehouse.read() as connection:
        count = select(func.count()).select_from(t.document).where(t.document.c.current)
        assert connection.execute(count).scalar_one() == 2 * MANY + 1
        posted = select(func.count()).select_from(t.decision)
        assert connection.execute(posted).scalar_one() == MANY
        assert decisions.in_force(connection, first, "news.count") == str(1000 + MANY - 1)
        assert chain.broken_links(connection) == []
        assert rollup.drift(connection) == []
