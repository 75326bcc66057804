"""What a file is, by its content and never by its suffix; what is locked or set as a trap is refused."""

from __future__ import annotations

import lzma
import re
import zipfile
import zlib
from pathlib import Path
from typing import BinaryIO

from schemas.errors import (
    DamagedFile,
    EmptyFile,
    EncryptedArchive,
    EncryptedOffice,
    UnsafePath,
    UnsafeXml,
    UnsupportedArchive,
    UnsupportedFormat,
    ZipBomb,
)

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
DOC = "application/msword"
RTF = "application/rtf"
ODT = "application/vnd.oasis.opendocument.text"
FODT = "application/vnd.oasis.opendocument.text-flat-xml"
HTML = "text/html"
OTHER_WORD = (DOC, RTF, ODT, FODT, HTML)
"""What word processors write besides DOCX; offices' web systems call their HTML "doc" as well."""

ZIP = "application/zip"
EML = "message/rfc822"
MSG = "application/vnd.ms-outlook"
TIFF = "image/tiff"
CONTAINERS = (ZIP, EML, MSG)
ZIP_ERRORS = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, OSError, ValueError, EOFError, RuntimeError,
)  # fmt: skip
"""What zipfile and the decompressors below it raise over damaged bytes."""
MAX_INFLATED = 200 * 2**20
MAX_RATIO = 200
MAX_MEMBERS = 2000
_PLAIN = {
    b"%PDF-": PDF,
    b"{\\rtf": RTF,
    b"\xff\xd8\xff": "image/jpeg",
    b"\x89PNG": "image/png",
    b"II*\0": TIFF,
    b"MM\0*": TIFF,
    b"BM": "image/bmp",
}
_WEBP = re.compile(rb"RIFF....WEBP", re.DOTALL)
_FLAT_ROOT = re.compile(rb"<office:document[\s>]")
_HTML_HEAD = re.compile(
    rb"(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html)[\s>]",
    re.IGNORECASE | re.DOTALL,
)
_ARCHIVES = {b"Rar!\x1a\x07": "RAR", b"7z\xbc\xaf\x27\x1c": "7z", b"\x1f\x8b": "gzip"}
_MAIL_LINE = re.compile(rb"([A-Za-z][A-Za-z0-9-]{1,60}):[ \t]")
_MAIL_NAMES = {b"received", b"from", b"mime-version", b"return-path", b"message-id", b"to", b"subject", b"date"}  # fmt: skip
_PROLOG = 1 << 16
# "<!DOCTYPE" as UTF-8, and as UTF-16 of either order.
_DOCTYPES = [b"<!DOCTYPE", "<!DOCTYPE".encode("utf-16-le"), "<!DOCTYPE".encode("utf-16-be")]
_TAIL = 22 + (1 << 16)
_LONGEST_LIST = 1 << 20
_FIB_FLAGS = 10
_FIB_ENCRYPTED = 0x01


def sniff(path: Path) -> str:
    """The media type by content. Raises ReadError for what is empty, locked, unsafe or unknown."""
    with path.open("rb") as stream:
        head = stream.read(4096)
    if not head.strip(b"\0\r\n\t "):
        raise EmptyFile(name=path.name)
    plain = next((kind for magic, kind in _PLAIN.items() if head.startswith(magic)), None)
    if plain is not None:
        return plain
    archive = next((kind for magic, kind in _ARCHIVES.items() if head.startswith(magic)), None)
    if archive is not None:
        raise UnsupportedArchive(name=path.name, detail=archive)
    if head.startswith(b"PK"):
        return _zipped(path)
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        return _compound(path)
    # Readers take a PDF with other bytes before it; so may an archive begin that holds one plain.
    if b"%PDF-" in head[:1024]:
        return PDF
    if _WEBP.match(head):
        return "image/webp"
    if _is_mail(head):
        return EML
    text = head.lstrip(b"\xef\xbb\xbf\r\n\t ")
    if text.startswith(b"<"):
        return _marked_up(path, text)
    raise UnsupportedFormat(name=path.name)


def _marked_up(path: Path, head: bytes) -> str:
    """HTML, or a flat ODT; one that declares entities is refused."""
    if _HTML_HEAD.match(head):
        return HTML
    if not _FLAT_ROOT.search(head):
        raise UnsupportedFormat(name=path.name, detail="XML")
    if any(doctype in head for doctype in _DOCTYPES):
        raise UnsafeXml(name=path.name)
    return FODT


def is_photo(path: Path) -> bool:
    """Whether the file is one picture, as a camera makes it; a TIFF may be a document of many pages."""
    with path.open("rb") as stream:
        head = stream.read(16)
    kind = next((kind for magic, kind in _PLAIN.items() if head.startswith(magic)), "")
    return (kind.startswith("image/") and kind != TIFF) or bool(_WEBP.match(head))


