"""Files that hold files: archives and mails, opened behind the fence, member by member."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from parsers.read import MAX_BYTES, sha256_of
from parsers.sniff import may_hold_files
from parsers.unpack import unpack
from pipelines.confinement import Limits
from pipelines.sandbox import run_all
from schemas.error_records import as_record, from_record
from schemas.errors import EmptyArchive, FileTooLarge, ReadError
from schemas.text import shown_name
from warehouse.archive import Archive

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
_LIMITS = Limits(wall=120.0, cpu=60)


@dataclass(frozen=True, slots=True)
class Found:
    """One file at a source; ``error`` where it, or the container it is, could not be opened."""

    path: Path
    name: str
    source: str
    error: ReadError | None = None


@dataclass(frozen=True, slots=True)
class UnpackTask:
    """Everything in the container at ``path``, unpacked into ``folder``.

    Answers with a JSON list of ``path``, ``name`` and ``error`` (a record, or null); null where
    the file is no container after all.
    """

    path: Path
    name: str
    folder: Path

    def run(self) -> bytes:
        members = unpack(self.path, self.name, self.folder)
        if members is None:
            return b"null"
        return json.dumps(
            [
                {
                    "path": str(member.path),
                    "name": member.name,
                    "error": None if member.error is None else as_record(member.error),
                }
                for member in members
                if wanted(Path(member.name))
            ],
            ensure_ascii=False,
        ).encode()


def wanted(path: Path) -> bool:
    """Whether a file of this name can be a report: not hidden, not half written, not an office lock."""
    hidden = any(part.startswith((".", "~$", "@", "__MACOSX")) for part in path.parts)
    return not hidden and path.suffix.lower() not in _IGNORED_SUFFIXES


def opened(path: Path, name: str, source: str, work: Path) -> Iterator[Found]:
    """The file itself, or every file in the container it is; unpacked into ``work``."""
    name, source = shown_name(name), shown_name(source)
    size = path.stat().st_size
    if size > MAX_BYTES:
        yield Found(path, name, source, FileTooLarge(name=name, detail=f"{size} byte"))
        return
    if not may_hold_files(path):
        yield Found(path, name, source)
        return
    ((_, result),) = run_all([UnpackTask(path, name, work)], 1, _LIMITS)
    if isinstance(result, ReadError):
        yield Found(path, name, source, result)
        return
    members = json.loads(result)
    if members is None:
        yield Found(path, name, source)
    elif not members:
        yield Found(path, name, source, EmptyArchive(name=name))
    for member in members or ():
        error = None if member["error"] is None else from_record(member["error"])
        yield Found(
            Path(member["path"]),
            member["name"],
            source,
            error if isinstance(error, ReadError) else None,
        )


def keep(archive: Archive, found: Found) -> str:
    """Archives what was found; its SHA-256. Of a file too large only hash and size are kept."""
    if isinstance(found.error, FileTooLarge):
        return sha256_of(found.path)
    return archive.put(found.path)
