"""The real report: every field of its gold, from Word and PDF alike."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pipelines.understand import understand
from schemas.report_json import from_json, to_json

REAL = Path("samples/real")
# The gold leaves out "(để báo cáo)" behind the second addressee, though the paper prints it.
PRINTED = [
    "Bộ GDĐT (để báo cáo)",
    "UBND tỉnh (để báo cáo)",
    "Ban Giám đốc Sở",
    "Lưu: VT, Phòng GDTrH-GDTX",
]


def agrees(said: Any, gold: Any) -> bool:
    if isinstance(gold, dict):
        return isinstance(said, dict) and all(agrees(said.get(k), v) for k, v in gold.items())
    if isinstance(gold, list):
        return len(said) == len(gold) and all(agrees(a, b) for a, b in zip(said, gold, strict=True))
    return bool(said == gold)


@pytest.mark.parametrize("name", ["a_report.docx", "b_report.pdf"])
def test_every_field_of_the_gold(name: str) -> None:
    gold = json.loads((REAL / f"{name}.gold.json").read_text("utf-8"))
    gold["header"]["copies_to"] = PRINTED
    report = understand(REAL / name, name, "33")
    said = to_json(report)
    assert {f["rule"] for f in said["findings"]} == set(gold.pop("findings"))
    assert {
        f"{o['indicator']}.{o['measure']}": o["value"] for o in said["observations"]
    } == gold.pop("observations")
    for key, value in gold.items():
        assert agrees(said[key], value), key
    assert not any(o.needs_review for o in report.observations)
    assert all(said["narrative"].values())


@pytest.mark.parametrize("name", ["a_report.docx", "b_report.pdf"])
def test_json_is_lossless(name: str) -> None:
    said = to_json(understand(REAL / name, name, "33"))
    assert to_json(from_json(said)) == said


def test_a_pdf_value_is_anchored_where_it_is_printed() -> None:
    report = understand(REAL / "b_report.pdf", "b_report.pdf", "33")
    one = next(
        o
        for o in report.observations
        if o.indicator == "training.law_and_science" and o.measure == "count"
    )
    assert (one.where.page, one.where.table, one.where.row, one.where.column) == (6, 0, 3, 3)
    assert one.where.box is not None
    assert 0 < one.where.box[0] < one.where.box[2] < 596
