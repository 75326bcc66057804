"""Letters that came together in one file, each as a file and a report of its own."""

from __future__ import annotations

import datetime as dt
import json
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

from pipelines.sandbox import run_all
from schemas.document import Anchor
from schemas.errors import ReadError
from schemas.finding import RuleCode
from schemas.report import Report
from warehouse.archive import Archive
from warehouse.attempts import Unread
from warehouse.engine import Warehouse
from warehouse.load import Receipt, record_receipt


@dataclass(frozen=True, slots=True)
class SplitTask:
    """The letters of the file at ``path`` as files in ``folder``; answers with their paths."""

    path: Path
    name: str
    kind: str
    starts: tuple[Anchor, ...]
    folder: Path

    def run(self) -> bytes:
        from parsers.readers.split import split  # noqa: PLC0415

        made = split(self.path, self.kind, self.starts, self.folder, self.name)
        return json.dumps([str(path) for path in made]).encode()


def letters_of(
    report: Report, receipt: Receipt, path: Path, archive: Archive, warehouse: Warehouse
) -> list[Unread]:
    """The file's letters, archived and received as files that wait to be read; empty for one letter.

    The file itself stays a document: its first letter takes its place as a rendition of it does.
    """
    starts = tuple(
        where for f in report.findings if f.rule is RuleCode.SEVERAL_DOCUMENTS for where in f.where
    )
    if len(starts) < 2:
        return []
    with tempfile.TemporaryDirectory(prefix="tonghop-split-") as folder:
        kind = report.source.media_type
        task = SplitTask(path, report.source.name, kind, starts, Path(folder))
        ((_, result),) = run_all([task], 1)
        parts = [] if isinstance(result, ReadError) else [Path(p) for p in json.loads(result)]
        return [
            _received(part, number, receipt, archive, warehouse)
            for number, part in enumerate(parts, 1)
        ]


def _received(
    part: Path, number: int, whole: Receipt, archive: Archive, warehouse: Warehouse
) -> Unread:
    sha256, size = archive.put(part), part.stat().st_size
    receipt = replace(
        whole,
        source_key=f"{whole.source_key[:520]}#{number}|{sha256}"[:600],
        name=f"{whole.name}#{number}"[:400],
        received_at=whole.received_at + dt.timedelta(seconds=1),
    )
    warehouse.patiently(lambda c: record_receipt(c, sha256, size, None, receipt))
    return Unread(sha256, receipt, 0, 0)
