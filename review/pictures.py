"""Pages as pictures, set upright, and where on them an anchor stands, also of files without pages.

Pictures and places are kept as the file has its pages. Here both are turned as the reading turned
the page, so that everything the desk draws stands on the upright page.
"""

from __future__ import annotations

import hashlib
import json
from collections import OrderedDict
from dataclasses import dataclass, field, replace
from typing import Any

from schemas.document import Anchor, Box
from schemas.page_picture import PagePicture
from schemas.turning import turned_box, turned_size
from warehouse.archive import Archive

_KEPT = 64
"""Documents whose page lists are held in memory; about 20 KB each."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A box on a page, in points from its top left corner; not ``sure`` where it may be another's."""

    page: int
    box: Box
    sure: bool = True

    @property
    def width(self) -> float:
        return self.box[2] - self.box[0]

    @property
    def height(self) -> float:
        return self.box[3] - self.box[1]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page after ``turned`` quarter turns counter-clockwise; its size in points is after them."""

    picture: PagePicture
    turned: int = 0

    @property
    def number(self) -> int:
        return self.picture.number

    @property
    def width(self) -> float:
        return turned_size(self.picture.width, self.picture.height, self.turned)[0]

    @property
    def height(self) -> float:
        return turned_size(self.picture.width, self.picture.height, self.turned)[1]

    @property
    def transform(self) -> str:
        """What SVG does to the picture, drawn at its own size, to set it upright."""
        width, height = self.picture.width, self.picture.height
        return {
            1: f"matrix(0 -1 1 0 0 {width})",
            2: f"matrix(-1 0 0 -1 {width} {height})",
            3: f"matrix(0 1 -1 0 {height} 0)",
        }.get(self.turned, "")

    def upright(self, box: Box) -> Box:
        """A place on the page as the file has it, on the page as it is shown."""
        return turned_box(box, self.picture.width, self.picture.height, self.turned)

    def as_filed(self, box: Box) -> Box:
        """A place on the page as it is shown, on the page as the file has it."""
        return turned_box(box, self.width, self.height, -self.turned)


@dataclass(frozen=True, slots=True)
class Pictures:
    """The pages of one document; none where they have not been drawn. ``version`` is another one
    whenever they were drawn anew."""

    sheets: tuple[Sheet, ...] = ()
    cells: dict[tuple[int, int, int], Spot] = field(default_factory=dict)
    paragraphs: dict[int, Spot] = field(default_factory=dict)
    version: str = ""

    def sheet(self, number: int) -> Sheet | None:
        """The page of that number."""
        return next((s for s in self.sheets if s.number == number), None)

    def spot(self, where: Anchor) -> Spot | None:
        """Where an anchor stands; None where it has no place on a picture."""
        if where.page is not None and where.box is not None:
            sheet = self.sheet(where.page)
            return Spot(where.page, sheet.upright(where.box) if sheet else where.box)
        if where.table is not None and where.row is not None and where.column is not None:
            return self.cells.get((where.table, where.row, where.column))
        return self.paragraphs.get(where.paragraph) if where.paragraph is not None else None

    def as_filed(self, drawn: Anchor) -> Anchor:
        """A box drawn on the page as it is shown, as it is stored."""
        sheet = self.sheet(drawn.page) if drawn.page is not None else None
        if sheet is None or drawn.box is None:
            return drawn
        return replace(drawn, box=sheet.as_filed(drawn.box))

    def turned(self, turns: tuple[tuple[int, int], ...]) -> Pictures:
        """The same with the pages set upright that ``turns`` names: page, quarter turns."""
        if not turns:
            return self
        wanted = dict(turns)
        return replace(
            self,
            sheets=tuple(Sheet(s.picture, wanted.get(s.number, 0) % 4) for s in self.sheets),
        )


class PictureBook:
    """Page lists of an archive, the last ones used kept in memory."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._kept: OrderedDict[str, Pictures] = OrderedDict()

    def of(self, sha256: str) -> Pictures:
        """The pictures of one document as the file has its pages; empty while they are not drawn,
        and looked for again."""
        found = self._kept.get(sha256) or self._read(sha256)
        if found.sheets:
            self._kept[sha256] = found
            self._kept.move_to_end(sha256)
        while len(self._kept) > _KEPT:
            self._kept.popitem(last=False)
        return found

    def _read(self, sha256: str) -> Pictures:
        try:
            with self._archive.open(sha256, "pages.json") as stream:
                text = stream.read()
            data = json.loads(text)
        except (OSError, ValueError):
            return Pictures()
        names = PagePicture.__dataclass_fields__
        return Pictures(
            tuple(
                Sheet(PagePicture(**{k: v for k, v in p.items() if k in names}))
                for p in data["pages"]
            ),
            {(c["table"], c["row"], c["column"]): _spot(c) for c in data.get("cells", ())},
            {p["paragraph"]: _spot(p) for p in data.get("paragraphs", ())},
            hashlib.sha256(text).hexdigest()[:12],
        )


def _spot(place: dict[str, Any]) -> Spot:
    return Spot(place["page"], tuple(place["box"]), place.get("exact", True))
