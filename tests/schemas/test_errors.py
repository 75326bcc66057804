"""Every failure has a code of its own, says what is wrong and what to do, and stands in the docs."""

from __future__ import annotations

from collections import Counter

from schemas.error_records import as_record, from_record, kinds
from schemas.errors import EncryptedPdf
from tools.error_docs import TARGET, text


def test_the_page_is_current() -> None:
    assert TARGET.read_text("utf-8") == text(), "run python -m tools.error_docs"


def test_codes_are_told_apart_and_say_what_to_do() -> None:
    codes = Counter(kind.code for kind in kinds())
    assert {code for code, count in codes.items() if count > 1} == set()
    for kind in kinds():
        assert kind.says.endswith("."), kind
        assert kind.next_step.endswith("."), kind


def test_an_error_survives_the_way_between_processes() -> None:
    error = EncryptedPdf(name="b.pdf", place="trang 2", detail="x")
    again = from_record(as_record(error))
    assert type(again) is EncryptedPdf
    assert again.message == error.message
