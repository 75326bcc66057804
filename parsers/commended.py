"""Units that a letter praises by name, each with its kind and, where it is one, registry code."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterable, Sequence
from itertools import pairwise

from parsers.commended_kinds import kind_of
from parsers.commended_lists import NAME, Context, lists, own_word, praises, unlisted
from parsers.commended_subjects import named, subjects
from parsers.letter import UPPER, Line, flat
from parsers.places import Place, Units, resolve, spelling
from schemas.admin_unit import AdminUnit, UnitLevel
from schemas.finding import Finding, RuleCode, Severity
from schemas.report import Commended, CommendedKind

_SENTENCE = re.compile(rf"\s(?<=\.\s)(?<!\bTP\.\s)(?<!\bTX\.\s)(?<!\bTT\.\s)\s*(?=[{UPPER}])")
_UNIT_WORD = re.compile(
    r"^\s*(?:cac\s+)?(?P<w>huyen(?:/thi xa/thanh pho)?|thi xa|thanh pho|tp\.?|tx\.?|quan|xa|"
    r"phuong|thi tran|tt\.?|tinh)(?![a-z])"
)
_WITH = re.compile(
    r"\s(?:voi|nho|bang|co) (?:mo hinh|cach lam|phong trao|viec|\"|tu sach|cau lac bo|hoat dong|sang kien)"
)
_PLACED = re.compile(
    r"(?:xep )?(?:thu (?:nhat|nhi|hai|ba|tu|nam)|tiep theo|tiep den|ke do|sau do|nhat|nhi|ba)(?: la| thuoc ve)?\s*:?\s+"
)
"""What stands before the next of a ranking: "thứ nhì: xã Hồ Tùng Mậu"."""
_LEVELS = {
    CommendedKind.PROVINCE: UnitLevel.PROVINCE,
    CommendedKind.DISTRICT: UnitLevel.DISTRICT,
    CommendedKind.COMMUNE: UnitLevel.COMMUNE,
}


class Registry:
    """Units looked up on the letter's day, inside its province; the ministry's names are provinces'."""

    def __init__(self, units: Units, day: dt.date, province: AdminUnit | None) -> None:
        self._units, self._day = units, day
        self._within = province.code if province else None

    def unit(self, name: str, kind: CommendedKind, word: str) -> str | None:
        """The code of an administrative unit; None for institutions and what is not certain."""
        level = _LEVELS.get(kind)
        if level is None:
            return None
        if self._within is None and kind is CommendedKind.PROVINCE:
            found = self._units.find(name, level=level, day=self._day, within=None)
            return found[0].code if len(found) == 1 else None
        one = resolve(
            Place(name, word if word != "tt" else "thi tran"),
            self._units,
            self._day,
            self._within,
            level,
        )
        return one.code if one is not None and one.level is level else None

    def nationwide(self, name: str, word: str) -> CommendedKind | None:
        """A province, or a city that the centre runs, where the letter speaks of provinces."""
        plain = word in ("", "tinh", "thanh pho", "tp") and self._within is None
        return self.guess(name) if plain else None

    def spelling(self, name: str) -> str:
        """The registry's spelling of a name that was read from a picture."""
        return spelling(name, self._units, self._day, self._within)

    def guess(self, name: str) -> CommendedKind | None:
        """The kind of a name with no type word: a district's or a commune's, if it is just one."""
        if self._within is None:
            known = self._units.find(name, level=UnitLevel.PROVINCE, day=self._day, within=None)
            return CommendedKind.PROVINCE if known else None
        found = self._units.find(name, level=None, day=self._day, within=self._within)
        levels = {u.level for u in found}
        if UnitLevel.DISTRICT in levels:
            return CommendedKind.DISTRICT
        return CommendedKind.COMMUNE if levels == {UnitLevel.COMMUNE} and len(found) == 1 else None


def read_commended(
    body: Sequence[Line], registry: Registry, evaluating: Collection[int] = ()
) -> tuple[tuple[Commended, ...], tuple[Finding, ...]]:
    """Every praised unit of ``body`` in order, each (kind, name) once.

    ``evaluating`` are the ids of the paragraphs that weigh what was done: what they say of units by
    name is taken for praise sooner. The findings show sentences that name units of which none could
    be taken, and those of which it is only likely that they praise.
    """
    found: dict[tuple[CommendedKind, str], Commended] = {}
    findings: list[Finding] = []
    for index, line in enumerate(body):
        weighs, praised = id(line.home) in evaluating, praises(line.folded)
        if not weighs and not praised:
            continue
        for start, end in _spans(line.text):
            listed = lists(body, index, start, end) if praised else ()
            taken, told = _of_sentence(line, (start, end), listed, registry, weighs=weighs)
            for one in taken:
                found.setdefault((one.kind, flat(one.name)), one)
            findings += told
    return tuple(found.values()), tuple(findings)


def _of_sentence(
    line: Line,
    span: tuple[int, int],
    listed: Iterable[Sequence[tuple[Line, Context]]],
    registry: Registry,
    *,
    weighs: bool,
) -> tuple[list[Commended], list[Finding]]:
    """The praised units of one sentence, and what has to be told of it; ``listed`` are stretches of
    it, or behind it, that may hold their names: the first that do count."""
    start, end = span
    tried = ([u for one in several for u in _items(*one, registry)] for several in listed)
    taken = next(filter(None, tried), [])
    told: list[Finding] = []
    for one in subjects(line, start, end):
        if not (one.sure or weighs) or _covers(taken, one.names, registry):
            continue
        found = _items(one.names, Context(), registry) if one.sure or one.likely else []
        taken += found
        if not one.sure:
            told.append(
                _likely(one.names) if found else _untaken(one.names, (0, len(one.names.text)))
            )
    for names in named(line, start, end) if weighs and not taken and not told else ():
        more = _items(names, Context(), registry)
        taken += more
        told += [_likely(names)] if more else []
    outside = None if taken or told else unlisted(line, start, end, evaluating=weighs)
    return taken, [*told, *([_untaken(line, outside)] if outside else [])]


