"""Document to Report: what a submitted document says, each value with its place and its trust."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from parsers.annex_alone import with_letter
from parsers.claims import AnnexReading, claim
from parsers.commended import Registry, read_commended
from parsers.commended_lists import praises_strongly
from parsers.confidence import combine, with_evidence
from parsers.counts import mentions
from parsers.header import Front, read_front
from parsers.header_nets import missing_parts
from parsers.headings import headings_of
from parsers.identify import Facts, identify
from parsers.launch import read_launch
from parsers.letter import Line
from parsers.loose_figures import loose_figures
from parsers.lost_rows import lost_rows
from parsers.narrative import Sections, read_narrative
from parsers.plain_numbers import table_figures
from parsers.precautions import nothing_reported, precaution_findings
from parsers.references import read_references
from parsers.revision import read_revision, revision_findings
from parsers.several import Letters, letters_in
from parsers.theme import read_theme
from parsers.trust import header_findings, trust_header
from parsers.trust_image import (
    trust_commended,
    trust_references,
    trust_stamp,
    trust_theme,
)
from parsers.trust_text import unsure_parts
from parsers.unread_tables import unread_tables
from parsers.untold import beside_annex, untold, without_named
from schemas.document import BlockKind, Document, Paragraph, Table
from schemas.errors import TonghopError
from schemas.finding import Finding, RuleCode, Severity
from schemas.form import Form
from schemas.registry_index import AdminUnits
from schemas.report import (
    Commended,
    ErrorNote,
    IssuerLevel,
    Observation,
    Report,
    Status,
)


@dataclass(frozen=True, slots=True)
class _Letter:
    """The document's parts that everything below works on."""

    document: Document
    front: Front
    body: tuple[Paragraph, ...]
    lines: tuple[Line, ...]
    of: Letters


def extract(
    document: Document,
    forms: Mapping[str, Form],
    units: AdminUnits,
    *,
    province: str = "33",
    campaign: str | None = None,
) -> Report:
    """Understands ``document``; one of no campaign keeps its header and references only.

    ``province`` is where names are looked for that the letter itself does not place.
    """
    year = next((f.year for f in forms.values() if f.campaign == campaign), None)
    letters = letters_in(document)
    document = letters.first
    front, revises = with_letter(read_front(document, units, province, year), units, province)
    letter = _Letter(document, front, *_body(document, front), letters)
    references, differing = read_references(_citing(letter), front.header.number)
    located = (
        *trust_header(front, document),
        *trust_stamp(front, document),
        *trust_references(references, document, front.header.issued_on),
    )
    base = Report(
        Status.PARTIAL, document.source, document.reading, header=front.header,
        annex=front.stamp.stamp if front.stamp else None, references=references,
        located=located, findings=(*differing, *_document_findings(letter)),
        revises=revises or read_revision(front.subject_lines, letter.lines, front.header.number),
        turned=tuple((p.number, p.turned) for p in document.pages if p.turned),
    )  # fmt: skip
    found = identify(_facts(letter), forms, campaign, document.source.name)
    if found.form is None:
        error = found.error or TonghopError()
        return replace(base, error=ErrorNote(error.code, error.message))
    return _understood(base, letter, found.form, units, province)


def _understood(
    base: Report, letter: _Letter, form: Form, units: AdminUnits, province: str
) -> Report:
    header = letter.front.header
    annex = claim(letter.document, form, header.issuer_level)
    said, loose = mentions(letter.body, form, header.issuer or "", header.issuer_level)
    said = (*said, *_noted(letter, annex, form, said))
    observations, differing = combine(
        annex.observations, said, {(f.indicator, f.measure) for f in annex.findings}
    )
    if len(letter.of.starts) > 1:  # until the letters are apart, any may be the other's
        observations = tuple(with_evidence(one, "document:several") for one in observations)
    sections = read_narrative(letter.body, headings_of(form))
    under = _under(letter, sections, "launch")
    launch, places, unclear = read_launch(letter.lines, under, form.year)
    theme, theme_line, span = read_theme(letter.lines)
    if theme is not None and theme_line is not None:
        places = (*places, trust_theme(theme, theme_line, span, letter.document))
    day = letter.front.header.issued_on or form.ends_on
    nationwide = header.issuer_level is IssuerLevel.MINISTRY
    home = None if nationwide else letter.front.province or units.get(province, day)
    findings = [*base.findings, *annex.findings, *differing]
    findings += beside_annex(loose, observations) if annex.tables else loose
    findings += header_findings(letter.front, base.located, form)
    findings += [
        *missing_parts(letter.front, letter.lines, theme, base.references),
        *loose_figures(letter.document, annex.tables),
    ]
    unseen = set(annex.unseen) - {one.indicator for one in observations}
    findings = _netted(letter, annex, form, (*observations, *said), findings)
    findings += lost_rows(letter.document, annex.tables, form, unseen)
    findings += unread_tables(letter.document, annex.tables, (*observations, *said))
    commended, unlisted = _praised(letter, sections, Registry(units, day, home))
    located = (*base.located, *places, *trust_commended(commended, letter.document))
    findings += unsure_parts(letter.front, sections.paragraphs, located, letter.document)
    findings += [*revision_findings(base.revises), *unclear, *unlisted, *sections.findings]
    findings += nothing_reported(base, observations)
    return replace(
        base,
        status=_status(base, bool(observations)),
        campaign=form.campaign,
        launch=launch,
        theme=theme,
        commended=commended,
        narrative=sections.narrative,
        observations=observations,
        mentions=said,
        findings=tuple(findings),
        located=located,
    )


