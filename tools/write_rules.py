"""Writes ``docs/rules.md`` from the rules' own words and from the forms that set them."""

from __future__ import annotations

from pathlib import Path

from schemas.catalog import forms
from schemas.rule_texts import RULES

PAGE = Path("docs/rules.md")


def page() -> str:
    """The page as it should stand."""
    lines = [
        "# Rules",
        "",
        "Written by `python -m tools.write_rules`; change `schemas/rule_texts.py` or a form instead.",
        "A finding keeps its identity from run to run: it is opened, changes, goes, is accepted with",
        "a reason, and is open again once one of its two sides changes. A year that is not named below has",
        "the rules of the year that it extends.",
        "",
        "| code | in Vietnamese | in English | what is compared |",
        "|---|---|---|---|",
    ]
    lines += [
        f"| `{code.value}` | {text.vi} | {text.en} | {text.compares} |"
        for code, text in RULES.items()
    ]
    for form in sorted(forms().values(), key=lambda f: f.campaign):
        if form.extends is not None and form.rules is forms()[form.extends].rules:
            continue
        lines += [
            "",
            f"## {form.campaign}",
            "",
            "| rule | severity | set by the form |",
            "|---|---|---|",
        ]
        for rule in form.rules:
            lines.append(f"| `{rule.rule}` | {rule.severity.value} | {_set(rule.model_dump())} |")
    return "\n".join(lines) + "\n"


def _set(told: dict[str, object]) -> str:
    parts = []
    for key, value in told.items():
        if key in {"rule", "severity"} or value is None:
            continue
        text = ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)
        parts.append(f"{key}: {text}")
    return "; ".join(parts)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
