"""What a decision about a letter's header can change, judged without the rest of the campaign.

Such a decision may give a report to another unit, put another of a unit's reports in force, and make
it the one that others cite, or no longer. So all that is judged of some units is judged again: their
documents, their figures beside others', the sums, and what is cited between them and the rest. The
desk judges so before and after, and writes the difference; a test holds it to a full run.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from reconcile.citations import citation_key, hear, judge_citations, with_confirmed
from reconcile.comparisons import judge_directives
from reconcile.judged import Judged, Submitted
from reconcile.outlived import about_carried, about_readings, about_replacements
from reconcile.reporting import judge_units
from reconcile.run import cited_outside
from reconcile.standing import Standing, across, beside_others, figures, judged_document
from warehouse import outlived, queries
from warehouse.findings import Raised, fingerprint
from warehouse.queries import DocumentRow


@dataclass(frozen=True, slots=True)
class Concerned:
    """``units``: codes of units judged whole, with ``documents``: all of theirs. ``named``: further
    documents that whoever cites these also cites. ``citing``: who cites any of both."""

    units: tuple[str, ...]
    documents: frozenset[str]
    named: frozenset[str]
    citing: frozenset[str]
    cited: Sequence[Any]


def concerned(
    connection: Any, standing: Standing, before: DocumentRow, then: DocumentRow
) -> Concerned:
    """Whom it concerns that a document, which was ``before``, becomes ``then``."""
    cited = queries.cited(connection, standing.form.campaign)
    units = {before.unit_code or "", then.unit_code or ""}
    documents = {before.sha256}.union(*(standing.by_unit.get(u, ()) for u in units))
    rows = [*(standing.documents[s] for s in documents), then]
    citing = _citing(rows, cited)
    named = _named_by({before.sha256, *citing}, standing, cited) - documents
    citing |= _citing([standing.documents[s] for s in named], cited)
    return Concerned(
        tuple(sorted(units - {""})),
        frozenset(documents),
        frozenset(named),
        frozenset(citing),
        cited,
    )


def _citing(documents: Iterable[DocumentRow], cited: Iterable[Any]) -> set[str]:
    """Documents that cite one of ``documents`` by its number or day."""
    rows = list(documents)
    keys = {citation_key(d.number) for d in rows if d.number} - {""}
    days = {d.issued_on for d in rows if d.issued_on is not None}
    return {c.sha256 for c in cited if c.issued_on in days or citation_key(c.number) in keys}


def _named_by(citing: set[str], standing: Standing, cited: Iterable[Any]) -> set[str]:
    """Documents that those ``citing`` cite by number, or by day where their own number is in doubt;
    with all of their units: two files of a unit may bear the number."""
    theirs = [c for c in cited if c.sha256 in citing and c.issued_on is not None]
    keys, days = {citation_key(c.number) for c in theirs} - {""}, {c.issued_on for c in theirs}
    found = {
        s: d
        for s, d in standing.documents.items()
        if (d.number is not None and citation_key(d.number) in keys)
        or (d.issued_on in days and (d.number is None or s in standing.unsure))
    }
    units = {d.unit_code for d in found.values() if d.unit_code}
    return set(found).union(*(standing.by_unit[u] for u in units))


def judged_units(connection: Any, standing: Standing, whom: Concerned) -> list[Raised]:
    """Every finding in which those concerned may have a part, as they stand now."""
    campaign = standing.form.campaign
    everyone = _ordered(standing, whom.documents | whom.named | whom.citing)
    about = whom.documents | whom.named
    heard = hear(everyone, cited_outside(connection, campaign), standing.units)
    heard = {s: said for s, said in heard.items() if s in about}
    everyone = [
        d if d.sha256 not in about else c
        for d, c in zip(everyone, with_confirmed(everyone, heard), strict=True)
    ]
    documents = [d for d in everyone if d.sha256 in about]
    own = [d for d in documents if d.sha256 in whom.documents]
    status = queries.reporting_status(connection, campaign, whom.units)
    # Whoever cites may be told of it at the same place by both of these: a full run takes the first.
    directives = judge_directives(everyone, standing.form, whom.cited)
    citations = judge_citations(everyone, heard)
    cells = [(i.code, m.code) for i in standing.form.indicators for m in i.measures]
    found = [
        *(r for d in documents for r in _alone(standing, d)),
        *_raised((*judge_units(own, status), *directives)),
        *(r for u in whom.units for r in _beside(standing, u, own)),
        *across(standing, cells, {}),
        *_raised(citations),
        *_outlived(connection, standing, whom),
    ]
    first = {fingerprint(campaign, r): r for r in reversed(found)}
    return list(first.values())


def _raised(judged: Iterable[Judged]) -> list[Raised]:
    return [Raised(j.finding, j.sha256, j.unit_code) for j in judged]


def _ordered(standing: Standing, documents: Iterable[str]) -> list[Submitted]:
    """With their reports, in the order of a full run."""
    known = standing.documents
    names = sorted((known[s].name, s) for s in documents if s in known)
    return [standing.submitted(s) for _, s in names]


def _alone(standing: Standing, document: Submitted) -> list[Raised]:
    row, main = standing.documents[document.sha256], standing.main_of(document.sha256)
    counts = row.unit_code and row.layer is not None
    seen = figures(standing, row.unit_code or "", {}) if counts else {}
    if main is not row:
        seen = {k: v for k, v in seen.items() if v.document_sha256 == document.sha256}
    return judged_document(document, seen, standing.form, standing.units, standing.province)


def _beside(standing: Standing, unit: str, documents: list[Submitted]) -> list[Raised]:
    """The unit's figures beside those of other years and units."""
    main = next((d for d in documents if d.unit_code == unit and d.current), None)
    if main is None:
        return []
    return beside_others(standing, main, figures(standing, unit, {}), {})


def _outlived(connection: Any, standing: Standing, whom: Concerned) -> list[Raised]:
    """What stands beside a later reading, or came from an earlier file."""
    form = standing.form
    codes = {s: d.unit_code for s, d in standing.documents.items()}
    found = about_readings(outlived.read_again(connection, form.campaign, whom.documents), form)
    for unit in whom.units:
        found += about_replacements(outlived.inherited(connection, form.campaign, unit), form)
        found += about_carried(outlived.carried(connection, form.campaign, unit), codes, form)
    return found
