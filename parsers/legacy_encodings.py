"""Text typed in the fonts of the nineties: TCVN3 (ABC) and VNI as Unicode.

The font's name and the characters decide together: ``.VnTime`` over text that is already Unicode
stays as it is. Table of TCVN3: TCVN 5712:1993, VN3; of VNI: base letter followed by marks.
"""

from __future__ import annotations

import re
import unicodedata

_TCVN3_CODES = (
    "µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\u00adõøö÷ùúýûüþ¡¢§£¤¥¦"
)
_TCVN3_LETTERS = (
    "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵĂÂĐÊÔƠƯ"
)
_TCVN3 = str.maketrans(dict(zip(_TCVN3_CODES, _TCVN3_LETTERS, strict=True)) | {"−": "ư"})
_TCVN3_MARKS = set(_TCVN3_CODES) - set("ÊÔÐÝãáâèéêíìóòôõùúý¡¢£¤¥¦§")
_VNI_MARKS = {
    "ø": "\u0300", "ù": "\u0301", "û": "\u0309", "õ": "\u0303", "ï": "\u0323", "â": "\u0302",
    "à": "\u0302\u0300", "á": "\u0302\u0301", "å": "\u0302\u0309", "ã": "\u0302\u0303",
    "ä": "\u0302\u0323", "ê": "\u0306", "è": "\u0306\u0300", "é": "\u0306\u0301",
    "ú": "\u0306\u0309", "ü": "\u0306\u0303", "ë": "\u0306\u0323",
}  # fmt: skip
_VNI_SINGLE = {"ñ": "đ", "Ñ": "Đ", "ô": "ơ", "Ô": "Ơ", "ö": "ư", "Ö": "Ư", "í": "í", "ì": "ì",
               "æ": "ỉ", "Æ": "Ỉ", "ó": "ĩ", "Ó": "Ĩ", "ò": "ị", "Ò": "Ị", "î": "ỵ", "Î": "Ỵ"}  # fmt: skip
_UNICODE_ONLY = re.compile("[\u0110\u0111\u01a0\u01a1\u01af\u01b0\u0102\u0103\u1ea0-\u1ef9]")
_TCVN3_FONT = re.compile(r"^\.?vn(?!i)[a-z]", re.IGNORECASE)
_VNI_FONT = re.compile(r"^vni[- ]", re.IGNORECASE)


def to_unicode(text: str, font: str | None) -> str:
    """``text`` in Unicode if ``font`` is a legacy one and the characters agree, else unchanged."""
    if not font or text.isascii() and not font.upper().endswith("H"):
        return text
    name = font.rpartition("+")[2]
    if _UNICODE_ONLY.search(text):
        return text
    if _TCVN3_FONT.match(name):
        converted = text.translate(_TCVN3)
        return converted.upper() if name.rstrip("-,BoldItalic ").endswith("H") else converted
    if _VNI_FONT.match(name):
        return _from_vni(text)
    return text


def _from_vni(text: str) -> str:
    out: list[str] = []
    for char in text:
        lower = char.lower()
        if out and lower in _VNI_MARKS and out[-1][:1].lower() in "aeouyâêôơưă":
            out[-1] += _VNI_MARKS[lower]
        else:
            out.append(_VNI_SINGLE.get(char, char))
    return unicodedata.normalize("NFC", "".join(out))
