"""Words that are no syllables: the other reading's are taken, and what is left is told, never changed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from parsers.letter import Line
from parsers.readers import scan_again
from parsers.readers.ocr import Word
from parsers.readers.scan_spelling import with_doubts
from parsers.readers.syllables import is_known, is_unlikely
from parsers.signer_doubts import has_left_over
from parsers.trust_text import _is_gapped, _is_odd, doubtful_text
from schemas.document import Anchor, Document, Page, Paragraph, Reading, Source, Span


def word(text: str, confidence: float = 0.93, line: int = 0) -> Word:
    return Word(text, 0, 0, 60, 30, confidence, line)


@pytest.mark.parametrize("text", ["trỏng", "buối", "vốh", "Huyẹn", "lóp", "trưòng"])
def test_what_no_text_holds_is_unlikely(text: str) -> None:
    assert is_unlikely(text)


@pytest.mark.parametrize("text", ["trong", "Teams", "GDĐT", "VNeID", "hoà", "hòa", "Nguyễn", "rôn", "a", "7h00"])  # fmt: skip
def test_words_names_and_foreign_words_are_not(text: str) -> None:
    assert not is_unlikely(text)


def test_a_tone_may_stand_on_either_vowel() -> None:
    assert is_known("hoà") and is_known("hòa") and is_known("THUỶ") and is_known("thủy")


def test_an_unlikely_word_is_kept_and_not_trusted() -> None:
    assert [(w.text, w.confidence) for w in with_doubts([word("trỏng,"), word("trong")])] == [
        ("trỏng,", 0.4),
        ("trong", 0.93),
    ]


def test_the_reading_that_is_a_word_wins_over_one_that_is_none() -> None:
    settled = scan_again._settled(word("vốh."), ["vốn.", "vốh."])
    assert (settled.text, settled.confidence) == ("vốn.", scan_again.MAJORITY)
    kept = scan_again._settled(word("chọn"), ["chọa", "chọa"])
    assert kept.text == "chọn" and kept.confidence < 0.6


def test_lines_with_a_hard_word_are_read_again_the_worst_first_and_not_too_many() -> None:
    lines = [
        replace(word(text, confidence), line=line)
        for line in range(9)
        for text, confidence in (("thi", 0.96), ("kể", 0.8 - line / 100), ("chuyện", 0.96))
    ]
    assert scan_again.lines_that_matter(lines, 2) == {6, 7, 8}
    easy = [replace(w, confidence=0.96) for w in lines]
    assert scan_again.lines_that_matter(easy, 2) == set()
    assert scan_again.lines_that_matter([*easy[:1], word("trỏng", 0.96), *easy[2:]], 2) == {0}


@pytest.mark.parametrize("text", ["'UBND", "học_tập", "lạc-bộ"])
def test_what_a_speck_joins_or_opens_is_not_trusted(text: str) -> None:
    assert with_doubts([word(text)])[0].confidence < 0.6


@pytest.mark.parametrize("text", ["GDNN-GDTX", "COVID-19", "“Gia", "Hà-Nội"])
def test_what_is_written_so_is(text: str) -> None:
    assert with_doubts([word(text)])[0].confidence > 0.9


@pytest.mark.parametrize(
    "text", ["Các trường MN (th)", "UBND huyện (l/C):", "SởGDĐT", "Sở GD›", "Sở H GD"]
)
def test_entries_of_the_list_of_copies_that_nobody_writes(text: str) -> None:
    assert _is_odd(text)


@pytest.mark.parametrize(
    "text",
    ["Sở GDĐT (b/c)", "Trang TTĐT Phòng", "Lưu: VT, GDTX (02)", "Bộ GD&ĐT (để b/c)", "Như trên"],
)
def test_entries_as_they_are_written(text: str) -> None:
    assert not _is_odd(text)


def foot(*lines: tuple[str, float]) -> list[Line]:
    made = []
    for at, (text, top) in enumerate(lines):
        box = (50.0, top, 200.0, top + 12)
        home = Paragraph(
            text, Anchor(1, box, paragraph=at), spans=(Span(0, len(text), 1, box, 0.9),)
        )
        made.append(Line(text, home, 0, at))
    return made


def test_an_entry_that_was_lost_leaves_a_gap() -> None:
    whole = foot(("Nơi nhận:", 100), ("- Như trên;", 115), ("- UBND;", 130), ("- Lưu: VT.", 145))
    assert not _is_gapped(whole)
    assert _is_gapped([whole[0], *whole[3:]])


def test_a_line_in_capitals_that_is_part_of_no_office_is_a_doubt() -> None:
    read = foot(
        ("Nơi nhận:", 90), ("BAN NHÂN DÂN", 100), ("CHỦ TỊCH", 115), ("Phí Văn Trường", 170)
    )
    assert has_left_over(read, read[-1], ["CHỦ TỊCH"])
    assert not has_left_over(read, read[-1], ["CHỦ TỊCH", "TM. ỦY BAN NHÂN DÂN"])


def paragraph(confidence: float) -> Paragraph:
    words, at, spans = ["Thi", "kế", "chuyện"], 0, []
    for text in words:
        trust = confidence if text == "kế" else 0.96
        spans.append(Span(at, at + len(text), 1, (at, 0, at + len(text), 9), trust))
        at += len(text) + 1
    return Paragraph(" ".join(words), Anchor(page=1, paragraph=0), spans=tuple(spans))


def read_as(reading: Reading, confidence: float) -> list[tuple[str | None, str | None, int]]:
    one = paragraph(confidence)
    source = Source("a.pdf", "0" * 64, "application/pdf", 1)
    document = Document(source, reading, (one,), (Page(1, 595, 842, reading),))
    return [(f.field, f.value, len(f.where)) for f in doubtful_text({"activities": [one]}, document)]  # fmt: skip


def test_an_unsure_word_of_a_scan_is_named_with_its_place() -> None:
    assert read_as(Reading.OCR, 0.4) == [("narrative.activities", "kế", 1)]
    assert read_as(Reading.OCR, 0.95) == []
    assert read_as(Reading.TEXT, 0.4) == []
