"""A folder of this machine as a source, a mounted share among them."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from pipelines.containers import wanted
from pipelines.sources.parcel import Parcel, Piece, StillWritten
from schemas.settings import SourceSettings
from schemas.text import shown_name
from warehouse.ledger import Item


class Folder:
    """Every wanted file below the folder; links are not followed out of it."""

    def __init__(self, settings: SourceSettings) -> None:
        self.name = settings.name
        self._root = Path(settings.url.removeprefix("file://"))
        self._moved = Path(settings.move_taken_to) if settings.move_taken_to else None

    def items(self) -> Iterator[Item]:
        """Files in a fixed order; FileNotFoundError where the folder is not there."""
        if self._root.is_file():
            yield self._item(self._root, self._root.stat())
            return
        yield from self._walk(self._root)

    def _walk(self, folder: Path) -> Iterator[Item]:
        with os.scandir(folder) as listing:
            entries = sorted(listing, key=lambda e: e.name)
        for entry in entries:
            path = Path(entry.path)
            if not wanted(Path(entry.name)):
                continue
            if entry.is_dir(follow_symlinks=False):
                if path != self._moved:
                    yield from self._walk(path)
            elif entry.is_file(follow_symlinks=False):
                yield self._item(path, entry.stat(follow_symlinks=False))

    def _item(self, path: Path, stat: os.stat_result) -> Item:
        return Item(
            self.name, str(path), shown_name(path.name), stat.st_size, str(stat.st_mtime_ns)
        )

    def look(self, item: Item) -> Item | None:
        """The file as it is now."""
        path = Path(item.uri)
        return self._item(path, path.stat()) if path.is_file() else None

    def fetch(self, item: Item, work: Path) -> Parcel:
        """A copy, whose original did not change while it was made."""
        target = work / item.name
        shutil.copyfile(item.uri, target)
        if self.look(item) != item or target.stat().st_size != item.size:
            raise StillWritten
        return Parcel((Piece(target, item.name),))

    def taken(self, item: Item) -> None:
        """Moves the file where the settings say; leaves it alone else."""
        path = Path(item.uri)
        if self._moved is None or not path.is_file():
            return
        inner = path.relative_to(self._root) if path != self._root else Path(path.name)
        target = self._moved / inner
        if target.exists():
            target = target.with_name(f"{target.stem}-{item.key[:8]}{target.suffix}")
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(path, target)

    def close(self) -> None:
        """Nothing is held open."""
