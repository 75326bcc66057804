"""One number, read several ways from the same pixels: what they agree on, and what they do not."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

import cv2
import numpy as np

from parsers.readers.ocr import LINE, Gray, read_digits, read_line
from parsers.readers.scan_seal import darkest
from schemas.text import fold

_SCALES = (1.0, 1.5, 2.0)
_FINE_SCALES = (1.0, 0.67, 1.5)
_FINE_DPI = 250.0
LOOKALIKES = str.maketrans("oOQDlIi|]![tTSsBZzóÓ§", "000011111111155822668")
"""Letters that a figure is taken for."""

_COUNTED = re.compile(r"\d[\d., ]*\s*[^\W\d_]{2,}(?:\s[^\W\d_]+)?\W*")
_WITH_FIGURES = re.compile(r"\S*\d\S*")
_COUNTERS = re.compile(
    r"lop|tin|to|bai|cuoc|nguoi|quyen|cuon|don|huyen|truong|buoi|luot|hoc|tap|ca|chiec|cai|an|xa|giai|"
    r"hoi|doi|em|suat"
)
"""First words of what cells count."""
_BLOT, _UNEASY = 200, 0.5
_FAR, _LOW = 0.8, 0.45
"""Of a figure's height: how far from all figures, and how much lower, a blot is none of the number."""
_JUNK = " |_'`‘’“”\"~^*:;°«»"
_TIDY_DPI = 230.0


@dataclass(frozen=True, slots=True)
class Number:
    """``text`` is the winning string; ``readings`` every string seen, best first, no repeats.

    ``value`` is None where no reading has digits. ``agreed`` means that two or more
    digit-only readings and one unrestricted reading give the same integer, that no reading gives
    another, and that the strokes are as many as the digits.
    """

    text: str
    value: int | None
    readings: tuple[str, ...]
    agreed: bool
    unanimous: bool


def integer(text: str) -> int | None:
    """The integer that digits and thousands separators spell, else None."""
    bare = text.strip(_JUNK).rstrip(".,")
    if re.fullmatch(r"\d{1,3}([., ]\d{3})+", bare) or re.fullmatch(r"\d{1,12}", bare):
        return int(re.sub(r"\D", "", bare))
    return None


def looks_numeric(text: str) -> bool:
    """Whether a free reading is a number, or a number with letters that resemble digits."""
    bare = text.strip(_JUNK)
    if not any(ch.isdigit() for ch in bare):
        return False
    mended = bare.translate(LOOKALIKES)
    digits = sum(ch.isdigit() for ch in mended)
    return digits >= 0.6 * len(mended.replace(" ", "")) and not re.search(r"[^\W\d_]{2}", mended)


def counts_something(text: str) -> bool:
    """Whether a number and what it counts are written: "2 220 người", also as "92ó người"."""
    mended = _WITH_FIGURES.sub(lambda word: word[0].translate(LOOKALIKES), text.strip(_JUNK))
    return bool(_COUNTED.fullmatch(mended))


def with_counter(text: str) -> bool:
    """Whether a number stands there with the word that it counts: "2 lớp", "155 tờ"."""
    found = re.match(r"\W*\d[\d., ]*([^\W\d_]+)", text)
    return found is not None and _COUNTERS.fullmatch(fold(found[1])) is not None


def without_blots(crop: Gray) -> Gray:
    """``crop`` without what is low and lies far from every figure: specks that a vote takes for signs."""
    ink = (crop < _BLOT).astype(np.uint8)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    if count < 3:
        return crop
    left, right = stats[1:, 0], stats[1:, 0] + stats[1:, 2]
    tallest = stats[1:, cv2.CC_STAT_HEIGHT].max()
    low = stats[1:, cv2.CC_STAT_HEIGHT] < _LOW * tallest
    apart = np.maximum(left[:, None] - right[None, ~low], left[None, ~low] - right[:, None])
    blots = np.flatnonzero(low & (apart.min(axis=1) > _FAR * tallest)) + 1
    if not blots.size:
        return crop
    gone = cv2.dilate(np.isin(labels, blots).astype(np.uint8), np.ones((5, 5), np.uint8))
    return np.where(gone > 0, np.uint8(255), crop)


def read_number(crop: Gray, dpi: float, free: str) -> Number:
    """Reads ``crop`` (one number on white) as digits at several scales.

    ``free`` is what an unrestricted model already read there; "" if none did.
    """
    votes: list[str] = []
    values: list[int | None] = []
    trusts: list[float] = []
    for scale in _FINE_SCALES if dpi >= _FINE_DPI else _SCALES:
        text, trust = read_digits(_scaled(crop, scale), dpi * scale)
        votes.append(text)
        values.append(integer(text))
        trusts.append(trust)
        if len(votes) == 2 and values[0] is not None and values[0] == values[1] == integer(free):
            break
    counted = Counter(value for value in values if value is not None)
    if not counted:
        meant = as_figures(crop, free)
        return Number(meant, integer(meant), _unique([meant, free, *votes]), False, False)
    value = _elected(values, trusts, integer(free))
    times = counted[value]
    better = _fitting(crop, [*votes, free], value)
    if better is not None:
        return Number(better, integer(better), _unique([better, *votes, free]), False, False)
    spelled = Counter(t for t, v in zip(votes, values, strict=True) if v == value).most_common()
    text = next((one for one, _ in spelled if strokes_fit(crop, one)), spelled[0][0])
    frees = [free]
    if integer(free) != value:
        frees.append(read_line(_tidy(crop, dpi), max(dpi, _TIDY_DPI), LINE, "eng"))
    seen = [integer(one.translate(LOOKALIKES)) for one in frees]
    if times < len(values) or len(counted) > 1:
        cleared = _without_seal(crop, dpi, _unique([text, *votes, free]))
        if cleared is not None:
            return cleared
    agreed = times > 1 and len(counted) == 1 and value in seen and _plausible(seen, value, frees)
    agreed = agreed and strokes_fit(crop, text)
    unanimous = agreed and times == len(values) and seen[0] == value
    # "1ó" for 16 is the same figure, in letters: no other reading.
    letters = [one for one in frees if integer(one.translate(LOOKALIKES)) != value]
    readings = _unique([text, *votes, *letters])
    return Number(text, value, readings, agreed, unanimous)


