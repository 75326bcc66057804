"""Files set as traps, made anew for each test: real bytes of the kind, never a mock."""

from __future__ import annotations

import base64
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import docx

PLAIN = Path("samples/real/a_report.docx")


def pdf(objects: list[bytes], trailer: bytes = b"") -> bytes:
    """Numbered ``objects`` (the first is the catalogue) as a PDF file."""
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj%s endobj\n" % (number, body)
    start = len(out)
    rows = b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, rows)
    root = b"trailer<</Size %d/Root 1 0 R%s>>" % (len(objects) + 1, trailer)
    return out + root + b"\nstartxref\n%d\n%%%%EOF" % start


def pages(kids: bytes, count: int) -> list[bytes]:
    return [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, count)]


def stream(body: bytes, extra: bytes = b"") -> bytes:
    return b"<</Length %d%s>>stream\n%s\nendstream" % (len(body), extra, body)


def page_tree_loop() -> bytes:
    """Page nodes that hold each other."""
    return pdf([
        *pages(b"3 0 R", 5),
        b"<</Type/Pages/Parent 2 0 R/Kids[4 0 R]/Count 5>>",
        b"<</Type/Pages/Parent 3 0 R/Kids[3 0 R]/Count 5>>",
    ])  # fmt: skip


def form_loop(
    *, packed: bool = False, filters: bytes = b"/FlateDecode", hidden: bool = False
) -> bytes:
    """Ten levels of form XObjects, each drawing the next ten times: 10^10 draws.

    ``hidden``: the names of the filters stand in an object of their own.
    """
    draw = b"/F Do " * 10
    made = [
        *pages(b"3 0 R", 1),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R"
        b"/Resources<</XObject<</F 5 0 R>>>>>>",
        stream(draw),
    ]
    for number in range(5, 15):
        inner = b"/Resources<</XObject<</F %d 0 R>>>>" % (number + 1) if number < 14 else b""
        body = draw if number < 14 else b"0 0 1 1 re f"
        if packed:
            named = b"/Filter 15 0 R" if hidden else b"/Filter[%s]" % filters
            body, inner = packed_by(body, filters), inner + named
        made.append(stream(body, b"/Type/XObject/Subtype/Form/BBox[0 0 612 792]" + inner))
    return pdf([*made, b"[%s]" % filters])


def packed_by(body: bytes, filters: bytes) -> bytes:
    """``body`` as a stream whose ``filters`` undo it, the last of them first done."""
    for one in reversed(filters.strip(b"/").split(b"/")):
        body = _PACKERS[one](body)
    return body


