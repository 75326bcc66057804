"""A unit's name that one person recognised is offered for every document that words it so."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
import yaml
from misread import CAMPAIGN, sha_of

from reconcile.run import reconcile
from schemas.catalog import form
from schemas.fields import stated
from schemas.registry_index import admin_units
from schemas.report import Commended, CommendedKind, Report
from tools.country import hand_in
from warehouse import audit, decisions, queries
from warehouse.engine import Warehouse
from warehouse.load import Receipt

ODD = "Phòng Giáo dục xứ Nhãn"
MAY_BE = "Hội khuyến học Nhãn Lồng"


def again(warehouse: Warehouse, name: str, change: Callable[[Report], Report]) -> str:
    """The document read once more, otherwise."""
    sha256 = sha_of(warehouse, name)
    with warehouse.read() as connection:
        report = change(queries.report(connection, sha256))
    receipt = Receipt("test", f"odd|{sha256}", name, dt.datetime.now(dt.UTC))
    with warehouse.write() as connection:
        hand_in(connection, report, receipt, "odd", form(CAMPAIGN), admin_units(), "33")
    return sha256


def nameless(report: Report) -> Report:
    return replace(report, header=replace(report.header, issuer=ODD, issuer_unit=None))


def commending(report: Report) -> Report:
    return replace(report, commended=(Commended(MAY_BE, CommendedKind.OTHER),))


@pytest.fixture
def warehouse(client: Any) -> Warehouse:
    return client.app.state.site.warehouse  # type: ignore[no-any-return]


def test_an_issuer_picked_once_is_offered_for_the_other_report(
    client: Any, warehouse: Warehouse
) -> None:
    first, second = (again(warehouse, n, nameless) for n in ("01-323.docx", "03-326.docx"))
    reconcile(warehouse, form(CAMPAIGN), admin_units(), "33")
    reviewer = client("reviewer")
    assert second not in reviewer.get("/recognised").text
    picked = {"typed": "326", "base": ""}
    answer = reviewer.post(f"/documents/{first}/cells/header.issuer_unit", data=picked)
    assert answer.status_code == 303
    offered = reviewer.get("/recognised").text
    assert f"{second}:header.issuer_unit" in offered
    assert f"{first}:" not in offered
    chosen = {"campaign": CAMPAIGN, "chosen": f"{second}:header.issuer_unit"}
    assert reviewer.post("/recognised/apply", data=chosen).status_code == 303
    with warehouse.read() as connection:
        found = {d.sha256: d for d in queries.documents(connection, CAMPAIGN)}
        lines = [e.subject for e in audit.entries(connection, action="decision")]
    assert (found[second].unit_code, found[second].channel) == ("326", "district")
    assert f"{second}/header.issuer_unit" in lines
    told = yaml.safe_load(reviewer.get(f"/recognised.yaml?campaign={CAMPAIGN}").text)
    assert told["units"] == [{"code": "326", "kind": "district", "aliases": [ODD]}]
    assert f"{second}:" not in reviewer.get("/recognised").text


def test_picking_an_issuer_is_one_change_or_none(
    client: Any, warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = again(warehouse, "01-323.docx", nameless)
    post = decisions.post

    def breaks(connection: Any, decision: Any, **more: Any) -> int:
        if decision.subject == "header.issuer_level":
            raise RuntimeError
        return post(connection, decision, **more)

    monkeypatch.setattr(decisions, "post", breaks)
    with pytest.raises(RuntimeError):
        client("reviewer").post(
            f"/documents/{document}/cells/header.issuer_unit", data={"typed": "326", "base": ""}
        )
    with warehouse.read() as connection:
        assert decisions.history(connection, document, "header.issuer_unit") == []
        assert audit.entries(connection, action="decision") == []


def test_a_commended_unit_named_once_is_offered_where_it_stands_too(
    client: Any, warehouse: Warehouse
) -> None:
    first, second = (again(warehouse, n, commending) for n in ("01-323.docx", "03-326.docx"))
    with warehouse.read() as connection:
        base = stated(queries.report(connection, first), "commended")
    reviewer = client("reviewer")
    typed = {"typed": "huyện Văn Lâm | huyện", "base": base}
    reviewer.post(f"/documents/{first}/cells/commended", data=typed)
    assert f"{second}:commended" in reviewer.get("/recognised").text
    chosen = {"campaign": CAMPAIGN, "chosen": f"{second}:commended"}
    reviewer.post("/recognised/apply", data=chosen)
    with warehouse.read() as connection:
        held = json.loads(decisions.in_force(connection, second, "commended") or "[]")
    assert held == [{"name": "huyện Văn Lâm", "kind": "district", "unit": "325"}]
