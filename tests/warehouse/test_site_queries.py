"""What the review site asks is understood by both engines, also where nothing is held."""

from __future__ import annotations

import datetime as dt

from warehouse import drill, glance, search
from warehouse.engine import Warehouse


def test_an_empty_warehouse_answers_every_question_with_nothing(warehouse: Warehouse) -> None:
    with warehouse.read() as c:
        assert glance.units(c, "llw-2021") == []
        assert glance.unit(c, "llw-2021", "325") is None
        assert glance.by_rule(c, "llw-2021") == []
        assert glance.deadline(c, "llw-2021", dt.date(2021, 10, 1)) is None
        assert glance.unread(c) == []
        assert drill.province_cells(c, "llw-2021", "33") == []
        assert drill.unit_cells(c, "llw-2021", "news", "count") == []
        assert drill.form_cell(c, "llw-2021", "news", "count") is None
        assert drill.document(c, "0" * 64) is None
        assert drill.receipts(c, "0" * 64) == []
        assert drill.unit_documents(c, "llw-2021", "325") == []
        assert drill.document_cells(c, "0" * 64) == []
        assert drill.decisions(c, "0" * 64) == []
        assert drill.findings(c, "llw-2021", severity="error", rule="x", unit="325") == []
        assert drill.count_findings(c, "llw-2021") == {"severity": {}, "rule": {}, "unit_code": {}}
        assert drill.unit_names(c, ["325"]) == {}
        assert drill.arrived(c, "inbox") == []
        assert search.search(c, "học tập 100%") == []
