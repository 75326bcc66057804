"""Units that a letter praises by name, each with its kind and, where it is one, registry code."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from parsers.commended_kinds import CENTRE, COMMUNITY, KINDS
from parsers.letter import UPPER, Line, flat
from parsers.places import Place, Units, resolve, spelling
from schemas.admin_unit import AdminUnit, UnitLevel
from schemas.report import Commended, CommendedKind

_PRAISE = re.compile(
    r"tich cuc|tieu bieu|bieu duong|khen (?:thuong|ngoi)|duoc khen|dien hinh|noi bat|"
    r"xuat sac|guong mau|hieu qua|soi noi|ghi nhan|tuyen duong|sang tao|di dau|"
    r"(?:thuc hien|lam|to chuc|trien khai) (?:rat )?tot|"
    r"hoat dong (?:rat )?(?:tot|hieu qua)|diem sang|co nhieu hoat dong|thanh tich|bang khen|giay khen"
)
_STRONG = re.compile(
    r"tieu bieu|bieu duong|duoc khen|dien hinh|noi bat|xuat sac|guong mau|bang khen|giay khen|"
    r"(?:co|voi) nhieu hoat dong|tuyen duong|(?:thuc hien|lam|to chuc|trien khai) (?:rat )?tot"
)
_BLAME = re.compile(
    r"chua (?:tot|thuc hien|tich cuc|to chuc)|con han che|con cham|chua bao cao|nop cham|kho khan|"
    r"phe binh|thanh phan|tham du|du le|diem cau|dai bieu|khach moi|phan cong|"
    r"phoi hop voi cac don vi"
)
_OPENS = re.compile(
    r"(?:nhu sau|nhu la|cu the|dien hinh|tieu bieu|noi bat|bao gom|gom|trong do co|do la|nhu)?"
    r"\s*:\s*|(?<![a-z])(?:nhu|dien hinh la|tieu bieu la|noi bat la|trong do co|gom|bao gom|do la)"
    r"\s+(?=[^\s])|(?:bieu duong|khen thuong|khen ngoi|tuyen duong|(?:giay|bang) khen)"
    r"(?: cho| doi voi)?\s+(?=[^\s])"
)
_SENTENCE = re.compile(rf"(?<!\bTP\.)(?<!\bTX\.)(?<!\bTT\.)(?<=\.)\s+(?=[{UPPER}])")
_UNIT_WORD = re.compile(
    r"^\s*(?:cac\s+)?(?P<w>huyen(?:/thi xa/thanh pho)?|thi xa|thanh pho|tp\.?|tx\.?|quan|xa|"
    r"phuong|thi tran|tt\.?|tinh)(?![a-z])"
)
_NAME = re.compile(
    rf"(?:(?:chuyên|năng khiếu|nội trú|bán trú|dân lập|tư thục)\s+)*[{UPPER}][^\W_]*(?:[ \-]+(?:[{UPPER}][^\W_]*|\d+|số \d+))*"
)
_LEADING = re.compile(
    r"^[\s\-+*•–]*(?:cac |mot so )?(?:phong (?:gd\s*[-&]?\s*dt|giao duc va dao tao) )?"
    r"(?:(?:cac )?(?:huyen|thi xa|thanh pho|tp\.?|tx\.?|xa|phuong|thi tran)|"
    r"truong (?:thpt|thcs|tieu hoc|mam non)|" + CENTRE + r"|" + COMMUNITY + r")\s*:?\s+"
)
_VERB = re.compile(r"(?<![a-z])(?:duoc|co|la|da|thuc hien|to chuc|trien khai|lam|dan dau)(?![a-z])")
_HEADED = re.compile(r"[^:]{0,40}(?:noi bat|diem sang|dien hinh|tieu bieu)[^:]{0,20}:\s*")
_ITEM = re.compile(r"^(?:[\s\-+•*–▪●]+|\d{1,2}\s*[.)]\s*|[a-hđ]\)\s*)+")
_HEADING = re.compile(r"^[IVX]{1,5}\s*[.)/:-]\s")
_LEVELS = {
    CommendedKind.PROVINCE: UnitLevel.PROVINCE,
    CommendedKind.DISTRICT: UnitLevel.DISTRICT,
    CommendedKind.COMMUNE: UnitLevel.COMMUNE,
}


@dataclass(slots=True)
class _Context:
    """What the words read so far say of the items to come."""

    kind: CommendedKind | None = None
    word: str = ""
    prefix: str = ""


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


def read_commended(body: Sequence[Line], registry: Registry) -> tuple[Commended, ...]:
    """Every praised unit of ``body`` in order, each (kind, name) once."""
    found: dict[tuple[CommendedKind, str, str], Commended] = {}
    for index, line in enumerate(body):
        if not _PRAISE.search(line.folded):
            continue
        for start, end in _spans(line.text):
            for piece, context in _lists(body, index, start, end):
                for one, prefix in _items(piece, context, registry):
                    found.setdefault((one.kind, flat(one.name), prefix), one)
    return tuple(found.values())


def _spans(text: str) -> list[tuple[int, int]]:
    cuts = [0, *(m.end() for m in _SENTENCE.finditer(text)), len(text)]
    return list(pairwise(cuts))


def _lists(body: Sequence[Line], index: int, start: int, end: int) -> list[tuple[Line, _Context]]:
    """The stretches that hold the names: after "như" or a colon, or the lines that follow one."""
    line = body[index]
    folded = line.folded[start:end]
    if not _PRAISE.search(folded) or _BLAME.search(folded):
        return []
    opened = next(
        (m for m in _OPENS.finditer(folded) if _begins_list(line.text[start + m.end() : end])), None
    )
    if opened is not None:
        context = _context_before(folded[: opened.start()])
        rest = [(line.part(start + opened.end(), end), context)]
        # A scan's paragraph may break off inside a list.
        cut = end >= len(line.text) and line.text.rstrip().endswith((";", ","))
        return [*rest, *(_following(body, index, context) if cut else [])]
    listed = _leading(line.text[start:end], folded)
    if listed is not None:
        return [(line.part(start, start + listed), _Context())]
    acting = _acting(line, start, end)
    if acting:
        return acting
    if folded.rstrip().endswith((":", "nhu sau", "gom", "nhu")):
        return _following(body, index, _context_before(folded))
    return []


def _leading(text: str, folded: str) -> int | None:
    """Where the list ends that opens a sentence: "Huyện Văn Lâm, Yên Mỹ được tặng Bằng khen"."""
    praise = _STRONG.search(folded)
    opened = _LEADING.match(folded)
    begins = re.match(rf"[{UPPER}]|tỉnh\b", text[opened.end() :]) if opened else None
    if praise is None or opened is None or begins is None:
        return None
    verbs = _VERB.finditer(folded, opened.end(), praise.end())
    return next((v.start() for v in verbs if text[v.start()].islower()), None)


def _acting(line: Line, start: int, end: int) -> list[tuple[Line, _Context]]:
    """Clauses under "Kết quả nổi bật:" that begin with units and say what they did."""
    text, folded = line.text[start:end], line.folded[start:end]
    heading = _HEADED.match(folded)
    out = []
    for clause in re.finditer(r"[^;]+", text) if heading else ():
        at = max(clause.start(), heading.end() if heading else 0)
        opened = _LEADING.match(folded[at : clause.end()])
        if opened is None or not re.match(rf"[{UPPER}]", text[at + opened.end() :]):
            continue
        verb = _VERB.search(folded, at + opened.end(), clause.end())
        if verb is not None and text[verb.start()].islower():
            out.append((line.part(start + at, start + verb.start()), _Context()))
    return out


def _begins_list(rest: str) -> bool:
    folded = flat(rest).lstrip(" -+•*")
    if any(pattern.match(folded) for pattern, _ in KINDS):
        return True
    name = _NAME.match(rest.lstrip(" -+•*"))
    return bool(name and re.match(r"\s*(?:[,;.]|và |đã |$)", rest.lstrip(" -+•*")[name.end() :]))


def _context_before(folded: str) -> _Context:
    """ "Các trường THPT có nhiều hoạt động tích cực:" tells the kind of what follows."""
    for pattern, kind in KINDS:
        if kind is not CommendedKind.OTHER and pattern.match(folded.lstrip(" -+•*0123456789.)")):
            return _Context(kind)
    return _Context()


def _following(body: Sequence[Line], index: int, context: _Context) -> list[tuple[Line, _Context]]:
    out = []
    for line in body[index + 1 : index + 25]:
        mark = _ITEM.match(line.text)
        skip = mark.end() if mark else 0
        if not mark and (line.upper or _HEADING.match(line.text)):
            break
        if not _begins_list(line.text[skip:]) or len(line.text.split()) > 40:
            break
        out.append((line.part(skip, len(line.text)), context))
    return out


def _items(piece: Line, context: _Context, registry: Registry) -> list[tuple[Commended, str]]:
    """The units with what tells schools of one name apart: "tieu hoc", "thcs"."""
    out: list[tuple[Commended, str]] = []
    for match in re.finditer(r"[^;]+", piece.text):
        at = match.start()
        for part in re.finditer(r"(?:[^,]|,(?=\S))+", match[0]):
            done = False
            for half in _halves(part[0]):
                begin = at + part.start() + half[0]
                one, done = _item(piece, begin, half[1], context, registry)
                if one is not None:
                    school = one.kind is CommendedKind.SCHOOL
                    out.append((one, context.prefix if school else ""))
                if done:
                    break
            if done:
                break
    return out


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
    piece: Line, begin: int, text: str, context: _Context, registry: Registry
) -> tuple[Commended | None, bool]:
    """One item at ``begin`` of ``piece``; the flag says that the list ends with it."""
    at = len(text) - len(text.lstrip(" -+•*–."))
    folded = flat(text)
    word = ""
    for pattern, kind in KINDS:
        match = pattern.match(folded[at:])
        if match:
            context.kind, context.prefix = kind, match[0].removeprefix("truong").strip()
            if kind is CommendedKind.OTHER:
                break
            word = _last_word(match[0])
            at += match.end()
            unit = _UNIT_WORD.match(folded[at:])
            if unit:
                word = unit["w"].rstrip(".")
                at += unit.end()
            break
    rest = text[at:]
    at += len(rest) - len(rest.lstrip(" :.-–/"))
    name = _NAME.match(text[at:]) or re.match(r"tỉnh(?=\W|$)", text[at:])
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
    return Commended(spelled, praised, unit_code, where), ends


def _last_word(prefix: str) -> str:
    found = re.search(
        r"(huyen|thi xa|thanh pho|tp|tx|quan|xa|phuong|thi tran|tt|tinh)\.?\s*$", prefix
    )
    return found[1] if found else ""
