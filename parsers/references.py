"""Documents a report cites: number, type, date, issuer; and the stamp of an annex."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable

from parsers.daytime import find_date
from parsers.front import TYPE_NAMES
from schemas.document import Paragraph
from schemas.report import AnnexStamp, Reference
from schemas.text import fold, fold_map, one_line

_NUMBER = re.compile(
    r"(?<![\d/])(\d{1,5})\s?(/\d{4})?\s?/\s?([A-ZĐ][A-Za-zĐđ&]*(?:\s?[-–]\s?[A-ZĐ][A-Za-zĐđ&]*)+|[A-ZĐ]{2,}[A-Za-zĐ&]*)"
    r"|(?<![\d/])(\d{1,5})-([A-ZĐ][A-Za-zĐ]{1,4}/[A-ZĐ]{2,}[A-Za-zĐ]*)"
)
_KNOWN = set(TYPE_NAMES.values()) | {"NĐ", "TT", "TTLT", "L", "CT"}
_WORDS = {**TYPE_NAMES, "cong van": "CV", "nghi dinh": "NĐ", "thong tu": "TT"}
_ISSUER = re.compile(r"^[\s,]*(?:của|do)\s+(.{2,80}?)(?=\s+(?:về|v/v|ban hành|hướng dẫn|triển khai|tổ chức|đã|trên|chỉ đạo|quy định|giao|thực hiện)\b|[;,.:()\n]|$)")
_BEFORE = re.compile(r"([^.,;:\n]{2,80}?)\s+(?:đã\s+)?(?:ban hành|có|xây dựng)\s+\S[^.;:]{0,20}$")
_STAMP = re.compile(r"(kem theo|dinh kem|ban hanh kem)\b")


def read_references(paragraphs: Iterable[Paragraph], own: str | None) -> tuple[Reference, ...]:
    """Every cited document once, in order of first mention, without the document's own number."""
    found: dict[str, Reference] = {}
    for paragraph in paragraphs:
        text = paragraph.text.replace("\n", " ")
        if _STAMP.search(fold(text)[:40]):
            continue
        for match in _NUMBER.finditer(text):
            one = _reference(match, text, paragraph)
            if _key(one.number) == _key(own or ""):
                continue
            known = found.get(_key(one.number))
            if known is None:
                found[_key(one.number)] = one
            else:
                found[_key(one.number)] = Reference(
                    known.number, known.document_type or one.document_type, known.issued_on or one.issued_on,
                    known.issuer or one.issuer, known.where,
                )  # fmt: skip
    return tuple(found.values())


def _key(number: str) -> str:
    return re.sub(r"[\s.]", "", number).replace("–", "-").upper()


def normal_number(match: re.Match[str]) -> str:
    """The number as Nghị định 30 writes it: no spaces around "/" and "-"."""
    if match[4]:
        return f"{match[4]}-{match[5]}"
    symbol = re.sub(r"\s?[-–]\s?", "-", match[3])
    return f"{match[1]}{match[2] or ''}/{symbol}"


def _reference(match: re.Match[str], text: str, paragraph: Paragraph) -> Reference:
    number = normal_number(match)
    before, after = text[max(0, match.start() - 160) : match.start()], text[match.end() : match.end() + 200]
    issued, rest = _date_after(after)
    if issued is None:
        issued = _date_before(before)
    issuer = _ISSUER.match(rest)
    said = _BEFORE.search(before) if issuer is None else None
    name = one_line(issuer[1]) if issuer else _subject(said) if said else None
    return Reference(number, _type(number, before), issued, name, paragraph.locate(match.start(), match.end()))


def _subject(match: re.Match[str]) -> str | None:
    name = one_line(match[1])
    return name if name[:1].isupper() and len(name) < 50 else None


def _date_after(after: str) -> tuple[dt.date | None, str]:
    found = find_date(after)
    if found is not None and re.fullmatch(r"[\s,(]*", fold_map(after[: found[1]]).replace("ngay", "")):
        return found[0], after[found[2] :].lstrip(")")
    return None, after


def _date_before(before: str) -> dt.date | None:
    """"Ngày 22/9/2021, Sở GDĐT đã ban hành Công văn số …": a date in the same clause."""
    sentence = re.split(r"[;\n]|\.\s", before)[-1]
    if "ban hanh" not in fold(sentence):
        return None
    found = find_date(sentence)
    return found[0] if found else None


def _type(number: str, before: str) -> str | None:
    symbol = re.split(r"[-/]", number.split("/", 1)[1] if "/" in number and not re.match(r"\d+-", number) else number.split("-", 1)[1])
    for part in symbol[:2]:
        if part in _KNOWN:
            return part
    tail = re.sub(r"\s*(so|số)\s*[:.]?\s*$", "", fold(before))
    for name, short in _WORDS.items():
        if tail.endswith(name):
            return short
    return "CV"


def read_stamp(paragraphs: Iterable[Paragraph]) -> tuple[AnnexStamp, Paragraph] | None:
    """"(Kèm theo Báo cáo số … ngày … của …)" of an annex; None where there is none or it is blank."""
    for paragraph in paragraphs:
        text = paragraph.text.replace("\n", " ")
        if len(text) > 260 or not _STAMP.search(fold(text)[:40]):
            continue
        number = _NUMBER.search(text)
        date = find_date(text)
        if number is not None or date is not None:
            return AnnexStamp(normal_number(number) if number else None, date[0] if date else None), paragraph
    return None
