"""Pages: Jinja with escaping everywhere, texts by gettext, dates and numbers as Vietnam writes them."""

from __future__ import annotations

import datetime as dt
import hashlib
import unicodedata
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal
from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from review import language, links, told, wording
from review.navigation import entries
from schemas.text import nfc

_HERE = Path(__file__).parent
_OFFICE = dt.timezone(dt.timedelta(hours=7))
"""Vietnam keeps one time the whole year."""
_DATES = {"vi": "dd/MM/yyyy", "en": "d MMM yyyy"}
NOTHING = "–"


def page(
    request: Request, template: str, context: Mapping[str, Any] | None = None, status: int = 200
) -> HTMLResponse:
    """``template`` with ``context``, and what every page knows: ``account``, ``lang``, ``nav``."""
    lang = language.chosen(request)
    account = getattr(request.state, "account", None)
    values = {
        "account": account,
        "lang": lang,
        "languages": language.LANGUAGES,
        "path": request.url.path,
        "here": request.url.path + (f"?{request.url.query}" if request.url.query else ""),
        "nav": entries(account.role) if account else (),
        **(context or {}),
    }
    return HTMLResponse(environment(lang).get_template(template).render(values), status)


@cache
def environment(lang: str) -> Environment:
    """Jinja's environment of one language. Nothing is ever marked safe in it."""
    made = Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n", "jinja2.ext.loopcontrols"],
    )
    catalog = language.translations(lang)
    made.install_gettext_callables(  # type: ignore[attr-defined]
        catalog.gettext, catalog.ngettext, newstyle=True
    )
    made.filters.update(
        number=lambda value: number(value, lang),
        date=lambda value: date(value, lang),
        moment=lambda value, to=lang: moment(value, to),
        shown=shown,
        told=lambda text: told.told(str(text or ""), lang),
        told_lang=lambda text: told.written_in(str(text or ""), lang),
        say=lambda code, table: catalog.gettext(wording.word(getattr(wording, table), code)),
        size=lambda value: size(value, lang),
    )
    made.globals.update(asset=asset, link=links, nothing=NOTHING)
    return made


def number(value: int | float | None, lang: str = "vi") -> str:
    """1800 as «1.800» in Vietnamese; a dash for None."""
    if value is None:
        return NOTHING
    return format_decimal(value, locale=lang)


def date(value: object, lang: str = "vi") -> str:
    """A day as «27/10/2021» in Vietnamese; a dash for None. Text in ISO form is understood."""
    if value in (None, ""):
        return NOTHING
    day = value if isinstance(value, dt.date) else dt.date.fromisoformat(str(value)[:10])
    return format_date(day, _DATES[lang], locale=lang)


def moment(value: object, lang: str = "vi") -> str:
    """A time in the office's zone, to the minute; a dash for None."""
    if value in (None, ""):
        return NOTHING
    at = value if isinstance(value, dt.datetime) else dt.datetime.fromisoformat(str(value))
    local = (at.replace(tzinfo=dt.UTC) if at.tzinfo is None else at).astimezone(_OFFICE)
    return format_datetime(local, f"HH:mm {_DATES[lang]}", locale=lang)


def size(octets: int, lang: str = "vi") -> str:
    """A file's size for people."""
    if octets < 1024 * 1024:
        return f"{number(max(round(octets / 1024), 1), lang)} KB"
    return f"{number(round(octets / 1024 / 1024, 1), lang)} MB"


def shown(text: object) -> str:
    """Text of a document for the eye: NFC, and no character that hides or turns others round."""
    if text is None:
        return ""
    kept = (c for c in nfc(str(text)) if c in "\n\t" or unicodedata.category(c) not in {"Cc", "Cf"})
    return "".join(kept)


@cache
def asset(name: str) -> str:
    """The address of a file under ``static/``, new whenever the file changes."""
    data = (_HERE / "static" / name).read_bytes()
    return f"/static/{name}?v={hashlib.sha256(data).hexdigest()[:12]}"
