"""The score tells right from wrong, and said from silent."""

from __future__ import annotations

import json
from pathlib import Path

from pipelines.evaluate import Score, evaluate_folder
from schemas.settings import Settings

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "samples/week-2021/01-323.docx"


def _gold() -> dict[str, object]:
    loaded: dict[str, object] = json.loads(
        SAMPLE.with_name("01-323.docx.gold.json").read_text("utf-8")
    )
    return loaded


def _scored(folder: Path, gold: dict[str, object], name: str = "a.docx") -> Score:
    (folder / name).write_bytes(SAMPLE.read_bytes())
    (folder / f"{name}.gold.json").write_text(json.dumps(gold), "utf-8")
    out = evaluate_folder(folder, Settings(), lambda _: None)
    return next(iter(out.kinds.values()))


def test_a_document_read_rightly_has_nothing_against_it(tmp_path: Path) -> None:
    gold = _gold()
    score = _scored(tmp_path, gold)
    stated = gold["observations"]
    assert isinstance(stated, dict)
    assert score.right == len(stated)
    assert score.wrong == score.missed == score.invented == 0
    assert score.silent == []


def test_another_value_than_gold_is_wrong_and_silent(tmp_path: Path) -> None:
    gold = _gold()
    stated = gold["observations"]
    assert isinstance(stated, dict)
    key = next(iter(stated))
    said, stated[key] = stated[key], stated[key] + 1
    score = _scored(tmp_path, gold)
    assert score.wrong == 1
    assert score.silent == [("a.docx", key, said + 1, said)]


def test_value_of_gold_that_nobody_found_is_missed_and_silent(tmp_path: Path) -> None:
    gold = _gold()
    stated = gold["observations"]
    assert isinstance(stated, dict)
    stated["seminars.count"] = 987654
    score = _scored(tmp_path, gold)
    assert score.missed == 1
    assert ("a.docx", "seminars.count", 987654, None) in score.silent


def test_value_that_gold_does_not_state_is_invented(tmp_path: Path) -> None:
    gold = _gold()
    stated = gold["observations"]
    assert isinstance(stated, dict)
    key, value = next((k, v) for k, v in stated.items() if v)
    del stated[key]
    score = _scored(tmp_path, gold)
    assert score.invented == 1
    assert score.silent == [("a.docx", key, None, value)]


def test_only_keys_of_gold_are_scored(tmp_path: Path) -> None:
    score = _scored(tmp_path, {"header": {"number": "không phải"}})
    assert list(score.fields) == ["header.number"]
    assert score.fields["header.number"] == [0, 1]
    assert score.right == score.invented == 0


def test_gold_without_its_document_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "gone.pdf.gold.json").write_text("{}", "utf-8")
    assert _scored(tmp_path, {"campaign": "llw-2021"}).documents == 1
