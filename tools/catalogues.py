"""Texts of the review site that a catalogue lacks, ready to paste: ``python -m tools.catalogues``.

Texts are Vietnamese and stand in ``review/``; each other language has ``review/locale/<language>/*.po``.
"""

from __future__ import annotations

import sys
from pathlib import Path

from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

REVIEW = Path(__file__).parent.parent / "review"
METHODS = [("**.py", "python"), ("templates/**.html", "jinja2")]
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2)}


def texts() -> dict[str, str]:
    """Every text that the site shows, with the place it first stands at."""
    found: dict[str, str] = {}
    for name, line, message, _, _ in extract_from_dir(
        REVIEW, METHODS, options_map={"templates/**.html": {"silent": "false"}}, keywords=KEYWORDS
    ):
        text = message[0] if isinstance(message, tuple) else message
        if text:
            found.setdefault(text, f"review/{name}:{line}")
    return found


def translated(language: str) -> dict[str, str]:
    """What the catalogues of a language hold: text to translation."""
    out: dict[str, str] = {}
    for path in sorted((REVIEW / "locale" / language).glob("*.po")):
        with path.open("rb") as stream:
            for message in read_po(stream, locale=language):
                text = message.id[0] if isinstance(message.id, tuple) else message.id
                strings = message.string if isinstance(message.string, tuple) else (message.string,)
                if text and all(strings):
                    out[text] = strings[0]
    return out


def main(language: str = "en") -> int:
    """Prints what is missing; 1 where something is."""
    known = translated(language)
    missing = {text: place for text, place in texts().items() if text not in known}
    for text, place in missing.items():
        escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
        print(f'#: {place}\nmsgid "{escaped}"\nmsgstr ""\n')
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
