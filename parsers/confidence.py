"""Confidence from evidence that can be named, and what annex and running text say together."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from schemas.finding import Finding, RuleCode, Severity
from schemas.report import Observation

REVIEW_BELOW = 0.80

WEIGHTS = {
    "row:exact": 1.0,
    "row:alias": 0.99,
    "row:fuzzy": 0.92,
    "row:section": 0.9,
    "row:loose": 0.75,
    "row:near": 0.75,
    "row:strange": 0.75,
    "row:topic": 0.75,
    "row:left": 0.6,
    "row:shifted": 0.6,
    "row:people": 0.75,
    "row:beside": 0.95,
    "row:counted": 0.75,
    "row:head": 0.75,
    "row:told": 0.75,
    "label:embedded": 0.75,
    "label:line": 0.97,
    "label:several": 0.75,
    "label:told": 0.95,
    "label:subject": 0.8,
    "unit:other": 0.6,
    "column:shared": 0.6,
    "column:unnamed": 0.6,
    "column:parts_differ": 0.6,
    "unit:scaled": 0.3,
    "number:plain": 1.0,
    "number:leading_zero": 1.0,
    "number:grouped": 0.99,
    "number:words": 0.97,
    "number:told": 0.75,
    "number:spelled": 0.92,
    "number:added": 0.75,
    "number:approximate": 0.75,
    "number:noted": 0.75,
    "column:named": 1.0,
    "column:only_measure": 0.99,
    "column:misplaced": 0.6,
    "column:this_year": 0.95,
    "pair:split": 0.9,
    "pair:headed": 0.95,
    "pair:bare": 0.6,
    "origin:narrative": 0.9,
    "phrase:loose": 0.75,
    "row:duplicate": 0.3,
    "cell:spans": 0.6,
    "reading:disagrees": 0.3,
    "reading:doubtful": 0.5,
    "range:outside": 0.7,
    "differs:narrative": 0.7,
    "document:several": 0.5,
    "annex:unread": 0.75,
    "mentions:differ": 0.6,
    "rule:whole_differs_from_parts": 0.6,
    "rule:people_fewer_than_sessions": 0.4,
    "rule:count_exceeds_registry": 0.4,
}
"""What each piece of evidence leaves of certainty; the confidence is their product."""

_WHICH_ROW = frozenset(["row:near", "row:strange", "row:counted", "row:section", "row:fuzzy"])
_HARDLY_STRANGE = frozenset(["row:near", "row:counted", "row:section"])
_ANY_ROW = _WHICH_ROW | {"row:topic"}
_WHICH_PLACE = _ANY_ROW | {
    "row:head",
    "column:unnamed",
    "column:shared",
    "pair:bare",
    "label:embedded",
}
SETTLES: Mapping[str, frozenset[str]] = {
    "place:all": _WHICH_ROW,
    "place:filled": _WHICH_ROW,
    "place:between": _HARDLY_STRANGE,
    "unit:own": _HARDLY_STRANGE,
    "unit:placed": _WHICH_ROW,
    "sum:holds": _WHICH_PLACE | {"row:left"},
    "row:agrees": _ANY_ROW | {"row:left"},
    "agrees:narrative": _WHICH_PLACE,
    "head:one": frozenset(["row:head"]),
}
"""Which doubts each piece of independent evidence settles. It says nothing of any other doubt: that
a row stands where the form has it does not make a blurred figure clear."""

SETTLED = 0.95
"""What a doubt leaves of certainty once other evidence has settled it."""


def confidence_of(evidence: Sequence[str], reading: float = 1.0) -> float:
    """The product of the evidence's weights and the recogniser's own confidence."""
    value = reading
    for one in evidence:
        value *= WEIGHTS.get(one, 1.0)
    return round(max(0.01, min(0.99, value)), 3)


def with_evidence(observation: Observation, evidence: str) -> Observation:
    """``observation`` with one more piece of evidence weighed in."""
    value = round(max(0.01, observation.confidence * WEIGHTS.get(evidence, 1.0)), 3)
    return replace(observation, confidence=value, evidence=(*observation.evidence, evidence),
                   needs_review=observation.needs_review or value < REVIEW_BELOW)  # fmt: skip


def corroborated(observation: Observation, evidence: str) -> Observation:
    """``observation`` with evidence that came from elsewhere: the doubts it settles weigh little."""
    known = observation.evidence
    if evidence in known:
        return observation
    open_doubts = {e for e in known if not any(e in SETTLES.get(other, ()) for other in known)}
    value = observation.confidence
    for doubt in open_doubts & SETTLES[evidence]:
        value *= max(1.0, SETTLED / WEIGHTS[doubt])
    value = round(min(0.99, value), 3)
    review = (
        value < REVIEW_BELOW if observation.confidence < REVIEW_BELOW else observation.needs_review
    )
    return replace(observation, confidence=value, evidence=(*known, evidence), needs_review=review)  # fmt: skip


def combine(
    annex: Sequence[Observation],
    mentions: Sequence[Observation],
    unread: Collection[tuple[str | None, str | None]] = (),
) -> tuple[tuple[Observation, ...], tuple[Finding, ...]]:
    """One observation a key: the annex's where it has one, checked against the running text.

    ``unread`` are the keys whose cell could not be read: the text alone then settles nothing.
    """
    stated: dict[tuple[str, str], list[Observation]] = {}
    for mention in mentions:
        stated.setdefault(mention.key, []).append(mention)
    out: list[Observation] = []
    findings: list[Finding] = []
    for one in annex:
        # What may be a part's figure ("trường X quyên góp 300 cuốn") contradicts no whole.
        other = [m for m in stated.pop(one.key, []) if "phrase:loose" not in m.evidence]
        if not other:
            out.append(one)
        elif any(m.value == one.value for m in other):
            out.append(corroborated(one, "agrees:narrative"))
        else:
            out.append(with_evidence(one, "differs:narrative"))
            findings.append(_differs(one, other[0]))
    for several in stated.values():
        values = {m.value for m in several}
        first = several[0]
        if first.key in unread:
            first = with_evidence(first, "annex:unread")
        out.append(first if len(values) == 1 else with_evidence(first, "mentions:differ"))
    return tuple(out), tuple(findings)


def _differs(table: Observation, text: Observation) -> Finding:
    return Finding(
        RuleCode.TEXT_DIFFERS_FROM_TABLE,
        Severity.WARNING,
        f"Lời văn ghi {text.raw}, bảng ghi {table.raw} cho «{table.label}».",
        (text.where, table.where),
        table.indicator,
        table.measure,
        str(text.value),
        str(table.value),
    )
