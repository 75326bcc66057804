"""The site's addresses, made in one place so that they stay the same."""

from __future__ import annotations

from urllib.parse import quote, urlencode


def unit(campaign: str, unit_code: str) -> str:
    """A unit's page."""
    return f"/units/{quote(campaign)}/{quote(unit_code, safe='')}"


def document(sha256: str) -> str:
    """A document's page."""
    return f"/documents/{sha256}"


def original(sha256: str) -> str:
    """The document as it came, as an attachment."""
    return f"/documents/{sha256}/original"


def image(sha256: str, name: str, version: str) -> str:
    """One picture of a page; a browser may keep it for good, for drawn anew it has another address."""
    return f"/documents/{sha256}/images/{name}?v={version}"


def cell(sha256: str, indicator: str, measure: str) -> str:
    """One value beside the pixels it was read from."""
    return f"/documents/{sha256}/cells/{quote(indicator)}.{quote(measure)}"


def province(campaign: str) -> str:
    """The province's table."""
    return f"/province/{quote(campaign)}"


def province_cell(campaign: str, indicator: str, measure: str) -> str:
    """What each unit gave to one cell of the province's table."""
    return f"{province(campaign)}/{quote(indicator)}.{quote(measure)}"


def findings(campaign: str = "", **filters: str) -> str:
    """The list of findings, filtered."""
    wanted = {k: v for k, v in {"campaign": campaign, **filters}.items() if v}
    return "/findings" + (f"?{urlencode(wanted)}" if wanted else "")
