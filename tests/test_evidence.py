"""What the program is made of may be used, and is listed."""

from __future__ import annotations

from tools.dependencies import COPYLEFT, EXCEPTIONS, PERMISSIVE, licence, shipped
from tools.sbom import PAGE, page, verdict


def test_everything_shipped_is_permissive_or_an_exception_with_its_reason() -> None:
    wrong = {}
    for name in shipped():
        told = licence(name)
        if told is None or name in EXCEPTIONS:
            continue
        if not PERMISSIVE.search(told) or COPYLEFT.search(told):
            wrong[name] = told
    assert wrong == {}


def test_no_exception_is_kept_that_nobody_needs() -> None:
    assert set(EXCEPTIONS) <= set(shipped())


def test_the_page_of_licences_says_what_is_shipped_today() -> None:
    assert PAGE.read_text("utf-8") == page(), "run make sbom"


def test_a_list_of_weaknesses_that_cannot_be_had_is_not_taken_for_a_clean_one() -> None:
    clean = {"name": "a", "version": "1", "vulns": []}
    unknown = {"name": "b", "skip_reason": "not found"}
    weak = {"name": "c", "version": "1", "vulns": [{"id": "CVE-1"}]}
    assert verdict([clean])[0] == 0
    assert [verdict(d)[0] for d in ([], [clean, unknown])] == [3, 3]
    assert verdict([clean, unknown, weak]) == (1, "known weaknesses in c")
