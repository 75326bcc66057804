"""Random test reports: the same seed gives the same bytes, and the reader gets them right."""

from __future__ import annotations

import json
from pathlib import Path

from pipelines.evaluate import evaluate_folder
from schemas.settings import Settings
from tools.make_variants import make


def test_same_seed_same_bytes(tmp_path: Path) -> None:
    make(tmp_path / "a", 3, 7)
    make(tmp_path / "b", 3, 7)
    first = {p.name: p.read_bytes() for p in (tmp_path / "a").iterdir()}
    assert len(first) == 6
    assert first == {p.name: p.read_bytes() for p in (tmp_path / "b").iterdir()}


def test_another_seed_gives_other_reports(tmp_path: Path) -> None:
    make(tmp_path, 2, 7)
    make(tmp_path, 2, 8)
    golds = [json.loads(p.read_text("utf-8")) for p in tmp_path.glob("*.gold.json")]
    assert len({gold["header"]["number"] for gold in golds}) > 1


def test_no_silent_error_in_unseen_hands(tmp_path: Path) -> None:
    make(tmp_path, 12, 99)
    out = evaluate_folder(tmp_path, Settings(), lambda _: None)
    score = out.kinds["docx"]
    assert score.documents == 12
    assert score.silent == []
    assert score.wrong == score.invented == 0
