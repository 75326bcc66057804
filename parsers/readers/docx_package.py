"""The package of a Word file: opened whatever its flavour, and what in it is never run or fetched."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from parsers.readers.numbering import W
from schemas.document import Doubt
from schemas.errors import DamagedFile, ExternalContentIgnored, MacrosIgnored, UnsafeXml

_MACRO_PARTS = ("vbaproject", "vbadata", "activex")
# What Word would draw from elsewhere; templates and hyperlinks show nothing on the page.
_SHOWN = ("/image", "/oleObject", "/frame", "/subDocument", "/aFChunk", "/package", "/video")
_HYPERLINK = "/hyperlink"
_MAIN_TYPES = (
    "application/vnd.ms-word.document.macroEnabled.main+xml",
    "application/vnd.ms-word.template.macroEnabledTemplate.main+xml",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
)


def open_package(path: Path, name: str) -> Any:
    """The python-docx document, also of a template or a file with macros.

    Raises DamagedFile, and UnsafeXml where the XML declares a document type: its entities would
    vanish from the text.
    """
    from docx.opc.part import PartFactory  # noqa: PLC0415
    from docx.package import Package  # noqa: PLC0415
    from docx.parts.document import DocumentPart  # noqa: PLC0415

    for kind in _MAIN_TYPES:
        PartFactory.part_type_for.setdefault(kind, DocumentPart)
    try:
        main = Package.open(str(path)).main_document_part
        opened = main.document
        tree = opened.element.body.getroottree()
    except Exception as error:  # python-docx raises KeyError, ValueError, lxml errors alike
        raise DamagedFile(name=name, detail=type(error).__name__) from error
    if tree.docinfo.internalDTD is not None:
        raise UnsafeXml(name=name, place="word/document.xml")
    return opened


def parts_of(opened: Any) -> dict[str, Any]:
    """Every part of the package by its name."""
    return {str(p.partname): p for p in opened.part.package.iter_parts()}


def root_of(parts: dict[str, Any], part_name: str, file_name: str) -> Any | None:
    """The XML of ``/word/<part_name>.xml``, or None. Raises DamagedFile, UnsafeXml."""
    from lxml import etree  # noqa: PLC0415

    part = parts.get(f"/word/{part_name}.xml")
    if part is None:
        return None
    root = getattr(part, "element", None)  # what python-docx has read already
    try:
        if root is None:
            parser = etree.XMLParser(resolve_entities=False, no_network=True)
            root = etree.fromstring(part.blob, parser)
    except etree.XMLSyntaxError as error:
        raise DamagedFile(name=file_name, place=part_name) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise UnsafeXml(name=file_name, place=part_name)
    return root


def precautions(opened: Any, parts: dict[str, Any]) -> Iterator[Doubt]:
    """What the reading leaves out on purpose."""
    macros = sorted(name for name in parts if any(word in name.casefold() for word in _MACRO_PARTS))
    if macros:
        yield Doubt(MacrosIgnored.code, macros[0])
    shown = [
        relation.target_ref
        for part in parts.values()
        for relation in part.rels.values()
        if relation.is_external and relation.reltype.endswith(_SHOWN)
    ]
    body = opened.element.body
    if not shown and next(body.iter(f"{W}altChunk", f"{W}subDoc"), None) is not None:
        shown = ["altChunk"]
    if shown:
        yield Doubt(ExternalContentIgnored.code, str(shown[0])[:120])


def cut_off(opened: Any) -> None:
    """Leaves nothing in the package that a program which opens it would fetch."""
    for part in opened.part.package.iter_parts():
        for relation in part.rels.values():
            if relation.is_external and not relation.reltype.endswith(_HYPERLINK):
                relation._target = "about:blank"
