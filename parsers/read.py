"""Bytes to Document: sniffs the content, never the suffix, and picks a reader."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from parsers.sniff import DOCX, OTHER_WORD, PDF, sniff
from parsers.text_quality import lost_letters
from schemas.document import Document, Doubt, Reading, Source, Table
from schemas.errors import EmptyFile, FileTooLarge, NoTextLayer, UnsupportedFormat

MAX_BYTES = 200 * 2**20


def sha256_of(path: Path) -> str:
    """The file's SHA-256, read in blocks."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


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
    # A recogniser slips too: of a scan a few such words say nothing about its letters' code.
    if len(lost) < (6 if document.reading is Reading.OCR else 2):
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
        from parsers.readers import word  # noqa: PLC0415

        return word.read_word(path, source)
    if media_type == PDF:
        from parsers.readers import pdf  # noqa: PLC0415

        return pdf.read_pdf(path, source)
    if media_type in OTHER_WORD:
        from parsers.readers import word  # noqa: PLC0415

        return word.read_other_word(path, source)
    if media_type.startswith("image/"):
        try:
            from parsers.readers import scan  # noqa: PLC0415
        except ImportError as error:
            raise NoTextLayer(name=shown) from error
        return scan.read_image_file(path, source)
    raise UnsupportedFormat(name=shown, detail=media_type)
