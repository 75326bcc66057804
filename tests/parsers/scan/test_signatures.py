"""Who signs, under a seal and a signature: read from the blackest ink, or left in doubt."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np

from parsers.readers import ocr, scan_clean, scan_text
from parsers.readers.ocr import Word
from parsers.readers.scan_seal import without_red
from parsers.readers.scan_signature import signature_again
from parsers.readers.scan_source import Bitmap
from tests.parsers.scan.test_tables_overleaf import written

FOOT = [Word("Nơi", 150, 705, 210, 735, 0.96, 0), Word("nhận:", 220, 705, 310, 735, 0.96, 0)]
OFFICE = [Word("TRƯỞNG", 860, 705, 1010, 735, 0.3, 1), Word("PHÒNG", 1020, 705, 1140, 735, 0.9, 1)]
NAME = "Đoàn Thị Hoa"


def page_of(gray: Any, contrast: float = 0.9) -> scan_clean.CleanPage:
    high, wide = gray.shape
    scale = np.diag([72 / 200, 72 / 200, 1.0])
    return scan_clean.CleanPage(
        Bitmap(gray, scale, wide * 0.36, high * 0.36), None, False, contrast
    )


def signed(ring: int) -> Any:
    """Office and name at 200 dpi; through both run a seal's rings of that grey."""
    gray = written((150, 700, "Nơi nhận:"), (860, 700, "TRƯỞNG PHÒNG"), (880, 920, NAME))
    seal = np.full_like(gray, 255)
    for radius in (150, 142, 104):
        cv2.circle(seal, (900, 830), radius, ring, 3)
    return np.minimum(gray, seal)


def read_line(words: list[Word], line: str) -> list[Word]:
    return [w for w in words if w.text in line.split()]


def test_a_name_that_a_grey_ring_crosses_is_read_from_its_blackest_ink() -> None:
    found = signature_again(page_of(signed(130)), [*FOOT, *OFFICE])
    name = read_line(found, NAME)
    assert [w.text for w in name] == NAME.split()
    assert min(w.confidence for w in name) >= 0.6, "two readings gave it alike"
    assert len({w.line for w in name}) == 1
    assert [w.text for w in found if w.text.isupper()] == ["TRƯỞNG", "PHÒNG"]


def test_of_one_ink_no_look_confirms_another() -> None:
    """In a bilevel scan the seal is as black as the letters: every level shows the same."""
    black = signed(255)
    cv2.circle(black, (900, 830), 130, 0, 2)
    found = signature_again(page_of(black, 1.0), [*FOOT, *OFFICE])
    name = [w for w in found if w.text in NAME.split()]
    assert name and max(w.confidence for w in name) < 0.6


def test_words_of_the_block_that_nothing_replaces_stay() -> None:
    above = [
        Word("TM.", 860, 660, 900, 690, 0.3, 5),
        Word("ỦY", 910, 660, 950, 690, 0.3, 5),
        Word("BAN", 960, 660, 1020, 690, 0.96, 5),
    ]
    stray = Word("\\J", 870, 820, 900, 850, 0.1, 6)
    found = signature_again(page_of(signed(130)), [*FOOT, *above, *OFFICE, stray])
    assert all(w in found for w in above) and stray not in found


def test_a_signature_that_was_read_whole_is_left_as_it_is() -> None:
    sure = [
        *FOOT,
        Word("GIÁM", 860, 705, 960, 735, 0.95, 1),
        Word("ĐỐC", 970, 705, 1050, 735, 0.95, 1),
        Word("Lê", 880, 925, 920, 955, 0.95, 2),
        Word("Văn", 930, 925, 990, 955, 0.95, 2),
    ]
    assert signature_again(page_of(signed(130)), sure) == sure
    bare = [w for w in sure if w.line]
    assert signature_again(page_of(signed(130)), bare) == bare, "no foot of a letter"


def test_where_only_noise_lies_no_name_is_made_up() -> None:
    gray = written((150, 700, "Nơi nhận:"))
    rng = np.random.default_rng(7)
    points = np.cumsum(rng.integers(-30, 31, (60, 2)), axis=0) + np.array([950, 830])
    cv2.polylines(gray, [points.astype(np.int32)], False, 20, 3)
    found = signature_again(page_of(gray), [*FOOT, *OFFICE])
    assert not any(w.text.istitle() and w.line != 0 for w in found)


def test_red_is_faded_in_the_middle_of_a_seal_too() -> None:
    """Where the mask leaves no bare paper near, the next paper further off is taken."""
    sheet = np.full((1200, 1200, 3), 244, np.uint8)
    for radius in range(20, 141, 12):
        cv2.circle(sheet, (600, 600), radius, (60, 50, 200), 9)
    cv2.putText(sheet, "HONG", (545, 612), cv2.FONT_HERSHEY_SIMPLEX, 1.2, (10, 10, 10), 4)
    gray, mask = without_red(sheet)
    assert mask is not None
    letters = (sheet[:, :, 2] < 100).astype(np.uint8)
    ring = (sheet[:, :, 1] < 80) & (cv2.dilate(letters, np.ones((9, 9), np.uint8)) == 0)
    assert np.percentile(gray[ring], 2) > 200
    assert gray[letters > 0].max() < 130


def test_a_line_seen_through_a_red_seal_is_read() -> None:
    gray = written((300, 500, "Bùi Thị Ngọc Ánh"))
    sheet = np.ascontiguousarray(np.repeat(gray[:, :, None], 3, axis=2))
    seal = np.full_like(sheet, 255)
    cv2.circle(seal, (380, 480), 140, (60, 50, 205), 26)
    cv2.circle(seal, (380, 480), 90, (60, 50, 205), 60)
    sheet = (sheet.astype(np.float32) * seal / 255).astype(np.uint8)
    page = page_of(without_red(sheet)[0])
    said = " ".join(w.text for w in scan_text.read_text(page, (), ocr.BLOCK))
    assert "Bùi Thị Ngọc Ánh" in said
