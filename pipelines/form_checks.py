"""Proving a form: its own examples resolve, its rules name rows that exist."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import yaml

from parsers.labels import labels_of
from parsers.matcher import match_row
from pipelines.understand import understand
from schemas.catalog import forms
from schemas.finding import RuleCode
from schemas.form import Form
from schemas.settings import load_settings


def check_all() -> list[str]:
    """Problems of every packaged form, one line each."""
    return [
        f"{campaign}: {problem}"
        for campaign, form in forms().items()
        for problem in check_form(form)
    ]


def check_form(form: Form) -> list[str]:
    """Examples that do not resolve, ``never`` labels that do, aliases twice, unknown codes."""
    problems = []
    owners: dict[str, str] = {}
    codes = {i.code for i in form.indicators} | {s.code for s in form.section_rows}
    for row in (*form.indicators, *form.section_rows):
        for label in (row.label, *row.examples, *row.aliases):
            match = match_row(form, label, row.parent)
            if match is None or match.code != row.code:
                problems.append(
                    f"{row.code}: «{label}» được hiểu là {match.code if match else 'không hàng nào'}"
                )
        for label in row.never:
            match = match_row(form, label, row.parent)
            if match is not None and match.code == row.code:
                problems.append(f"{row.code}: «{label}» lẽ ra không khớp")
        for alias in (row.label, *row.aliases):
            other = owners.setdefault(labels_of(form).short(alias), row.code)
            if other != row.code:
                problems.append(f"«{alias}» có ở cả {other} và {row.code}")
        if row.parent is not None and row.parent not in codes:
            problems.append(f"{row.code}: không có hàng mẹ {row.parent}")
    for rule in form.rules:
        named = [
            *getattr(rule, "indicators", ()),
            *getattr(rule, "parts", ()),
            getattr(rule, "whole", None),
            getattr(rule, "indicator", None),
        ]
        problems += [
            f"{rule.rule}: không có chỉ tiêu {code}"
            for code in named
            if code is not None and code not in codes
        ]
    return problems


def unclaimed_yaml(files: Sequence[Path]) -> str:
    """Rows of ``files`` that no row of the form claimed, as YAML to paste under an indicator."""
    labels: dict[str, list[str]] = {}
    for path in files:
        report = understand(path, path.name, load_settings().province)
        for finding in report.findings:
            if finding.rule is RuleCode.UNCLAIMED_ROW:
                labels.setdefault(report.campaign or "?", []).append(
                    finding.message.split("«", 1)[1].split("»", 1)[0]
                )
    return str(
        yaml.safe_dump(
            {c: {"aliases": sorted(set(v))} for c, v in labels.items()},
            allow_unicode=True,
            sort_keys=True,
        )
    )
