"""Mails as files: attachments of EML (RFC 5322) and MSG (MS-OXMSG)."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Iterator
from email.message import MIMEPart
from pathlib import Path
from typing import Any

from schemas.errors import DamagedFile

# MS-OXPROPS: property numbers and types as they stand in stream names.
_DATA = "__substg1.0_37010102"
_EMBEDDED = "__substg1.0_3701000D"
_LONG_NAME = "__substg1.0_3707"
_SHORT_NAME = "__substg1.0_3704"
_DISPLAY_NAME = "__substg1.0_3001"
_HIDDEN_CONTENT_ID = "__substg1.0_3712"
_UNICODE, _BYTES = "001F", "001E"
_ATTACHMENT = "__attach_version1.0_#"
_MAX_NESTING = 4
_PICTURES = (".png", ".gif", ".jpg", ".jpeg", ".bmp")


def eml_attachments(path: Path) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of each attachment, those of forwarded mails too; signature pictures left out.

    Raises DamagedFile.
    """
    try:
        with path.open("rb") as stream:
            message = email.message_from_binary_file(stream, policy=email.policy.default)
        yield from _parts(message, 0)
    except (LookupError, ValueError, AttributeError, TypeError, IndexError) as error:
        raise DamagedFile(name=path.name, detail=type(error).__name__) from error


def _parts(message: Any, depth: int) -> Iterator[tuple[str, bytes]]:
    if depth > _MAX_NESTING or not isinstance(message, MIMEPart):
        return
    for part in message.iter_parts() if message.is_multipart() else ():
        if part.is_multipart():
            yield from _parts(part, depth + 1)
            continue
        name = part.get_filename()
        if name and not _is_decoration(part, message.get_content_subtype()):
            data = part.get_payload(decode=True)
            yield str(name), data if isinstance(data, bytes) else b""
    if not message.is_multipart() and depth == 0 and message.get_filename():
        data = message.get_payload(decode=True)
        yield str(message.get_filename()), data if isinstance(data, bytes) else b""


def _is_decoration(part: MIMEPart, within: str) -> bool:
    """A picture that the mail's own text shows: a logo under a signature."""
    if part.get_content_maintype() != "image" or "Content-ID" not in part:
        return False
    return within == "related" or part.get_content_disposition() != "attachment"


def msg_attachments(path: Path) -> Iterator[tuple[str, bytes]]:
    """The same for Outlook's MSG. Raises DamagedFile."""
    import olefile  # noqa: PLC0415

    try:
        with olefile.OleFileIO(str(path)) as ole:
            yield from _stored(ole, [], 0)
    except (OSError, ValueError, KeyError, IndexError, TypeError) as error:
        raise DamagedFile(name=path.name, detail=type(error).__name__) from error


def _stored(ole: Any, prefix: list[str], depth: int) -> Iterator[tuple[str, bytes]]:
    places = {
        tuple(entry[: len(prefix) + 1])
        for entry in ole.listdir(streams=True, storages=True)
        if entry[: len(prefix)] == prefix
        and len(entry) > len(prefix)
        and entry[len(prefix)].startswith(_ATTACHMENT)
    }
    for place in sorted(places):
        here = list(place)
        if ole.exists([*here, _EMBEDDED]) and depth < _MAX_NESTING:
            yield from _stored(ole, [*here, _EMBEDDED], depth + 1)
        elif ole.exists([*here, _DATA]):
            name = _text(ole, here, _LONG_NAME) or _text(ole, here, _SHORT_NAME)
            name = name or _text(ole, here, _DISPLAY_NAME) or "tệp đính kèm"
            inside = bool(_text(ole, here, _HIDDEN_CONTENT_ID))
            if not (inside and name.lower().endswith(_PICTURES)):
                yield name, ole.openstream([*here, _DATA]).read()


def _text(ole: Any, place: list[str], number: str) -> str:
    if ole.exists([*place, number + _UNICODE]):
        return str(ole.openstream([*place, number + _UNICODE]).read().decode("utf-16-le", "replace")).strip("\0")  # fmt: skip
    if ole.exists([*place, number + _BYTES]):
        return str(ole.openstream([*place, number + _BYTES]).read().decode("cp1258", "replace")).strip("\0")  # fmt: skip
    return ""
