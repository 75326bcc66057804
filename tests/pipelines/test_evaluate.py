"""The score tells right from wrong, and said from silent."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipelines.evaluate import evaluate_folder
from pipelines.scoring import Score
from schemas.errors import ConfigurationError, NoGoldError
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
    line = score.fields["header.number"]
    assert (line.right, line.of, line.silent) == (0, 1, 1)
    assert score.right == score.invented == 0


def test_gold_without_its_document_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "gone.pdf.gold.json").write_text("{}", "utf-8")
    assert _scored(tmp_path, {"campaign": "llw-2021"}).documents == 1


def test_records_are_scored_one_by_one_and_as_a_list(tmp_path: Path) -> None:
    score = _scored(tmp_path, {"references": [{"number": "1/KH-NONE", "document_type": "KH"}]})
    read = len([one for one in score.different if one[1] == "references[]"])
    assert score.fields["references"].right == 0
    assert score.fields["references[]"].of == read > 0


def test_case_and_marks_are_told_from_other_words(tmp_path: Path) -> None:
    gold = _gold()
    header = gold["header"]
    assert isinstance(header, dict)
    header["place"] = header["place"].upper()
    score = _scored(tmp_path, gold)
    line = score.fields["header.place"]
    assert (line.right, line.alike) == (0, 1)
    assert not score.fields["header.number"].of - score.fields["header.number"].right


def test_sub_folders_are_also_scored_apart(tmp_path: Path) -> None:
    inside = tmp_path / "hard"
    inside.mkdir()
    (inside / "a.docx").write_bytes(SAMPLE.read_bytes())
    (inside / "a.docx.gold.json").write_text(json.dumps(_gold()), "utf-8")
    out = evaluate_folder(tmp_path, Settings(), lambda _: None)
    assert set(out.kinds) == {"docx"}
    shown, data = out.as_table(), out.as_json()["folders"]["hard/docx"]
    assert out.as_json()["kinds"]["docx"]["observations"] == data["observations"]
    assert "hard/docx: 1 documents" in shown
    assert data["observations"]["right_share"] == 1.0
    assert sum(row["of"] for row in data["reliability"]) == data["observations"]["right"]


def test_gold_that_is_no_json_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "a.docx.gold.json").write_text("{", "utf-8")
    with pytest.raises(ConfigurationError, match=r"a\.docx\.gold\.json"):
        evaluate_folder(tmp_path, Settings(), lambda _: None)


def test_gold_without_its_document_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(SAMPLE.read_bytes())
    for name in ("a.docx", "lost.docx"):
        (tmp_path / f"{name}.gold.json").write_text(json.dumps(_gold()), "utf-8")
    said: list[str] = []
    out = evaluate_folder(tmp_path, Settings(), said.append)
    assert sum(score.documents for score in out.kinds.values()) == 1
    assert any("lost.docx" in line for line in said)


def test_a_folder_with_nothing_to_score_is_no_perfect_score(tmp_path: Path) -> None:
    (tmp_path / "lost.docx.gold.json").write_text("{}", "utf-8")
    with pytest.raises(NoGoldError):
        evaluate_folder(tmp_path, Settings(), lambda _: None)
