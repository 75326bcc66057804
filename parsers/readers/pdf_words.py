"""Words of a digital page as PDFium sees them, placed as the page is shown."""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from pypdfium2 import raw

from parsers.legacy_encodings import (
    legacy_fonts,
    named_code,
    to_unicode,
    with_soft_hyphens,
)
from parsers.readers.borrowed_letters import with_borrowed_letters
from parsers.readers.legacy_lines import in_unicode
from parsers.readers.lines import Word
from parsers.readers.pdf_apart import whole_runs
from schemas.document import Box, Doubt, union
from schemas.text import SUPERSCRIPT, nfc

_HYPHEN = "\x02"  # PDFium's code for a hyphen at the end of a line
_UNBROKEN = re.compile(r"\S+")
Place = Callable[[float, float, float, float], Box]


@dataclass(frozen=True, slots=True)
class _Letters:
    start: int
    text: str
    boxes: tuple[Box, ...]


def page_words(text: Any, page: Any) -> tuple[list[Word], tuple[Doubt, ...]]:
    """Every word in the order of the file; boxes from the shown page's top left corner, in points.

    The crop box and the page's rotation are applied, as a viewer does. A doubt names each font
    whose letters were converted from a legacy code.
    """
    place = placer(page)
    found = list(_runs(text, place))
    setting = _Setting(text.raw)
    looks = [setting.of(one.start) for one in found]
    legacy = legacy_fonts((one.text, own.font) for one, own in zip(found, looks, strict=True))
    bases = _baselines(text.raw, found, place)
    words = [
        word
        for one, own, base in zip(found, looks, bases, strict=True)
        if (word := _word(one, own, base, legacy=own.font in legacy)).text
    ]
    words, guessed = in_unicode(with_borrowed_letters(words))
    return words, tuple(Doubt("legacy_encoding", source) for source in (*sorted(legacy), *guessed))


def _baselines(handle: Any, found: list[_Letters], place: Place) -> list[float]:
    x, y = ctypes.c_double(), ctypes.c_double()
    out = []
    for one in found:
        raw.FPDFText_GetCharOrigin(handle, one.start, x, y)
        out.append(place(x.value, x.value, y.value, y.value)[1])
    return out


def upright(words: list[Word]) -> bool:
    """Whether lines run from left to right: words of several letters are wider than high."""
    long = [w.box for w in words if len(w.text) > 3]
    wide = sum(1 for b in long if b[2] - b[0] > b[3] - b[1])
    return not long or wide >= 0.5 * len(long)


def placer(page: Any) -> Place:
    """How ``(left, right, bottom, top)`` of page space becomes a box of the page as it is shown."""
    x0, y0, x1, y1 = page.get_bbox()
    turns: dict[int, Place] = {
        0: lambda l, r, b, t: (l - x0, y1 - t, r - x0, y1 - b),  # noqa: E741
        90: lambda l, r, b, t: (b - y0, l - x0, t - y0, r - x0),  # noqa: E741
        180: lambda l, r, b, t: (x1 - r, b - y0, x1 - l, t - y0),  # noqa: E741
        270: lambda l, r, b, t: (y1 - t, x1 - r, y1 - b, x1 - l),  # noqa: E741
    }
    return turns[page.get_rotation()]


def _runs(text: Any, place: Place) -> Iterator[_Letters]:
    """Runs of letters between white space, each with its boxes.

    A plain word's box is asked for at once, which is exact and several times as fast; letter by
    letter go figures, which must never run together, and what stands on more than one line.
    """
    handle, count = text.raw, text.count_chars()
    content = text.get_text_range() if count else ""
    if len(content) != count:
        # Characters and indexes fall apart beyond the basic plane.
        yield from _by_letter(handle, range(count), place)
        return
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    spans = (found.span() for found in _UNBROKEN.finditer(content))
    for letters in whole_runs(handle, content, spans):
        start, count = letters[0], len(letters)
        said = content[start : start + count]
        plain = said.isalpha() and raw.FPDFText_CountRects(handle, start, count) == 1
        if plain and raw.FPDFText_GetRect(handle, 0, left, top, right, bottom):
            box = place(left.value, right.value, bottom.value, top.value)
            yield _Letters(start, said, (box,))
        else:
            yield from _by_letter(handle, letters, place)


