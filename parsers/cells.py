"""The number cells of one claimed row, as observations."""

from __future__ import annotations

import re
from collections.abc import Sequence

from parsers.columns import Columns
from parsers.confidence import REVIEW_BELOW, confidence_of, with_evidence
from parsers.counted import holds
from parsers.grid import said_in
from parsers.merged_cells import over_columns, over_rows
from parsers.phrases import FIGURE, PEOPLE, bare_of_words
from parsers.row_units import unit_words
from parsers.rows import run_together
from parsers.totals import adds_up
from parsers.unread_cells import Made, marked_only, unread, unreadable, untaken
from schemas.document import Cell
from schemas.finding import Finding, RuleCode, Severity
from schemas.form import Indicator, Measure
from schemas.numbers import BROKEN, CountReading, parse_count, split_pair
from schemas.report import Observation, Origin
from schemas.text import fold, one_line, words

_DOUBTFUL = {
    "weak_ink",
    "under_seal",
    "readings_disagree",
    "handwritten",
    "hidden_characters",
    "layer_contradicts_image",
    "untrusted_layer",
    "struck_out",
    "text_box",
    "unseen_ink",
}
_LISTED = re.compile(r"\d{1,3}[.)]")
"""What may be the number of a list, which Word puts before nothing at all, and no count."""
_SCALE = re.compile(r"%|\b(?:nghin|ngan|tram|trieu|ty|(?<!to )chuc|phan tram)\b")


def read_cells(
    indicator: Indicator, cells: Sequence[Cell | None], columns: Columns, row_evidence: str
) -> Made:
    """Observations and findings of one row."""
    filled = [
        (measure, cell)
        for column, measure in columns.measures
        if (
            (cell := cells[column]) is not None
            and cell.column == column
            and not parse_count(cell.text).blank
        )
        or (cell is not None and cell.column == column and cell.doubts and not cell.text.strip())
    ]
    evidence = [row_evidence, *(["unit:scaled"] if _scaled(cells, columns) else [])]
    if indicator.measures[0].code != "people" and PEOPLE.fullmatch(
        words(said_in(cells, columns.unit))
    ):
        evidence.append("unit:other")
    if not all(_adds_up(cells, total, parts) for total, parts in columns.totals):
        evidence.append("column:parts_differ")
    if columns.unnamed and _from_unnamed(indicator, filled, columns.unnamed):
        alone = len(indicator.measures) == 1 or _says_count(indicator, cells, columns)
        this_year = columns.this_year and alone
        evidence.append("column:this_year" if this_year else "column:unnamed")
    if len(indicator.measures) == 1:
        how = "column:shared" if columns.shared else "column:only_measure"
        observations, findings = _single(indicator, filled, evidence, how)
        findings += run_together(indicator, filled, observations)
    else:
        observations, findings = _several(indicator, filled, cells, columns, evidence)
    findings += marked_only(indicator, cells, columns.measures, (observations, findings))
    spread = {cell.anchor for _, cell in filled if over_rows(cell, cells, columns)}
    observations = [
        with_evidence(one, "cell:spans") if one.where in spread else one for one in observations
    ]
    for cell in over_columns(cells, columns):
        findings += untaken(indicator, cell, one_line(cell.text), observations, findings)
    return observations, findings


def _from_unnamed(indicator: Indicator, filled: Sequence[tuple[str, Cell]], unnamed: str) -> bool:
    """Whether the row's one value comes from the column of no known head."""
    codes = [code for code, _ in filled]
    own = indicator.measures[0].code
    return len(indicator.measures) > 1 or unnamed in ([own] if own in codes else codes[:1])


def _several(
    indicator: Indicator,
    filled: Sequence[tuple[str, Cell]],
    cells: Sequence[Cell | None],
    columns: Columns,
    row_evidence: Sequence[str],
) -> Made:
    observations: list[Observation] = []
    findings: list[Finding] = []
    by_code = {m.code: m for m in indicator.measures}
    for code, cell in filled:
        told, how = bare_of_words(cell.text)
        pair = split_pair(told)
        if pair is not None and len(filled) == 1 and len(indicator.measures) == 2:
            if _of_people(pair[0]) and not _of_people(pair[1]):
                pair = pair[1], pair[0]
            evidence = [*row_evidence, *how, _pair(pair, cells, columns)]
            for text, measure in zip(pair, indicator.measures, strict=True):
                _one(indicator, measure, cell, text, evidence, observations, findings)
        elif code in by_code:
            unsure = code in columns.shared or _covers_both(cell, columns)
            sure = "" if code == columns.unnamed else "column:unnamed"
            evidence = [e for e in row_evidence if e != sure]
            evidence.append("column:shared" if unsure else "column:named")
            _one(indicator, by_code[code], cell, cell.text, evidence, observations, findings)
    findings += unread(indicator, filled, observations, findings)
    for cell in (cell for _, cell in filled if _covers_both(cell, columns)):
        findings += untaken(indicator, cell, one_line(cell.text), observations, findings)
    return observations, findings


def _adds_up(cells: Sequence[Cell | None], total: int, parts: Sequence[int]) -> bool:
    texts = [one_line(cell.text) if cell is not None else "" for cell in cells]
    return not texts[total] or adds_up(texts, total, parts)


def _pair(pair: tuple[str, str], cells: Sequence[Cell | None], columns: Columns) -> str:
    """What says that the second of two numbers counts people: itself, the row's unit, or nothing."""
    if _of_people(pair[1]):
        return "pair:split"
    units = re.split(r"\s*(?:[/,;+&–-]|\bvà\b)\s*", said_in(cells, columns.unit))
    told = len(units) == 2 and not PEOPLE.match(words(units[0])) and PEOPLE.match(words(units[1]))
    return "pair:headed" if told else "pair:bare"


