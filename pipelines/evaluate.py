"""Scores extraction against labelled documents, field by field and per kind of document."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipelines.sandbox import Job, read_all
from pipelines.steps import workers_of
from schemas.report import Report
from schemas.report_json import to_json
from schemas.settings import Settings

_NUMBER = re.compile(r"\d+(?:[.\s]\d{3})*")


@dataclass(slots=True)
class Score:
    """Counts of one kind of document. ``silent`` lists (file, key, expected, got) nobody was told of."""

    documents: int = 0
    fields: dict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0]))
    right: int = 0
    wrong: int = 0
    missed: int = 0
    invented: int = 0
    flagged: int = 0
    silent: list[tuple[str, str, Any, Any]] = field(default_factory=list)
    bins: dict[int, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0]))


@dataclass(slots=True)
class Evaluation:
    """Scores by kind of document, and what was wrong, by file."""

    kinds: dict[str, Score] = field(default_factory=lambda: defaultdict(Score))
    wrong_fields: list[tuple[str, str, Any, Any]] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """Everything as plain data."""
        return {
            "kinds": {
                kind: {
                    "documents": s.documents,
                    "observations": {
                        "right": s.right,
                        "wrong": s.wrong,
                        "missed": s.missed,
                        "invented": s.invented,
                        "flagged": s.flagged,
                        "silent": len(s.silent),
                    },
                    "fields": {k: {"right": v[0], "of": v[1]} for k, v in sorted(s.fields.items())},
                    "reliability": {
                        f"{b / 10:.1f}": {"right": v[0], "of": v[1]}
                        for b, v in sorted(s.bins.items())
                    },
                    "silent_errors": s.silent,
                }
                for kind, s in sorted(self.kinds.items())
            },
            "wrong_fields": self.wrong_fields,
        }

    def as_table(self) -> str:
        """A table for a person."""
        lines = []
        for kind, s in sorted(self.kinds.items()):
            lines.append(
                f"{kind}: {s.documents} documents; observations right {s.right}, wrong {s.wrong}, missed {s.missed},"
                f" invented {s.invented}, flagged {s.flagged}, silent {len(s.silent)}"
            )
            lines += [
                f"  {name:<24}{right:>6}/{total}"
                for name, (right, total) in sorted(s.fields.items())
            ]
            lines += [
                f"  confidence {b / 10:.1f}        {right:>6}/{total}"
                for b, (right, total) in sorted(s.bins.items())
            ]
            lines += [f"  SILENT {one}" for one in s.silent]
        lines += [f"  differs: {one}" for one in self.wrong_fields]
        return "\n".join(lines)


def evaluate_folder(folder: Path, settings: Settings, say: Callable[[str], None]) -> Evaluation:
    """Reads every document of ``folder`` that has ``NAME.gold.json`` beside it."""
    golds = sorted(folder.rglob("*.gold.json"))
    jobs = [
        Job(
            g,
            g.with_name(g.name.removesuffix(".gold.json")),
            g.name.removesuffix(".gold.json"),
            settings.province,
        )
        for g in golds
    ]
    out = Evaluation()
    present = [j for j in jobs if j.path.exists()]
    for done, (job, report) in enumerate(read_all(present, workers_of(settings)), 1):
        score(out, job.name, json.loads(job.key.read_text("utf-8")), report)
        say(f"[{done}/{len(present)}] {job.name}")
    return out


def _kind(report: Report) -> str:
    suffix = Path(report.source.name).suffix.lower().lstrip(".")
    return f"{suffix}-{report.reading.value}" if report.reading else f"{suffix}-failed"


def score(out: Evaluation, name: str, gold: dict[str, Any], report: Report) -> None:
    """Scores one document on the keys its gold states."""
    said = to_json(report)
    kind = out.kinds[_kind(report)]
    kind.documents += 1
    for key, expected in gold.items():
        if key == "observations":
            _observations(kind, name, expected, report)
        elif key == "findings":
            raised = {f["rule"] for f in said["findings"]}
            for rule in expected:
                _count(out, kind, name, f"finding.{rule}", True, rule in raised)
        else:
            _fields(out, kind, name, key, expected, said.get(key))


def _fields(out: Evaluation, kind: Score, name: str, key: str, expected: Any, got: Any) -> None:
    if isinstance(expected, dict):
        for inner, value in expected.items():
            _fields(
                out,
                kind,
                name,
                f"{key}.{inner}",
                value,
                (got or {}).get(inner) if isinstance(got, dict) else None,
            )
    elif isinstance(expected, list) and expected and isinstance(expected[0], dict):
        trimmed = [
            {k: v for k, v in item.items() if k in expected[0] or k in want}
            for item, want in zip(got or [], expected, strict=False)
        ]
        same = len(got or []) == len(expected) and all(
            all(g.get(k) == v for k, v in w.items()) for g, w in zip(trimmed, expected, strict=True)
        )
        _count(out, kind, name, key, expected, got if not same else expected)
    else:
        _count(out, kind, name, key, expected, got)


def _count(out: Evaluation, kind: Score, name: str, key: str, expected: Any, got: Any) -> None:
    kind.fields[key][1] += 1
    if expected == got:
        kind.fields[key][0] += 1
    else:
        out.wrong_fields.append((name, key, expected, got))


def _observations(kind: Score, name: str, expected: dict[str, int], report: Report) -> None:
    got = {f"{o.indicator}.{o.measure}": o for o in report.observations}
    told = {f"{f.indicator}.{f.measure}" for f in report.findings if f.indicator}
    shown = _shown(report)
    loud = report.error is not None or any(
        f.rule.value in {"unclaimed_column", "nothing_reported"} for f in report.findings
    )
    for key in expected.keys() | got.keys():
        one, want = got.get(key), expected.get(key)
        right = one is not None and one.value == want
        if one is not None:
            kind.flagged += one.needs_review
            kind.bins[min(9, int(one.confidence * 10))][0] += right
            kind.bins[min(9, int(one.confidence * 10))][1] += 1
        kind.right += right
        kind.wrong += one is not None and want is not None and not right
        kind.missed += one is None
        kind.invented += want is None
        if (
            not right
            and not (one is not None and one.needs_review)
            and not (one is None and (key in told or want in shown or loud))
        ):
            kind.silent.append((name, key, want, one.value if one else None))


def _shown(report: Report) -> set[int]:
    """Numbers that findings about rows nobody claimed put before the reader.

    Such a finding tells of its own row only: the loss of another row stays silent.
    """
    texts = (
        f"{f.message} {f.value or ''}" for f in report.findings if f.rule.value == "unclaimed_row"
    )
    return {int(re.sub(r"\D", "", n)) for t in texts for n in _NUMBER.findall(t)}
