"""The same document, the same bytes: dates inside an Office file are those of its figures."""

from __future__ import annotations

import datetime as dt
import re
import zipfile
from pathlib import Path

_STAMPS = re.compile(
    rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(</dcterms:(?:created|modified)>)"
)


def settle(path: Path, day: dt.date) -> None:
    """Packs the DOCX at ``path`` again, every date in it being ``day``; its text is untouched."""
    with zipfile.ZipFile(path) as packed:
        parts = [(info.filename, packed.read(info)) for info in packed.infolist()]
    stamp = rb"\g<1>" + f"{day.isoformat()}T00:00:00Z".encode() + rb"\g<2>"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts:
            kept = _STAMPS.sub(stamp, content) if name == "docProps/core.xml" else content
            info = zipfile.ZipInfo(name, (day.year, day.month, day.day, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            packed.writestr(info, kept)
