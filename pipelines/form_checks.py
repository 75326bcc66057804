"""Proving a form: its own examples resolve, its rules name rows that exist, no alias is idle."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from parsers.counts import mentions
from parsers.headings import headings_of, plain
from parsers.labels import labels_of
from parsers.matcher import match_row, scores
from pipelines.understand import understand
from schemas.catalog import forms
from schemas.document import Anchor, Paragraph
from schemas.finding import RuleCode
from schemas.form import Form, Indicator
from schemas.settings import load_settings

_NEAR = 70.0


@dataclass(frozen=True, slots=True)
class FormCheck:
    """``problems`` make a form wrong; ``idle`` aliases say what another of their row says already."""

    problems: tuple[str, ...]
    idle: tuple[str, ...]


def check_all() -> FormCheck:
    """Every packaged form, one line a problem."""
    problems, idle = [], []
    for campaign, form in forms().items():
        found = check_form(form)
        problems += [f"{campaign}: {one}" for one in found.problems]
        if form.extends is None:
            idle += [f"{campaign}: {one}" for one in found.idle]
    return FormCheck(tuple(problems), tuple(idle))


def check_form(form: Form) -> FormCheck:
    """Examples that do not resolve, ``never`` labels that do, aliases twice, unknown codes."""
    rows = (*form.indicators, *form.section_rows)
    problems = [
        *(problem for row in rows for problem in _row(form, row)),
        *_shared(form, rows),
        *_headings(form),
        *(problem for row in form.indicators for problem in _prose(form, row)),
        *_measures(form),
        *_rules(form, {row.code for row in rows}),
    ]
    return FormCheck(tuple(problems), tuple(_idle(form, rows)))


def _row(form: Form, row: Indicator) -> Iterator[str]:
    for label in (row.label, *row.examples, *row.aliases):
        match = match_row(form, label, row.parent)
        if match is None or match.code != row.code:
            yield f"{row.code}: «{label}» được hiểu là {match.code if match else 'không hàng nào'}"
    for label in row.never:
        match = match_row(form, label, row.parent)
        if match is not None and match.code == row.code:
            yield f"{row.code}: «{label}» lẽ ra không khớp"
    if row.parent is not None and row.parent not in labels_of(form).ordinals:
        yield f"{row.code}: không có hàng mẹ {row.parent}"
    for part in row.parts:
        if part not in labels_of(form).parents:
            yield f"{row.code}: không có hàng con {part}"


def _shared(form: Form, rows: Iterable[Indicator]) -> Iterator[str]:
    """Wordings that two rows claim."""
    owners: dict[str, str] = {}
    for row in rows:
        for alias in (row.label, *row.aliases):
            other = owners.setdefault(labels_of(form).short(alias), row.code)
            if other != row.code:
                yield f"«{alias}» có ở cả {other} và {row.code}"


def _idle(form: Form, rows: Iterable[Indicator]) -> Iterator[str]:
    """Aliases that read as the label, or as another alias of the same row, when folded."""
    for row in rows:
        seen: dict[str, str] = {labels_of(form).short(row.label): row.label}
        for alias in row.aliases:
            other = seen.setdefault(labels_of(form).short(alias), alias)
            if other != alias:
                yield f"{row.code}: «{alias}» thừa, đã có «{other}»"
    for heading in form.headings:
        known: dict[str, str] = {}
        for alias in heading.aliases:
            other = known.setdefault(plain(alias), alias)
            if other != alias:
                yield f"{heading.field}: «{alias}» thừa, đã có «{other}»"


def _headings(form: Form) -> Iterator[str]:
    known = headings_of(form)
    for heading in form.headings:
        for title in (*heading.aliases, *heading.broad, *heading.whole, *heading.examples):
            claim = known.claim(title)
            if claim is None or heading.field not in claim.fields:
                told = ", ".join(claim.fields) if claim else "không mục nào"
                yield f"{heading.field}: đề mục «{title}» được hiểu là {told}"
        for title in heading.never:
            claim = known.claim(title)
            if claim is not None and heading.field in claim.fields:
                yield f"{heading.field}: đề mục «{title}» lẽ ra không khớp"


def _prose(form: Form, row: Indicator) -> Iterator[str]:
    """Sentences of which the row's counts are not read as its examples say; words without nouns."""
    for told in row.prose.examples:
        found, _ = mentions([Paragraph(told.text, Anchor(paragraph=0))], form)
        read = {o.measure: o.value for o in found if o.indicator == row.code}
        if read != told.values:
            yield f"{row.code}: câu «{told.text}» được đọc là {read}, lẽ ra là {told.values}"
    words = row.prose.model_copy(update={"nouns": ()})
    if not row.prose.nouns and words != type(words)():
        yield f"{row.code}: «prose» không nói đếm gì («nouns»)"


def _measures(form: Form) -> Iterator[str]:
    """Measures named in ``measure_nouns`` that no row has."""
    known = {measure.code for row in form.indicators for measure in row.measures}
    for code in form.measure_nouns.keys() - known:
        yield f"measure_nouns: không hàng nào có số liệu {code}"


def _rules(form: Form, codes: set[str]) -> Iterator[str]:
    for rule in form.rules:
        named = (
            *getattr(rule, "indicators", ()),
            *getattr(rule, "parts", ()),
            getattr(rule, "whole", None),
            getattr(rule, "indicator", None),
        )
        for code in named:
            if code is not None and code not in codes:
                yield f"{rule.rule}: không có chỉ tiêu {code}"


def unclaimed_yaml(files: Sequence[Path]) -> str:
    """Rows of ``files`` that no row of the form claimed, as entries to paste under ``indicators``.

    Each stands under the row it comes nearest to; under ``code: ""`` where none is near. What it
    means is for a person to say. Files of no campaign are left out.
    """
    labels: dict[str, list[str]] = {}
    for path in files:
        report = understand(path, path.name, load_settings().province)
        for finding in report.findings:
            if finding.rule is RuleCode.UNCLAIMED_ROW and finding.message.startswith("Hàng «"):
                labels.setdefault(report.campaign or "", []).append(
                    finding.message.split("«", 1)[1].rsplit("»", 1)[0]
                )
    return "".join(_pasted(campaign, rows) for campaign, rows in sorted(labels.items()))


def _pasted(campaign: str, labels: Sequence[str]) -> str:
    form = forms()[campaign]
    nearest: dict[str, list[str]] = {}
    for label in dict.fromkeys(labels):
        code, score, _ = scores(form, label)[0]
        nearest.setdefault(code if score >= _NEAR else "", []).append(label)
    lines = [f"# {campaign}: hàng chưa có trong mẫu; xem lại rồi dán vào «indicators»"]
    for code, rows in sorted(nearest.items()):
        lines.append("- code: " + (code or '""'))
        lines.append("  aliases:")
        lines += [f"  - {_quoted(row)}" for row in rows]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
