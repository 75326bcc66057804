"""Seals taken out of the picture: by their red where there is colour, else by their grey."""

from __future__ import annotations

import cv2
import numpy as np

from parsers.readers.ocr import Gray
from parsers.readers.scan_source import Picture

SEAL_SHARE = 0.0005
_FIRM = 0.8
_BLACK = 32
_SMALLEST, _LARGEST = 0.75, 2.6
"""A seal's side in inches; Thông tư 07/2010/TT-BCA has 30 to 42 mm, and two may touch."""


def without_red(picture: Picture) -> tuple[Gray, Gray | None]:
    """Grey, with red ink faded where there is any, and the mask of that ink.

    Inside the mask the red channel is stretched rather than whitened: black letters and rules
    under the seal stay, red does not.
    """
    if picture.ndim == 2:
        return picture, None
    gray = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
    hsv = cv2.cvtColor(picture, cv2.COLOR_BGR2HSV)
    hue, saturation, value = hsv[:, :, 0], hsv[:, :, 1], hsv[:, :, 2]
    red = ((hue <= 12) | (hue >= 160)) & (saturation >= 60) & (value >= 60)
    if np.count_nonzero(red) < SEAL_SHARE * red.size:
        return gray, None
    mask: Gray = red.astype(np.uint8) * 255
    mask = cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((2, 2), np.uint8))
    mask = cv2.dilate(mask, np.ones((7, 7), np.uint8))
    channel = picture[:, :, 2].astype(np.float32)
    stretched = np.clip((channel - 40.0) * (255.0 / 145.0), 0, 255).astype(np.uint8)
    return np.where(mask > 0, np.maximum(stretched, gray), gray), mask


def without_grey_seal(gray: Gray, dpi: float, contrast: float) -> tuple[Gray, Gray | None]:
    """Grey with large round blots of middle grey whitened, and their mask; None where none is.

    Letters and rules are darker than a seal's ink, so the dark stays; where the whole page is
    weak (``contrast`` low) nothing is whitened. What is under such a blot is never trusted.
    """
    core: Gray = cv2.dilate((gray < _BLACK).astype(np.uint8), np.ones((5, 5), np.uint8))
    middle: Gray = ((gray >= _BLACK + 8) & (gray < 215) & (core == 0)).astype(np.uint8)
    grain = np.ones((3, 3), np.uint8) if dpi > 170 else np.ones((2, 2), np.uint8)
    middle = cv2.morphologyEx(middle, cv2.MORPH_OPEN, grain)
    for side in ((1, int(0.35 * dpi)), (int(0.35 * dpi), 1)):
        ink = (gray < 215).astype(np.uint8)
        rules = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones(side, np.uint8))
        middle = np.where(cv2.dilate(rules, np.ones((3, 3), np.uint8)) > 0, 0, middle)
    reach = max(int(dpi * 0.06), 3)
    joined: Gray = cv2.morphologyEx(middle, cv2.MORPH_CLOSE, np.ones((reach, reach), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    mask = np.zeros_like(gray)
    for index in range(1, count):
        left, top, width, height, _ = (int(v) for v in stats[index])
        if not all(_SMALLEST * dpi <= side <= _LARGEST * dpi for side in (width, height)):
            continue
        if not 0.5 < width / height < 2.0:
            continue
        part = labels[top : top + height, left : left + width] == index
        blot = cv2.dilate((part * 255).astype(np.uint8), np.ones((9, 9), np.uint8))
        area = mask[top : top + height, left : left + width]
        np.maximum(area, blot, out=area)
    if not mask.any():
        return gray, None
    if contrast < _FIRM:
        return gray, mask
    dark = np.clip((gray.astype(np.float32) - 12.0) * (255.0 / (_BLACK + 8.0)), 0, 255).astype(
        np.uint8
    )
    return np.where(mask > 0, dark, gray), mask
