"""What a typed text would mean and change, before anybody commits to it: pure, by the rules of a run."""

from __future__ import annotations

from dataclasses import dataclass, replace

from reconcile.standing import Changes, Standing, judged, numbers
from reconcile.totals import Key
from schemas.effective import EffectiveValue, ValueStatus
from schemas.numbers import parse_count, written
from schemas.text import fold
from warehouse.findings import Raised, fingerprint

_NOUGHT_OR_NOTHING = {"khong", "khong co", "k"}


@dataclass(frozen=True, slots=True)
class Understood:
    """What ``typed`` says. ``status`` is None while the person has to say what was meant.

    ``choices`` are the statuses to choose from where nothing or a dash was typed; ``proposals``
    the numbers that a questioned text may stand for. ``approximate``: «khoảng» stood before it.
    """

    typed: str
    value: int | None = None
    status: ValueStatus | None = None
    choices: tuple[ValueStatus, ...] = ()
    proposals: tuple[int, ...] = ()
    says: str = ""
    approximate: bool = False

    @property
    def ready(self) -> bool:
        """Whether it can be committed as it is."""
        return self.status is not None


@dataclass(frozen=True, slots=True)
class Total:
    """One figure that would move: ``scope`` is unit or province; None is blank."""

    scope: str
    indicator: str
    measure: str
    before: int | None
    after: int | None


@dataclass(frozen=True, slots=True)
class Preview:
    """What committing would do. ``opens`` and ``closes`` are findings, also about other reports."""

    understood: Understood
    totals: tuple[Total, ...] = ()
    opens: tuple[Raised, ...] = ()
    closes: tuple[Raised, ...] = ()


def understand(typed: str, chosen: ValueStatus | None = None) -> Understood:
    """Reads what a person typed into a number's field; never guesses between two meanings."""
    if chosen is not None and chosen is not ValueStatus.REPORTED:
        return Understood(typed, None, chosen, says="")
    reading = parse_count(typed)
    if reading.blank or fold(typed) in _NOUGHT_OR_NOTHING:
        choices = (ValueStatus.BLANK, ValueStatus.NOT_APPLICABLE, ValueStatus.UNREADABLE)
        return Understood(typed, None, None, choices, (0,), "Chưa rõ ý: để trống hay bằng 0?")
    if reading.value is None:
        says = "Chưa hiểu số này."
        if reading.candidates:
            either = " hay ".join(written(c) for c in reading.candidates)
            says = f"Chưa rõ: {either}?"
        return Understood(typed, None, None, (), reading.candidates, says)
    about = "khoảng " if reading.approximate else ""
    return Understood(
        typed,
        reading.value,
        ValueStatus.REPORTED,
        says=f"hiểu là {about}{written(reading.value)}",
        approximate=reading.approximate,
    )


def changed(standing: Standing, sha256: str, key: Key, understood: Understood) -> EffectiveValue:
    """The cell as it would count with what was understood."""
    held = standing.values.get(sha256, {}).get(key)
    base = held or EffectiveValue(sha256, standing.documents[sha256].unit_code, *key, None)
    return replace(
        base,
        value=understood.value,
        status=understood.status or ValueStatus.REPORTED,
        confidence=1.0,
        needs_review=False,
        decided_by="",
    )


def preview(
    standing: Standing, sha256: str, key: Key, typed: str, chosen: ValueStatus | None = None
) -> Preview:
    """What ``typed`` in one cell would do; KeyError where document or cell are unknown."""
    standing.form.indicator(key[0])
    understood = understand(typed, chosen)
    if not understood.ready:
        return Preview(understood)
    now: Changes = {}
    then: Changes = {sha256: {key: changed(standing, sha256, key, understood)}}
    opens, closes = differences(
        standing.form.campaign,
        judged(standing, sha256, key, now),
        judged(standing, sha256, key, then),
    )
    return Preview(understood, _totals(standing, sha256, key, then), opens, closes)


def differences(
    campaign: str, before: list[Raised], after: list[Raised]
) -> tuple[tuple[Raised, ...], tuple[Raised, ...]]:
    """Findings that open and that close between two judgements."""
    old = {fingerprint(campaign, r): r for r in before}
    new = {fingerprint(campaign, r): r for r in after}
    opens = tuple(r for k, r in new.items() if k not in old)
    return opens, tuple(r for k, r in old.items() if k not in new)


def _totals(standing: Standing, sha256: str, key: Key, then: Changes) -> tuple[Total, ...]:
    unit, totals = standing.documents[sha256].unit_code or "", standing.totals
    after = numbers(standing, unit, then)
    out: list[Total] = []
    for one in totals.affected(key):
        pair = totals.number(one, unit), totals.number(one, unit, after)
        if one != key or pair != (None, None):
            out.append(Total("unit", *one, *pair))
        out.append(Total("province", *one, totals.province(one), totals.province(one, unit, after)))
    return tuple(out)
