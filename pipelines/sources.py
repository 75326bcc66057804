"""Where files come from: files, folders, archives and any fsspec address."""

from __future__ import annotations

import hashlib
import shutil
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from parsers.read import check_members
from schemas.errors import ArchiveTooDeep, DamagedFile, ReadError, SourceError

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


def collect(inputs: Sequence[str], work: Path) -> Iterator[Found]:
    """Files behind ``inputs`` in a fixed order; archives are unpacked into ``work``.

    Raises SourceError for an address that does not exist or answer.
    """
    for one in inputs:
        if "://" in one:
            yield from _remote(one, work)
            continue
        path = Path(one)
        if not path.exists():
            raise SourceError(name=one)
        if path.is_dir():
            for file in sorted(
                p for p in path.rglob("*") if p.is_file() and _wanted(p.relative_to(path))
            ):
                yield from _opened(file, file.name, one, work, 0)
        else:
            yield from _opened(path, path.name, one, work, 0)


def _wanted(path: Path) -> bool:
    hidden = any(part.startswith((".", "~$", "@", "__MACOSX")) for part in path.parts)
    return not hidden and path.suffix.lower() not in _IGNORED_SUFFIXES


def _remote(address: str, work: Path) -> Iterator[Found]:
    import fsspec  # noqa: PLC0415

    try:
        system, root = fsspec.core.url_to_fs(address)
        names = sorted(system.find(root)) or [root]
        for name in names:
            if not _wanted(Path(PurePosixPath(name).name)):
                continue
            target = (
                work / hashlib.sha256(name.encode()).hexdigest()[:16] / PurePosixPath(name).name
            )
            target.parent.mkdir(parents=True, exist_ok=True)
            with system.open(name, "rb") as there, target.open("wb") as here:
                shutil.copyfileobj(there, here)
            yield from _opened(target, target.name, address, work, 0)
    except (OSError, ValueError, ImportError) as error:
        raise SourceError(name=address, detail=str(error)[:200]) from error


def _opened(path: Path, name: str, source: str, work: Path, depth: int) -> Iterator[Found]:
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
            if member.is_dir() or not _wanted(Path(inner)):
                continue
            target = work / f"{path.stem}-{depth}-{number}" / inner.name
            target.parent.mkdir(parents=True, exist_ok=True)
            with archive.open(member) as there, target.open("wb") as here:
                shutil.copyfileobj(there, here)
            yield from _opened(target, f"{name}/{inner.name}", source, work, depth + 1)
