"""Scores as plain data, and as a table for a person."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pipelines.scoring import BINS, Score, Silent

_LONGEST = 110


def scores_json(kinds: Mapping[str, Score], folders: Mapping[str, Score]) -> dict[str, Any]:
    """Everything that was counted, by kind of document, and by sub-folder and kind."""
    return {
        "kinds": {name: _kind_json(one) for name, one in sorted(kinds.items())},
        "folders": {name: _kind_json(one) for name, one in sorted(folders.items())},
    }


def _kind_json(s: Score) -> dict[str, Any]:
    return {
        "documents": s.documents,
        "failed": s.failed,
        "observations": {
            "expected": s.expected,
            "right": s.right,
            "wrong": s.wrong,
            "missed": s.missed,
            "invented": s.invented,
            "flagged": s.flagged,
            "flagged_right": s.flagged_right,
            "silent": len(s.silent),
            "right_share": _share(s.right, s.expected),
            "flagged_share": _share(s.flagged, s.values),
            "silent_share": _share(len(s.silent), s.expected + s.invented),
        },
        "fields": {
            key: {"right": f.right, "alike": f.alike, "of": f.of, "silent": f.silent}
            for key, f in sorted(s.fields.items())
        },
        "reliability": [
            {
                "from": BINS[at],
                "to": _upper(at),
                "of": row.of,
                "right": row.right,
                "right_share": _share(row.right, row.of),
                "confidence": round(row.confidence / row.of, 4),
            }
            for at, row in sorted(s.bins.items())
        ],
        "silent_errors": [_silent_json(one) for one in s.silent],
        "silent_fields": [_silent_json(one) for one in s.silent_fields],
        "different": [_silent_json(one) for one in s.different],
    }


def _silent_json(one: Silent) -> dict[str, Any]:
    return dict(zip(("document", "key", "expected", "got"), one, strict=True))


def _upper(at: int) -> float:
    return BINS[at + 1] if at + 1 < len(BINS) else 1.0


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 5) if whole else None


def scores_table(kinds: Mapping[str, Score], folders: Mapping[str, Score]) -> str:
    """One block a kind: observations, fields, reliability, and every difference on a line.

    Sub-folders follow with the observations alone.
    """
    blocks = [_block(name, one) for name, one in sorted(kinds.items())]
    blocks += [_observed(name, one) for name, one in sorted(folders.items())]
    return "\n\n".join("\n".join(block) for block in blocks)


def _observed(name: str, s: Score) -> list[str]:
    lines = [f"{name}: {s.documents} documents, {s.failed} of them not read"]
    if s.expected or s.values:
        lines += [
            f"  observations  right {s.right} of {s.expected} ({_percent(s.right, s.expected)}),"
            f" wrong {s.wrong}, missed {s.missed}, invented {s.invented}",
            f"  silent errors {len(s.silent)} ({_percent(len(s.silent), s.expected + s.invented)}),"
            f" flagged {s.flagged} ({_percent(s.flagged, s.values)}), {s.flagged_right} of them right",
        ]
    return lines


def _block(name: str, s: Score) -> list[str]:
    lines = _observed(name, s)
    if s.fields:
        lines.append(f"  {'field':<34}{'right':>7}{'alike':>7}{'of':>7}{'silent':>8}")
    lines += [
        f"  {key:<34}{f.right:>7}{f.alike:>7}{f.of:>7}{f.silent:>8}"
        for key, f in sorted(s.fields.items())
    ]
    if s.bins:
        lines.append(f"  {'confidence':<16}{'values':>8}{'right':>9}{'stated':>9}")
    lines += [
        f"  {BINS[at]:.2f} to {_upper(at):.2f}{row.of:>10}"
        f"{_percent(row.right, row.of):>9}{_percent(row.confidence, row.of):>9}"
        for at, row in sorted(s.bins.items())
    ]
    silent = {id(one) for one in (*s.silent, *s.silent_fields)}
    lines += [
        f"  {'SILENT' if id(one) in silent else 'told  '} {_short(one)}" for one in s.different
    ]
    return lines


def _short(one: Silent) -> str:
    document, key, expected, got = one
    return f"{document} {key}: {_cut(expected)} | {_cut(got)}"


def _cut(value: Any) -> str:
    text = "nothing" if value is None else str(value)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _percent(part: float, whole: float) -> str:
    return f"{100 * part / whole:.2f}%" if whole else "-"
