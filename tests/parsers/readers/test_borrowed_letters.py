"""Letters that a program took from another font and drew after their line belong to their words."""

from __future__ import annotations

from parsers.readers.borrowed_letters import with_borrowed_letters
from parsers.readers.lines import Word

BASE = 68.0


def drawn(text: str, left: float, right: float, base: float = BASE) -> Word:
    return Word(text, (left, base - 9, right, base), 12.5, base=base)


def texts(*words: Word) -> list[str]:
    return [w.text for w in with_borrowed_letters(words)]


def test_borrowed_letters_stand_in_their_words() -> None:
    line = [
        drawn("PH", 353.5, 369.1),
        drawn("L", 382.0, 388.3),
        drawn("C:", 398.0, 407.3),
        drawn("K", 411.1, 419.3),
        drawn("QU", 436.7, 452.9),
        drawn("Ụ", 369.7, 378.6),
        drawn("Ụ", 388.5, 397.4),
        drawn("Ả", 453.2, 462.6),
        drawn("ẾT", 419.7, 433.5),
    ]
    below = [drawn("SỐ", 353.5, 369.1, BASE + 20)]
    assert texts(*line, *below) == ["PHỤ", "LỤC:", "KẾT", "QUẢ", "SỐ"]


def test_figures_that_touch_stay_apart() -> None:
    assert texts(drawn("12", 110, 120), drawn("x", 200, 205), drawn("5", 100, 109.5)) == [
        "12", "x", "5",
    ]  # fmt: skip


def test_words_drawn_out_of_order_stay_words() -> None:
    assert texts(drawn("của", 124, 140), drawn("Phòng", 90, 121)) == ["của", "Phòng"]
