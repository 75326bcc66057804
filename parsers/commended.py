"""Units a report praises, with the kind that the list around each name says."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence

from schemas.admin_unit import UnitLevel
from schemas.document import Paragraph
from schemas.registry_index import AdminUnits
from schemas.report import Commended, CommendedKind
from schemas.text import fold, fold_map, one_line

_TRIGGER = re.compile(
    r"(tieu bieu|dien hinh|bieu duong|noi bat|lam tot|thuc hien tot|to chuc tot|tich cuc[^.;:]{0,40}(nhu|:|la)|hieu qua[^.;:]{0,30}(nhu|:)|"
    r"soi noi|khen ngoi|tuyen duong|guong mau|xuat sac)[^.;]{0,80}?(nhu:?|gom:?|la:?|:)"
)
K = CommendedKind
_KINDS: tuple[tuple[re.Pattern[str], CommendedKind], ...] = (
    (re.compile(r"^(cac )?(trung tam|tt) ?(gdnn ?-? ?gdtx|gdnn|gdtx|giao duc nghe nghiep( ?-? ?giao duc thuong xuyen)?|giao duc thuong xuyen|gdtx-? ?hn)( (huyen|tinh|thi xa|thanh pho|tx|tp))?\b"), K.VOCATIONAL_CONTINUING_CENTRE),
    (re.compile(r"^(cac )?(trung tam hoc tap cong dong|trung tam htcd|tthtcd|tt htcd)( cac)?( (xa|phuong|thi tran))?\b"), K.COMMUNITY_LEARNING_CENTRE),
    (re.compile(r"^(cac )?(truong )?(thpt|trung hoc pho thong)\b"), K.HIGH_SCHOOL),
    (re.compile(r"^(cac )?(truong )?(thcs|tieu hoc|th|mam non|mn|trung hoc co so)( va thcs)?\b"), K.SCHOOL),
    (re.compile(r"^(cac )?(truong)\b"), K.SCHOOL),
    (re.compile(r"^(cac )?(phong (gd ?(&|va)? ?dt|gddt|giao duc va dao tao) )?(huyen|thi xa|thanh pho|tp\.?|tx\.?|quan)\b"), K.DISTRICT),
    (re.compile(r"^(cac )?(phong (gd ?(&|va)? ?dt|gddt|giao duc va dao tao))\b"), K.DISTRICT),
    (re.compile(r"^(cac )?(ubnd )?(xa|phuong|thi tran)\b"), K.COMMUNE),
    (re.compile(r"^(cac )?tinh\b"), K.PROVINCE),
)  # fmt: skip
_LEVELS = {K.PROVINCE: UnitLevel.PROVINCE, K.DISTRICT: UnitLevel.DISTRICT, K.COMMUNE: UnitLevel.COMMUNE}


def read_commended(
    paragraphs: Sequence[Paragraph], units: AdminUnits, day: dt.date, province: str, below: str | None
) -> tuple[Commended, ...]:
    """Praised units in order. ``below`` is the issuer's own unit, where communes are looked up."""
    out: list[Commended] = []
    for paragraph, text in _lists(paragraphs):
        kind: CommendedKind | None = None
        for group in re.split(r"[;\n]|\.\s+(?=[A-ZĐ])", text):
            for item in re.split(r",|\s+và\s+(?=[A-ZĐ])", group):
                kind, name = _item(item, kind)
                if name and kind is not None:
                    code = _unit(name, kind, units, day, province, below, item)
                    out.append(Commended(name, kind, code, paragraph.anchor))
    return tuple(dict.fromkeys(out))


def _lists(paragraphs: Sequence[Paragraph]) -> Iterator[tuple[Paragraph, str]]:
    for at, paragraph in enumerate(paragraphs):
        folded = fold_map(paragraph.text)
        match = _TRIGGER.search(folded)
        if match is None:
            continue
        rest = re.split(r"\.\s+(?=[A-ZĐ][a-zà-ỹ]+ )", paragraph.text[match.end() :])[0].strip()
        if rest:
            yield paragraph, rest
            continue
        for item in paragraphs[at + 1 : at + 15]:
            if not (item.label or re.match(r"^[-–+•*]", item.text)):
                break
            yield item, item.text


def _item(item: str, kind: CommendedKind | None) -> tuple[CommendedKind | None, str | None]:
    text = one_line(re.sub(r"^[-–+•*\s:]+", "", re.sub(r"\s*-\s+(?=GDTX)", "-", item))).strip(" .:;")
    folded = fold(text)
    for pattern, found in _KINDS:
        match = pattern.match(folded)
        if match is not None:
            name = text[_length(text, match.end()) :].strip(" :.-")
            return found, _name(name)
    return kind, _name(text)


def _length(text: str, folded_length: int) -> int:
    return folded_length if len(fold_map(text)) == len(text) else min(len(text), folded_length)


def _name(text: str) -> str | None:
    """A name is one to five capitalised words; anything else is prose."""
    text = re.sub(r"\s*\([^)]*\)", "", text).strip(" .:;…")
    text = re.sub(r"\s*(v\.v|\.\.\.)$", "", text)
    tokens = text.split()
    if not tokens or len(tokens) > 6 or not all(t[:1].isupper() or t[:1].isdigit() for t in tokens):
        return None
    return text


def _unit(name: str, kind: CommendedKind, units: AdminUnits, day: dt.date, province: str, below: str | None,
          item: str) -> str | None:  # fmt: skip # noqa: PLR0913
    level = _LEVELS.get(kind)
    if level is None:
        return None
    found = [u for u in units.find(name, day=day, level=level) if units.province_of(u, day) == province]
    if len(found) > 1 and below is not None:
        found = [u for u in found if u.parent == below] or found
    if len(found) > 1:
        found = [u for u in found if fold(u.kind) in fold(item)] or found
    return found[0].code if len(found) == 1 else None
