"""A whole letter typed into one paragraph, with line breaks for its paragraphs, taken apart."""

from __future__ import annotations

import re
from dataclasses import replace

from schemas.document import Paragraph

_FEW = 4
"""Lines: an address or a signature has as many."""

_HEADED = re.compile(r"\s*(?:[IVX]{1,5}|\d{1,2}(?:\.\d{1,2}){0,2}|[a-hđ])\s*[.)/]\s*\w")


def parted(paragraph: Paragraph) -> list[Paragraph]:
    """The paragraph; line by line where numbered lines stand further down in it.

    Each line keeps the place of its paragraph.
    """
    lines = [line.strip() for line in paragraph.text.split("\n") if line.strip()]
    if len(lines) < _FEW or not any(map(_HEADED.match, lines[1:])):
        return [paragraph]
    labels = (paragraph.label, *[""] * (len(lines) - 1))
    return [
        replace(paragraph, text=line, label=label, bold_lead=0)
        for line, label in zip(lines, labels, strict=True)
    ]
