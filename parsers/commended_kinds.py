"""The words by which a letter says what kind of unit it praises."""

from __future__ import annotations

import re

from schemas.report import CommendedKind

CENTRE = (
    r"(?:trung tam|tt)\s*(?:gdnn\s*[-–&]\s*gdtx|gdtx|gdnn|giao duc thuong xuyen|"
    r"giao duc nghe nghiep\s*(?:[-–,]|va)?\s*giao duc thuong xuyen)|"
    r"gdnn\s*[-–]\s*gdtx|ttgdnn\s*[-–]?\s*gdtx|ttgdtx|ttgdnn"
)
COMMUNITY = r"(?:trung tam|tt)\s*(?:hoc tap cong dong|htcd)|tthtcd"
_SCHOOL = (
    r"(?:truong\s*)?(?:tieu hoc\s*(?:va|&)\s*(?:thcs|trung hoc co so)|tieu hoc|thcs|"
    r"trung hoc co so|mam non|th\s*&\s*thcs|th va thcs|mau giao|th|mn)"
)
_OF_DISTRICT = r"(?:ubnd |uy ban nhan dan )?(?:huyen|thi xa|thanh pho|tp\.?|tx\.?|quan)"
_WORDS = (
    (COMMUNITY, CommendedKind.COMMUNITY_LEARNING_CENTRE),
    (CENTRE, CommendedKind.VOCATIONAL_CONTINUING_CENTRE),
    (r"(?:truong\s*)?(?:thpt|trung hoc pho thong|ptth)", CommendedKind.HIGH_SCHOOL),
    (_SCHOOL, CommendedKind.SCHOOL),
    (r"phong (?:gd\s*[-&]?\s*dt|giao duc va dao tao)", CommendedKind.DISTRICT),
    (_OF_DISTRICT, CommendedKind.DISTRICT),
    (r"(?:ubnd |uy ban nhan dan )?(?:xa|phuong|thi tran|tt\.?)", CommendedKind.COMMUNE),
    (r"(?:ubnd )?tinh(?! (?:than|hinh|nguyen))", CommendedKind.PROVINCE),
    (r"truong", CommendedKind.SCHOOL),
    (r"hoi khuyen hoc|thu vien|doan thanh nien|hoi phu nu|doan|hoi", CommendedKind.OTHER),
)


def _begins(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"^(?:cac |mot so |nhu )*(?:{pattern})(?![a-z])")


KINDS = tuple((_begins(pattern), kind) for pattern, kind in _WORDS)
_ANY = _begins("|".join(f"(?:{pattern})" for pattern, _ in _WORDS))


def kind_of(folded: str) -> tuple[re.Match[str], CommendedKind] | None:
    """The words of a kind of unit that ``folded`` begins with, and the kind."""
    if _ANY.match(folded) is None:
        return None
    return next((said, kind) for pattern, kind in KINDS if (said := pattern.match(folded)))
