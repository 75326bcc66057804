"""Text typed in the fonts of the nineties: TCVN3 (ABC), VNI and VISCII as Unicode.

The font's name and the characters decide together: ``.VnTime`` over text that is already Unicode
stays as it is, and a line of legacy letters whose font lost its name is found by its letters alone.
Tables: TCVN 5712:1993 VN3; VNI: base letter followed by marks; VISCII: RFC 1456.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from enum import StrEnum

from parsers.everyday_words import COMMON
from parsers.text_quality import is_syllable


class Code(StrEnum):
    TCVN3 = "TCVN3"
    VNI = "VNI"
    VISCII = "VISCII"


_TCVN3_CODES = "µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\u00adõøö÷ùúýûüþ¡¢§£¤¥¦"
_TCVN3_LETTERS = "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵĂÂĐÊÔƠƯ"
# Distiller gives the ư as a minus sign and sometimes the ã as a bullet.
_TCVN3 = str.maketrans(dict(zip(_TCVN3_CODES, _TCVN3_LETTERS, strict=True)) | {"−": "ư", "∙": "ã"})
_VISCII_LETTERS = (
    "ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲÕắằặấầẩậẽẹếềểễệốồổỗỠƠộờởịỰỨỪỬơớƯ"
    "ÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳĐứÒÓÔạỷừửÙÚỹỵÝỡưàáâãảăữẫèéêẻìíĩỉđựòóôõỏọụùúũủýợỮ"
)
_VNI_MARKS = {
    "ø": "\u0300",
    "ù": "\u0301",
    "û": "\u0309",
    "õ": "\u0303",
    "ï": "\u0323",
    "â": "\u0302",
    "à": "\u0302\u0300",
    "á": "\u0302\u0301",
    "å": "\u0302\u0309",
    "ã": "\u0302\u0303",
    "ä": "\u0302\u0323",
    "ê": "\u0306",
    "è": "\u0306\u0300",
    "é": "\u0306\u0301",
    "ú": "\u0306\u0309",
    "ü": "\u0306\u0303",
    "ë": "\u0306\u0323",
}
_VNI_SINGLE = {
    "ñ": "đ",
    "Ñ": "Đ",
    "ô": "ơ",
    "Ô": "Ơ",
    "ö": "ư",
    "Ö": "Ư",
    "í": "í",
    "ì": "ì",
    "æ": "ỉ",
    "Æ": "Ỉ",
    "ó": "ĩ",
    "Ó": "Ĩ",
    "ò": "ị",
    "Ò": "Ị",
    "î": "ỵ",
    "Î": "Ỵ",
}
_UNICODE_ONLY = re.compile("[\u0110\u0111\u01a0\u01a1\u01af\u01b0\u0102\u0103\u1ea0-\u1ef9]")
_FONTS = {
    Code.TCVN3: re.compile(r"\.?vn(?!i)[a-z]", re.IGNORECASE),
    Code.VNI: re.compile(r"vni[- ]", re.IGNORECASE),
    Code.VISCII: re.compile(r".*viscii|vi[ -](?:times|arial|helv)", re.IGNORECASE),
}


def _viscii() -> dict[int, str]:
    """By the letters that Windows shows for the bytes, and by the bytes themselves."""
    table = {}
    for byte, letter in enumerate(_VISCII_LETTERS, 0x80):
        # A no-break space is one far more often than it is the capital Õ.
        if byte == 0xA0:
            continue
        shown = bytes([byte]).decode("cp1252", "ignore") or chr(byte)
        table[ord(shown)] = table[byte] = letter
    return table


_VISCII = _viscii()
_PLAIN_LATIN = set("àáâãèéêìíòóôõùúýÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝ")
_STRONG: dict[Code, set[str]] = {
    Code.TCVN3: set(_TCVN3_CODES) - _PLAIN_LATIN | {"−"},
    Code.VNI: set("øûïäåëüñöæîØÛÏÄÅËÜÑÖÆÎ"),
    Code.VISCII: {chr(c) for c in _VISCII} - _PLAIN_LATIN,
}
_SUSPECT = re.compile(
    "[¡-¬®-¿ÄÅÆËÏÑÖ×ØÛÜÞßäåæëïñöøûüþÿ\u0080-\u009f−\u0160-\u0192\u02c6\u02dc†‡‰‹›€™]"
)
_CAPITALS = re.compile(r"H[-, ]*(?i:bold|italic|oblique|regular)*$")
_SYLLABLE = re.compile(r"[^\W\d_]+")
_AROUND_HYPHEN = re.compile(r"([^\s\d.,;:/()-]*)-([^\s\d.,;:/()-]*)")


def _name(font: str) -> str:
    return font.rpartition("+")[2]


def named_code(font: str | None) -> Code | None:
    """The legacy code that a font of this name carries, by the families of the nineties."""
    name = _name(font or "")
    return next((code for code, shape in _FONTS.items() if shape.match(name)), None)


def is_legacy_name(font: str | None) -> bool:
    """Whether a font is named like one that carries TCVN3, VNI or VISCII codes."""
    return named_code(font) is not None


def legacy_fonts(samples: Iterable[tuple[str, str | None]]) -> frozenset[str]:
    """Of the fonts in ``(text, font)`` samples, those whose letters truly are in a legacy code.

    A font's name may lie: where its text as a whole holds letters only Unicode has, and few that
    only the legacy code has, it is Unicode, and a short "Báo cáo" in it must not be converted.
    """
    strong: Counter[str] = Counter()
    plain: Counter[str] = Counter()
    named: set[str] = set()
    for text, font in samples:
        code = named_code(font)
        if font is None or code is None:
            continue
        named.add(font)
        strong[font] += sum(c in _STRONG[code] for c in text)
        plain[font] += len(_UNICODE_ONLY.findall(text))
    return frozenset(f for f in named if strong[f] > plain[f] or not plain[f])


def suspicious(text: str) -> bool:
    """Whether letters stand here that Vietnamese in Unicode does not have: worth a ``guess``.

    A stretch with letters that only Unicode has makes its line Unicode, whatever else is in it.
    """
    return _SUSPECT.search(text) is not None and not _UNICODE_ONLY.search(text)


def guess(text: str, expected: Code | None = None) -> Code | None:
    """The code of a line whose font tells nothing, by its letters: the one that makes it Vietnamese.

    Several everyday syllables with marks must appear that were not there before; one is enough for
    the code ``expected`` from other lines of the same document.
    """
    if not suspicious(text):
        return None
    before = _everyday(text)
    if expected is not None and _everyday(decode(text, expected)) > before:
        return expected
    hits = {code: _everyday(decode(text, code)) for code in Code}
    best = max(hits, key=lambda code: hits[code])
    others = max(count for code, count in hits.items() if code is not best)
    return best if hits[best] >= max(3, 2 * before + 2, others + 2) else None


def common_guess(lines: Iterable[str]) -> tuple[Code | None, bool]:
    """What the lines of one font are in where its name tells nothing; and whether all of them are.

    All of them where no line at all has letters that only Unicode has.
    """
    found: Counter[Code] = Counter()
    whole = True
    for line in lines:
        whole = whole and not _UNICODE_ONLY.search(line)
        if (code := guess(line)) is not None:
            found[code] += 1
    return (found.most_common(1)[0][0], whole) if found else (None, False)


def _everyday(text: str) -> int:
    found = (word for word in _SYLLABLE.findall(unicodedata.normalize("NFC", text.lower())))
    return sum(word in COMMON and not word.isascii() for word in found)


def to_unicode(text: str, font: str | None) -> str:
    """``text`` in Unicode if ``font`` is a legacy one and the characters agree, else unchanged.

    The capitals face (``.VnTimeH``) shows small letters as capitals, and so they are kept.
    """
    code = named_code(font)
    if code is None or _UNICODE_ONLY.search(text):
        return text
    converted = decode(text, code)
    capitals = code is Code.TCVN3 and _CAPITALS.search(_name(font or ""))
    return converted.upper() if capitals else converted


def with_soft_hyphens(text: str, code: Code | None) -> str:
    """``text`` of a PDF with the soft hyphen back where a plain one can only stand for its letter.

    TCVN3 keeps ư there and VISCII ễ; PDF's own encodings make a hyphen of it ("h-ëng", "l-").
    """
    letter = {Code.TCVN3: "ư", Code.VISCII: "ễ"}.get(code) if code else None
    if letter is None or code is None or "-" not in text:
        return text

    def judged(found: re.Match[str]) -> str:
        before, after = decode(found[1], code), decode(found[2], code)
        sides = [side for side in (before, after) if side]
        whole = is_syllable(before + letter + after)
        apart = all(is_syllable(side) and len(side) > 1 for side in sides)
        return f"{found[1]}\u00ad{found[2]}" if whole and sides and not apart else found[0]

    return _AROUND_HYPHEN.sub(judged, text)


def decode(text: str, code: Code) -> str:
    """``text``, whose letters are those of ``code`` as Windows shows them, in Unicode."""
    if code is Code.TCVN3:
        return text.translate(_TCVN3)
    return text.translate(_VISCII) if code is Code.VISCII else _from_vni(text)


def _from_vni(text: str) -> str:
    out: list[str] = []
    for char in text:
        lower = char.lower()
        if out and lower in _VNI_MARKS and out[-1][:1].lower() in "aeouyâêôơưă":
            out[-1] += _VNI_MARKS[lower]
        else:
            out.append(_VNI_SINGLE.get(char, char))
    return unicodedata.normalize("NFC", "".join(out))
