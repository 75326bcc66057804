"""Word files of every age to Document: from their XML, or as pages where their print is in pictures."""

from __future__ import annotations

import tempfile
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import olefile

from parsers.readers import office
from parsers.readers.docx import Walk, open_docx
from parsers.readers.docx_package import cut_off, parts_of, precautions, root_of
from parsers.readers.docx_pictures import holds_print
from parsers.readers.numbering import W
from parsers.sniff import ZIP_ERRORS
from schemas.document import BlockKind, Document, Doubt, Reading, Source
from schemas.errors import MacrosIgnored, MissingProgram, NoTextLayer, PictureUnread

_STRICT = b"http://purl.oclc.org/ooxml/"
_MOST = 1 << 16


def read_word(path: Path, source: Source) -> Document:
    """A DOCX; laid out and read page by page where pictures hold print, so that they are read too.

    Raises DamagedFile, UnsafeXml, TooManyRows, MissingProgram, ReadingTimedOut.
    """
    if is_strict(path):
        return read_other_word(path, source)
    opened, walk = open_docx(path, source.name, Walk)
    document = _as_document(opened, walk, source)
    return _as_pages(opened, document) if holds_print(opened) else document


def _as_document(opened: Any, walk: Walk, source: Source) -> Document:
    """What ``open_docx`` opened, walked; raises UnsafeXml, TooManyRows."""
    walk.all_of(opened)
    parts = parts_of(opened)
    notes = root_of(parts, "footnotes", source.name)
    if notes is not None:
        walk.learn_turns(notes)
        for note in notes:
            if note.get(f"{W}type") is None:
                walk.blocks_of(note, BlockKind.FOOTNOTE)
    doubts = dict.fromkeys((*walk.letters.doubts, *precautions(opened, parts)))
    return Document(source, Reading.TEXT, tuple(walk.blocks), doubts=tuple(doubts))


def _as_pages(opened: Any, document: Document) -> Document:
    from parsers.readers.pdf import read_pdf  # noqa: PLC0415

    source = document.source
    try:
        with tempfile.TemporaryDirectory(prefix="tonghop-office-") as folder:
            copy = Path(folder) / "copy.docx"
            cut_off(opened)
            opened.save(str(copy))
            laid_out = office.convert(copy, office.PDF_FILTER, Path(folder), source.name)
            pages = read_pdf(laid_out, source)
    except (MissingProgram, NoTextLayer):
        return replace(document, doubts=(*document.doubts, Doubt(PictureUnread.code)))
    return replace(pages, doubts=tuple(dict.fromkeys((*document.doubts, *pages.doubts))))


def is_strict(path: Path) -> bool:
    """Whether a DOCX is in ISO 29500's strict form, whose names python-docx does not know."""
    try:
        with zipfile.ZipFile(path) as archive, archive.open("_rels/.rels") as stream:
            return _STRICT in stream.read(_MOST)
    except (KeyError, *ZIP_ERRORS):
        return False


def read_other_word(path: Path, source: Source) -> Document:
    """What LibreOffice makes a DOCX of. Raises MissingProgram, DamagedFile, ReadingTimedOut."""
    with tempfile.TemporaryDirectory(prefix="tonghop-office-") as folder:
        made = office.convert(path, office.DOCX_FILTER, Path(folder), source.name)
        document = read_word(made, source)
    macros = (Doubt(MacrosIgnored.code, "VBA"),) if has_macros(path) else ()
    return replace(document, doubts=(*document.doubts, *macros))


def has_macros(path: Path) -> bool:
    """Whether a DOC carries a VBA project, or an ODT a script."""
    with path.open("rb") as stream:
        head = stream.read(8)
    if head.startswith(b"PK"):
        with zipfile.ZipFile(path) as archive:
            return any(name.startswith(("Basic/", "Scripts/")) for name in archive.namelist())
    if not olefile.isOleFile(str(path)):
        return False
    with olefile.OleFileIO(str(path)) as ole:
        return any(parts[0].casefold() == "macros" for parts in ole.listdir(storages=True))