def _status(base: Report, any_observations: bool) -> Status:
    """Partial where there are no values, or a letter does not say who issued it."""
    lettered = base.header.document_type is not None
    if not any_observations or (lettered and base.header.issuer is None):
        return Status.PARTIAL
    return Status.OK


def _body(document: Document, front: Front) -> tuple[tuple[Paragraph, ...], tuple[Line, ...]]:
    """Paragraphs between the header and Nơi nhận, the annex's caption left out."""
    zones, lines = front.zones, front.lines
    start = lines[zones.body].block if zones.body < len(lines) else len(document.blocks)
    stops = [i for i in (zones.tail, zones.annex) if i is not None and i < len(lines)]
    stop = min((lines[i].block for i in stops), default=len(document.blocks))
    stop = max(stop, start)
    paragraphs = tuple(
        block
        for block in document.blocks[start:stop]
        if isinstance(block, Paragraph)
        and block.kind is not BlockKind.FOOTNOTE
        and block.text.strip()
    )
    at = {id(p): i for i, p in enumerate(document.blocks)}
    return paragraphs, tuple(Line(p.text, p, 0, at[id(p)]) for p in paragraphs)


def _netted(
    letter: _Letter,
    annex: AnnexReading,
    form: Form,
    observations: Sequence[Observation],
    findings: Sequence[Finding],
) -> list[Finding]:
    """``findings`` with those of the numbers of the text that nothing took."""
    named = untold(
        (*letter.body, *(() if annex.tables else _behind(letter))),
        form,
        observations,
        findings,
        table_figures(letter.document, annex.tables),
        level=letter.front.header.issuer_level,
        quiet=bool(annex.tables),
    )
    return [*without_named(findings, named), *named]


def _noted(
    letter: _Letter, annex: AnnexReading, form: Form, said: Sequence[Observation]
) -> list[Observation]:
    """Counts told in notes under the annex's table of rows that neither it nor the letter gives, each
    to be looked at."""
    if not annex.tables:
        return []
    known = {one.key for one in (*annex.observations, *said)}
    known |= {(f.indicator, f.measure) for f in annex.findings if f.indicator and f.measure}
    notes, _ = mentions(_behind(letter), form, letter.front.header.issuer or "")
    return [with_evidence(one, "phrase:loose") for one in notes if one.key not in known]


def _behind(letter: _Letter) -> tuple[Paragraph, ...]:
    """What stands under the annex's caption as text."""
    zones, lines = letter.front.zones, letter.front.lines
    if zones.annex >= len(lines):
        return ()
    rest = letter.document.blocks[lines[zones.annex].block :]
    inside = {id(p) for p in letter.body}
    return tuple(b for b in rest if isinstance(b, Paragraph) and id(b) not in inside)


def _citing(letter: _Letter) -> list[Line]:
    """Where documents are cited: the body, footnotes, and tables that are no annex."""
    notes = [
        Line(b.text, b, 0, i)
        for i, b in enumerate(letter.document.blocks)
        if isinstance(b, Paragraph) and b.kind is BlockKind.FOOTNOTE
    ]
    return [*letter.front.subject_lines, *letter.lines, *notes]


def _under(letter: _Letter, sections: Sections, field: str) -> list[Line]:
    wanted = {id(p) for p in sections.paragraphs.get(field, ())}
    return [line for line in letter.lines if id(line.home) in wanted]


def _praised(
    letter: _Letter, sections: Sections, registry: Registry
) -> tuple[tuple[Commended, ...], tuple[Finding, ...]]:
    weighing = {id(p) for p in sections.paragraphs.get("results", ())}
    return read_commended(_praising(letter, sections), registry, weighing)


def _praising(letter: _Letter, sections: Sections) -> list[Line]:
    """The body without the parts that name units for other reasons, unless in words of praise."""
    left_out = {
        id(p) for field in ("launch", "difficulties") for p in sections.paragraphs.get(field, ())
    } - {id(p) for p in sections.paragraphs.get("results", ())}
    return [
        line
        for line in letter.lines
        if id(line.home) not in left_out or praises_strongly(line.folded)
    ]


def _facts(letter: _Letter) -> Facts:
    front = letter.front
    opening = " ".join(line.text for line in front.lines[:60])[:2500]
    tables = any(
        isinstance(b, Table) and b.rows >= 3 and b.columns >= 3 for b in letter.document.blocks
    )
    return Facts(
        front.header.document_type, front.header.title, _captions(front), opening,
        front.header.issued_on, tables,
    )  # fmt: skip


def _captions(front: Front) -> tuple[str, ...]:
    """The annex's title, its lines joined: capitals after the letter, or above a bare annex."""
    bare = front.header.document_type is None
    lines = front.lines[:25] if bare else front.lines[front.zones.annex : front.zones.annex + 8]
    kept = [line.text for line in lines if line.upper or bare]
    return (" ".join(kept),) if kept else ()


def _document_findings(letter: _Letter) -> Sequence[Finding]:
    out = []
    starts = letter.of.starts
    if len(starts) > 1:
        out.append(
            Finding(
                RuleCode.SEVERAL_DOCUMENTS, Severity.WARNING,
                "Tệp có vẻ chứa nhiều văn bản: Quốc hiệu xuất hiện hơn một lần.",
                tuple(line.where() for line in starts),
            )
        )  # fmt: skip
    for doubt in letter.document.doubts:
        if doubt.code == "lost_letters":
            message = f"Văn bản bị mất chữ khi chuyển mã: {doubt.detail}."
            out.append(Finding(RuleCode.LOST_LETTERS, Severity.WARNING, message))
    return [*out, *precaution_findings(letter.document)]
