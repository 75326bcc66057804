"""Text typed in the fonts of the nineties: TCVN3 (ABC) and VNI as Unicode.

The font's name and the characters decide together: ``.VnTime`` over text that is already Unicode
stays as it is. Table of TCVN3: TCVN 5712:1993, VN3; of VNI: base letter followed by marks.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

_TCVN3_CODES = "µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\u00adõøö÷ùúýûüþ¡¢§£¤¥¦"
_TCVN3_LETTERS = "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵĂÂĐÊÔƠƯ"
_TCVN3 = str.maketrans(dict(zip(_TCVN3_CODES, _TCVN3_LETTERS, strict=True)) | {"−": "ư"})
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
_TCVN3_FONT = re.compile(r"^\.?vn(?!i)[a-z]", re.IGNORECASE)
_VNI_FONT = re.compile(r"^vni[- ]", re.IGNORECASE)


_PLAIN_LATIN = set("àáâãèéêìíòóôõùúýÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝ")
_TCVN3_STRONG = {chr(c) for c in map(ord, _TCVN3_CODES)} - _PLAIN_LATIN | {"−"}
_VNI_STRONG = set("øûïäåëüñöæîØÛÏÄÅËÜÑÖÆÎ")
_CAPITALS = re.compile(r"H[-, ]*(?i:bold|italic|oblique|regular)*$")


def _name(font: str) -> str:
    return font.rpartition("+")[2]


def is_legacy_name(font: str | None) -> bool:
    """Whether a font is named like one that carries TCVN3 or VNI codes."""
    return bool(font) and bool(
        _TCVN3_FONT.match(_name(font or "")) or _VNI_FONT.match(_name(font or ""))
    )


def legacy_fonts(samples: Iterable[tuple[str, str | None]]) -> frozenset[str]:
    """Of the fonts in ``(text, font)`` samples, those whose letters truly are in a legacy code.

    A font's name may lie: where its text as a whole holds letters only Unicode has, and few that
    only the legacy code has, it is Unicode, and a short "Báo cáo" in it must not be converted.
    """
    strong: Counter[str] = Counter()
    plain: Counter[str] = Counter()
    named: set[str] = set()
    for text, font in samples:
        if font is None or not is_legacy_name(font):
            continue
        named.add(font)
        marks = _TCVN3_STRONG if _TCVN3_FONT.match(_name(font)) else _VNI_STRONG
        strong[font] += sum(c in marks for c in text)
        plain[font] += len(_UNICODE_ONLY.findall(text))
    return frozenset(f for f in named if strong[f] > plain[f] or not plain[f])


def to_unicode(text: str, font: str | None) -> str:
    """``text`` in Unicode if ``font`` is a legacy one and the characters agree, else unchanged.

    The capitals face (``.VnTimeH``) shows small letters as capitals, and so they are kept.
    """
    if not font or not is_legacy_name(font) or _UNICODE_ONLY.search(text):
        return text
    name = _name(font)
    if _VNI_FONT.match(name):
        return _from_vni(text)
    converted = text.translate(_TCVN3)
    return converted.upper() if _CAPITALS.search(name) else converted


def _from_vni(text: str) -> str:
    out: list[str] = []
    for char in text:
        lower = char.lower()
        if out and lower in _VNI_MARKS and out[-1][:1].lower() in "aeouyâêôơưă":
            out[-1] += _VNI_MARKS[lower]
        else:
            out.append(_VNI_SINGLE.get(char, char))
    return unicodedata.normalize("NFC", "".join(out))
