"""A reconciliation rule as a form states it: which cells, compared how, how loudly."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from schemas.finding import Severity


class _Rule(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    severity: Severity = Severity.WARNING
    since: int | None = None
    """First campaign year the rule fires in; None = always."""


class WholeParts(_Rule):
    """``whole`` equals the sum of ``parts``, where both are filled in."""

    rule: Literal["whole_differs_from_parts"]
    whole: str
    parts: tuple[str, ...]
    measures: tuple[str, ...]
    tolerance: int = 0


class PeoplePerSession(_Rule):
    """People not fewer than sessions, for each indicator named."""

    rule: Literal["people_fewer_than_sessions"]
    indicators: tuple[str, ...]
    sessions: str = "count"
    people: str = "people"


class WithinRegistry(_Rule):
    """A count of units not above what exists below the issuer on the report's date."""

    rule: Literal["count_exceeds_registry"]
    indicator: str
    measure: str = "count"
    level: Literal["district", "commune"]


class Ratio(_Rule):
    """``numerator / denominator`` of one indicator within ``[minimum, maximum]``."""

    rule: Literal["ratio_out_of_range"]
    indicators: tuple[str, ...]
    numerator: str = "people"
    denominator: str = "count"
    minimum: float
    maximum: float


class Plain(_Rule):
    """A rule that needs no cells named: it compares places the report itself pairs."""

    rule: Literal[
        "text_differs_from_table",
        "annex_date_differs",
        "annex_number_differs",
        "province_differs_from_sum",
        "nothing_reported",
        "outlier",
        "suspicious_figure",
        "reference_differs",
    ]
    tolerance: int = 0


Rule = Annotated[
    WholeParts | PeoplePerSession | WithinRegistry | Ratio | Plain, Field(discriminator="rule")
]
