"""Pages as pictures, and where on them an anchor stands, also of files that have no pages."""

from __future__ import annotations

import json
from collections import OrderedDict
from dataclasses import dataclass, field

from schemas.document import Anchor, Box
from schemas.page_picture import PagePicture
from warehouse.archive import Archive

_KEPT = 64
"""Documents whose page lists are held in memory; about 20 KB each."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A box on a page, in points from its top left corner."""

    page: int
    box: Box

    @property
    def width(self) -> float:
        return self.box[2] - self.box[0]

    @property
    def height(self) -> float:
        return self.box[3] - self.box[1]


@dataclass(frozen=True, slots=True)
class Pictures:
    """The pages of one document; none where they have not been drawn."""

    sheets: tuple[PagePicture, ...] = ()
    cells: dict[tuple[int, int, int], Spot] = field(default_factory=dict)
    paragraphs: dict[int, Spot] = field(default_factory=dict)

    def spot(self, where: Anchor) -> Spot | None:
        """Where an anchor stands; None where it has no place on a picture."""
        if where.page is not None and where.box is not None:
            return Spot(where.page, where.box)
        if where.table is not None and where.row is not None and where.column is not None:
            return self.cells.get((where.table, where.row, where.column))
        return self.paragraphs.get(where.paragraph) if where.paragraph is not None else None


class PictureBook:
    """Page lists of an archive, the last ones used kept in memory."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._kept: OrderedDict[str, Pictures] = OrderedDict()

    def of(self, sha256: str) -> Pictures:
        """The pictures of one document; empty while they are not drawn, and looked for again."""
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
                data = json.load(stream)
        except (OSError, ValueError):
            return Pictures()
        names = PagePicture.__dataclass_fields__
        return Pictures(
            tuple(PagePicture(**{k: v for k, v in p.items() if k in names}) for p in data["pages"]),
            {
                (c["table"], c["row"], c["column"]): Spot(c["page"], tuple(c["box"]))
                for c in data.get("cells", ())
            },
            {p["paragraph"]: Spot(p["page"], tuple(p["box"])) for p in data.get("paragraphs", ())},
        )
