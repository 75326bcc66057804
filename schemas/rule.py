"""A reconciliation rule as a form states it: which cells, compared how, how loudly."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from schemas.finding import Severity


class RuleBase(BaseModel):
    """What every rule states: how loudly, and from which year on."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    severity: Severity = Severity.WARNING
    since: int | None = None
    """First campaign year the rule fires in; None = always."""


class WholeParts(RuleBase):
    """``whole`` equals the sum of ``parts``, where both are filled in."""

    rule: Literal["whole_differs_from_parts"]
    whole: str
    parts: tuple[str, ...]
    measures: tuple[str, ...]
    tolerance: int = 0


class PeoplePerSession(RuleBase):
    """People not fewer than sessions, for each indicator named."""

    rule: Literal["people_fewer_than_sessions"]
    indicators: tuple[str, ...]
    sessions: str = "count"
    people: str = "people"


class WithinRegistry(RuleBase):
    """A count of units not above what exists below the issuer on the report's date."""

    rule: Literal["count_exceeds_registry"]
    indicator: str
    measure: str = "count"
    level: Literal["district", "commune"]


class Ratio(RuleBase):
    """``numerator / denominator`` of one indicator within ``[minimum, maximum]``."""

    rule: Literal["ratio_out_of_range"]
    indicators: tuple[str, ...]
    numerator: str = "people"
    denominator: str = "count"
    minimum: float
    maximum: float


class Plain(RuleBase):
    """A rule that needs no cells named: it compares places the report itself pairs."""

    rule: Literal[
        "text_differs_from_table",
        "annex_date_differs",
        "annex_number_differs",
        "province_differs_from_sum",
        "nothing_reported",
        "reference_differs",
    ]
    tolerance: int = 0


class Outlier(RuleBase):
    """Modified z-score (Iglewicz and Hoaglin 1993) above ``threshold`` over at least ``units``."""

    rule: Literal["outlier"]
    threshold: float = 10.0
    units: int = 6


class YearChange(RuleBase):
    """A unit's figure divided by the year before's within ``[minimum, maximum]``, where one of the
    two is at least ``floor``; ``indicators`` empty: all."""

    rule: Literal["changed_since_last_year"]
    indicators: tuple[str, ...] = ()
    minimum: float = 0.2
    maximum: float = 5.0
    floor: int = 20


class SameAsLastYear(RuleBase):
    """At least ``cells`` figures of a unit reported in both years, and every one the same."""

    rule: Literal["same_as_last_year"]
    cells: int = 4


class OnePerUnit(RuleBase):
    """A count that is exactly the number of units of ``level`` below the issuer, each once."""

    rule: Literal["suspicious_figure"]
    indicators: tuple[str, ...]
    measure: str = "count"
    level: Literal["district", "commune"] = "commune"
    at_least: int = 5
    """Fewer units than this prove nothing."""


class Copied(RuleBase):
    """Two units with at least ``cells`` equal figures of ``floor`` or more, and those at least
    ``share`` of what both reported."""

    rule: Literal["copied_from_other_unit"]
    cells: int = 4
    floor: int = 10
    share: float = 0.8


Rule = Annotated[
    WholeParts
    | PeoplePerSession
    | WithinRegistry
    | Ratio
    | Plain
    | Outlier
    | YearChange
    | SameAsLastYear
    | OnePerUnit
    | Copied,
    Field(discriminator="rule"),
]
