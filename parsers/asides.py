"""Parts of a letter that are no narrative: plans, figures, lines of a form to fill in."""

from __future__ import annotations

import re

from parsers.letter import flat

_NONE = re.compile(
    r"^(?!.*\b(?:kien nghi|de xuat|de nghi)\b)(?:mot so |cac |nhung |ve )*(?:"
    r"phuong huong|nhiem vu|(?:bang |bieu |tong hop |cac )*so lieu|(?:cac |nhung )?con so|can cu\W*$|"
    r"bai hoc|"
    r"(?:hoat dong|cong viec|viec|ke hoach|noi dung)\b.*\b(?:tiep theo|sap toi|toi day|thoi gian toi|"
    r"nam (?:toi|sau|tiep)|den (?:cuoi nam|het nam)|cuoi nam)|"
    r"(?:bang|bieu|phu luc)\b.*\b(?:so lieu|tong hop|kem theo))"
)
"""Headings whose text is no field of a report: what is planned next, figures, lessons."""
_BACKGROUND = re.compile(
    r"^\W*(?:dat van de|(?:mot so )?dac diem(?: tinh hinh| chung)?|tinh hinh chung|khai quat(?: chung)?|"
    r"gioi thieu(?: chung)?|mo dau|boi canh|thong tin chung)\W*$"
)
"""Headings under which letters say who reports, and now and then more."""
_FILLED_IN = re.compile(r"(?:\.\.\.\.+|……+|____+)(?!\s*/)")
_LINE = 16
"""Words of a line of a form, at most, with one gap only."""


def is_aside(title: str) -> bool:
    """Whether a heading opens what is no field of a report."""
    return _NONE.match(flat(title)) is not None


def is_background(title: str) -> bool:
    """Whether a heading opens what a letter says of its sender before it reports."""
    return _BACKGROUND.match(flat(title)) is not None


def is_filled_in(text: str) -> bool:
    """Whether the line is one of a form to fill in: figures between dotted lines, a table's row."""
    gaps = _FILLED_IN.findall(text)
    return bool(gaps) and (len(gaps) > 1 or len(text.split()) <= _LINE)
