"""Which field of the letter a finding asks a person to look at."""

from __future__ import annotations

from schemas.fields import SUBJECTS
from schemas.finding import Finding, RuleCode, Severity

_USUAL = {
    RuleCode.ANNEX_DATE_DIFFERS: "header.issued_on",
    RuleCode.DATE_UNCERTAIN: "header.issued_on",
    RuleCode.ANNEX_NUMBER_DIFFERS: "header.number",
    RuleCode.NUMBER_UNCERTAIN: "header.number",
    RuleCode.HEADER_UNCERTAIN: "header.issuer",
    RuleCode.LAUNCH_UNCERTAIN: "launch.held_on",
    RuleCode.COMMENDED_UNCERTAIN: "commended",
    RuleCode.UNKNOWN_UNIT: "header.issuer_unit",
    RuleCode.UNKNOWN_NAME: "commended",
    RuleCode.REFERENCE_DIFFERS: "references",
    RuleCode.CITED_OTHERWISE: "header.number",
    RuleCode.REVISION_UNCLEAR: "header.revises",
    RuleCode.REVISED_REPORT_UNKNOWN: "header.revises",
}
"""Rules that always ask for a field: the one meant where the finding names none."""
_FIRST = {"launch": "launch.held_on", "annex": "annex.issued_on"}
"""Where a whole part is in doubt, the field of it to begin with."""


def field_of(finding: Finding) -> str | None:
    """The field that ``finding`` doubts, named as decisions name it; None for any other finding."""
    named = finding.field or _USUAL.get(finding.rule, "")
    named = _FIRST.get(named, named)
    return named if named in SUBJECTS else None


def asked_field(finding: Finding) -> str | None:
    """The same where a person is to look at it: what is only noted is nobody's work."""
    noted = finding.severity is Severity.INFO and finding.rule not in _USUAL
    return None if noted else field_of(finding)
