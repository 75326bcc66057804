"""What is wrong, or may be wrong, and where both sides of it stand."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from schemas.document import Anchor


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class RuleCode(StrEnum):
    """Every rule that can raise a finding. The first block is promised to the outside."""

    ANNEX_DATE_DIFFERS = "annex_date_differs"
    ANNEX_NUMBER_DIFFERS = "annex_number_differs"
    WHOLE_DIFFERS_FROM_PARTS = "whole_differs_from_parts"
    TEXT_DIFFERS_FROM_TABLE = "text_differs_from_table"
    PEOPLE_FEWER_THAN_SESSIONS = "people_fewer_than_sessions"
    PROVINCE_DIFFERS_FROM_SUM = "province_differs_from_sum"
    COUNT_EXCEEDS_REGISTRY = "count_exceeds_registry"
    UNCLAIMED_ROW = "unclaimed_row"
    UNREADABLE_CELL = "unreadable_cell"
    UNKNOWN_UNIT = "unknown_unit"
    MISSING_REPORT = "missing_report"
    LATE_REPORT = "late_report"
    REPLACED_REPORT = "replaced_report"
    DUPLICATE_REPORT = "duplicate_report"
    REFERENCE_DIFFERS = "reference_differs"
    RENDITIONS_DIFFER = "renditions_differ"
    OUTLIER = "outlier"

    UNCLAIMED_COLUMN = "unclaimed_column"
    UNCLAIMED_TABLE = "unclaimed_table"
    DUPLICATE_ROW = "duplicate_row"
    AMBIGUOUS_ROW = "ambiguous_row"
    MISPLACED_VALUE = "misplaced_value"
    UNIT_DIFFERS = "unit_differs"
    MISSING_ROW = "missing_row"
    APPROXIMATE_COUNT = "approximate_count"
    NOTHING_REPORTED = "nothing_reported"
    NUMBER_UNCERTAIN = "number_uncertain"
    DATE_UNCERTAIN = "date_uncertain"
    HEADER_UNCERTAIN = "header_uncertain"
    LAUNCH_UNCERTAIN = "launch_uncertain"
    COMMENDED_UNCERTAIN = "commended_uncertain"
    NARRATIVE_UNCERTAIN = "narrative_uncertain"
    LOST_LETTERS = "lost_letters"
    UNKNOWN_NAME = "unknown_name"
    READINGS_DISAGREE = "readings_disagree"
    SEVERAL_DOCUMENTS = "several_documents"
    RATIO_OUT_OF_RANGE = "ratio_out_of_range"
    SUSPICIOUS_FIGURE = "suspicious_figure"
    HIDDEN_CHARACTERS = "hidden_characters"
    MACROS_IGNORED = "macros_ignored"
    PICTURE_UNREAD = "picture_unread"
    EXTERNAL_CONTENT_IGNORED = "external_content_ignored"
    READING_CHANGED = "reading_changed"
    DECISION_WITHOUT_SOURCE = "decision_without_source"
    CHANGED_SINCE_LAST_YEAR = "changed_since_last_year"
    SAME_AS_LAST_YEAR = "same_as_last_year"
    COPIED_FROM_OTHER_UNIT = "copied_from_other_unit"
    REVISION_UNCLEAR = "revision_unclear"
    REVISED_REPORT_UNKNOWN = "revised_report_unknown"
    DECISION_CARRIED = "decision_carried"
    NUMBER_CONFIRMED = "number_confirmed"
    DATE_CONFIRMED = "date_confirmed"
    CITED_OTHERWISE = "cited_otherwise"
    FORM_ASSUMED = "form_assumed"


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding about one document (or, with ``where`` empty, about the campaign).

    ``message`` is Vietnamese and self-contained; ``where`` lists every place compared, left side
    first; ``value`` and ``other_value`` are the two sides as text. ``field`` names what is doubtful
    in the letter ("header.signer", "references", "theme") as the report's JSON does.
    """

    rule: RuleCode
    severity: Severity
    message: str
    where: tuple[Anchor, ...] = ()
    indicator: str | None = None
    measure: str | None = None
    value: str | None = None
    other_value: str | None = None
    field: str | None = None
