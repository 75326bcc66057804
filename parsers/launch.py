"""The opening ceremony: day, time, mode, platform and connected places, from its own sentences."""

from __future__ import annotations

import re
from collections.abc import Sequence

from parsers.dates import DateMatch, find_day_months
from parsers.launch_doubts import apart, dayless, missed, unclear, unread
from parsers.launch_means import platform_of, venues_of
from parsers.launch_sentences import Sentence, near, of_others, own, sentences_of
from parsers.letter import Line
from schemas.finding import Finding
from schemas.report import Launch, LaunchMode, Located

_LINKED = (LaunchMode.ONLINE, LaunchMode.HYBRID)
_CITED = re.compile(r"/[^\W\d_][^\s]*\s*,?\s*(?:ngay\s*)?$")


class Found:
    """Collects the first statement of each field, with its place."""

    def __init__(self) -> None:
        self.values: dict[str, object] = {}
        self.located: list[Located] = []

    def put(
        self,
        name: str,
        value: object,
        one: Sentence,
        span: tuple[int, int],
        doubtful: bool = False,
    ) -> None:
        if value is None or name in self.values:
            return
        start, end = span[0] + one.start, span[1] + one.start
        trust = one.line.confidence(start, end)
        self.values[name] = value
        review = doubtful or trust < 0.7
        confidence = round(min(trust, 0.6 if doubtful else 0.97), 3)
        place = one.line.where(start, end)
        self.located.append(
            Located(f"launch.{name}", place, one.line.text[start:end].strip(), confidence, review)
        )

    def drop(self, name: str) -> None:
        """Takes a statement back."""
        self.values.pop(name, None)
        self.located = [one for one in self.located if one.field != f"launch.{name}"]


def read_launch(
    body: Sequence[Line], section: Sequence[Line], year: int | None
) -> tuple[Launch | None, tuple[Located, ...], tuple[Finding, ...]]:
    """The ceremony as ``section`` (the part about it, may be empty) or else ``body`` states it.

    The findings tell of what may be said of a ceremony and was not understood.
    """
    under = sentences_of(section)
    speaking = near(under) or ([] if under else near(sentences_of(body))) or under
    told, rest = own(speaking), own(under)
    found = Found()
    for scope in (told, rest):
        for dated in (None, year):
            for one in scope:
                _day_and_time(one, found, dated)
        for one in scope:
            _platform_and_venues(one, found)
    doubts = _mode(told, rest, found)
    if not found.values:
        return None, (), missed(body, under)
    doubts = (*doubts, *_platform_apart(under, found))
    doubts = (
        *doubts,
        *dayless(speaking, found.values),
        *unread(speaking, found.values),
    )
    return Launch(**found.values), tuple(found.located), doubts  # type: ignore[arg-type]


def _day_and_time(one: Sentence, found: Found, year: int | None) -> None:
    """The first day that is neither a citation's nor an end of a range, and the time before it."""
    if "held_on" not in found.values:
        _day(one, found, one.dates if year is None else find_day_months(one.text, year))
    if one.time is not None:
        found.put("time", one.time[2], one, (one.time[0], one.time[1]))


def _day(one: Sentence, found: Found, dates: Sequence[DateMatch]) -> None:
    folded = one.folded
    for match in dates:
        before = folded[max(0, match.start - 60) : match.start]
        after = folded[match.end : match.end + 12]
        if (
            match.day is None
            or _CITED.search(before.replace("ngay ", ""))
            or _in_range(before, after)
        ):
            continue
        found.put("held_on", match.day, one, (match.start, match.end), match.doubtful)
        break


def _in_range(before: str, after: str) -> bool:
    return bool(
        re.match(r"\s*(?:den|-)\s*(?:het )?(?:ngay)?", after)
        or re.search(r"(?:den|-)\s*(?:het )?(?:ngay)?\s*$", before)
    )


def _platform_and_venues(one: Sentence, found: Found) -> None:
    platform = None if "platform" in found.values else platform_of(one.text, one.folded)
    if platform is not None:
        start, end = platform[0]
        found.put("platform", one.text[start:end], one, (start, end), platform[1])
    venues = None if "venues" in found.values else venues_of(one.folded)
    if venues is not None:
        found.put("venues", venues[0], one, venues[1], venues[2])


def _platform_apart(under: Sequence[Sentence], found: Found) -> tuple[Finding, ...]:
    """The platform of an online ceremony, named only in another sentence of the part about it."""
    if "platform" in found.values or found.values.get("mode") not in _LINKED:
        return ()
    for one in under:
        platform = platform_of(one.text, one.folded)
        if platform is not None:
            (start, end), _ = platform
            found.put("platform", one.text[start:end], one, (start, end), doubtful=True)
            return (apart(one, (start, end)),)
    return ()


def _mode(
    speaking: Sequence[Sentence], under: Sequence[Sentence], found: Found
) -> tuple[Finding, ...]:
    """The mode as words tell it, else a named place; what contradicts or stays unclear is told."""
    told = [(one, one.means) for one in speaking]
    worded = [pair for pair in told if pair[1].mode]
    if not worded:
        worded = [(one, one.means) for one in under if one.means.mode]
    housed = [pair for pair in told if pair[1].venue]
    if not housed:
        housed = [(one, one.means) for one in under if one.tells_when and one.means.venue]
    if worded and housed and all(s.shown and s.mode is LaunchMode.ONLINE for _, s in worded):
        # They met at a place; that it was broadcast too is told of in another sentence.
        found.drop("platform")
        found.put("mode", LaunchMode.IN_PERSON, housed[0][0], housed[0][1].span, doubtful=True)
        return (unclear(worded[0][0], worded[0][1].span),)
    if worded:
        one, said = worded[0]
        modes = {s.mode for _, s in worded}
        separate = said.mode is LaunchMode.IN_PERSON and len(modes) > 1
        elsewhere = said.mode is LaunchMode.ONLINE and any(pair[0] is not one for pair in housed)
        mixed = said.mode is not LaunchMode.HYBRID and (len(modes) > 1 or elsewhere)
        mode = LaunchMode.HYBRID if separate else said.mode
        doubtful = said.doubtful or mixed or of_others(one)
        found.put("mode", mode, one, said.span, doubtful)
        return (unclear(one, said.span),) if doubtful else ()
    if housed:
        one, said = housed[0]
        found.put("mode", LaunchMode.IN_PERSON, one, said.span, of_others(one))
        return (unclear(one, said.span),) if of_others(one) else ()
    vague = next(((o, s.unclear) for o, s in told if s.unclear), None)
    return (unclear(vague[0], vague[1]),) if vague and vague[1] else ()
