"""Fields of a report as an officer reads and types them: days as 27/10/2021, lists a line each."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from schemas.registry_index import AdminUnits
from schemas.report import CommendedKind, LaunchMode
from schemas.text import nfc, words


def _(message: str) -> str:
    """Marks a text for the catalogues; it is translated where it is shown."""
    return message


KINDS = {
    "province": _("tỉnh"),
    "district": _("huyện"),
    "commune": _("xã"),
    "high_school": _("trường THPT"),
    "vocational_continuing_centre": _("trung tâm GDNN-GDTX"),
    "community_learning_centre": _("trung tâm học tập cộng đồng"),
    "school": _("trường"),
    "other": _("khác"),
}
MODES = {"in_person": _("trực tiếp"), "online": _("trực tuyến"), "hybrid": _("kết hợp")}
DATES = frozenset({"header.issued_on", "annex.issued_on", "launch.held_on"})
LINES = frozenset({"header.addressees", "header.copies_to", "references", "commended"})
_DAY = re.compile(r"(\d{1,2})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*(\d{4})")


@dataclass(frozen=True, slots=True)
class Said:
    """Something told in words: a text for the catalogues and what its placeholders stand for."""

    text: str
    named: Mapping[str, object] = field(default_factory=dict)


class NotUnderstood(ValueError):
    """A text that is no such value; ``said`` tells why."""

    def __init__(self, text: str, **named: object) -> None:
        super().__init__(text)
        self.said = Said(text, named)


def shown(subject: str, stated: str | None) -> str:
    """``stated``, as the warehouse keeps a field, the way a person reads it."""
    if stated is None:
        return ""
    if subject in DATES:
        return dt.date.fromisoformat(stated).strftime("%d/%m/%Y")
    if subject == "launch.mode":
        return MODES[stated]
    if subject == "header.signer":
        signer = json.loads(stated)
        return " | ".join(signer.get(k) or "" for k in ("name", "position", "authority")).rstrip(
            " |"
        )
    if subject in LINES:
        return "\n".join(_line(subject, row) for row in json.loads(stated))
    return stated


def _line(subject: str, row: Any) -> str:
    if subject == "references":
        day = shown("header.issued_on", row["issued_on"])
        return " | ".join((row["number"], day, row["issuer"] or "")).rstrip(" |")
    if subject == "commended":
        return f"{row['name']} | {KINDS[row['kind']]}"
    return str(row)


def stated(
    subject: str, typed: str, before: str | None, units: AdminUnits, province: str, day: dt.date
) -> str | None:
    """What a person typed, as the warehouse keeps it; None for nothing. Raises NotUnderstood.

    ``before`` is what stood there: what the typed line does not show of it is kept.
    """
    text = nfc(typed).strip()
    if not text:
        return None
    if subject in DATES:
        return _date(text)
    if subject == "launch.mode":
        return _mode(text)
    if subject == "launch.venues":
        if not text.isdigit():
            raise NotUnderstood(_("Số điểm cầu phải là một số."))
        return text
    if subject == "header.signer":
        parts = [p.strip() or None for p in text.split("|")]
        return _json(
            dict(zip(("name", "position", "authority"), [*parts, None, None], strict=False))
        )
    if subject in LINES:
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        return _json(_rows(subject, lines, before, units, province, day))
    return text


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _date(text: str) -> str:
    match = _DAY.search(text)
    try:
        if match is None:
            raise ValueError
        return dt.date(int(match[3]), int(match[2]), int(match[1])).isoformat()
    except ValueError:
        raise NotUnderstood(_("Chưa hiểu ngày này. Gõ ngày/tháng/năm, ví dụ 27/10/2021.")) from None


def _mode(text: str) -> str:
    for mode, name in MODES.items():
        if words(text) in {words(name), words(mode)}:
            return LaunchMode(mode).value
    raise NotUnderstood(_("Gõ một trong: trực tiếp, trực tuyến, kết hợp."))


def _rows(
    subject: str,
    lines: list[str],
    before: str | None,
    units: AdminUnits,
    province: str,
    day: dt.date,
) -> list[Any]:
    if subject not in {"references", "commended"}:
        return lines
    name = "number" if subject == "references" else "name"
    known = {words(row[name]): row for row in json.loads(before or "[]")}
    out = []
    for line in lines:
        parts = [p.strip() for p in line.split("|")] + ["", "", ""]
        old = known.get(words(parts[0]), {})
        if subject == "references":
            issued = _date(parts[1]) if parts[1] else None
            kind = old.get("document_type")
            out.append(
                {
                    "number": parts[0],
                    "document_type": kind,
                    "issued_on": issued,
                    "issuer": parts[2] or None,
                }
            )
        else:
            out.append(_commended(parts[0], parts[1], old, units, province, day))
    return out


def _commended(
    name: str, typed: str, old: dict[str, Any], units: AdminUnits, province: str, day: dt.date
) -> dict[str, Any]:
    kind = next((k for k, word in KINDS.items() if words(word) == words(typed)), None)
    if typed and kind is None:
        raise NotUnderstood(
            _("Chưa rõ loại đơn vị «%(kind)s». Gõ sau dấu |: huyện, xã, trường THPT, …"),
            kind=typed,
        )
    kind = kind or old.get("kind") or CommendedKind.OTHER.value
    unit = old.get("unit") if old.get("kind") == kind else None
    if unit is None and kind in {"district", "commune"}:
        found = [u for u in units.find(name, day=day, within=province) if u.level.value == kind]
        unit = found[0].code if len(found) == 1 else None
    return {"name": name, "kind": kind, "unit": unit}


def meaning(subject: str, value: str | None) -> Said:
    """What was understood, in words, to be read back while typing."""
    if value is None:
        return Said(_("để trống"))
    if subject in LINES:
        return Said(_("%(n)s dòng"), {"n": len(json.loads(value))})
    if subject in DATES:
        day = dt.date.fromisoformat(value)
        named = {"day": day.day, "month": day.month, "year": day.year}
        return Said(_("ngày %(day)s tháng %(month)s năm %(year)s"), named)
    return Said(shown(subject, value))