def may_hold_files(path: Path) -> bool:
    """Whether the file may be an archive or a mail: a cheap look that opens nothing of it.

    True for some files that are none, such as old Word documents; never False for a container.
    """
    with path.open("rb") as stream:
        head = stream.read(4096)
        if head.startswith(b"PK"):
            return not _is_package(stream)
    locked = any(head.startswith(magic) for magic in _ARCHIVES)
    return locked or head.startswith(b"\xd0\xcf\x11\xe0") or _is_mail(head)


def _is_package(stream: BinaryIO) -> bool:
    """Whether a ZIP's own list of members, if it has an honest length, names an office document."""
    stream.seek(0, 2)
    size = stream.tell()
    stream.seek(max(0, size - _TAIL))
    tail = stream.read()
    at = tail.rfind(b"PK\5\6")
    if at < 0 or len(tail) < at + 22:
        return False
    length = int.from_bytes(tail[at + 12 : at + 16], "little")
    if length > _LONGEST_LIST:
        return False
    stream.seek(max(0, size - (len(tail) - at) - length))
    names = stream.read(length)
    return b"[Content_Types].xml" in names or b"mimetype" in names


def _is_mail(head: bytes) -> bool:
    """Three header lines of RFC 5322 at the very top, one of them a name that every mail has."""
    lines = [line for line in head.lstrip(b"\xef\xbb\xbf").splitlines()[:20] if line]
    lines = [line for line in lines if line[:1] not in b" \t"]
    names = []
    for line in lines:
        match = _MAIL_LINE.match(line)
        if match is None:
            break
        names.append(match[1].lower())
    return len(names) >= 3 and bool(_MAIL_NAMES & set(names))


def _zipped(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
            check_members(path.name, members)
            kind = _package_kind(path, archive, {m.filename for m in members})
            if kind != ZIP:
                _refuse_traps(path, archive, members)
            return kind
    except ZIP_ERRORS as error:
        raise DamagedFile(name=path.name, detail=type(error).__name__) from error


def _package_kind(path: Path, archive: zipfile.ZipFile, names: set[str]) -> str:
    if "word/document.xml" in names or any(n.endswith("/document.xml") for n in names):
        return DOCX
    if "content.xml" in names and "mimetype" in names:
        manifest = "META-INF/manifest.xml"
        if manifest in names and b"encryption-data" in archive.read(manifest)[: 1 << 20]:
            raise EncryptedOffice(name=path.name)
        return ODT
    if "[Content_Types].xml" in names:
        raise UnsupportedFormat(name=path.name, detail="OOXML")
    return ZIP


def _refuse_traps(path: Path, archive: zipfile.ZipFile, members: list[zipfile.ZipInfo]) -> None:
    if any(member.flag_bits & 1 for member in members):
        raise EncryptedOffice(name=path.name)
    for member in members:
        if not member.filename.endswith((".xml", ".rels")):
            continue
        with archive.open(member) as stream:
            prolog = stream.read(_PROLOG)
        if any(doctype in prolog for doctype in _DOCTYPES):
            raise UnsafeXml(name=path.name, place=member.filename[:80])


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
        if _leads_out(member.filename):
            raise UnsafePath(name=name, detail=member.filename[:80])


def refuse_locked(name: str, members: list[zipfile.ZipInfo]) -> None:
    """Raises EncryptedArchive where any member needs a password."""
    if any(member.flag_bits & 1 for member in members):
        raise EncryptedArchive(name=name)


def _leads_out(member: str) -> bool:
    plain = member.replace("\\", "/")
    return plain.startswith("/") or ".." in plain.split("/") or bool(re.match("[A-Za-z]:", plain))


def _compound(path: Path) -> str:
    import olefile  # noqa: PLC0415

    try:
        with olefile.OleFileIO(str(path)) as ole:
            streams = {"/".join(parts).casefold() for parts in ole.listdir()}
            flags = b"\0\0"
            if "worddocument" in streams:
                flags = ole.openstream("WordDocument").read(_FIB_FLAGS + 2)[_FIB_FLAGS:]
    except Exception as error:  # olefile raises many kinds on damaged files
        raise DamagedFile(name=path.name, detail=type(error).__name__) from error
    if "encryptedpackage" in streams or (len(flags) == 2 and flags[1] & _FIB_ENCRYPTED):
        raise EncryptedOffice(name=path.name)
    if "worddocument" in streams:
        return DOC
    if any(s.startswith("__properties_version1.0") for s in streams):
        return MSG
    raise UnsupportedFormat(name=path.name, detail="OLE")
