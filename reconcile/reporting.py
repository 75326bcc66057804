"""Which reports a unit has: what is missing or late, what took another's place, what is not held: pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from reconcile.judged import Judged, Submitted
from schemas.finding import Finding, RuleCode, Severity
from warehouse.layers import one_document, same_number


def judge_units(
    documents: Sequence[Submitted], status: Sequence[Mapping[str, object]]
) -> list[Judged]:
    """Findings about which reports a unit has: they look at the unit's own documents only, so
    ``documents`` may be all of some units, with the ``status`` of these."""
    return [
        *_status(status),
        *_superseded(documents),
        *_unheld(documents),
        *_annexes_of_other_days(documents),
        *_uncounted(documents),
    ]


def _status(status: Sequence[Mapping[str, object]]) -> list[Judged]:
    out = []
    for row in status:
        if row["status"] == "missing":
            text = f"Chưa nhận được báo cáo của {row['unit_name']}."
            severity = Severity.WARNING if row["channel"] == "district" else Severity.INFO
            out.append(
                Judged(
                    Finding(RuleCode.MISSING_REPORT, severity, text), None, str(row["unit_code"])
                )
            )
        elif row["status"] == "late":
            text = f"Báo cáo của {row['unit_name']} ban hành ngày {row['issued_on']}, quá hạn."
            out.append(
                Judged(
                    Finding(RuleCode.LATE_REPORT, Severity.INFO, text), None, str(row["unit_code"])
                )
            )
    return out


def _superseded(documents: Sequence[Submitted]) -> list[Judged]:
    by_sha = {d.sha256: d for d in documents}
    out = []
    for one in documents:
        other = by_sha.get(one.superseded_by or "")
        if other is None:
            continue
        mine, theirs = one.report.header.number or "", other.report.header.number or ""
        days = one.report.header.issued_on, other.report.header.issued_on
        if not one_document(mine, days[0], theirs, days[1]):
            said = other.report.revises
            declared = said is not None and said.clear and same_number(mine, said.number or "")
            tail = "theo chính văn bản mới." if declared else "cần xác nhận."
            finding = Finding(
                RuleCode.REPLACED_REPORT,
                Severity.INFO if declared else Severity.WARNING,
                f"{one.unit_name}: báo cáo {mine or one.name} đã có báo cáo mới hơn {theirs or other.name}; {tail}",
                value=mine or one.name,
                other_value=theirs or other.name,
            )
            out.append(Judged(finding, one.sha256, one.unit_code))
        else:
            out.append(_rendition(one, other))
    return out


def _rendition(one: Submitted, other: Submitted) -> Judged:
    mine = {o.key: o.value for o in one.report.observations}
    theirs = {o.key: o.value for o in other.report.observations}
    differing = sorted(k for k in mine.keys() | theirs.keys() if mine.get(k) != theirs.get(k))
    if not differing:
        day, days = one.report.header.issued_on, other.report.header.issued_on
        if day is not None and days is not None and day != days:
            rule, severity = RuleCode.RENDITIONS_DIFFER, Severity.WARNING
            text = f"{one.name} và {other.name} là hai bản của một văn bản nhưng ghi ngày {day:%d/%m/%Y} và {days:%d/%m/%Y}."
        else:
            rule, severity = RuleCode.DUPLICATE_REPORT, Severity.INFO
            text = f"{one.name} và {other.name} là hai bản của cùng một báo cáo."
        same = Finding(rule, severity, text, value=one.name, other_value=other.name)
        return Judged(same, one.sha256, one.unit_code)
    key = differing[0]
    text = f"{one.name} và {other.name} là hai bản của một văn bản nhưng khác nhau ở {len(differing)} số liệu, ví dụ {key[0]}: {mine.get(key)} và {theirs.get(key)}."
    finding = Finding(
        RuleCode.RENDITIONS_DIFFER,
        Severity.ERROR,
        text,
        (),
        key[0],
        key[1],
        str(mine.get(key)),
        str(theirs.get(key)),
    )
    return Judged(finding, one.sha256, one.unit_code)


def _unheld(documents: Sequence[Submitted]) -> list[Judged]:
    """A report that revises one we do not hold: it may have gone astray, or be misread."""
    out = []
    for one in documents:
        revises = one.report.revises
        if revises is None or revises.number is None:
            continue
        number = revises.number
        if any(
            same_number(other.report.header.number, number)
            for other in documents
            if _of_one_unit(one, other)
        ):
            continue
        finding = Finding(
            RuleCode.REVISED_REPORT_UNKNOWN, Severity.WARNING,
            f"{one.unit_name or one.name}: văn bản nói về báo cáo {number} nhưng chưa nhận được báo cáo ấy.",
            (revises.where,), value=number,
        )  # fmt: skip
        out.append(Judged(finding, one.sha256, one.unit_code))
    return out


def _annexes_of_other_days(documents: Sequence[Submitted]) -> list[Judged]:
    """An annex that came as a file of its own names its letter by number, but by another day."""
    out = []
    for one in documents:
        stamp, revises = one.report.annex, one.report.revises
        if stamp is None or stamp.issued_on is None or revises is None or one.report.header.number:
            continue
        for other in documents:
            day = other.report.header.issued_on
            named = revises.number is not None and same_number(
                other.report.header.number, revises.number
            )
            if named and day is not None and day != stamp.issued_on and _of_one_unit(one, other):
                finding = Finding(
                    RuleCode.ANNEX_DATE_DIFFERS, Severity.WARNING,
                    f"Phụ lục ghi kèm theo văn bản ngày {stamp.issued_on:%d/%m/%Y}, văn bản ghi ngày {day:%d/%m/%Y}.",
                    (revises.where,), value=day.isoformat(), other_value=stamp.issued_on.isoformat(),
                )  # fmt: skip
                out.append(Judged(finding, one.sha256, one.unit_code))
    return out


def _of_one_unit(one: Submitted, other: Submitted) -> bool:
    return other is not one and other.unit_code == one.unit_code


def _uncounted(documents: Sequence[Submitted]) -> list[Judged]:
    """A report of the campaign that no channel counts is said, never dropped."""
    return [
        Judged(
            Finding(
                RuleCode.UNKNOWN_UNIT,
                Severity.ERROR,
                f"Báo cáo «{d.name}» của «{d.report.header.issuer or 'không rõ đơn vị'}» không được cộng vào bảng tỉnh: không thuộc cấp phải báo cáo.",
            ),
            d.sha256,
            d.unit_code,
        )
        for d in documents
        if d.channel is None
    ]