def _codes_of_nine_bits(body: bytes) -> bytes:
    """LZW that never learns: the table is cleared before it makes codes wider."""
    codes = [c for at in range(0, len(body), 200) for c in (256, *body[at : at + 200])] + [257]
    bits = "".join(f"{code:09b}" for code in codes)
    bits += "0" * (-len(bits) % 8)
    return int(bits, 2).to_bytes(len(bits) // 8, "big")


_PACKERS: dict[bytes, Callable[[bytes], bytes]] = {
    b"FlateDecode": zlib.compress,
    b"ASCIIHexDecode": lambda body: body.hex().encode() + b">",
    b"ASCII85Decode": lambda body: base64.a85encode(body) + b"~>",
    b"RunLengthDecode": lambda body: b"".join(b"\0" + bytes([b]) for b in body) + b"\x80",
    b"LZWDecode": _codes_of_nine_bits,
}


def page_tree_loop_in_a_stream() -> bytes:
    """Page nodes that hold each other, packed in an object stream, their kids beside them."""
    inner = [
        (3, b"<</Type/Pages/Parent 2 0 R/Kids 5 0 R/Count 5>>"),
        (4, b"<</Type/Pages/Parent 3 0 R/Kids 6 0 R/Count 5>>"),
        (5, b"[4 0 R]"),
        (6, b"[3 0 R]"),
    ]
    text = b" ".join(body for _, body in inner)
    places, at = [], 0
    for number, body in inner:
        places.append(b"%d %d" % (number, at))
        at += len(body) + 1
    head = b" ".join(places) + b" "
    packed = packed_by(head + text, b"/ASCII85Decode/FlateDecode")
    extra = b"/Type/ObjStm/N 4/First %d/Filter[/A85/Fl]" % len(head)
    return pdf([*pages(b"3 0 R", 5), b"null", b"null", b"null", b"null", stream(packed, extra)])


def run_of_one_sign(size: int = 2**27) -> bytes:
    """Runs of a space, packed again: a hundred megabytes in a few kilobytes."""
    packed = zlib.compress(b"\x81 " * (size // 128) + b"\x80", 9)
    return pdf([
        *pages(b"3 0 R", 1),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>",
        stream(packed, b"/Filter[/Fl/RL]"),
    ])  # fmt: skip


def form_of_itself() -> bytes:
    """A form XObject that draws another, which draws the first."""
    form = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</F %d 0 R>>>>"
    return pdf([
        *pages(b"3 0 R", 1),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R"
        b"/Resources<</XObject<</F 5 0 R>>>>>>",
        stream(b"/F Do"),
        stream(b"/F Do", form % 6),
        stream(b"/F Do", form % 5),
    ])  # fmt: skip


def shared_forms() -> bytes:
    """Honest: forms that list each other in their resources and draw only what is no loop."""
    form = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</A 5 0 R/B 6 0 R>>>>"
    return pdf([
        *pages(b"3 0 R", 1),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R"
        b"/Resources<</XObject<</A 5 0 R>>>>>>",
        stream(b"/A Do"),
        stream(b"/B Do /B Do", form),
        stream(b"0 0 1 1 re f", form),
    ])  # fmt: skip


def huge_page() -> bytes:
    return pdf([*pages(b"3 0 R", 1), b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200000 200000]>>"])


def many_pages(count: int = 3000) -> bytes:
    kids = b" ".join(b"%d 0 R" % (3 + at) for at in range(count))
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>"
    return pdf([*pages(kids, count), *[page] * count])


def inflating_content(
    size: int = 2**30, *, image: bool = False, hexed: bool = False, hidden: bool = False
) -> bytes:
    """A page whose content stream inflates to ``size`` bytes; ``hidden`` as for ``form_loop``."""
    packer = zlib.compressobj(9)
    block = b"q Q " * (1 << 18)
    packed = b"".join(packer.compress(block) for _ in range(size // len(block))) + packer.flush()
    filters = b"/Filter[%s/FlateDecode]" % (b"/ASCIIHexDecode" if hexed else b"")
    return pdf([
        *pages(b"3 0 R", 1),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>",
        stream(
            packed.hex().encode() + b">" if hexed else packed,
            (b"/Subtype/Image" if image else b"") + (b"/Filter 5 0 R" if hidden else filters),
        ),
        filters.removeprefix(b"/Filter"),
    ])  # fmt: skip


def inflating_twice() -> bytes:
    """A hundred megabytes in one kilobyte: packed, and packed again."""
    packed = zlib.compress(zlib.compress(b"q Q " * (1 << 25), 9), 9)
    return pdf([
        *pages(b"3 0 R", 1),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>",
        stream(packed, b"/Filter[/FlateDecode/FlateDecode]"),
    ])  # fmt: skip


def locked_pdf() -> bytes:
    """Encrypted with a password nobody was told."""
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>"
    lock = b"<</Filter/Standard/V 1/R 2/P -4/O<%s>/U<%s>>>" % (b"5a" * 32, b"a5" * 32)
    return pdf([*pages(b"3 0 R", 1), page, lock], b"/Encrypt 4 0 R/ID[<00><00>]")


def huge_png(side: int = 30_000) -> bytes:
    """``side`` x ``side`` black pixels in a hundred kilobytes."""
    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    row = b"\0" * (1 + (side + 7) // 8)
    packer = zlib.compressobj(9)
    data = b"".join(packer.compress(row) for _ in range(side)) + packer.flush()
    chunks = [(b"IHDR", head), (b"IDAT", data), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in chunks
    )


def rewritten(target: Path, changes: dict[str, bytes | None], source: Path = PLAIN) -> Path:
    """A copy of a Word file with members replaced, added, or (None) left out."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in changes:
                new.writestr(name, old.read(name))
        for name, body in changes.items():
            if body is not None:
                new.writestr(name, body)
    return target


def member(name: str, source: Path = PLAIN) -> bytes:
    with zipfile.ZipFile(source) as archive:
        return archive.read(name)


def with_prolog(declaration: str, used: str, encoding: str = "utf-8") -> bytes:
    """The sample's body with a document type in front and an entity in its first text."""
    body = member("word/document.xml").decode()
    start = body.index("<w:document")
    body = body[start:].replace("UBND", f"{used}UBND", 1)
    return f'<?xml version="1.0" encoding="{encoding}"?>{declaration}{body}'.encode(encoding)


LAUGHS = (
    "<!DOCTYPE w:document [<!ENTITY a 'ha'>"
    + "".join(f"<!ENTITY {chr(98 + n)} '{f'&{chr(97 + n)};' * 10}'>" for n in range(9))
    + "]>"
)
OUTSIDE = "<!DOCTYPE w:document [<!ENTITY x SYSTEM 'file:///etc/hostname'>]>"


def long_table(target: Path, rows: int = 50_000) -> Path:
    """A Word file with a table of ``rows`` rows and four columns."""
    cell = "<w:tc><w:p><w:r><w:t>1</w:t></w:r></w:p></w:tc>"
    table = f"<w:tbl>{f'<w:tr>{cell * 4}</w:tr>' * rows}</w:tbl>"
    body = member("word/document.xml").decode()
    return rewritten(
        target, {"word/document.xml": body.replace("<w:body>", f"<w:body>{table}", 1).encode()}
    )


def wide_cell(target: Path) -> Path:
    body = member("word/document.xml").decode()
    spanned = body.replace("<w:tcPr>", '<w:tcPr><w:gridSpan w:val="2000000000"/>', 1)
    return rewritten(target, {"word/document.xml": spanned.encode()})


def with_figure(target: Path, text: str) -> Path:
    """The sample with ``text`` where the annex says 1230 (printed matter)."""
    made = docx.Document(str(PLAIN))
    cell = made.tables[2].rows[8].cells[3]
    assert cell.text == "1230"
    cell.paragraphs[0].runs[0].text = text
    for run in cell.paragraphs[0].runs[1:]:
        run.text = ""
    made.save(str(target))
    return target
