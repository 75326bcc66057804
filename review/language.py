"""Vietnamese is what the templates are written in; other languages are gettext catalogues.

A catalogue is every ``.po`` file under ``locale/<language>/``, read at start: nothing to compile.
"""

from __future__ import annotations

import io
from functools import cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from fastapi import Request

LANGUAGES = {"vi": "Tiếng Việt", "en": "English"}
_LOCALE = Path(__file__).parent / "locale"
COOKIE = "tonghop-language"


@cache
def translations(language: str) -> NullTranslations:
    """The catalogue of a language; for Vietnamese, the texts themselves."""
    result = NullTranslations()
    for path in sorted((_LOCALE / language).glob("*.po")):
        with path.open("rb") as stream:
            catalog = read_po(stream, locale=language)
        compiled = io.BytesIO()
        write_mo(compiled, catalog)
        compiled.seek(0)
        one = GNUTranslations(compiled)
        one.add_fallback(result)
        result = one
    return result


def chosen(request: Request) -> str:
    """The language a person switched to, else the office's."""
    wanted = request.cookies.get(COOKIE, "")
    if wanted in LANGUAGES:
        return wanted
    office: str = request.app.state.site.settings.review.language
    return office if office in LANGUAGES else "vi"


def gettext(request: Request, message: str) -> str:
    """``message`` in the language of the request."""
    return translations(chosen(request)).gettext(message)
