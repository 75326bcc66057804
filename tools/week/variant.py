"""A report drawn at random: who writes, what is counted, in which habits of layout and wording."""

from __future__ import annotations

import datetime as dt
import functools
import random
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

Values = dict[tuple[str, str], int]
ONE_MEASURE = {
    "news": "count",
    "publications": "count",
    "book_drive.donors": "count",
    "book_drive.books": "count",
    "awards.collectives": "count",
    "awards.individuals": "people",
}
GROUPS = {"book_drive", "opening", "awards"}
LARGEST = {
    "publications": 900,
    "book_drive.books": 9000,
    "opening.institutions": 70,
    "awards.individuals": 60,
}
DISTRICTS = {
    "323": "thành phố Hưng Yên",
    "325": "huyện Văn Lâm",
    "326": "huyện Văn Giang",
    "327": "huyện Yên Mỹ",
    "328": "thị xã Mỹ Hào",
    "329": "huyện Ân Thi",
    "330": "huyện Khoái Châu",
    "331": "huyện Kim Động",
    "332": "huyện Tiên Lữ",
    "333": "huyện Phù Cừ",
}
KINDS = {
    "room": ("PHÒNG GIÁO DỤC VÀ ĐÀO TẠO", "PGDĐT", "TRƯỞNG PHÒNG", "KT. TRƯỞNG PHÒNG"),
    "committee": ("BAN CHỈ ĐẠO XÂY DỰNG XÃ HỘI HỌC TẬP", "BCĐ", "TRƯỞNG BAN", "KT. TRƯỞNG BAN"),
    "people": ("", "UBND", "CHỦ TỊCH", "KT. CHỦ TỊCH"),
}


@functools.lru_cache(maxsize=1)
def wordings() -> dict[str, Any]:
    """The wordings file."""
    loaded: dict[str, Any] = yaml.safe_load(
        Path(__file__).with_name("wordings.yaml").read_text("utf-8")
    )
    return loaded


@dataclass(frozen=True, slots=True)
class Variant:
    """One drawn report. ``shape`` names habits: see :func:`draw`."""

    code: str
    parent: str
    agency: str
    short: str
    place: str
    number: str
    day: dt.date
    annex_day: dt.date
    authority: str | None
    position: str
    signer: str
    values: Values
    labels: dict[str, str]
    shape: dict[str, Any]


def draw(rng: random.Random) -> Variant:
    """A report whose every choice comes from ``rng``."""
    code = rng.choice(sorted(DISTRICTS))
    kind = rng.choice(sorted(KINDS))
    short = DISTRICTS[code]
    agency, symbol, head, deputy = KINDS[kind]
    parent = f"UBND {short.upper()}" if rng.random() < 0.6 else f"ỦY BAN NHÂN DÂN {short.upper()}"
    if kind == "people":
        agency, parent = f"ỦY BAN NHÂN DÂN {short.upper()}", "UBND TỈNH HƯNG YÊN"
    day = dt.date(2021, 10, 8) + dt.timedelta(days=rng.randrange(20))
    is_deputy = rng.random() < 0.5
    words = wordings()
    return Variant(
        code=code,
        parent=parent,
        agency=agency,
        short=short,
        place=short.split(" ", 1 if short[:5] == "huyện" else 2)[-1],
        number=f"{rng.randrange(10, 990)}/BC-{symbol}",
        day=day,
        annex_day=day if rng.random() < 0.8 else day + dt.timedelta(days=1),
        authority=deputy if is_deputy else None,
        position=f"PHÓ {head}" if is_deputy else head,
        signer=rng.choice(words["signers"]),
        values=draw_values(rng, list(words["labels"])),
        labels={k: rng.choice(v) for k, v in words["labels"].items()},
        shape=draw_shape(rng),
    )


def draw_shape(rng: random.Random) -> dict[str, Any]:
    """Habits of layout, each independent of the others."""
    return {
        "header": rng.choice(["table", "tabs", "spaces"]),
        "font": rng.choice(["Times New Roman", "Arial", "Calibri"]),
        "size": rng.choice([12, 13, 14]),
        "numbering": rng.choice(["1.", "I.", "1)", "roman_sections"]),
        "numerals": rng.choice(["dot", "plain", "space", "plain"]),
        "padded": rng.random() < 0.5,
        "unit_words": rng.random() < 0.08,
        "borders": rng.random() < 0.8,
        "two_level": rng.random() < 0.5,
        "unit_column": rng.random() < 0.85,
        "note_column": rng.random() < 0.6,
        "people_first": rng.random() < 0.1,
        "column_numbers": rng.random() < 0.2,
        "bullets": rng.choice(["", "- ", "+ ", "a) "]),
        "sub_ordinals": rng.random() < 0.3,
        "blank": rng.choice(["", "", "-", "–"]),
        "drop_blank": rng.random() < 0.2,
        "shuffle": rng.random() < 0.2,
        "total": rng.random() < 0.15,
        "repeat_head": rng.random() < 0.5,
        "spanned_groups": rng.random() < 0.25,
        "landscape": rng.random() < 0.15,
        "annex_page": rng.random() < 0.7,
    }


def draw_values(rng: random.Random, codes: list[str]) -> Values:
    """Counts for the rows of the form; some left blank, a few zero, the whole mostly left blank."""
    out: Values = {}
    for code in codes:
        if code in GROUPS or code == "training" or rng.random() < 0.2:
            continue
        if code == "opening.districts":
            out[code, "count"], out[code, "people"] = 1, rng.randrange(60, 2000)
        elif rng.random() < 0.05:
            out[code, ONE_MEASURE.get(code, "count")] = 0
        else:
            number = rng.randrange(1, LARGEST.get(code, 40))
            out[code, ONE_MEASURE.get(code, "count")] = number
            if code not in ONE_MEASURE and rng.random() < 0.9:
                out[code, "people"] = number * rng.randrange(15, 320)
    if rng.random() < 0.3:
        for measure in ("count", "people"):
            parts = [v for (i, m), v in out.items() if i.startswith("training.") and m == measure]
            if parts:
                out["training", measure] = sum(parts)
    return out


def gold(drawn: Variant) -> dict[str, Any]:
    """What the report states, in the flat form of a gold file."""
    return {
        "campaign": "llw-2021",
        "header": {
            "number": drawn.number,
            "document_type": "BC",
            "issuer_unit": drawn.code,
            "issuer_level": "district",
            "place": drawn.place,
            "issued_on": drawn.day.isoformat(),
            "signer": {
                "name": drawn.signer,
                "position": drawn.position,
                "authority": drawn.authority,
            },
        },
        "annex": {"number": drawn.number, "issued_on": drawn.annex_day.isoformat()},
        "references": [
            {
                "number": "3764/BGDĐT-GDTrH",
                "document_type": "CV",
                "issued_on": "2021-08-31",
            },
            {"number": "143/KH-UBND", "document_type": "KH", "issued_on": "2021-09-21"},
        ],
        "observations": {f"{i}.{m}": v for (i, m), v in sorted(drawn.values.items())},
        "findings": ["annex_date_differs"] if drawn.annex_day != drawn.day else [],
    }
