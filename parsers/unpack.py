"""Containers opened: ZIP archives and mails (EML, MSG), nested to a depth, within limits."""

from __future__ import annotations

import itertools
import shutil
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from parsers.mail import eml_attachments, msg_attachments
from parsers.sniff import (
    CONTAINERS,
    EML,
    MAX_INFLATED,
    MAX_MEMBERS,
    ZIP,
    ZIP_ERRORS,
    check_members,
    is_photo,
    refuse_locked,
    sniff,
)
from schemas.errors import ArchiveTooDeep, DamagedFile, ReadError, UnsupportedFormat, ZipBomb

MAX_DEPTH = 3
_UTF8_NAMES = 0x800


@dataclass(frozen=True, slots=True)
class Member:
    """One file out of a container; ``name`` begins with the container's; ``error``: not opened."""

    path: Path
    name: str
    error: ReadError | None = None


@dataclass(slots=True)
class _Budget:
    """What all members of one container together may take, however they are nested."""

    name: str
    folder: Path
    left: int = MAX_INFLATED
    numbers: Iterator[int] = field(default_factory=itertools.count)

    def place(self, name: str, size: int) -> Path:
        """Where the next member is written. Raises ZipBomb where it would be too much."""
        number = next(self.numbers)
        self.left -= size
        if self.left < 0 or number >= MAX_MEMBERS:
            raise ZipBomb(name=self.name, detail=f"{number} tệp")
        target = self.folder / f"{number:04d}" / _safe(name)
        target.parent.mkdir(parents=True)
        return target


def unpack(path: Path, name: str, folder: Path) -> list[Member] | None:
    """All files in the container at ``path``, written into ``folder``; None if it is no container.

    Raises a ReadError where the container as a whole is locked, unsafe or damaged; what is wrong
    with a single member stands in its ``error``.
    """
    kind = sniff_or_none(path)
    if kind not in CONTAINERS:
        return None
    return list(_members(path, name, kind, _Budget(name, folder), 0))


def sniff_or_none(path: Path) -> str | None:
    """The media type, or None where the file says nothing of itself; other refusals are raised."""
    try:
        return sniff(path)
    except UnsupportedFormat:
        return None


def _members(path: Path, name: str, kind: str, budget: _Budget, depth: int) -> Iterator[Member]:
    if depth >= MAX_DEPTH:
        raise ArchiveTooDeep(name=name)
    files = list(_files(path, name, kind, budget))
    if _are_pages([made for _, made in files]):
        yield _joined(name, files, budget)
        return
    for inner, made in files:
        shown = f"{name}/{inner}"
        try:
            inside = sniff_or_none(made)
            if inside in CONTAINERS:
                yield from _members(made, shown, inside, budget, depth + 1)
            else:
                yield Member(made, shown)
        except ZipBomb:
            raise
        except ReadError as error:
            error.name = shown
            yield Member(made, shown, error)


def _are_pages(files: Sequence[Path]) -> bool:
    """Whether several files are pictures, and nothing else: somebody photographed a report's pages."""
    return len(files) > 1 and all(is_photo(path) for path in files)


def _joined(name: str, files: Sequence[tuple[str, Path]], budget: _Budget) -> Member:
    from parsers.readers.page_photos import join_pages  # noqa: PLC0415

    inner = f"{PurePosixPath(name).stem} ({len(files)} ảnh).pdf"
    target = budget.place(inner, sum(made.stat().st_size for _, made in files))
    shown = f"{name}/{inner}"
    try:
        join_pages(files, target)
    except ReadError as error:
        error.name = error.name or shown
        # What could not be joined is kept by its first picture.
        return Member(files[0][1], shown, error)
    return Member(target, shown)


def _files(path: Path, name: str, kind: str, budget: _Budget) -> Iterator[tuple[str, Path]]:
    if kind == ZIP:
        yield from _zip_files(path, name, budget)
        return
    attachments = eml_attachments(path) if kind == EML else msg_attachments(path)
    for inner, data in attachments:
        target = budget.place(inner, len(data))
        target.write_bytes(data)
        yield _safe(inner), target


def _zip_files(path: Path, name: str, budget: _Budget) -> Iterator[tuple[str, Path]]:
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
            check_members(name, members)
            refuse_locked(name, members)
            for member in members:
                nameless = not member.filename or member.filename.endswith("/")
                if nameless or _is_hidden(member.filename):
                    continue
                inner = _name_of(member)
                target = budget.place(inner, member.file_size)
                with archive.open(member) as there, target.open("wb") as here:
                    shutil.copyfileobj(there, here)
                yield inner, target
    except ZIP_ERRORS as error:
        raise DamagedFile(name=name, detail=type(error).__name__) from error


def _is_hidden(member: str) -> bool:
    return any(part.startswith((".", "~$", "__MACOSX")) for part in PurePosixPath(member).parts)


def _name_of(member: zipfile.ZipInfo) -> str:
    """The file's own name. Programs that write UTF-8 without saying so are believed."""
    written = member.filename
    if not member.flag_bits & _UTF8_NAMES:
        try:
            written = written.encode("cp437").decode("utf-8")
        except UnicodeError:
            written = member.filename
    return _safe(PurePosixPath(written.replace("\\", "/")).name)


def _safe(name: str) -> str:
    """A plain file name: no folders, no control characters, of a length every disk takes."""
    plain = PurePosixPath(name.replace("\\", "/")).name
    plain = "".join(c for c in plain if c.isprintable()).strip(" .") or "tệp"
    return plain if len(plain.encode()) <= 180 else plain[-60:]
