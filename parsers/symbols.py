"""Numbers and symbols of documents, and the types they name (Nghị định 30, Phụ lục III)."""

from __future__ import annotations

import re

from parsers.letter import flat

TYPE_NAMES = {
    "bao cao": "BC", "ke hoach": "KH", "quyet dinh": "QĐ", "thong bao": "TB", "to trinh": "TTr",
    "huong dan": "HD", "chi thi": "CT", "giay moi": "GM", "nghi quyet": "NQ", "quy che": "QC",
    "quy dinh": "QyĐ", "thong cao": "TC", "chuong trinh": "CTr", "phuong an": "PA", "de an": "ĐA",
    "du an": "DA", "bien ban": "BB", "hop dong": "HĐ", "cong dien": "CĐ", "giay uy quyen": "GUQ",
    "giay gioi thieu": "GGT", "giay nghi phep": "GNP", "phieu gui": "PG", "phieu chuyen": "PC",
    "phieu bao": "PB", "cong van": "CV", "nghi dinh": "NĐ", "thong tu": "TT", "ket luan": "KL",
    "ban ghi nho": "BGN", "ban thoa thuan": "BTT",
}  # fmt: skip
"""Type names as folded text."""

_ABBREVIATIONS = {a.upper(): a for a in TYPE_NAMES.values()} | {
    "QD": "QĐ", "TTLT": "TTLT", "SY": "SY", "TRS": "TrS", "SL": "SL", "ND": "NĐ",
}  # fmt: skip

KNOWN_GROUPS = frozenset(
    [
        "UBND",
        "HĐND",
        "SGDĐT",
        "SGDĐT",
        "SGD",
        "BGDĐT",
        "PGDĐT",
        "PGD",
        "GDĐT",
        "GDTrH",
        "GDTX",
        "GDTH",
        "GDMN",
        "GDPT",
        "GDCN",
        "GDNN",
        "TTGDTX",
        "TTGDNN",
        "TTHTCĐ",
        "THPT",
        "THCS",
        "TH",
        "MN",
        "BCĐ",
        "VP",
        "VX",
        "KGVX",
        "VHXH",
        "TTg",
        "CP",
        "TW",
        "VPTW",
        "TU",
        "HU",
        "ĐU",
        "KHTC",
        "TCCB",
        "TCKT",
        "CTTT",
        "CTHSSV",
        "KTKĐCLGD",
        "KTQLCLGD",
        "QLCLGD",
        "CNTT",
        "LĐTBXH",
        "SLĐTBXH",
        "VHTT",
        "VHTTDL",
        "SVHTTDL",
        "TTTT",
        "STTTT",
        "NV",
        "SNV",
        "TC",
        "STC",
        "KHĐT",
        "SKHĐT",
        "HKH",
        "HKHVN",
        "KHVN",
        "ĐTN",
        "TĐTN",
        "LHPN",
        "MTTQ",
        "BTGTU",
        "BNV",
        "BTC",
        "BTTTT",
        "BVHTTDL",
        "BLĐTBXH",
        "QH",
        "QH13",
        "QH14",
        "QH15",
        "XHHT",
        "BCĐXHHT",
        "BCĐTL",
    ]
) | frozenset(_ABBREVIATIONS.values())
"""Parts of symbols that are in common use (Nghị định 30, Phụ lục III and VI, and what offices call
themselves): of two readings that differ, one made of these is the likelier."""

_GROUP = r"(?:[^\W_]|&)+"
_DASH = r"[-\u2010-\u2015\u2212]"
SYMBOL = rf"[^\W\d_](?:[^\W_]|&)*(?:\s*(?:{_DASH}|/|\.(?=\S))\s*{_GROUP})*{_DASH}?"
HEADER_NUMBER = re.compile(
    rf"(?P<n>[\dOoIl|\]]{{1,5}}[A-Za-z]?|[\s.…_]{{0,80}}+)\s*+/\s*(?P<s>(?:\d{{4}}\s*/\s*)?{SYMBOL})"
)
PARTY_NUMBER = re.compile(
    rf"(?P<n>\d{{1,5}})\s*{_DASH}\s*(?P<s>[A-ZĐ][A-Za-zĐ]{{0,3}}\s*/\s*[A-ZĐ]{{2,}}[^\W_]*(?:\s*{_DASH}\s*[A-ZĐ]{{2,}}[^\W_]*)*)"
)
_CONFUSED = str.maketrans("OoIl|]", "001111")


def tidy(symbol: str) -> str:
    """A symbol without blanks around ``/`` and ``-``, and with plain hyphens."""
    text = re.sub(_DASH, "-", symbol)
    return re.sub(r"\s*([-/])\s*", r"\1", text).strip(" .,;:")


def plain_number(digits: str) -> tuple[str, bool]:
    """The number with letters that look like digits as digits, and whether there were any."""
    mended = digits.translate(_CONFUSED) if not digits.isdigit() else digits
    if re.fullmatch(r"\d+[A-Za-z]", digits) and digits[-1] not in "OoIl":
        return digits, False
    return mended, mended != digits


def type_of_symbol(symbol: str) -> str | None:
    """The type that a symbol states ("BC-SGDĐT", "30/2020/NĐ-CP", "36-HD/VPTW"), or None."""
    groups = [g for g in re.split(r"[-/]", tidy(symbol)) if g and not g.isdigit()]
    return _ABBREVIATIONS.get(groups[0].upper()) if groups else None


def type_of_name(name: str) -> str | None:
    """The abbreviation of a type name such as "Kế hoạch", or None."""
    return TYPE_NAMES.get(" ".join(flat(name).split()))


def type_of(symbol: str, word: str = "") -> str | None:
    """A cited document's type: what its symbol says, else the word before it.

    A symbol that begins with an office and not with a type is a công văn's.
    """
    stated = type_of_symbol(symbol) or type_of_name(word)
    if stated is None and re.search(r"/[^\W\d_]{2,}-", tidy(symbol)):
        return "CV"
    return stated
