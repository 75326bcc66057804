"""Where a letter lists the units that it praises: behind which words, and of what kind they are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from parsers.commended_kinds import CENTRE, COMMUNITY, KINDS, kind_of
from parsers.letter import UPPER, Line, flat
from schemas.report import CommendedKind

# Every choice begins with a letter: regular expressions then skip what cannot match.
_ADVERB = r"(?:rat |kha )?tot"
_DONE_WELL = "|".join(
    f"{done} {_ADVERB}"
    for done in ("thuc hien", "lam", "to chuc", "trien khai", "phoi hop", "huong ung", "van dong")
)
_KHEN = r"khen(?<![a-z]khen)(?= (?:xa|phuong|thi tran|truong)\b)"
_UNITS = r"(?:(?:xa|phuong|thi tran|truong|trung tam|don vi|tap the|dia phuong|co so)(?![a-z]))"
_HONOURS = (
    r"neu guong|vinh danh|ton vinh|suy ton|lam guong|xung dang|diem son|"
    r"de nghi (?:[a-z]+ ){0,3}(?:khen|bieu duong|tuyen duong)|"
    r"duoc (?:[a-z]+ ){0,5}(?:khen|bieu duong|tuyen duong|neu ten)|"
    rf"khen(?<![a-z]khen) (?=(?:cac|nhung|hai|ba|bon|nam|sau|\d+) {_UNITS})"
)
"""More of what an office says of units that did well, or asks for them."""
_PRAISE = re.compile(
    r"la co dau|dung (?:dau|thu|nhat)|xep (?:dau|thu|nhat)|cao nhat|nhieu nhat|tot nhat|som nhat|manh nhat|"
    r"danh gia cao|noi troi|vuot troi|tich cuc|tieu bieu|bieu duong|khen (?:thuong|ngoi)|duoc khen|dien hinh|noi bat|"
    r"xuat sac|guong mau|hieu qua|soi noi|ghi nhan|tuyen duong|sang tao|di dau|dan dau|cach lam hay|"
    rf"{_DONE_WELL}|hoat dong (?:rat )?(?:tot|hieu qua)|diem sang|co nhieu hoat dong|thanh tich|bang khen|giay khen|"
    rf"dang khen|guong mat|noi len|{_KHEN}|{_HONOURS}"
)
_STRONG = re.compile(
    r"la co dau|danh gia cao|tieu bieu|bieu duong|duoc khen|dien hinh|noi bat|xuat sac|guong mau|bang khen|giay khen|"
    rf"{_HONOURS}|dang khen|guong mat|noi len|diem sang|{_KHEN}|di dau|dan dau|dung dau|cach lam hay|ghi nhan|khen thuong|"
    rf"co nhieu hoat dong|voi nhieu hoat dong|tuyen duong|{_DONE_WELL}"
)
_GOOD = re.compile(r"\W*tot\s*(?=:)")
"""The label "Tốt:" that a line may begin with."""
BLAME = re.compile(
    r"chua (?:tot|thuc hien|tich cuc|to chuc)|con han che|con cham|chua bao cao|nop cham|kho khan|"
    r"phe binh|thanh phan|tham du|du le|diem cau|dai bieu|khach moi|phan cong|"
    r"phoi hop voi cac don vi"
)
_PEAK = re.compile(
    r"\b(?:(?:dung|xep|dan) (?:dau|nhat|thu \w+|hang)|(?:cao|nhieu|tot|som|manh|soi noi|xuat sac) nhat|"
    r"danh gia cao|(?:noi|vuot) troi)\b[^.;:]{0,50}?(?:\b(?:la|thuoc ve|co|gom|nhu|phai ke den)|:)\s+"
)
"""What stands before units that come first: "Đứng đầu về số lớp là"."""
_OPENS = re.compile(
    r"(?:nhu sau|nhu la|cu the|dien hinh|tieu bieu|noi bat|bao gom|gom|trong do co|do la|nhu)?"
    r"\s*:\s*|(?<![a-z])(?:nhu|dien hinh la|tieu bieu la|noi bat la|trong do co|gom|bao gom|do la)"
    r"\s+(?=[^\s])|(?:bieu duong|khen thuong|khen ngoi|tuyen duong|(?:giay|bang) khen)"
    r"(?: cho| doi voi)?\s+(?=[^\s])"
)
NAME = re.compile(
    rf"(?:(?:chuyên|năng khiếu|nội trú|bán trú|dân lập|tư thục)\s+)*[{UPPER}][^\W_]*(?:[ \-]+(?:[{UPPER}][^\W_]*|\d+|số \d+))*"
)
_LEADING = re.compile(
    r"^[\s\-+*•–]*(?:cac |mot so )?(?:phong (?:gd\s*[-&]?\s*dt|giao duc va dao tao) )?"
    r"(?:(?:cac )?(?:huyen|thi xa|thanh pho|tp\.?|tx\.?|xa|phuong|thi tran)|"
    r"truong (?:thpt|thcs|tieu hoc|mam non)|" + CENTRE + r"|" + COMMUNITY + r")\s*:?\s+"
)
_VERB = re.compile(r"(?<![a-z])(?:duoc|co|la|da|thuc hien|to chuc|trien khai|lam|dan dau)(?![a-z])")
_HEADED = re.compile(r"[^:]{0,40}(?:noi bat|diem sang|dien hinh|tieu bieu)[^:]{0,20}:\s*")
_BETWEEN = re.compile(
    r"(?:[\s:,(]+|(?<![a-z])(?:la|co|gom|nhu|cho|cua|cac|mot so|nhung|don vi|tap the|dia phuong|phong trao|hai|ba|bon|nam|sau|bay|tam|chin|muoi|\d+|tich cuc|xuat sac|tieu bieu|noi bat|sau day|"
    r"tinh than|trach nhiem|su vao cuoc|su no luc|no luc|co gang|thanh tich|ket qua|doi voi|phai ke den|phai ke toi|"
    r"ke toi|ke den|do la|tuan le|trong|co so|hang dau|nhat|ca|va|cach lam|cach to chuc|viec lam|chat luong|sang kien|giao duc|truong hoc|hoat dong|moi)(?![a-z]))*"
)
"""What may stand between words of praise and the first unit that they praise."""
_ITEM = re.compile(r"^(?:[\s\-+•*–▪●]+|\d{1,2}\s*[.)]\s*|[a-hđ]\)\s*)+")
_HEADING = re.compile(r"^[IVX]{1,5}\s*[.)/:-]\s")


def praises(folded: str) -> bool:
    """Whether words stand in a sentence that praise, be it weakly."""
    return _PRAISE.search(folded) is not None or _GOOD.match(folded) is not None


def strong(folded: str) -> Iterator[re.Match[str]]:
    """The words in a sentence that surely praise."""
    label = _GOOD.match(folded)
    if label is not None:
        yield label
    yield from _STRONG.finditer(folded, label.end() if label else 0)


def praises_strongly(folded: str) -> bool:
    """Whether words stand in a sentence that surely praise."""
    return next(strong(folded), None) is not None


@dataclass(slots=True)
class Context:
    """What the words read so far say of the items to come."""

    kind: CommendedKind | None = None
    word: str = ""
    prefix: str = ""


def lists(
    body: Sequence[Line], index: int, start: int, end: int
) -> Iterator[list[tuple[Line, Context]]]:
    """The stretches that may hold the names, likeliest first: after "như" or a colon, or the lines
    that follow one; before or behind the words of praise."""
    line = body[index]
    folded = line.folded[start:end]
    if not praises(folded) or BLAME.search(folded):
        return
    opened = next(
        (
            m
            for m in _OPENS.finditer(folded)
            if _begins_list(line.text[start + m.end() : end])
            and not line.text[start + m.start() : start + m.end()].startswith("Như ")
        ),
        None,
    )
    if opened is not None:
        context = _context_before(line.text[start : start + opened.start()])
        rest = [(line.part(start + opened.end(), end), context)]
        # A scan's paragraph may break off inside a list.
        cut = end >= len(line.text) and line.text.rstrip().endswith((";", ","))
        yield [*rest, *(_following(body, index, context) if cut else [])]
    listed = _leading(line.text[start:end], folded)
    if listed is not None:
        yield [(line.part(start, start + listed), Context())]
    begun = _named_after(folded)
    if begun is not None:
        yield [(line.part(start + begun, end), Context())]
    acting = _acting(line, start, end)
    if acting:
        yield acting
    if folded.rstrip().endswith((":", "nhu sau", "gom", "nhu")):
        yield _following(body, index, _context_before(line.text[start:end]))


def _leading(text: str, folded: str) -> int | None:
    """Where the list ends that opens a sentence: "Huyện Văn Lâm, Yên Mỹ được tặng Bằng khen"."""
    praise = next(strong(folded), None)
    opened = _LEADING.match(folded)
    begins = re.match(rf"[{UPPER}]|tỉnh\b", text[opened.end() :]) if opened else None
    if praise is None or opened is None or begins is None:
        return None
    verbs = _VERB.finditer(folded, opened.end(), praise.end())
    return next((v.start() for v in verbs if text[v.start()].islower()), None)


def _named_after(folded: str) -> int | None:
    """Where the units begin that follow words of praise: "Ghi nhận sự vào cuộc của xã Lạc Đạo"."""
    peak = _PEAK.search(folded)
    if peak is not None and kind_of(folded[peak.end() :]) is not None:
        return peak.end()
    for praise in strong(folded):
        between = _BETWEEN.match(folded, praise.end())
        at = between.end() if between else praise.end()
        if at > praise.end() and kind_of(folded[at:]) is not None:
            return at
    return None


def _acting(line: Line, start: int, end: int) -> list[tuple[Line, Context]]:
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
            out.append((line.part(start + at, start + verb.start()), Context()))
    return out


def _begins_list(rest: str) -> bool:
    folded = flat(rest).lstrip(" -+•*")
    if kind_of(folded) is not None:
        return True
    name = NAME.match(rest.lstrip(" -+•*"))
    return bool(name and re.match(r"\s*(?:[,;.]|và |đã |$)", rest.lstrip(" -+•*")[name.end() :]))


def _context_before(text: str) -> Context:
    """ "Các trường THPT có nhiều hoạt động tích cực:" tells the kind of what follows."""
    said = text.lstrip(" -+•*0123456789.)")
    last = [m.end() for m in re.finditer(r"(?<![a-z])(?:cac|nhung|so) ", flat(said))][-1:]
    for at, whole in ((0, False), *((at, True) for at in last)):
        for pattern, kind in KINDS:
            match = pattern.match(flat(said)[at:])
            if match is None or kind is CommendedKind.OTHER:
                continue
            if not whole or at + match.end() >= len(said.rstrip(" :,")):
                return Context(kind, prefix=own_word(said[at : at + match.end()]))
    return Context()


def _following(body: Sequence[Line], index: int, context: Context) -> list[tuple[Line, Context]]:
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


def own_word(said: str) -> str:
    """What words of a kind say beside "trường": "Tiểu học", "THCS"."""
    bare = re.sub(r"^(?:(?:các|một số|như|trường)\s+)+", "", said.strip(), flags=re.IGNORECASE)
    return "" if flat(bare) == "truong" else " ".join(bare.split())


_NAMED = re.compile(
    r"(?<!dia ban )(?<!tai )(?<!cua )(?<!ubnd )(?<!nhan dan )(?<!ban )(?<!o )(?<!dang uy )"
    r"(?:xa|phuong|thi tran|tthtcd|truong (?:thpt|thcs|tieu hoc|mam non))\s+(?=[a-z])"
)


_RECEIVER = re.compile(
    r"[\s\-+•*–]*(?P<who>(?:Hội|Huyện đoàn|Thị đoàn|Thành đoàn|Đoàn|Công đoàn|Liên đoàn|Trung tâm|Thư viện|Công ty|Đài|"
    r"Chi đoàn|Liên đội|Tổ|Phòng|Ban)\s[^.;:]{0,120}?)\s+(?:đã\s+|vinh dự\s+)*được\s"
)
"""Other bodies of which a sentence says that they were praised: "Huyện đoàn được khen thưởng"."""


def unlisted(
    line: Line, start: int, end: int, *, evaluating: bool = False
) -> tuple[int, int] | None:
    """Where a sentence of praise names a unit, though no list of praised ones was found in it.

    Where the letter is ``evaluating``, weaker words are praise.
    """
    folded = line.folded[start:end]
    several = evaluating and len(_NAMED.findall(folded)) > 1 and not re.search(r"\d", folded)
    praised = praises if evaluating else praises_strongly
    if not (several or praised(folded)) or BLAME.search(folded):
        return None
    receiver = _RECEIVER.match(line.text, start, end)
    if receiver is not None and praises_strongly(folded):
        return receiver.span("who")
    for match in _NAMED.finditer(folded):
        outside = match.start() == 0 or not folded[match.start() - 1].isalnum()
        name = NAME.match(line.text, start + match.end(), end)
        if outside and name is not None:
            return start + match.start(), name.end()
    return None