def _says_count(indicator: Indicator, cells: Sequence[Cell | None], columns: Columns) -> bool:
    """Whether the row's unit is the first measure's alone: "Lớp", not "Lớp/người"."""
    return words(said_in(cells, columns.unit)) in unit_words(indicator.measures[0])


def _of_people(half: str) -> bool:
    """Whether the second of two numbers says that it counts people: "9/14 lớp" may be a share."""
    return bool(PEOPLE.search(fold(parse_count(half).unit)))


def _covers_both(cell: Cell, columns: Columns) -> bool:
    """Whether the cell is merged over two number columns: its value may be either measure."""
    reach = range(cell.column, cell.column + cell.column_span)
    return sum(column in reach for column, _ in columns.measures) > 1


def read_label(indicator: Indicator, cell: Cell, text: str, row_evidence: str) -> Made:
    """The number a label ends with ("Số tin bài: 35"), as a value to be looked at."""
    observations: list[Observation] = []
    findings: list[Finding] = []
    evidence = [row_evidence, "label:embedded"]
    pair = split_pair(text) if len(indicator.measures) == 2 else None
    for told, measure in zip(pair or (text,), indicator.measures, strict=False):
        _one(indicator, measure, cell, told, evidence, observations, findings)
    if pair is None and len(FIGURE.findall(text)) > 1:
        findings += untaken(indicator, cell, text, observations, findings)
    return observations, findings


def _single(
    indicator: Indicator, filled: Sequence[tuple[str, Cell]], row_evidence: Sequence[str], how: str
) -> Made:
    """An indicator with one measure takes its value from whichever number column holds it; ``how`` says
    how sure the columns are where one alone does."""
    observations: list[Observation] = []
    findings: list[Finding] = []
    measure = indicator.measures[0]
    own = [cell for code, cell in filled if code == measure.code]
    chosen = own or [cell for _, cell in filled]
    if len(filled) > 1:
        findings.append(
            Finding(RuleCode.MISPLACED_VALUE, Severity.WARNING,
                    f"«{indicator.label}» chỉ có một số liệu nhưng bảng ghi ở cả hai cột: {', '.join(c.text for _, c in filled)}.",
                    tuple(c.anchor for _, c in filled), indicator.code, measure.code)
        )  # fmt: skip
    if chosen:
        evidence = [*row_evidence, "column:misplaced" if len(filled) > 1 else how]
        _one(indicator, measure, chosen[0], chosen[0].text, evidence, observations, findings)
    return observations, findings


def _one(indicator: Indicator, measure: Measure, cell: Cell, text: str, evidence: list[str],
         observations: list[Observation], findings: list[Finding]) -> None:  # fmt: skip
    raw = one_line(text)
    told, how = bare_of_words(raw)
    reading = parse_count(text if BROKEN.search(text) else told)
    evidence = [*evidence, *how]
    value = reading.value
    fits = _unit_fits(reading, measure)
    if value is None or not (fits or len(indicator.measures) == 1):
        findings.append(unreadable(indicator, measure, cell, raw, reading))
        return
    doubts = {d.code for d in cell.doubts}
    evidence = [*evidence, f"number:{reading.style}"]
    if fits and _counts_own(reading, measure):
        evidence = [e for e in evidence if e != "column:unnamed"]
    if not fits or any(holds(words(reading.unit), words(o)) for o in indicator.prose.not_after):
        evidence.append("unit:other")
    if reading.approximate:
        evidence.append("number:approximate")
    if reading.noted:
        evidence.append("number:noted")
    others = {parse_count(r).value for r in cell.readings}
    if len(others) > 1 or "readings_disagree" in doubts:
        evidence.append("reading:disagrees")
        findings.append(
            Finding(RuleCode.READINGS_DISAGREE, Severity.WARNING,
                    f"Hai lần đọc ô «{indicator.label}» khác nhau: {', '.join(cell.readings) or raw}.",
                    (cell.anchor,), indicator.code, measure.code, raw)
        )  # fmt: skip
    elif doubts & _DOUBTFUL or _LISTED.fullmatch(raw):
        evidence.append("reading:doubtful")
    if measure.expected and not measure.expected[0] <= value <= measure.expected[1]:
        evidence.append("range:outside")
    confidence = confidence_of(evidence, cell.confidence)
    observations.append(
        Observation(indicator.code, measure.code, value, measure.unit, raw, Origin.ANNEX, confidence,
                    confidence < REVIEW_BELOW, cell.anchor, tuple(evidence), indicator.label)
    )  # fmt: skip


def _counts_own(reading: CountReading, measure: Measure) -> bool:
    """Whether the figure says itself that it counts what the measure counts: "05 lớp", "210 người"."""
    unit = words(re.sub(r"[().]", "", reading.unit))
    return bool(unit) and (
        unit in unit_words(measure) or (measure.code == "people" and bool(PEOPLE.match(unit)))
    )


def _scaled(cells: Sequence[Cell | None], columns: Columns) -> bool:
    """Whether the row is counted in thousands, millions or per cent: its figures are not counts."""
    return bool(_SCALE.search(fold(said_in(cells, columns.unit))))


def _unit_fits(reading: CountReading, measure: Measure) -> bool:
    """A unit written beside the number must not be another measure's."""
    if not reading.unit:
        return True
    unit = words(re.sub(r"[().]", "", reading.unit))
    return bool(PEOPLE.match(unit)) <= (measure.code == "people")
