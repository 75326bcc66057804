"""Rules in words: one place, and a page that is in step with it."""

from __future__ import annotations

from schemas.catalog import forms
from schemas.finding import RuleCode
from schemas.rule_texts import RULES
from tools import write_rules


def test_the_page_of_rules_is_in_step() -> None:
    assert write_rules.PAGE.read_text("utf-8") == write_rules.page()


def test_every_rule_that_a_form_sets_has_words() -> None:
    told = {code.value for code in RULES}
    for form in forms().values():
        assert {rule.rule for rule in form.rules} <= told


def test_every_code_promised_to_the_outside_has_words() -> None:
    promised = list(RuleCode)[:17]
    assert promised[-1] is RuleCode.OUTLIER
    assert set(promised) <= RULES.keys()
    assert all(text.vi and text.en and text.compares for text in RULES.values())
