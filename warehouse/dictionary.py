"""The data dictionary: what every published table and column means. One place, many uses."""

from __future__ import annotations

TABLES = {
    "province_annex": "The province's table: one row an indicator and measure, summed over current reports",
    "unit_annex": "What each unit's current report says, as it counts now",
    "reporting_status": "Who has reported, who is late, who is missing, what was replaced",
    "open_findings": "What is wrong or may be, not yet settled",
    "province_declared": "What the province's own report says, where one was submitted",
    "directives": "Documents that reports cite",
    "narratives": "Narrative fields of current reports",
    "lineage": "Every value behind the province's table, down to the place on the page",
    "unread_documents": "Files that could not be read or belong to no campaign",
}
COLUMNS = {
    "campaign": "campaign and year, e.g. llw-2021",
    "province_code": "code of the province in the registry",
    "indicator": "what is counted",
    "measure": "count or people",
    "unit": "unit of measure",
    "value": "the effective value: last decision, else newest reading",
    "reports": "how many units gave a value",
    "provisional": "true until every contributing report is approved",
    "unit_code": "registry code, or the code given to a school or centre",
    "unit_name": "name of the unit",
    "raw": "what stands in the document, letter for letter",
    "status": "reported, blank, not_applicable or unreadable; of a unit: reported, late, missing, replaced",
    "confidence": "0 to 1, built from named evidence",
    "needs_review": "true: do not trust unseen",
    "document_number": "number and symbol of the document",
    "document_sha256": "SHA-256 of the original file",
    "document_name": "file name as submitted",
    "decided_by": "who decided, where a person did",
    "decided_at": "when, UTC",
    "channel": "district or direct",
    "issued_on": "date of issue",
    "received_at": "when the file arrived, UTC",
    "rule": "code of the rule",
    "severity": "error, warning or info",
    "message": "the finding in Vietnamese",
    "other_value": "the other side of a comparison",
    "opened_at": "when it was first found, UTC",
    "number": "number of the cited document",
    "document_type": "abbreviation of Nghị định 30, CV for a công văn",
    "issuer": "who issued it, as cited",
    "cited_by": "number of the citing document",
    "field": "narrative field",
    "text": "text as spelled",
    "folded": "text without diacritics",
    "page": "page, from 1",
    "x0": "left edge, PDF points",
    "top": "top edge, PDF points from the page's top",
    "x1": "right edge",
    "bottom": "bottom edge",
    "table_index": "table in document order, from 0",
    "row_index": "row, from 0",
    "column_index": "column, from 0",
    "error_code": "code of the error",
    "error_message": "the error and the next step, in Vietnamese",
}


def rows(columns: dict[str, list[str]]) -> list[dict[str, str]]:
    """One row a column of each table in ``columns``: table, column, meaning."""
    return [
        {
            "table_name": table,
            "column_name": column,
            "meaning": COLUMNS.get(column, ""),
            "table_meaning": TABLES.get(table, ""),
        }
        for table, names in columns.items()
        for column in names
    ]
