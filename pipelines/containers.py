"""Files that hold files: opened member by member, within limits."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from parsers.sniff import check_members
from schemas.errors import ArchiveTooDeep, DamagedFile, ReadError

_IGNORED_SUFFIXES = {
    ".json",
    ".md",
    ".csv",
    ".txt",
    ".yaml",
    ".yml",
    ".db",
    ".part",
    ".tmp",
    ".crdownload",
}
MAX_DEPTH = 3


@dataclass(frozen=True, slots=True)
class Found:
    """One file at a source; ``error`` where an archive around it could not be opened."""

    path: Path
    name: str
    source: str
    error: ReadError | None = None


def wanted(path: Path) -> bool:
    """Whether a file of this name can be a report: not hidden, not half written, not an office lock."""
    hidden = any(part.startswith((".", "~$", "@", "__MACOSX")) for part in path.parts)
    return not hidden and path.suffix.lower() not in _IGNORED_SUFFIXES


def opened(path: Path, name: str, source: str, work: Path, depth: int = 0) -> Iterator[Found]:
    """The file itself, or every file in the container it is; unpacked into ``work``."""
    if not _is_plain_zip(path):
        yield Found(path, name, source)
        return
    try:
        if depth >= MAX_DEPTH:
            raise ArchiveTooDeep(name=name)
        yield from _members(path, name, source, work, depth)
    except ReadError as error:
        yield Found(path, name, source, error)
    except (zipfile.BadZipFile, OSError, RuntimeError, EOFError) as error:
        yield Found(path, name, source, DamagedFile(name=name, detail=type(error).__name__))


def _is_plain_zip(path: Path) -> bool:
    with path.open("rb") as stream:
        if stream.read(2) != b"PK":
            return False
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError):
        return False
    return "[Content_Types].xml" not in names and "mimetype" not in names


def _members(path: Path, name: str, source: str, work: Path, depth: int) -> Iterator[Found]:
    with zipfile.ZipFile(path) as archive:
        members = archive.infolist()
        check_members(name, members)
        for number, member in enumerate(members):
            inner = PurePosixPath(member.filename)
            if member.is_dir() or not wanted(Path(inner)):
                continue
            target = work / f"{path.stem}-{depth}-{number}" / inner.name
            target.parent.mkdir(parents=True, exist_ok=True)
            with archive.open(member) as there, target.open("wb") as here:
                shutil.copyfileobj(there, here)
            yield from opened(target, f"{name}/{inner.name}", source, work, depth + 1)