def _covers(taken: Sequence[Commended], names: Line, registry: Registry) -> bool:
    """Whether the units were already taken from a list of the sentence."""
    known = {(one.kind, flat(one.name)) for one in taken}
    return bool(known) and all(
        (one.kind, flat(one.name)) in known for one in _items(names, Context(), registry)
    )


def _likely(names: Line) -> Finding:
    said = names.text
    message = f"Câu nhắc «{said}» được hiểu là lời khen nên các đơn vị này được đưa vào danh sách biểu dương."
    return Finding(
        RuleCode.COMMENDED_UNCERTAIN, Severity.INFO, message, (names.where(),), value=said,
        field="commended",
    )  # fmt: skip


def _untaken(line: Line, span: tuple[int, int]) -> Finding:
    said = line.text[span[0] : span[1]]
    message = f"Câu có lời khen nhắc «{said}» nhưng chưa rõ có phải đơn vị được biểu dương."
    where = (line.where(*span),)
    return Finding(
        RuleCode.COMMENDED_UNCERTAIN,
        Severity.WARNING,
        message,
        where,
        value=said,
        field="commended",
    )


def _spans(text: str) -> list[tuple[int, int]]:
    cuts = [0, *(m.end() for m in _SENTENCE.finditer(text)), len(text)]
    return list(pairwise(cuts))


def _items(piece: Line, context: Context, registry: Registry) -> list[Commended]:
    """The units of a list, in order."""
    out: list[Commended] = []
    for match in re.finditer(r"[^;]+", piece.text):
        at = match.start()
        for part in re.finditer(r"(?:[^,]|,(?=\S))+", match[0]):
            done = False
            for half in _halves(part[0]):
                begin = at + part.start() + half[0]
                one, done = _item(piece, begin, half[1], context, registry)
                if one is not None:
                    out.append(one)
                if done:
                    break
            if done and not _told_of(part[0]):
                break
    return out


def _told_of(part: str) -> bool:
    """Whether an item goes on to say what the unit did: a list may go on behind it."""
    return _WITH.search(flat(part)) is not None


def _halves(text: str) -> list[tuple[int, str]]:
    """The item and what "và" joins to it."""
    cuts = [0]
    for match in re.finditer(
        rf"\s+và\s+(?=[{UPPER}]|xã|phường|huyện|thị|thành|trường|trung)", text
    ):
        cuts += [match.start(), match.end()]
    cuts.append(len(text))
    return [(cuts[i], text[cuts[i] : cuts[i + 1]]) for i in range(0, len(cuts) - 1, 2)]


def _item(
    piece: Line, begin: int, text: str, context: Context, registry: Registry
) -> tuple[Commended | None, bool]:
    """One item at ``begin`` of ``piece``; the flag says that the list ends with it."""
    at = len(text) - len(text.lstrip(" -+•*–."))
    folded = flat(text)
    ranked = _PLACED.match(folded, at)
    at = ranked.end() if ranked else at
    word = place = ""
    found = kind_of(folded[at:])
    if found is not None:
        match, context.kind = found
        context.prefix = own_word(text[at : at + match.end()])
    if found is not None and context.kind is not CommendedKind.OTHER:
        word = _last_word(match[0])
        at += match.end()
        # Of a commune the word is said already: what comes is its name, as in "xã Phương Chiểu".
        known = word and context.kind is CommendedKind.COMMUNE
        unit = None if known else _UNIT_WORD.match(folded[at:])
        if unit:
            word = unit["w"].rstrip(".")
            place = text[at : at + unit.end()]
            at += unit.end()
    rest = text[at:]
    at += len(rest) - len(rest.lstrip(" :.-–/"))
    name = NAME.match(text[at:]) or re.match(r"tỉnh(?=\W|$)", text[at:])
    if name is None:
        return None, bool(text[at:].strip())
    spelled = name[0].strip(" -")
    if context.kind is CommendedKind.OTHER:
        spelled = " ".join(text[at:].split()).strip(" .-")
        name = re.match(r".*", text[at:], re.DOTALL) or name
    praised = registry.nationwide(spelled, word) or context.kind or registry.guess(spelled)
    if praised is None:
        return None, True
    where = piece.where(begin + at, begin + at + len(spelled))
    if piece.confidence(begin + at, begin + at + len(spelled)) < 1.0:
        spelled = registry.spelling(spelled)
    after = text[at + name.end() :].strip(" .")
    ends = bool(after) and not after.startswith("(")
    unit_code = registry.unit(spelled, praised, word)
    if praised is CommendedKind.SCHOOL:
        # The kind does not say which school of a village is meant: its level belongs to its name.
        spelled = " ".join(f"{context.prefix} {place} {spelled}".split())
    return Commended(spelled, praised, unit_code, where), ends


def _last_word(prefix: str) -> str:
    found = re.search(
        r"(huyen|thi xa|thanh pho|tp|tx|quan|xa|phuong|thi tran|tt|tinh)\.?\s*$", prefix
    )
    return found[1] if found else ""
