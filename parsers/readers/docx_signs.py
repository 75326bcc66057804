"""Figures that Word shows otherwise than as plain letters: signs, formulas, pictures, raised or unseen ink."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from parsers.readers.docx_styles import Said
from parsers.readers.docx_xml import PARAGRAPH_LOOK, first
from parsers.readers.numbering import W
from schemas.text import SUPERSCRIPT

_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_PICTURES = (
    "{http://schemas.openxmlformats.org/drawingml/2006/main}blip",
    "{urn:schemas-microsoft-com:vml}imagedata",
    f"{W}object",
)
FORMULA_TEXT = f"{_MATH}t"
SIGN = f"{W}sym"
BETWEEN = {f"{_MATH}den": "/", f"{_MATH}sup": "^", f"{_MATH}sub": "_"}
"""What a line of text would put before a formula's part."""

_SIGN_FONTS = re.compile(r"wingdings|webdings|dingbats|marlett", re.IGNORECASE)
_SIGN_BASE = 0xF000
_FIGURES = frozenset("0123456789.,/-")
_NO_SHADE = (None, "", "auto", "FFFFFF", "ffffff")


def sign(node: Any) -> str:
    """The figure that a ``w:sym`` shows; other signs say nothing to a reader of words."""
    code = int(node.get(f"{W}char", "0"), 16)
    shown = chr(code - _SIGN_BASE if code >= _SIGN_BASE else code)
    dingbat = _SIGN_FONTS.search(node.get(f"{W}font", ""))
    return "" if dingbat or shown not in _FIGURES else shown


def is_pictured(nodes: Sequence[Any]) -> bool:
    """Whether a picture or another program's object shows below one of ``nodes``."""
    return any(next(node.iter(*_PICTURES), None) is not None for node in nodes)


def with_marks(runs: Sequence[Said]) -> Sequence[Said]:
    """``runs``, the figures of those that stand higher or lower than the rest as footnote marks."""
    inked = [run.look.shifted for run in runs if run.text.strip()]
    if not any(inked) or all(inked):
        return runs
    return [
        run._replace(text=run.text.translate(SUPERSCRIPT)) if run.look.shifted else run
        for run in runs
    ]


def unseen_figures(paragraph: Any, runs: Sequence[Said]) -> bool:
    """Whether figures of a ``w:p`` are white on white, or too small for anybody to see."""
    hidden = any(run.look.unseen and any(c.isdigit() for c in run.text) for run in runs)
    return hidden and not _shaded(paragraph)


def _shaded(paragraph: Any) -> bool:
    holders = (first(paragraph, PARAGRAPH_LOOK), first(paragraph.getparent(), f"{W}tcPr"))
    shades = (None if holder is None else first(holder, f"{W}shd") for holder in holders)
    return any(shade is not None and shade.get(f"{W}fill") not in _NO_SHADE for shade in shades)
