"""What Word's styles say of a paragraph, inheritance resolved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from parsers.readers.docx_xml import VALUE
from parsers.readers.numbering import W
from schemas.document import Alignment

_ALIGNMENTS = {
    "center": Alignment.CENTER,
    "right": Alignment.RIGHT,
    "end": Alignment.RIGHT,
    "both": Alignment.JUSTIFY,
    "distribute": Alignment.JUSTIFY,
}
"""``w:jc`` values; any other is left."""


_OFF = frozenset(["0", "false", "off"])
_VERTICAL, _THEME = f"{W}vertAlign", f"{W}themeColor"
_STYLE, _NUMBERED, _ALIGNED = f"{W}pStyle", f"{W}numPr", f"{W}jc"


@dataclass(frozen=True, slots=True)
class StyleView:
    name: str | None = None
    level: int | None = None
    bold: bool = False
    italic: bool = False
    align: str | None = None
    numbering: tuple[str, int] | None = None
    font: str | None = None
    caps: bool = False


def toggled(properties: Any | None, tag: str, default: bool) -> bool:
    """A toggle such as ``w:b`` of run properties, else ``default``."""
    node = None if properties is None else properties.find(f"{W}{tag}")
    return default if node is None else node.get(f"{W}val", "1") not in _OFF


class Look(NamedTuple):
    """How a run's own properties set it; None where they leave it to its style."""

    bold: bool | None = None
    italic: bool | None = None
    struck: bool = False
    hidden: bool = False
    raised: bool = False
    shifted: bool = False
    unseen: bool = False
    caps: bool | None = None
    """Whether small letters are printed as capitals, of either size."""


class Said(NamedTuple):
    """What one run says, how it looks, and its properties."""

    text: str
    look: Look
    properties: Any | None


_PLAIN = Look()
_TOGGLES = {
    f"{W}b": 0,
    f"{W}i": 1,
    f"{W}strike": 2,
    f"{W}dstrike": 2,
    f"{W}vanish": 3,
    f"{W}caps": 5,
    f"{W}smallCaps": 5,
}
_COLOUR, _SIZE, _POSITION = f"{W}color", f"{W}sz", f"{W}position"
_SHADES = (f"{W}shd", f"{W}highlight")
_INK = frozenset([_COLOUR, _SIZE, _POSITION, *_SHADES])
_WHITE, _TINY = frozenset(["ffffff", "background1"]), 4
"""Colours of the paper, and the half points up to which letters cannot be read."""


def look_of(properties: Any | None) -> Look:
    """What a run's properties say of its look, in one pass over them.

    Struck out is what somebody struck by hand, which no change mark says; ``shifted`` is what stands
    higher or lower than its line; ``unseen`` is white without a shade behind it, or too small.
    """
    if properties is None:
        return _PLAIN
    said: list[bool | None] = [None] * 6
    told: dict[str, str] = {}
    for node in properties:
        tag = node.tag
        if tag in _TOGGLES:
            at = _TOGGLES[tag]
            said[at] = said[at] or node.get(VALUE, "1") not in _OFF
        elif tag == _VERTICAL:
            said[4] = node.get(VALUE) in {"superscript", "subscript"}
        elif tag in _INK:
            told[tag] = (node.get(_THEME) or node.get(VALUE) or "").casefold()
    bold, italic, struck, hidden, raised, caps = said
    marks = _shifted(told), _unseen(told)
    return Look(bold, italic, bool(struck), bool(hidden), bool(raised), *marks, caps)


def _shifted(told: dict[str, str]) -> bool:
    return told.get(_POSITION, "0") not in {"0", ""}


def _unseen(told: dict[str, str]) -> bool:
    size = told.get(_SIZE, "")
    if size.isdecimal() and int(size) <= _TINY:
        return True
    return told.get(_COLOUR) in _WHITE and not any(shade in told for shade in _SHADES)


def throughout(told: Sequence[bool | None], style: bool) -> bool:
    """Whether every one of a paragraph's runs is so, by its own word or by its style."""
    return bool(told) and all(style if one is None else one for one in told)


def bold_runs(runs: Sequence[Said], style: bool) -> int:
    """How many of a paragraph's ``runs`` are bold before the first that is not; 0 where all are."""

    def plain(run: Said) -> bool:
        bold = style if run.look.bold is None else run.look.bold
        return not bold and bool(run.text.strip())

    return next((number for number, run in enumerate(runs) if plain(run)), 0)


