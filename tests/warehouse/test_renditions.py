"""Files of one report are one document, whatever they are called and whichever lacks the number."""

from __future__ import annotations

import datetime as dt

import pytest

from warehouse.layers import Candidate, stack

DAY = dt.date(2021, 10, 8)
NOW = dt.datetime(2021, 10, 12, tzinfo=dt.UTC)
WORD, PDF, SCAN = 1, 2, 3


def file(
    name: str, number: str | None, rank: int, *, day: dt.date | None = DAY, figures: int = 16
) -> Candidate:
    return Candidate(name, number, day, NOW, rank, figures)


def test_word_before_pdf_before_scan() -> None:
    files = [file("scan", "1/BC-X", SCAN), file("word", "1/BC-X", WORD), file("pdf", "1/bc-x", PDF)]
    out = stack(files)
    assert out.layers == {"word": 0}
    assert out.superseded == {"scan": "word", "pdf": "word"}


def test_a_rendition_without_figures_does_not_count() -> None:
    out = stack([file("word", "1/BC-X", WORD, figures=0), file("scan", "1/BC-X", SCAN)])
    assert out.layers == {"scan": 0}


def test_a_scan_whose_number_is_written_by_hand() -> None:
    out = stack([file("scan", None, SCAN), file("word", "1/BC-X", WORD)])
    assert out.layers == {"word": 0}
    assert out.superseded == {"scan": "word"}


@pytest.mark.parametrize("signed", [PDF, SCAN])
@pytest.mark.parametrize("day", [None, DAY])
def test_what_was_numbered_counts_before_its_draft(signed: int, day: dt.date | None) -> None:
    out = stack([file("draft", None, WORD, day=day), file("signed", "1/BC-X", signed)])
    assert out.layers == {"signed": 0}
    assert out.superseded == {"draft": "signed"}


def test_a_draft_with_figures_counts_before_a_signed_letter_without_its_annex() -> None:
    out = stack([file("draft", None, WORD, day=None), file("signed", "1/BC-X", PDF, figures=0)])
    assert out.layers == {"draft": 0}


def test_without_a_number_on_another_day_it_is_another_report() -> None:
    later = file("later", None, WORD, day=dt.date(2021, 10, 20))
    out = stack([later, file("first", "1/BC-X", PDF)])
    assert out.layers == {"later": 0}
    assert out.superseded == {"first": "later"}


def test_between_two_reports_of_one_day_nothing_is_guessed() -> None:
    files = [file("a", "1/BC-X", PDF), file("b", "2/BC-X", PDF), file("scan", None, SCAN)]
    out = stack(files)
    assert len(out.layers) == 1
    assert out.superseded["a"] == out.superseded["scan"] == "b"
