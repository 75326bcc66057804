"""Puts a hidden text layer over pictures of pages, true or false: what other recognisers leave."""

from __future__ import annotations

import ctypes
import io
import random
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pdfplumber
import pypdfium2 as pdfium
from numpy.typing import NDArray
from PIL import Image
from pypdfium2 import raw

FONT = Path("/usr/share/fonts/truetype/liberation2/LiberationSerif-Regular.ttf")
Spelling = Callable[[str], str]


def layered(
    source: Path, pages: Sequence[NDArray[Any]], out: Path, spelled: Spelling, quality: int = 75
) -> None:
    """``pages`` as a PDF whose hidden words are those of ``source``, each as ``spelled`` has it."""
    made = pdfium.PdfDocument.new()
    font_bytes = FONT.read_bytes()
    buffer = (ctypes.c_ubyte * len(font_bytes)).from_buffer_copy(font_bytes)
    kind = raw.FPDF_FONT_TRUETYPE
    font = raw.FPDFText_LoadFont(made, buffer, len(font_bytes), kind, True)
    with pdfplumber.open(source) as opened:
        for picture, seen in zip(pages, opened.pages, strict=True):
            width, height = float(seen.width), float(seen.height)
            page = made.new_page(width, height)
            _insert_picture(made, page, picture, (width, height), quality)
            for word in seen.extract_words():
                _insert_word(made, page, font, f"{spelled(word['text'])} ", word, height)
            page.gen_content()
    made.save(str(out))


def _insert_picture(
    made: Any, page: Any, picture: NDArray[Any], size: tuple[float, float], quality: int
) -> None:
    packed = io.BytesIO()
    shown = picture if picture.ndim == 2 else picture[:, :, ::-1]
    Image.fromarray(shown).save(packed, "JPEG", quality=quality)
    packed.seek(0)
    image = pdfium.PdfImage.new(made)
    image.load_jpeg(packed)
    image.set_matrix(pdfium.PdfMatrix().scale(*size))
    page.insert_obj(image)


def _insert_word(made: Any, page: Any, font: Any, text: str, word: Any, height: float) -> None:
    if not text.strip():
        return
    size = float(word["bottom"]) - float(word["top"])
    item = raw.FPDFPageObj_CreateTextObj(made, font, size)
    wide = (text + "\0").encode("utf-16-le")
    raw.FPDFText_SetText(item, ctypes.cast(ctypes.c_char_p(wide), raw.FPDF_WIDESTRING))
    raw.FPDFTextObj_SetTextRenderMode(item, raw.FPDF_TEXTRENDERMODE_INVISIBLE)
    left, bottom = ctypes.c_float(), ctypes.c_float()
    right, top = ctypes.c_float(), ctypes.c_float()
    raw.FPDFPageObj_GetBounds(item, left, bottom, right, top)
    wanted = float(word["x1"]) - float(word["x0"])
    stretch = wanted / max(right.value - left.value, 0.1)
    baseline = height - float(word["bottom"]) + 0.22 * size
    raw.FPDFPageObj_Transform(item, stretch, 0, 0, 1, float(word["x0"]), baseline)
    raw.FPDFPage_InsertObject(page, item)


def garbage(seed: int) -> Spelling:
    """A recogniser of another language: "CQNG HoAxA H()I"."""
    rng = random.Random(seed)

    def spelled(word: str) -> str:
        return "".join(rng.choice("aAcCoOqQHxX()IlnNiIhJt1") for _ in word)

    return spelled


def contradicting(seed: int, share: float = 0.15) -> Spelling:
    """True but for some numbers, one digit of which is another."""
    rng = random.Random(seed)

    def spelled(word: str) -> str:
        if not re.fullmatch(r"\d[\d.]*\d", word) or rng.random() > share:
            return word
        digits = [at for at, char in enumerate(word) if char.isdigit()]
        at = rng.choice(digits)
        other = rng.choice([d for d in "123456789" if d != word[at]])
        return word[:at] + other + word[at + 1 :]

    return spelled