def _by_letter(handle: Any, indexes: Sequence[int], place: Place) -> Iterator[_Letters]:
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    letters: list[str] = []
    boxes: list[Box] = []
    start = 0
    for index in indexes:
        char = _char(raw.FPDFText_GetUnicode(handle, index))
        raw.FPDFText_GetCharBox(handle, index, left, right, bottom, top)
        box = place(left.value, right.value, bottom.value, top.value)
        if letters and (char.isspace() or _far(boxes[-1], box)):
            yield _Letters(start, "".join(_raised(letters, boxes)), tuple(boxes))
            letters, boxes = [], []
        if char.isspace():
            continue
        if not letters:
            start = index
        letters.append(char)
        boxes.append(box)
    if letters:
        yield _Letters(start, "".join(_raised(letters, boxes)), tuple(boxes))


def _raised(letters: list[str], boxes: list[Box]) -> list[str]:
    """Small raised digits behind a number as what they are: a footnote's mark, not a digit more."""
    digits = [box for char, box in zip(letters, boxes, strict=True) if char.isdigit()]
    if len(digits) < 2:
        return letters
    high = max(box[3] - box[1] for box in digits)
    foot = max(box[3] for box in digits)
    return [
        char.translate(SUPERSCRIPT)
        if char.isdigit() and box[3] - box[1] < 0.8 * high and box[3] < foot - 0.15 * high
        else char
        for char, box in zip(letters, boxes, strict=True)
    ]


def _char(code: int) -> str:
    if code in (0, 0xFFFE, 0xFFFF) or 0xD800 <= code < 0xE000 or code >= 0x110000:
        return " "
    return chr(code)


def _far(before: Box, box: Box) -> bool:
    return abs(box[1] - before[1]) > 20 or box[0] - before[2] > 12 or box[0] < before[0] - 12


@dataclass(frozen=True, slots=True)
class _Looks:
    """How a text object is set: ``size`` in points as shown."""

    font: str
    size: float
    bold: bool
    italic: bool


class _Setting:
    """The looks of letters, asked of PDFium once for each text object."""

    def __init__(self, handle: Any) -> None:
        self._handle = handle
        self._known: dict[bytes, _Looks] = {}
        self._buffer = ctypes.create_string_buffer(128)

    def of(self, index: int) -> _Looks:
        """The looks of the letter at ``index``."""
        address = bytes(raw.FPDFText_GetTextObject(self._handle, index))
        known = self._known.get(address)
        if known is None:
            known = self._asked(index)
            if any(address):
                self._known[address] = known
        return known

    def _asked(self, index: int) -> _Looks:
        raw.FPDFText_GetFontInfo(self._handle, index, self._buffer, 128, ctypes.c_int())
        font = self._buffer.value.decode("utf-8", "replace")
        name = font.lower()
        italic = "italic" in name or "oblique" in name
        return _Looks(font, _size(self._handle, index), "bold" in name, italic)


def _word(found: _Letters, looks: _Looks, base: float, *, legacy: bool) -> Word:
    # TCVN3 keeps its ư at the soft hyphen, which PDFium takes for a hyphen at a line's end.
    text = found.text.replace(_HYPHEN, "\u00ad" if legacy else "-")
    box = found.boxes[0] if len(found.boxes) == 1 else union(found.boxes)
    if legacy:
        text = to_unicode(with_soft_hyphens(text, named_code(looks.font)), looks.font)
    shown = _kept(text)
    return Word(shown, box, looks.size, looks.bold, looks.italic, base=base)


@lru_cache(maxsize=8192)
def _kept(text: str) -> str:
    # The same few thousand syllables make up every page; a lone letter of a symbol font is a
    # bullet.
    return "-" if len(text) == 1 and "\uf000" <= text <= "\uf0ff" else nfc(text)


def _size(handle: Any, index: int) -> float:
    """Points on the page: what the file calls the size is scaled by the text's own matrix."""
    size = float(raw.FPDFText_GetFontSize(handle, index))
    matrix = raw.FS_MATRIX()
    if raw.FPDFText_GetMatrix(handle, index, matrix):
        size *= math.hypot(matrix.c, matrix.d)
    return size if 1 < size < 400 else 12.0
