"""What is said where a decision meets a reading that came after it: pure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from schemas.finding import Finding, RuleCode, Severity
from schemas.form import Form
from warehouse.findings import Raised
from warehouse.outlived import Outlived, Verdict


def about_readings(found: Iterable[Outlived], form: Form) -> list[Raised]:
    """Of files read again: the decision stays, and what contradicts it is told."""
    out = []
    for one in found:
        name = _name(one.subject, form)
        if one.verdict is Verdict.CHANGED:
            text = (
                f"{name}: lần đọc mới ra «{one.now}», khác lần đọc trước và khác quyết định"
                f" «{_decided(one)}»; vẫn giữ quyết định."
            )
            out.append(_raised(one, RuleCode.READING_CHANGED, Severity.INFO, text))
        elif one.verdict is Verdict.LOST:
            text = (
                f"{name}: lần đọc mới không còn thấy ô này; vẫn giữ quyết định «{_decided(one)}»."
            )
            out.append(_raised(one, RuleCode.DECISION_WITHOUT_SOURCE, Severity.WARNING, text))
    return out


def about_replacements(found: Iterable[Outlived], form: Form) -> list[Raised]:
    """Of files that took another's place: what could not be carried over is to be decided anew."""
    out = []
    for one in found:
        name = _name(one.subject, form)
        if one.verdict is Verdict.CHANGED:
            text = (
                f"{name}: văn bản mới ghi «{one.now}», văn bản cũ ghi «{one.before or 'trống'}»"
                f" và đã được quyết định là «{_decided(one)}»; cần xem lại."
            )
            out.append(_raised(one, RuleCode.READING_CHANGED, Severity.ERROR, text))
        elif one.verdict is Verdict.LOST:
            text = (
                f"{name}: văn bản cũ đã được quyết định là «{_decided(one)}», văn bản mới không có"
                " ô này; cần xem lại."
            )
            out.append(_raised(one, RuleCode.DECISION_WITHOUT_SOURCE, Severity.WARNING, text))
    return out


def about_carried(rows: Iterable[Any], units: dict[str, str | None], form: Form) -> list[Raised]:
    """Of decisions that came over from an earlier file: marked until somebody decides again."""
    return [
        Raised(
            Finding(
                RuleCode.DECISION_CARRIED,
                Severity.INFO,
                f"{_name(row.subject, form)}: giữ quyết định «{row.value or 'trống'}» của {row.actor}"
                " từ văn bản trước vì văn bản mới ghi như cũ; cần xác nhận.",
                (),
                *_cell(row.subject),
                value=row.value,
            ),
            row.sha256,
            units.get(row.sha256),
        )
        for row in rows
    ]


def _raised(one: Outlived, rule: RuleCode, severity: Severity, text: str) -> Raised:
    value = one.now if _cell(one.subject)[0] else one.subject
    finding = Finding(
        rule, severity, text, (), *_cell(one.subject), value=value, other_value=_decided(one)
    )
    return Raised(finding, one.sha256, one.unit_code)


def _decided(one: Outlived) -> str:
    return one.decided if one.decided is not None else "trống"


def _cell(subject: str) -> tuple[str | None, str | None]:
    indicator, _, measure = subject.rpartition(".")
    return (indicator, measure) if measure in {"count", "people"} else (None, None)


def _name(subject: str, form: Form) -> str:
    indicator, measure = _cell(subject)
    if indicator is None or all(i.code != indicator for i in form.indicators):
        return f"«{subject}»"
    kind = "số người" if measure == "people" else "số lượng"
    return f"«{form.indicator(indicator).label}» ({kind})"
