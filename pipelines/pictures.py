"""Pictures of each archived document's pages, for whoever checks a figure by eye."""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from pipelines.confinement import Limits
from pipelines.sandbox import run_all
from schemas.errors import MissingProgram, ReadError
from warehouse.archive import Archive

PAGES = "pages.json"
LIMITS = Limits(wall=240.0, cpu=180)


@dataclass(frozen=True, slots=True)
class PictureTask:
    """The pages of the file at ``path`` as pictures in ``folder``; answers with ``pages.json``."""

    sha256: str
    path: Path
    name: str
    folder: Path

    def run(self) -> bytes:
        from parsers.readers.page_pictures import draw_any, places_json  # noqa: PLC0415
        from parsers.sniff import sniff  # noqa: PLC0415

        pages, places = draw_any(self.path, sniff(self.path), self.folder, self.name)
        made = {
            "pages": [asdict(page) for page in pages],
            "pixels": _signature(self.folder),
            **places_json(places),
        }
        return json.dumps(made, ensure_ascii=False).encode()


def _signature(folder: Path) -> str:
    """Another one whenever any picture is: browsers may then keep pictures for good."""
    made = hashlib.sha256()
    for picture in sorted(folder.iterdir()):
        made.update(picture.read_bytes())
    return made.hexdigest()


def draw_pictures(
    archive: Archive, documents: Sequence[tuple[str, str]], workers: int
) -> Iterator[tuple[str, str, ReadError | None]]:
    """Draws each ``(sha256, name)``; yields the same with what prevented it, as each is done.

    Leaves the stages ``page-NNNN-110`` and ``-220`` (JPEG or PNG) and, last, ``pages.json``. Where
    a file cannot be drawn, ``pages.json`` has no pages and says why.
    """
    with tempfile.TemporaryDirectory(prefix="tonghop-pages-") as root:
        tasks = (_task(archive, sha256, name, Path(root)) for sha256, name in documents)
        for task, result in run_all(tasks, workers, LIMITS):
            error = result if isinstance(result, ReadError) else None
            if isinstance(result, bytes):
                for picture in sorted(task.folder.iterdir()):
                    archive.put_stage(task.sha256, picture.name, picture)
                    picture.unlink()
            # A missing program may be installed tomorrow: such a file is drawn then.
            if not isinstance(error, MissingProgram):
                said = result if isinstance(result, bytes) else _none(result)
                archive.put_stage(task.sha256, PAGES, said)
            archive.release(task.sha256)
            yield task.sha256, task.name, error


def _task(archive: Archive, sha256: str, name: str, root: Path) -> PictureTask:
    folder = root / sha256
    folder.mkdir(exist_ok=True)
    return PictureTask(sha256, archive.fetch(sha256), name, folder)


def _none(error: ReadError) -> bytes:
    said = {"code": error.code, "message": error.message}
    return json.dumps(
        {"pages": [], "cells": [], "paragraphs": [], "error": said}, ensure_ascii=False
    ).encode()


def without_pictures(
    archive: Archive, documents: Sequence[tuple[str, str]]
) -> list[tuple[str, str]]:
    """Of the documents, those that are archived and were never drawn."""
    return [
        (sha256, name)
        for sha256, name in documents
        if archive.has(sha256) and not archive.has(sha256, PAGES)
    ]
