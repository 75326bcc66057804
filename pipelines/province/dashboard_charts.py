"""Bars as inline SVG, each with its numbers in a table below; no script, no outside content."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from pipelines.province.words import shown

_LABEL, _BAR, _ROW = 300, 420, 22


@dataclass(frozen=True, slots=True)
class Bar:
    """One line of a chart: ``value`` and, where there is one, ``before`` of last year."""

    label: str
    value: int | None
    before: int | None = None
    kind: str = "now"


def bars(title: str, lines: Sequence[Bar], *, before: str = "") -> str:
    """A figure: horizontal bars on one linear scale from zero, and under them the same numbers.

    ``before`` names the series of last year; empty where there is none. Nothing is drawn for a
    blank: blank is not zero.
    """
    if not lines:
        return ""
    most = max((v for b in lines for v in (b.value, b.before) if v is not None), default=0) or 1
    step = _ROW * 2 if before else _ROW
    drawn = "".join(_line(b, at * step + 4, most, before) for at, b in enumerate(lines))
    width, height = _LABEL + _BAR + 90, len(lines) * step + 8
    said = f"{title}: " + "; ".join(f"{b.label} {shown(b.value) or 'để trống'}" for b in lines)
    legend = (
        f'<p class="legend"><span class="now"></span> năm nay <span class="before"></span> {escape(before.lower())}</p>'
        if before
        else ""
    )
    return (
        f'<figure><figcaption>{escape(title)}</figcaption>{legend}<svg role="img" viewBox="0 0 {width} {height}"'
        f' width="{width}" height="{height}" aria-label="{escape(said, quote=True)}">{drawn}</svg>'
        f"{_numbers(lines, before)}</figure>"
    )


def _line(bar: Bar, top: int, most: int, before: str) -> str:
    out = [
        f'<text x="{_LABEL - 8}" y="{top + 13}" text-anchor="end" class="label">{escape(_short(bar.label))}</text>',
        _drawn(bar.value, top, most, bar.kind),
    ]
    if before:
        out.append(_drawn(bar.before, top + _ROW - 3, most, "before"))
    return "".join(out)


def _drawn(value: int | None, top: int, most: int, kind: str) -> str:
    if value is None:
        return f'<text x="{_LABEL}" y="{top + 13}" class="blank">để trống</text>'
    length = max(round(_BAR * value / most), 1 if value else 0)
    return (
        f'<rect class="{kind}" x="{_LABEL}" y="{top}" width="{length}" height="17"/>'
        f'<text x="{_LABEL + length + 6}" y="{top + 13}">{shown(value)}</text>'
    )


def _numbers(lines: Sequence[Bar], before: str) -> str:
    head = f"<th>Năm nay</th><th>{escape(before)}</th>" if before else "<th>Số</th>"
    rows = "".join(
        f'<tr><th scope="row">{escape(b.label)}</th><td class="n">{shown(b.value)}</td>'
        + (f'<td class="n">{shown(b.before)}</td>' if before else "")
        + "</tr>"
        for b in lines
    )
    return f'<table class="numbers"><thead><tr><th></th>{head}</tr></thead><tbody>{rows}</tbody></table>'


def _short(label: str) -> str:
    """What fits beside a bar; the unit in brackets at the end is kept."""
    head, _, unit = label.rpartition(" (")
    tail = f" ({unit}" if head else ""
    room = 44 - len(tail)
    return label if len(label) <= 44 else label[: room - 1].rstrip(" ,;") + "…" + tail
