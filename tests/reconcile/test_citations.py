"""A number or day that is badly read: other documents that cite it confirm it, or contradict it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import Any

import docx
import pytest

from pipelines import steps
from reconcile.desk import Desk
from reconcile.run import reconcile
from schemas.catalog import form
from schemas.document import Anchor
from schemas.finding import Finding, RuleCode, Severity
from schemas.registry_index import admin_units
from schemas.report import Located, Reference, Report, Revision, RevisionKind
from schemas.settings import Settings
from tests.warehouse.hand import CAMPAIGN, decide, load, made
from warehouse import queries, standing
from warehouse.engine import Warehouse, open_warehouse

WEEK = Path("samples/week-2021")
LINE = Anchor(page=1, box=(60, 70, 200, 84))
CITED = Anchor(page=2, box=(90, 300, 320, 314))
VAN_LAM = "Phòng GDĐT huyện Văn Lâm"


def by_hand(number: str = "10/BC-PGDĐT", day: int = 15, **more: Any) -> Report:
    """A report whose number and day nothing in its own file confirms."""
    doubts = tuple(Located(f"header.{f}", LINE, "", 0.5, True) for f in ("number", "issued_on"))
    told = tuple(
        Finding(rule, Severity.WARNING, "chưa có chỗ nào khác xác nhận", (LINE,))
        for rule in (RuleCode.NUMBER_UNCERTAIN, RuleCode.DATE_UNCERTAIN)
    )
    numbers = {"training.count": 3, "news_items.count": 9}
    return made("scan", numbers, number, day, located=doubts, findings=told, **more)


def citing(number: str, day: int | None, issuer: str | None, unit: str = "327") -> Report:
    issued = dt.date(2021, 10, day) if day else None
    cited = (Reference(number, "BC", issued, issuer, CITED),)
    return made(f"by{unit}", {"news_items.count": 1}, "77/BC-PGDĐT", 20, unit, references=cited)


@pytest.fixture
def warehouse(tmp_path: Path) -> Warehouse:
    return open_warehouse(f"sqlite:///{tmp_path / 'w.sqlite'}")


def found(warehouse: Warehouse) -> dict[str, list[dict[str, Any]]]:
    reconcile(warehouse, form(CAMPAIGN), admin_units(), "33")
    out: dict[str, list[dict[str, Any]]] = {}
    with warehouse.read() as connection:
        for one in queries.view(connection, "open_findings", CAMPAIGN):
            out.setdefault(one["rule"], []).append(one)
    return out


def test_nothing_cites_it_and_the_flags_stay(warehouse: Warehouse) -> None:
    load(warehouse, by_hand())
    load(warehouse, citing("3764/BGDĐT-GDTrH", 1, "Bộ GDĐT"))
    assert {"number_uncertain", "date_uncertain"} <= found(warehouse).keys()


@pytest.mark.parametrize("written", ["10/BC-PGDĐT", "10/BC-PGD&ĐT", "010/BC - PGDĐT"])
def test_number_issuer_and_day_cited_alike_lift_the_doubt_and_say_where(
    warehouse: Warehouse, written: str
) -> None:
    load(warehouse, by_hand())
    load(warehouse, citing(written, 15, VAN_LAM))
    seen = found(warehouse)
    assert not {"number_uncertain", "date_uncertain", "cited_otherwise"} & seen.keys()
    for rule in ("number_confirmed", "date_confirmed"):
        (one,) = seen[rule]
        assert one["document_name"] == "scan"
        assert "by327 (trang 2)" in one["message"]


@pytest.mark.parametrize(
    ("number", "day", "issuer"),
    [
        ("10/BC-PGDĐT", None, VAN_LAM),
        ("10/BC-PGDĐT", 15, None),
        ("10/BC-PGDĐT", 15, "Phòng GDĐT huyện Văn Giang"),
        ("10/BC-UBND", 15, "UBND huyện Văn Lâm"),
    ],
)
def test_what_may_mean_another_document_says_nothing(
    warehouse: Warehouse, number: str, day: int | None, issuer: str | None
) -> None:
    load(warehouse, by_hand())
    load(warehouse, citing(number, day, issuer))
    seen = found(warehouse)
    assert {"number_uncertain", "date_uncertain"} <= seen.keys()
    assert not {"number_confirmed", "cited_otherwise", "reference_differs"} & seen.keys()


@pytest.mark.parametrize(
    ("number", "day", "sides"),
    [
        ("10/BC-PGDĐT", 16, ("2021-10-15", "2021-10-16")),
        ("16/BC-PGDĐT", 15, ("10/BC-PGDĐT", "16/BC-PGDĐT")),
    ],
)
def test_a_contradiction_is_shown_in_both_documents(
    warehouse: Warehouse, number: str, day: int, sides: tuple[str, str]
) -> None:
    load(warehouse, by_hand())
    load(warehouse, citing(number, day, VAN_LAM))
    seen = found(warehouse)
    assert {"number_uncertain", "date_uncertain"} <= seen.keys()
    (here,), (there,) = seen["cited_otherwise"], seen["reference_differs"]
    assert (here["value"], here["other_value"]) == sides
    assert (here["document_name"], there["document_name"]) == ("scan", "by327")
    with warehouse.read() as connection:
        places = {
            f.finding.rule: f.finding.where for f in standing.open_findings(connection, CAMPAIGN)
        }
    assert places[RuleCode.CITED_OTHERWISE] == (LINE,)
    assert places[RuleCode.REFERENCE_DIFFERS] == (CITED,)


def test_another_report_of_the_unit_on_that_day_is_no_contradiction(warehouse: Warehouse) -> None:
    load(warehouse, by_hand())
    load(warehouse, made("other", {"training.count": 1}, "16/BC-PGDĐT", 15))
    load(warehouse, citing("16/BC-PGDĐT", 15, VAN_LAM))
    assert "cited_otherwise" not in found(warehouse)


def test_one_that_agrees_does_not_outweigh_one_that_does_not(warehouse: Warehouse) -> None:
    load(warehouse, by_hand())
    load(warehouse, citing("10/BC-PGDĐT", 15, VAN_LAM, "327"))
    load(warehouse, citing("10/BC-PGDĐT", 18, VAN_LAM, "328"))
    seen = found(warehouse)
    assert {"number_uncertain", "date_uncertain", "cited_otherwise"} <= seen.keys()
    assert "number_confirmed" not in seen


def test_a_supplement_of_the_same_unit_confirms_what_it_supplements(warehouse: Warehouse) -> None:
    load(warehouse, by_hand())
    said = Revision(RevisionKind.SUPPLEMENTS, "10/BC-PGDĐT", dt.date(2021, 10, 15), True, CITED)
    load(warehouse, made("more", {"training.people": 90}, "20/BC-PGDĐT", 21, revises=said))
    seen = found(warehouse)
    assert "number_uncertain" not in seen
    assert seen["number_confirmed"][0]["document_name"] == "scan"


def test_a_letter_of_no_campaign_is_heard_too(warehouse: Warehouse) -> None:
    load(warehouse, by_hand())
    letter = replace(citing("10/BC-PGDĐT", 15, VAN_LAM), campaign=None)
    load(warehouse, letter)
    assert "number_confirmed" in found(warehouse)


def test_the_desk_asks_no_more_for_what_is_confirmed_and_a_decision_does_not_bring_it_back(
    warehouse: Warehouse,
) -> None:
    report = by_hand()
    load(warehouse, report)
    desk = Desk(warehouse, admin_units(), "33")
    sha256 = report.source.sha256

    def asked() -> set[str]:
        return {i.subject for i in desk.items(CAMPAIGN, sha256) if i.subject.startswith("header")}

    found(warehouse)
    assert asked() == {"header.number", "header.issued_on"}
    load(warehouse, citing("10/BC-PGDĐT", 15, VAN_LAM))
    found(warehouse)
    assert asked() == set()
    decide(warehouse, report, "training.count", "4")
    found(warehouse)
    assert asked() == set()


def letter(target: Path, source: str, edits: dict[str, str], extra: str = "") -> Path:
    """A sample report with some words written otherwise."""
    made_ = docx.Document(str(WEEK / source))
    cells = [p for t in made_.tables for r in t.rows for c in r.cells for p in c.paragraphs]
    for paragraph in (*made_.paragraphs, *cells):
        for old, new in edits.items():
            if old in paragraph.text:
                paragraph.runs[0].text = paragraph.text.replace(old, new)
                for run in paragraph.runs[1:]:
                    run.text = ""
    if extra:
        basis = next(p for p in made_.paragraphs if "3764/BGDĐT" in p.text)
        basis.insert_paragraph_before(extra)
    made_.save(str(target))
    return target


@pytest.mark.parametrize(
    ("cited", "day", "rule"),
    [
        ("112/BC-PGDĐT", "08/10/2021", "number_confirmed"),
        ("172/BC-PGDĐT", "08/10/2021", "cited_otherwise"),
    ],
)
def test_through_word_files(tmp_path: Path, cited: str, day: str, rule: str) -> None:
    own = letter(
        tmp_path / "a.docx",
        "01-323.docx",
        {"Số: 112/": "Số: l12/", "(Kèm theo Báo cáo số 112": "(x"},
    )
    said = f"Tổng hợp cả Báo cáo số {cited} ngày {day} của Phòng GDĐT thành phố Hưng Yên."
    other = letter(tmp_path / "b.docx", "03-326.docx", {}, said)
    settings = Settings(home=tmp_path / "home", workers=1)
    warehouse = steps.warehouse_of(settings)
    steps.ingest(settings, warehouse, [str(own), str(other)], lambda _: None)
    named = {r: [f["document_name"] for f in fs] for r, fs in found(warehouse).items()}
    warehouse.dispose()
    assert "a.docx" in named[rule]
    assert ("number_uncertain" in named) is (rule != "number_confirmed")
    assert named.get("reference_differs") == (["b.docx"] if rule == "cited_otherwise" else None)
