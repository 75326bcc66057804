"""What the program is made of may be used, and is listed."""

from __future__ import annotations

from tools.dependencies import COPYLEFT, EXCEPTIONS, PERMISSIVE, licence, shipped


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
