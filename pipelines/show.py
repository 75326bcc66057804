"""What was read in one file, drawn over its pages."""

from __future__ import annotations

import json
import tempfile
from dataclasses import dataclass
from pathlib import Path

from schemas.errors import ReadError


@dataclass(frozen=True, slots=True)
class ShowTask:
    """Pages of the file at ``path``, marked, as PNG in ``folder``; ``page`` counts from 1.

    Answers with a JSON object: ``pages`` (how many the file has), ``status``, ``observations``,
    ``flagged``, ``drawn`` (file names).
    """

    path: Path
    name: str
    province: str
    campaign: str | None
    page: int | None
    folder: Path

    def run(self) -> bytes:
        from parsers.read import read  # noqa: PLC0415
        from parsers.readers.page_image import draw_marks  # noqa: PLC0415
        from parsers.readers.page_pictures import draw_any  # noqa: PLC0415
        from parsers.seen import marks  # noqa: PLC0415
        from pipelines.understand import failed, understand_document  # noqa: PLC0415

        document = read(self.path, name=self.name)
        try:
            report = understand_document(document, self.province, self.campaign)
        except ReadError as error:
            report = failed(self.path, self.name, error)
        drawn = []
        with tempfile.TemporaryDirectory() as work:
            kind = document.source.media_type
            pages, places = draw_any(self.path, kind, Path(work), self.name)
            layout = {p.anchor: (p.page, p.box) for p in places}
            frames = {p.anchor: (p.page, p.frame) for p in places if p.frame is not None}
            found = marks(document, report, layout, frames)
            turned = {page.number: page.turned for page in document.pages}
            for page in pages:
                if self.page in (None, page.number):
                    out = self.folder / f"{self.name}.page-{page.number}.png"
                    here = [m for m in found if m.page == page.number]
                    title = f"{self.name}, trang {page.number}/{len(pages)}"
                    picture, quarters = Path(work) / page.large, turned.get(page.number, 0)
                    draw_marks(picture, page.width, here, title, out, quarters)
                    drawn.append(out.name)
        said = {
            "pages": len(pages),
            "status": report.status.value,
            "message": report.error.message if report.error else "",
            "observations": len(report.observations),
            "flagged": sum(o.needs_review for o in report.observations),
            "drawn": drawn,
        }
        return json.dumps(said, ensure_ascii=False).encode()
