"""Bytes to Document: sniffs the content, never the suffix, and picks a reader."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from parsers.text_quality import lost_letters
from schemas.document import Document, Doubt, Source, Table
from schemas.errors import (
    DamagedFile,
    EmptyFile,
    EncryptedOffice,
    FileTooLarge,
    NoTextLayer,
    UnsafePath,
    UnsupportedFormat,
    ZipBomb,
)

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
OFFICE = "application/x-ole"
MAX_BYTES = 200 * 2**20
MAX_INFLATED = 200 * 2**20
MAX_RATIO = 200
MAX_MEMBERS = 2000
_IMAGES = {
    b"\xff\xd8\xff": "image/jpeg",
    b"\x89PNG": "image/png",
    b"II*\0": "image/tiff",
    b"MM\0*": "image/tiff",
}


def sha256_of(path: Path) -> str:
    """The file's SHA-256, read in blocks."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def sniff(path: Path) -> str:
    """The media type by content. Raises ReadError for what is empty, locked or unknown."""
    with path.open("rb") as stream:
        head = stream.read(4096)
    if not head.strip(b"\0\r\n\t "):
        raise EmptyFile(name=path.name)
    if b"%PDF-" in head[:1024]:
        return PDF
    for magic, kind in _IMAGES.items():
        if head.startswith(magic):
            return kind
    if head.startswith(b"PK"):
        return _zipped(path)
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        return _compound(path)
    if head.startswith(b"{\\rtf"):
        return "application/rtf"
    raise UnsupportedFormat(name=path.name)


def _zipped(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise DamagedFile(name=path.name, detail=type(error).__name__) from error
    check_members(path.name, members)
    names = {m.filename for m in members}
    if "word/document.xml" in names or any(n.endswith("/document.xml") for n in names):
        return DOCX
    if "content.xml" in names and "mimetype" in names:
        return "application/vnd.oasis.opendocument.text"
    if "[Content_Types].xml" in names:
        raise UnsupportedFormat(name=path.name, detail="OOXML")
    return "application/zip"


def check_members(name: str, members: list[zipfile.ZipInfo]) -> None:
    """Refuses a zip whose table of contents alone shows an attack."""
    total = sum(m.file_size for m in members)
    packed = max(1, sum(m.compress_size for m in members))
    if (
        len(members) > MAX_MEMBERS
        or total > MAX_INFLATED
        or (total > 2**22 and total / packed > MAX_RATIO)
    ):
        raise ZipBomb(name=name, detail=f"{total} byte, {len(members)} phần")
    for member in members:
        if member.filename.startswith(("/", "\\")) or ".." in member.filename.replace(
            "\\", "/"
        ).split("/"):
            raise UnsafePath(name=name, detail=member.filename[:80])


def _compound(path: Path) -> str:
    import olefile  # noqa: PLC0415

    try:
        with olefile.OleFileIO(str(path)) as ole:
            streams = {"/".join(parts).casefold() for parts in ole.listdir()}
    except Exception as error:  # olefile raises many kinds on damaged files
        raise DamagedFile(name=path.name, detail=type(error).__name__) from error
    if "encryptedpackage" in streams:
        raise EncryptedOffice(name=path.name)
    if "worddocument" in streams:
        return "application/msword"
    if any(s.startswith("__properties_version1.0") for s in streams):
        return "application/vnd.ms-outlook"
    raise UnsupportedFormat(name=path.name, detail="OLE")


def read(path: Path, *, name: str | None = None) -> Document:
    """Reads one file into a Document named ``name`` (default: the file's own name).

    Raises a ReadError child; nothing of the file is executed or followed.
    """
    shown = name or path.name
    size = path.stat().st_size
    if size == 0:
        raise EmptyFile(name=shown)
    if size > MAX_BYTES:
        raise FileTooLarge(name=shown, detail=f"{size} byte")
    media_type = sniff(path)
    document = _by_kind(path, Source(shown, sha256_of(path), media_type, size))
    lost = lost_letters("\n".join(_texts(document)))
    if len(lost) < 2:
        return document
    return replace(document, doubts=(*document.doubts, Doubt("lost_letters", ", ".join(lost[:5]))))


def _texts(document: Document) -> Iterator[str]:
    for block in document.blocks:
        if isinstance(block, Table):
            yield from (cell.text for cell in block.cells)
        else:
            yield block.text


def _by_kind(path: Path, source: Source) -> Document:
    media_type, shown = source.media_type, source.name
    if media_type == DOCX:
        from parsers.readers import docx  # noqa: PLC0415

        return docx.read_docx(path, source)
    if media_type == PDF:
        from parsers.readers import pdf  # noqa: PLC0415

        return pdf.read_pdf(path, source)
    if media_type in {
        "application/msword",
        "application/rtf",
        "application/vnd.oasis.opendocument.text",
    }:
        from parsers.readers import office  # noqa: PLC0415

        return office.read_office(path, source)
    if media_type.startswith("image/"):
        try:
            from parsers.readers import scan  # noqa: PLC0415
        except ImportError as error:
            raise NoTextLayer(name=shown) from error
        return scan.read_image_file(path, source)
    raise UnsupportedFormat(name=shown, detail=media_type)
