"""The one grammar of Vietnamese counts, shared by the parser and the review site.

Dot is the thousands separator and comma the decimal mark (Luật Kế toán 2003, article 12); reports
also write ``1,800``, ``1 800`` and ``1800``. What could mean two numbers is never decided here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from schemas.text import fold, one_line

_TWO = re.compile(
    r"\s*(\d[\d. ]*[^\W\d_][^\d()/]*?)\s*(?:[,;(+–-]|\bvới|\bcho|\bcó|\bvà|\bgồm|\s)\s*(?:tổng(?: cộng| số)?|cho|với|có)?\s*(\d[\d. ]*[^\W\d_][^\d()/]*?)\s*\)?\.?\s*"
)
"""Two counts in one cell, each with its unit: "07 lớp với 1.035 người", "22 lớp (947 người)"."""

_PAIRS = (
    re.compile(r"\s*(\d[^/\n]*?)\s*/\s*(\d[^/\n]*?)\s*"),
    _TWO,
    re.compile(r"[ \t]*(\d[^\n/]*?)(?<![.])[ \t]*[,;/-]?[ \t]*\n\s*\(?(\d[^\n()/]*?)\)?\s*"),
    re.compile(r"\s*(\d[\d. ]*?)\s*[-\u2010-\u2015\u2212]\s*(\d[\d. ]*?)\s*"),
    re.compile(r"\s*(\d[\d.]*)\s*\((?!\d\))\s*(\d[\d.]*(?:\s*[^\W\d_][^\d()/]*)?)\s*\)\s*"),
)
"""How two numbers stand in one cell: a slash, units, a line each, a dash, the second in brackets."""

LIMIT = 10**12
"""No count of people or things in a province comes near it; more digits are noise or attack."""

_LONGEST = 100
"""Letters of a cell that may still be a count; also what keeps ``int`` from long digits."""

_KEPT = 8192
"""Texts that are remembered: a cell is asked for its count by whatever looks at its row or column."""

_GROUPED = re.compile(r"\d{1,3}([.,' ])\d{3}(?:\1\d{3})*")
_PLAIN = re.compile(r"\d+")
_DECIMAL = re.compile(r"\d+[.,]\d{1,2}|\d+[.,]\d{4,}")
_APPROXIMATE = re.compile(r"^(khoang|hon|tren|gan|xap xi|uoc|chung|~)\s*")
_BLANK = {"", "-", "--", "---", "/", ".", "...", "…", "x", "khong co", "k"}
_NOTED = re.compile(
    r"(.*\d)\s*(?:\(\*{1,3}\)|\([1-9]\)|\*{1,3}|[\u00b9\u00b2\u00b3\u2070-\u2079]+)"
)
BROKEN = re.compile(r"\d[.,]?[ \t]*\n\s*\d")
"""Figures with a line's end between them: two numbers, or one that the column was too narrow for."""
_THEREOF = re.compile(
    r"(?<=\w)\s*\((?:trong đó|trong do|kế hoạch|chỉ tiêu|năm trước|năm ngoái|cùng kỳ|tăng|giảm|gồm|bao gồm)\b[^()]*\)\s*$",
    re.IGNORECASE,
)
"""A part, a plan or another year behind the whole: "12 (trong đó có 3 phóng sự ảnh)"."""
_BRACKETS = re.compile(r"(\d[\d., ]*?)\s*\(([^\W\d_][^\d()]*)\)")
_SPLIT = re.compile(
    r"(\d[\d., ]*?)\s*([^\W\d_][^\d()]*)?\(((?:\s*[\d.]+\s+[^\W\d_][^\d()]*){2,})\)"
)
"""A whole with what it is made up of in brackets: "412 (12 băng rôn, 400 tờ rơi)"."""
_WAYS = (
    (re.compile(r"\b(?:le|linh)\b"), "linh"),
    (re.compile(r"\b(?:ngan|nghin)\b"), "nghin"),
    (re.compile(r"(?<=muoi )tu\b"), "bon"),
    (re.compile(r"\bkhong tram linh\b"), "linh"),
)  # fmt: skip
_CONFUSED = str.maketrans("oOlI|]SB", "00111158")
_UNIT = re.compile(
    r"(lop|khoa|cuoc|buoi|hoi thi|nguoi|luot|tin|bai|cuon|quyen|ban sach|dau sach|an pham|to roi|to|tap the|"
    r"ca nhan|don vi|huyen|xa|truong|trung tam|co so|bang ron|khau hieu|hoc vien|hoc sinh|dai bieu|"
    r"thay co|nha giao|em|cong nhan|nong dan|phu huynh|hoi vien|doan vien|lao dong|lan|dot|can bo|giao vien|cbql|gv|hs|chuyen de|suat|diem cau|chiec|cai|tam|bo|ban|"
    r"cb ?gv|cb|hv|sv|nld|ng|sinh vien|nguoi dan|ban doc|q|c|pano|video|phong su|san pham|tranh|doanh nghiep|gia dinh|dong ho|chi doan|tt|cn|tttt)\b"
)
_WORDS = {
    "khong": 0, "mot": 1, "hai": 2, "ba": 3, "bon": 4, "tu": 4, "nam": 5, "sau": 6,
    "lam": 5, "bay": 7, "tam": 8, "chin": 9, "muoi": 10,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class CountReading:
    """What a piece of text means as a count.

    ``value`` is None when blank or questioned; ``candidates`` are what it might be; ``style`` is
    ``plain``, ``leading_zero``, ``grouped``, ``words``, ``nought`` ("không"), ``blank`` or
    ``unclear``.
    """

    value: int | None
    style: str
    candidates: tuple[int, ...] = ()
    approximate: bool = False
    blank: bool = False
    unit: str = ""
    noted: bool = False
    """Whether a footnote's mark stands behind it: what the note says may change the meaning."""


def parse_count(raw: str) -> CountReading:
    """Reads ``raw``; never guesses: ``1,8`` or ``1.80`` give candidates and no value."""
    text = one_line(raw)
    if len(text) > _LONGEST:
        return CountReading(None, "unclear")
    return _read(text, broken=BROKEN.search(raw) is not None)


@lru_cache(maxsize=_KEPT)
def _read(text: str, *, broken: bool) -> CountReading:
    """What one line of text says; ``broken`` where a line's end stood within its figures."""
    if broken:
        joined = _digits(text)
        whole = joined.value if joined is not None else None
        return CountReading(None, "unclear", () if whole is None else (whole,))
    if fold(text) in _BLANK:
        return CountReading(None, "blank", blank=True)
    text = _THEREOF.sub("", text)
    marked = _NOTED.fullmatch(text)
    if marked:
        return replace(parse_count(marked[1]), noted=True)
    folded = fold(text)
    approximate = _APPROXIMATE.match(folded)
    if approximate:
        inner = parse_count(folded[approximate.end() :])
        return CountReading(inner.value, inner.style, inner.candidates, True, False, inner.unit)
    return (
        _digits(text)
        or _said_again(text)
        or _split_up(text)
        or _with_unit(text)
        or _in_words(folded)
        or _confused(text)
    )


def _said_again(text: str) -> CountReading | None:
    """A number with the same number in words, or what it counts, in brackets behind it."""
    match = _BRACKETS.fullmatch(text)
    inner = _digits(match[1].strip()) if match is not None else None
    if match is None or inner is None or inner.value is None:
        return None
    said = fold(match[2])
    if _one_way(said) == _one_way(fold(in_words(inner.value))):
        return inner
    return replace(inner, unit=match[2].strip()) if _UNIT.match(said) else None


def _split_up(text: str) -> CountReading | None:
    """A number with the counts in brackets that it is the sum of."""
    match = _SPLIT.fullmatch(text)
    if match is None:
        return None
    whole = parse_count(f"{match[1]} {match[2] or ''}".strip())
    parts = [_digits(one) for one in re.findall(r"\d[\d.]*", match[3])]
    told = [one.value for one in parts if one is not None and one.value is not None]
    return whole if len(told) == len(parts) and sum(told) == whole.value else None


def _one_way(folded: str) -> str:
    """Number words in one of the ways they are said."""
    for pattern, way in _WAYS:
        folded = pattern.sub(way, folded)
    return folded.strip()


def _digits(text: str) -> CountReading | None:
    stripped = text.rstrip(".,;") if re.fullmatch(r"[\d., ]+[.,;]", text) else text
    if _PLAIN.fullmatch(stripped):
        if int(stripped[:40]) >= LIMIT or len(stripped) > 13:
            return CountReading(None, "unclear")
        style = "leading_zero" if len(stripped) > 1 and stripped[0] == "0" else "plain"
        return CountReading(int(stripped), style)
    if _GROUPED.fullmatch(stripped):
        value = int(re.sub(r"\D", "", stripped))
        if value >= LIMIT or (stripped[0] == "0" and len(stripped) > 4):
            return CountReading(None, "unclear")
        return CountReading(value, "grouped")
    if _DECIMAL.fullmatch(stripped):
        return CountReading(None, "unclear", _decimal_candidates(stripped))
    return None


def _decimal_candidates(text: str) -> tuple[int, ...]:
    whole, fraction = re.split(r"[.,]", text, maxsplit=1)
    joined = int(whole + fraction)
    padded = int(whole + fraction.ljust(3, "0")[:3])
    return tuple(v for v in dict.fromkeys((padded, joined)) if v < LIMIT)


def _with_unit(text: str) -> CountReading | None:
    """A number with what it counts behind it; any other letters beside a number are a doubt."""
    match = re.fullmatch(r"(\d[\d., ]*?)\s*([^\d\s.,/%()][^\d%/()]*)", text)
    if match is None or not _UNIT.match(fold(match[2])):
        return None
    inner = _digits(match[1].strip())
    if inner is None:
        return None
    return CountReading(inner.value, inner.style, inner.candidates, unit=match[2].strip())


def _in_words(folded: str) -> CountReading | None:
    parts = folded.split()
    if not parts or any(p not in _WORDS for p in parts) or len(parts) > 3:
        return None
    values = [_WORDS[p] for p in parts]
    if values == [0]:
        # "Không" says nought, but may also say that nothing is said.
        return CountReading(None, "nought", (0,))
    if len(values) == 1:
        return CountReading(values[0], "words")
    if 10 not in values or values.index(10) > 1 or values.count(10) > 1:
        return None
    at = values.index(10)
    value = (values[0] if at else 1) * 10 + (values[at + 1] if at + 1 < len(values) else 0)
    return CountReading(value, "words")


def _confused(text: str) -> CountReading:
    mended = text.translate(_CONFUSED)
    if mended != text and re.search(r"\d", text):
        inner = _digits(mended)
        if inner is not None and inner.value is not None:
            return CountReading(None, "unclear", (inner.value,))
    return CountReading(None, "unclear")


def written(value: int) -> str:
    """A count as reports write it: ``1.800``."""
    return f"{value:,}".replace(",", ".")


_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_SCALES = ("", " nghìn", " triệu", " tỷ")


def in_words(value: int) -> str:
    """A count below a million millions as it is said: 1.805 is «một nghìn tám trăm linh năm»."""
    groups = [value // 1000**i % 1000 for i in range(4)]
    top = max((i for i in range(4) if groups[i]), default=0)
    said = [
        _group(groups[i], full=i < top) + _SCALES[i]
        for i in range(top, -1, -1)
        if groups[i] or top == 0
    ]
    return " ".join(said)


def _group(number: int, full: bool) -> str:
    """Three digits; ``full`` says the hundreds although there are none."""
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    out = [f"{_DIGITS[hundreds]} trăm"] if hundreds or full else []
    if tens == 0:
        if ones and out:
            out.append(f"linh {_DIGITS[ones]}")
        elif ones or not out:
            out.append(_DIGITS[ones])
        return " ".join(out)
    out.append("mười" if tens == 1 else f"{_DIGITS[tens]} mươi")
    if ones == 1 and tens > 1:
        out.append("mốt")
    elif ones == 5:
        out.append("lăm")
    elif ones:
        out.append(_DIGITS[ones])
    return " ".join(out)


def split_pair(raw: str) -> tuple[str, str] | None:
    """``10 lớp/900 người`` or ``10/900`` as its two halves; None where it is not two numbers.

    Halves stand apart by a slash, a dash, a line's end, or by words and signs between numbers that
    each have a unit.
    """
    if len(raw) > 2 * _LONGEST:
        return None
    for pattern in _PAIRS:
        match = pattern.fullmatch(raw)
        if match is not None:
            return match[1].strip(), match[2].strip()
    return None
