"""Tesseract in this process: words with boxes, and digits alone.

One API object per thread and language, kept for the life of the thread: loading a model costs
about 0.1 s, and an object must never be shared between threads.
"""

from __future__ import annotations

import os
import threading
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from schemas.errors import MissingProgram

Gray = NDArray[Any]
"""A grey picture of bytes, ``(height, width)``, 0 black to 255 white."""

AUTO, COLUMN, BLOCK, LINE = 3, 4, 6, 7
"""Tesseract's page segmentation modes that are used here."""

_PLACES = (
    "/usr/share/tesseract-ocr/5/tessdata",
    "/usr/share/tesseract-ocr/4.00/tessdata",
    "/usr/share/tessdata",
    "/usr/local/share/tessdata",
    "/opt/homebrew/share/tessdata",
)
_PACKAGES = {"vie": "tesseract-ocr-vie", "eng": "tesseract-ocr-eng", "osd": "tesseract-ocr-osd"}
_NEVER_WRITTEN = str.maketrans("†ÐƉÑñØø", "tĐĐNnOo")
"""Signs that no office writes, by the letters that they are seen for."""

_local = threading.local()


@dataclass(frozen=True, slots=True)
class Word:
    """One word in pixels of the picture it was read from; ``line`` numbers Tesseract's lines."""

    text: str
    left: int
    top: int
    right: int
    bottom: int
    confidence: float
    line: int

    @property
    def height(self) -> int:
        return self.bottom - self.top


def data_path(language: str) -> Path:
    """The folder that holds ``language``. Raises MissingProgram naming the package to install."""
    found = _find_data(language, os.environ.get("TESSDATA_PREFIX", ""))
    if found is None:
        package = _PACKAGES.get(language, f"tesseract-ocr-{language}")
        raise MissingProgram(detail=f"apt install {package}")
    return found


@cache
def _find_data(language: str, prefix: str) -> Path | None:
    given = [Path(prefix), Path(prefix) / "tessdata"] if prefix else []
    for folder in (*given, *(Path(place) for place in _PLACES)):
        if (folder / f"{language}.traineddata").is_file():
            return folder
    return None


def _api(language: str) -> Any:
    apis: dict[str, Any] = _local.__dict__.setdefault("apis", {})
    if language not in apis:
        folder = data_path(language)
        os.environ.setdefault("OMP_THREAD_LIMIT", "1")
        try:
            import tesserocr  # noqa: PLC0415 - 34 MB that digital files need not load
        except ImportError as error:
            raise MissingProgram(detail="pip install tesserocr") from error
        api = tesserocr.PyTessBaseAPI(path=str(folder), lang=language, oem=tesserocr.OEM.LSTM_ONLY)
        api.SetVariable("debug_file", os.devnull)
        apis[language] = api
    return apis[language]


def _load(api: Any, picture: Gray, dpi: float) -> None:
    flat = np.ascontiguousarray(picture)
    height, width = flat.shape
    api.SetImageBytes(flat.tobytes(), width, height, 1, width)
    api.SetSourceResolution(int(min(max(dpi, 70), 1200)))


def read_words(picture: Gray, dpi: float, mode: int = AUTO, language: str = "vie") -> list[Word]:
    """The words of ``picture`` in Tesseract's order, NFC, confidence 0 to 1."""
    api = _api(language)
    api.SetVariable("tessedit_char_whitelist", "")
    api.SetPageSegMode(mode)
    _load(api, picture, dpi)
    api.Recognize()
    table = api.GetTSVText(0)
    api.Clear()
    return _parse_tsv(table)


def _parse_tsv(table: str) -> list[Word]:
    words: list[Word] = []
    line = -1
    for row in table.splitlines():
        parts = row.split("\t")
        if len(parts) < 12:
            continue
        if parts[0] == "4":
            line += 1
        text = unicodedata.normalize("NFC", parts[11].strip()).translate(_NEVER_WRITTEN)
        text = text.strip("_") or text
        if parts[0] != "5" or not text:
            continue
        left, top, width, height = (int(part) for part in parts[6:10])
        confidence = min(max(float(parts[10]) / 100.0, 0.0), 1.0)
        words.append(Word(text, left, top, left + width, top + height, confidence, line))
    return words


def read_digits(picture: Gray, dpi: float, mode: int = BLOCK) -> tuple[str, float]:
    """What stands there if only digits and separators may, and the confidence, 0 to 1."""
    api = _api("eng")
    api.SetVariable("tessedit_char_whitelist", "0123456789.,")
    api.SetPageSegMode(mode)
    _load(api, picture, dpi)
    text = " ".join(api.GetUTF8Text().split())
    confidence = api.MeanTextConf() / 100.0
    api.Clear()
    return text, min(max(confidence, 0.0), 1.0)


def read_line(picture: Gray, dpi: float, mode: int = LINE, language: str = "eng") -> str:
    """One line of text without any restriction on letters, NFC."""
    return " ".join(word.text for word in read_words(picture, dpi, mode, language))


def mean_confidence(words: list[Word]) -> float:
    """Weighted by letters; 0 where nothing was read."""
    letters = sum(len(word.text) for word in words)
    return sum(word.confidence * len(word.text) for word in words) / letters if letters else 0.0
