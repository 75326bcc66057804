"""The committed samples: complete, adding up to the seed's table, reproducible byte for byte."""

from __future__ import annotations

import csv
import json
from collections import Counter
from pathlib import Path

import pytest

from tools.make_week import DIRECT, DISTRICTS, HANDS, OUT, SEED, TOLD, offices
from tools.week.values import week
from tools.week.write import write

ROOT = Path(__file__).parents[2]
REAL = ROOT / "samples/real"
WEEK = ROOT / OUT


def _golds(folder: Path) -> dict[str, dict[str, dict[str, int]]]:
    return {p.name: json.loads(p.read_text("utf-8")) for p in sorted(folder.glob("*.gold.json"))}


@pytest.mark.parametrize("folder", [REAL, WEEK], ids=["real", "week"])
def test_every_document_has_its_gold_and_every_gold_its_document(folder: Path) -> None:
    documents = {p.name for p in folder.iterdir() if p.suffix in {".docx", ".pdf"} and p.is_file()}
    assert {name.removesuffix(".gold.json") for name in _golds(folder)} == documents != set()


def test_week_adds_up_to_the_expected_table_and_that_to_the_real_report() -> None:
    added: Counter[str] = Counter()
    for gold in _golds(WEEK).values():
        added.update(gold["observations"])
    with (WEEK / "expected/province_annex.csv").open(encoding="utf-8", newline="") as stream:
        expected = {
            f"{r['indicator']}.{r['measure']}": int(r["value"]) for r in csv.DictReader(stream)
        }
    assert {k: v for k, v in added.items() if v} == expected
    assert expected == _golds(REAL)["a_report.docx.gold.json"]["observations"]


def test_week_leaves_the_whole_of_trainings_blank_as_the_real_report_does() -> None:
    stated = {key for gold in _golds(WEEK).values() for key in gold["observations"]}
    assert not stated & {"training.count", "training.people"}


def test_word_files_of_the_week_come_out_the_same_byte_for_byte(tmp_path: Path) -> None:
    shares = week([d[0] for d in DISTRICTS], [d[0] for d in DIRECT], TOLD, SEED)
    for at, office in enumerate(offices()):
        committed = WEEK / f"{at + 1:02d}-{office.code}.docx"
        if not committed.exists():
            continue
        fresh = tmp_path / committed.name
        hand = HANDS[at % len(HANDS)]
        write(office, hand, shares[office.code], fresh, SEED + at, office.code in TOLD)
        assert fresh.read_bytes() == committed.read_bytes(), committed.name


def test_samples_stay_small() -> None:
    assert sum(p.stat().st_size for p in (ROOT / "samples").rglob("*") if p.is_file()) < 8_000_000
