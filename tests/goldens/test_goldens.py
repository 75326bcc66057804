"""Whole reports against what was accepted of them: one folder a document, report.json beside it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pipelines.understand import understand
from schemas.report_json import to_json

HERE = Path(__file__).parent
# What is promised outside; the rest may grow without anybody's having to accept it.
PROMISED = (
    "schema", "status", "error", "source", "campaign", "header", "annex", "references", "launch",
    "theme", "commended", "narrative", "observations", "findings",
)  # fmt: skip
ROWS = {
    "observations": (
        "indicator", "measure", "value", "unit", "raw", "origin", "confidence", "needs_review", "where",
    ),
    "findings": ("rule", "severity", "message", "where"),
}  # fmt: skip
FOLDERS = sorted(path.parent for path in HERE.glob("*/*/report.*") if path.suffix != ".json")


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda f: f"{f.parent.name}/{f.name}")
def test_golden(folder: Path, golden: Any) -> None:
    document = next(p for p in sorted(folder.glob("report.*")) if p.suffix != ".json")
    report = understand(document, document.name, "33")
    golden(folder / "report.json", promised(json.loads(json.dumps(to_json(report)))))


def promised(data: dict[str, Any]) -> dict[str, Any]:
    """``data`` without what the contract does not name."""
    out = {key: data.get(key) for key in PROMISED}
    for name, keys in ROWS.items():
        out[name] = [{key: one.get(key) for key in keys} for one in data[name]]
    return out


def test_every_form_with_rows_of_its_own_has_a_golden() -> None:
    from schemas.catalog import forms

    own = {
        form.campaign
        for form in forms().values()
        if form.extends is None or form.indicators is not forms()[form.extends].indicators
    }
    assert own <= {folder.parent.name for folder in FOLDERS}


def test_accepting_rewrites_and_fails(pytester: pytest.Pytester) -> None:
    conftest = (HERE.parent / "conftest.py").read_text(encoding="utf-8")
    pytester.makeconftest(conftest)
    pytester.makepyfile(
        """
        from pathlib import Path

        def test_one(golden):
            golden(Path("one.json"), {"a": 1})

        def test_nothing_compared():
            pass
        """
    )
    assert pytester.runpytest("-p", "no:cacheprovider").ret == pytest.ExitCode.TESTS_FAILED
    accepted = pytester.runpytest("-p", "no:cacheprovider", "--accept")
    assert accepted.ret == pytest.ExitCode.TESTS_FAILED
    assert json.loads(Path("one.json").read_text(encoding="utf-8")) == {"a": 1}
    only = pytester.runpytest("-p", "no:cacheprovider", "--accept", "-k", "nothing")
    assert only.ret == pytest.ExitCode.TESTS_FAILED
    pytester.runpytest("-p", "no:cacheprovider").assert_outcomes(passed=2)
