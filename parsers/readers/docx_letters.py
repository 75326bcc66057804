"""The letters of a Word file in Unicode, whatever code its fonts and lines are in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import groupby
from typing import Any

from parsers.legacy_encodings import (
    Code,
    common_guess,
    decode,
    guess,
    is_legacy_name,
    legacy_fonts,
    suspicious,
    to_unicode,
)
from parsers.readers.docx_styles import Said, Styles, StyleView, bold_runs, own_of
from parsers.readers.docx_xml import PARAGRAPH, PARAGRAPH_LOOK, RUN, RUN_LOOK, TEXT, first
from parsers.readers.numbering import W
from schemas.document import Doubt
from schemas.text import typed


class Letters:
    """Learns a body's codes once, then gives its runs in Unicode.

    ``legacy`` are the fonts that carry a code of their own; ``doubts`` grows by each conversion.
    """

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._guessed: dict[str | None, tuple[Code, bool]] = {}
        self.legacy: frozenset[str] = frozenset()
        self.doubts: list[Doubt] = []

    def learn(self, body: Any) -> None:
        """Finds the fonts, and the lines, whose letters are in a legacy code; cheap where none is."""
        named = {f.get(f"{W}ascii") for f in body.iter(f"{W}rFonts")} | self._styles.fonts()
        told = any(is_legacy_name(font) for font in named)
        if not told and not any(suspicious(t.text or "") for t in body.iter(TEXT)):
            return
        lines: dict[str | None, list[str]] = defaultdict(list)
        for node in body.iter(PARAGRAPH):
            font = self._styles.of(own_of(first(node, PARAGRAPH_LOOK))).font
            own: dict[str | None, str] = defaultdict(str)
            for run in node.iter(RUN):
                text = "".join(t.text or "" for t in run.iter(TEXT))
                own[self._styles.font(first(run, RUN_LOOK), font)] += text
            for name, text in own.items():
                lines[name].append(text)
        self.legacy = legacy_fonts((text, font) for font, said in lines.items() for text in said)
        for font, said in lines.items():
            code, whole = (None, False) if font in self.legacy else common_guess(said)
            if code is not None:
                self._guessed[font] = (code, whole)

    def written(self, runs: Sequence[Said], style: StyleView) -> str:
        """The runs' letters in Unicode, as they are printed: small ones as capitals where they are set so.

        What one word's runs share is converted together.
        """

        def capitals(run: Said) -> bool:
            return style.caps if run.look.caps is None else run.look.caps

        if not self.legacy and not self._guessed:
            texts = (run.text.upper() if capitals(run) else run.text for run in runs)
            # A soft hyphen is nothing to see, but for TCVN3, whose ư it is.
            return "".join(texts).replace("\u00ad", "")
        out = []
        font_of = self._styles.font
        looks = groupby(runs, lambda run: (font_of(run.properties, style.font), capitals(run)))
        for (font, upper), group in looks:
            text = "".join(run.text for run in group)
            converted, source = self._decoded(text, font)
            if source and converted != text:
                self.doubts.append(Doubt("legacy_encoding", source))
            out.append(converted.upper() if upper else converted)
        return "".join(out)

    def bold_lead(self, text: str, runs: Sequence[Said], style: StyleView) -> int:
        """How many characters of a paragraph's ``text`` stand in bold before the first that does not.

        Counted as they are kept: an old code may write one letter as two.
        """
        lead = self.written(runs[: bold_runs(runs, style.bold)], style)
        kept = typed(lead).strip(" \n")
        return len(kept) if text.startswith(kept) else 0

    def _decoded(self, text: str, font: str | None) -> tuple[str, str]:
        """The letters, and the font or code they were converted from, if any."""
        if font in self.legacy:
            return to_unicode(text, font), font or ""
        expected, whole = self._guessed.get(font, (None, False))
        code = expected if whole else guess(text, expected)
        if code is None:
            return text.replace("\u00ad", ""), ""
        return decode(text, code), code.value
