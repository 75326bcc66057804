"""The data dictionary: what every published table and column means. One place, many uses:
database comments, the published files, ``docs/data-dictionary.md``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from warehouse.dictionary_columns import COLUMNS, EXCEPTIONS

TABLES: dict[str, tuple[str, str]] = {
    "province_annex": (
        "The province's table: one row for each indicator and measure, summed over the current reports of districts and direct units",
        "lineage; a whole nobody reported is blank, else it is what each unit reported for it or the sum of its parts",
    ),
    "province_annex_wide": (
        "The province's table as printed: one row an indicator, counts and people side by side",
        "province_annex",
    ),
    "province_annex_today": (
        "Each year's table read in today's map of provinces; exact where every province merged since has reported",
        "province_annex, unit_today",
    ),
    "unit_annex": (
        "What each unit's current report says, as it counts now",
        "documents, decisions",
    ),
    "unit_annex_today": (
        "Each unit's values with the unit of today's map that holds all of it; exact is false where there is none",
        "unit_annex, unit_today",
    ),
    "reporting_status": (
        "Who has reported, who is late, who is missing, what was replaced",
        "form, registry, documents",
    ),
    "reporting_rate": (
        "How many of the units expected to report did, and how many in time: all, districts, direct units",
        "obligation, reporting_status",
    ),
    "reporting_rate_by_unit": (
        "The same for each unit over all campaigns",
        "obligation, reporting_status",
    ),
    "open_findings": ("What is wrong or may be, not yet settled", "rules of the form"),
    "province_declared": (
        "What the province's own report says, where one was submitted",
        "documents, decisions",
    ),
    "directives": ("Documents that reports cite, one row a citation", "documents"),
    "directive_chain": (
        "The chain ministry, province, department, district: who cites what, and which number and date most reports give",
        "documents",
    ),
    "narratives": ("Narrative fields of current reports", "documents"),
    "narrative_words": (
        "The same fields without diacritics and punctuation, for searching whole words",
        "narratives",
    ),
    "lineage": (
        "Every value behind the province's table, down to the place on the page; sums to province_annex",
        "documents, decisions",
    ),
    "unread_documents": (
        "Files that could not be read or belong to no campaign",
        "documents",
    ),
    "reviewer_effort": ("What each reviewer decided in a campaign", "decisions"),
    "data_quality": (
        "For each current report: how full it is, how sure, how much of it a person looked at",
        "documents, decisions, rules of the form",
    ),
    "dim_campaign": ("Dimension: campaigns", "forms"),
    "dim_indicator": ("Dimension: cells of each campaign's form", "forms"),
    "dim_unit": (
        "Dimension: units of each campaign, with where they lie today",
        "registry, documents",
    ),
    "dim_document": ("Dimension: every document read, current or not", "documents"),
    "fact_observation": (
        "Fact: one row for each effective cell of a current report of a district or direct unit",
        "documents, decisions",
    ),
    "data_dictionary": ("This dictionary", "warehouse/dictionary.py"),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One column of one table: its meaning, unit of measure (empty: none) and source."""

    table_name: str
    column_name: str
    meaning: str
    unit: str
    source: str
    table_meaning: str
    table_source: str


def describe(table: str, column: str) -> Entry:
    """The entry of one column; its meaning is empty where nobody has said it (a test asks)."""
    found = EXCEPTIONS.get((table, column)) or COLUMNS.get(column, ("", "", ""))
    meaning, unit, source = found
    return Entry(table, column, meaning, unit, source, *TABLES[table])


def fingerprint() -> str:
    """Changes when any text of the dictionary does."""
    return hashlib.sha256(repr((TABLES, COLUMNS, EXCEPTIONS)).encode()).hexdigest()


def rows(columns: Mapping[str, Sequence[str]]) -> list[dict[str, str]]:
    """One row a column of each table in ``columns``, in their order."""
    return [asdict(describe(table, column)) for table, names in columns.items() for column in names]


def markdown(columns: Mapping[str, Sequence[str]]) -> str:
    """The dictionary as a page."""
    lines = [
        "# Data dictionary",
        "",
        "Written by `python -m tools.write_dictionary` from `warehouse/dictionary.py`. The same text stands in the",
        "published DuckDB file (comments, `data_dictionary`), in each Parquet file's metadata, in the XLSX, and in the database.",
    ]
    for table, names in columns.items():
        meaning, source = TABLES[table]
        lines += ["", f"## {table}", "", f"{meaning}. From: {source}.", ""]
        lines += ["| column | meaning | unit | from |", "|---|---|---|---|"]
        for name in names:
            one = describe(table, name)
            lines.append(f"| `{name}` | {one.meaning} | {one.unit} | {one.source} |")
    return "\n".join(lines) + "\n"