class Own(NamedTuple):
    """The nodes by which a paragraph sets itself: its style, its number and its alignment."""

    style: Any | None = None
    numbering: Any | None = None
    alignment: Any | None = None


_NOTHING = Own()


def own_of(properties: Any | None) -> Own:
    """What a paragraph's properties say, in one pass over them."""
    if properties is None:
        return _NOTHING
    style = numbering = aligned = None
    for node in properties:
        tag = node.tag
        if tag == _STYLE:
            style = node if style is None else style
        elif tag == _NUMBERED:
            numbering = node if numbering is None else numbering
        elif tag == _ALIGNED:
            aligned = node if aligned is None else aligned
    return Own(style, numbering, aligned)


def alignment(own: Own, style: StyleView) -> Alignment:
    """A paragraph's alignment: its own, else its style's."""
    said = style.align if own.alignment is None else own.alignment.get(VALUE)
    return _ALIGNMENTS.get(said or "", Alignment.LEFT)


class Styles:
    """Paragraph styles by id, each resolved once."""

    def __init__(self, root: Any | None) -> None:
        self._nodes: dict[str, Any] = {}
        self._default = ""
        self._views: dict[str, StyleView] = {}
        plain = (
            None if root is None else root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}rFonts")
        )
        self._plain_font: str | None = None if plain is None else plain.get(f"{W}ascii")
        for node in () if root is None else root.findall(f"{W}style"):
            key = node.get(f"{W}styleId", "")
            self._nodes[key] = node
            if node.get(f"{W}type") == "paragraph" and node.get(f"{W}default") == "1":
                self._default = key

    def of(self, own: Own) -> StyleView:
        """The resolved style of a paragraph that sets itself so."""
        return self._view(self._default if own.style is None else own.style.get(VALUE, ""))

    def font(self, properties: Any | None, paragraph_font: str | None = None) -> str | None:
        """The font of a run: its own, its character style's, its paragraph's, the default one."""
        fonts = None if properties is None else properties.find(f"{W}rFonts")
        if fonts is not None:
            named = fonts.get(f"{W}ascii") or fonts.get(f"{W}hAnsi")
            if named:
                return str(named)
        style = None if properties is None else properties.find(f"{W}rStyle")
        if style is not None and (through := self._view(style.get(f"{W}val", "")).font):
            return through
        return paragraph_font or self._view(self._default).font or self._plain_font

    def fonts(self) -> set[str]:
        """Every font that a style or the document's defaults name."""
        ascii_font = f"{W}ascii"
        named = (
            fonts.get(ascii_font)
            for node in self._nodes.values()
            for fonts in node.iter(f"{W}rFonts")
        )
        return {font for font in (self._plain_font, *named) if font}

    def _view(self, key: str, depth: int = 0) -> StyleView:
        if key in self._views:
            return self._views[key]
        node = self._nodes.get(key)
        if node is None or depth > 20:
            return StyleView()
        based = node.find(f"{W}basedOn")
        base = StyleView() if based is None else self._view(based.get(f"{W}val", ""), depth + 1)
        self._views[key] = view = _resolve(node, base)
        return view


def _resolve(node: Any, base: StyleView) -> StyleView:
    name = node.find(f"{W}name")
    run, paragraph = node.find(f"{W}rPr"), node.find(f"{W}pPr")
    fonts = None if run is None else run.find(f"{W}rFonts")
    level, align, numbering = base.level, base.align, base.numbering
    if paragraph is not None:
        outline, jc, num = (paragraph.find(f"{W}{t}") for t in ("outlineLvl", "jc", "numPr"))
        level = level if outline is None else int(outline.get(f"{W}val", 9)) + 1
        align = align if jc is None else jc.get(f"{W}val")
        if num is not None and (num_id := num.find(f"{W}numId")) is not None:
            depth = num.find(f"{W}ilvl")
            numbering = (
                num_id.get(f"{W}val"),
                0 if depth is None else int(depth.get(f"{W}val", 0)),
            )
    return StyleView(
        name=None if name is None else name.get(f"{W}val"),
        level=None if level is not None and level > 9 else level,
        bold=toggled(run, "b", base.bold),
        italic=toggled(run, "i", base.italic),
        align=align,
        numbering=numbering,
        caps=toggled(run, "caps", toggled(run, "smallCaps", base.caps)),
        font=base.font if fonts is None else fonts.get(f"{W}ascii") or base.font,
    )
