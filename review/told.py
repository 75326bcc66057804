"""What the program wrote down in Vietnamese, in another language: findings, reasons, errors.

Findings and errors are stored as the office reads them, with numbers and names filled in. A
catalogue beside the site's own (``locale/<language>/told/*.po``) holds each such text with its parts
named; a stored text is recognised by the one it fills, and the same parts fill the translation. What
a document says itself stays as it is; only parts whose name begins with ``say_`` are such texts too.
Text that no entry fills is shown as it was written. Readings stored long ago are covered alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path

from babel.messages.pofile import read_po

from review import language
from schemas import errors, reading_errors  # noqa: F401  their classes must be known here
from schemas.error_root import TonghopError

_LOCALE = Path(__file__).parent / "locale"
_PART = re.compile(r"%\((\w+)\)s|(%%)")
_Entry = tuple[re.Pattern[str], str]


@lru_cache(maxsize=8192)
def told(text: str, lang: str) -> str:
    """``text`` in ``lang``, or as it is where it cannot be recognised."""
    if lang == "vi" or not text:
        return text
    plain, filled = _catalogue(lang)
    if text in plain:
        return plain[text]
    for pattern, other in filled:
        found = pattern.fullmatch(text)
        if found is not None:
            parts = found.groupdict()
            said = {n: told(p, lang) if n.startswith("say_") else p for n, p in parts.items()}
            return other % said
    return language.translations(lang).gettext(text)


def written_in(text: str, lang: str) -> str:
    """The language in which ``told`` gives ``text``."""
    return lang if lang == "vi" or told(text, lang) != text else "vi"


@cache
def _catalogue(lang: str) -> tuple[dict[str, str], list[_Entry]]:
    """Texts without parts; and those with parts, what says most of its own first."""
    plain: dict[str, str] = {}
    parted: list[tuple[str, str]] = []
    for text, other in (*_entries(lang), *_error_lines(lang)):
        if _PART.search(text):
            parted.append((text, other))
        else:
            plain[text] = other
    parted.sort(key=lambda one: -len(_PART.sub("", one[0])))
    return plain, [(_pattern(text), other) for text, other in parted]


def _entries(lang: str) -> Iterator[tuple[str, str]]:
    for path in sorted((_LOCALE / lang / "told").glob("*.po")):
        with path.open("rb") as stream:
            for message in read_po(stream, locale=lang):
                if message.id and message.string:
                    yield str(message.id), str(message.string)


def _error_lines(lang: str) -> Iterator[tuple[str, str]]:
    """The one line of every error, as ``TonghopError.message`` puts it together."""
    catalogue = language.translations(lang)
    for kind in _kinds(TonghopError):
        vi = kind.says.replace("%", "%%"), kind.next_step.replace("%", "%%")
        other = [catalogue.gettext(t).replace("%", "%%") for t in (kind.says, kind.next_step)]
        for head in ("", "%(head)s: "):
            for detail in ("", " (%(say_detail)s)"):
                yield f"{head}{vi[0]}{detail} {vi[1]}", f"{head}{other[0]}{detail} {other[1]}"


def _kinds(kind: type[TonghopError]) -> Iterator[type[TonghopError]]:
    yield kind
    for one in kind.__subclasses__():
        yield from _kinds(one)


def _pattern(text: str) -> re.Pattern[str]:
    """``text`` with each named part as a group; a part that is told itself may be empty."""
    out, at = [], 0
    for part in _PART.finditer(text):
        out.append(re.escape(text[at : part.start()]))
        if part[2]:
            out.append("%")
        else:
            out.append(f"(?P<{part[1]}>.{'*' if part[1].startswith('say_') else '+'}?)")
        at = part.end()
    out.append(re.escape(text[at:]))
    return re.compile("".join(out), re.DOTALL)