def clear_figures(crop: Gray, read: Number, confidence: float) -> bool:
    """Whether the ink is a number though it was seen as a word, and with no ease ("lãi" for 11).

    All digit readings give one number, as long as the ink.
    """
    values = [v for v in map(integer, read.readings) if v is not None]
    return read.agreed or (
        confidence < _UNEASY and values == [read.value] and strokes_fit(crop, read.text)
    )


def _elected(values: list[int | None], trusts: list[float], free: int | None) -> int:
    """The value that has most readings, ``free`` among them; of equals what was read with more ease.

    A reading at another size that lost a digit is sure of nothing.
    """
    ease: dict[int, list[float]] = {}
    for value, trust in zip(values, trusts, strict=True):
        if value is not None:
            ease.setdefault(value, []).append(trust)
    return max(ease, key=lambda value: (len(ease[value]) + (value == free), sum(ease[value])))


def _fitting(crop: Gray, texts: list[str], value: int) -> str | None:
    """The reading with another value that the ink can be, where it cannot be ``value``."""
    spelled = [text for text in texts if integer(text) == value]
    if any(strokes_fit(crop, text) for text in spelled):
        return None
    return next((t for t in texts if integer(t) is not None and strokes_fit(crop, t)), None)


def as_figures(crop: Gray, free: str) -> str:
    """``free`` in the figures its letters look like, where the ink can be as many: "l" for a lone 1."""
    mended = free.strip(_JUNK).translate(LOOKALIKES)
    return mended if integer(mended) is not None and strokes_fit(crop, mended) else free


def _without_seal(crop: Gray, dpi: float, others: tuple[str, ...]) -> Number | None:
    """What the blackest ink alone says, where all its readings are one: never agreed, so flagged."""
    dark = darkest(crop)
    if dark is None:
        return None
    seen = [read_digits(_scaled(dark, scale), dpi * scale)[0] for scale in _SCALES]
    values = {integer(text) for text in seen}
    if len(values) != 1 or None in values or not strokes_fit(dark, seen[0]):
        return None
    return Number(seen[0], integer(seen[0]), _unique([seen[0], *others]), False, False)


def _plausible(seen: list[int | None], value: int, frees: list[str]) -> bool:
    """No unrestricted reading that is wholly digits names another number."""
    others = [v for v in seen if v is not None and v != value]
    return not others or not any(
        re.fullmatch(r"[\d., ]{2,}", one.strip(_JUNK)) for one in frees if integer(one) in others
    )


def _unique(texts: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text.strip(_JUNK) for text in texts if text.strip(_JUNK)))


def _scaled(crop: Gray, scale: float) -> Gray:
    if scale == 1.0:
        return crop
    return cv2.resize(crop, None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC)


def _tidy(crop: Gray, dpi: float) -> Gray:
    """Another picture of the same ink: enlarged, smoothed, black and white by Otsu's level."""
    scale = max(_TIDY_DPI / dpi, 1.3)
    large = cv2.GaussianBlur(_scaled(crop, scale), (3, 3), 0)
    _, binary = cv2.threshold(large, 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
    return cv2.copyMakeBorder(binary, 6, 6, 10, 10, cv2.BORDER_CONSTANT, value=255)


def strokes_fit(crop: Gray, text: str) -> bool:
    """Whether the ink can be as many digits as were read.

    Counts upright blobs about as tall as the tallest; a blob is as many digits as its width
    allows. Catches a digit that every reading dropped or invented.
    """
    digits = sum(ch.isdigit() for ch in text)
    darkest = float(np.percentile(crop, 2))
    level = max(darkest + 0.7 * (255.0 - darkest), 128.0)  # the thin top of a 0 is ink too
    ink = (crop < level).astype(np.uint8)
    count, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    boxes = stats[1:count]
    if not len(boxes) or not digits:
        return False
    tallest = int(boxes[:, cv2.CC_STAT_HEIGHT].max())
    tall = boxes[boxes[:, cv2.CC_STAT_HEIGHT] >= 0.6 * tallest]
    spans = _merged([(int(b[0]), int(b[0] + b[2])) for b in tall])
    least = sum(max(1, round((right - left) / (0.95 * tallest))) for left, right in spans)
    most = sum(max(1, round((right - left) / (0.42 * tallest))) for left, right in spans)
    return least <= digits <= most


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans that lie over each other count once: a broken digit is still one."""
    out: list[tuple[int, int]] = []
    for left, right in sorted(spans):
        if out and left < out[-1][1] - 1:
            out[-1] = (out[-1][0], max(out[-1][1], right))
        else:
            out.append((left, right))
    return out
