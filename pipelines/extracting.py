"""Files to Reports, one each and in the order given; a container stands for the report in it."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from pipelines.containers import opened
from pipelines.sandbox import Job, read_all
from pipelines.understand import failed
from schemas.document import Reading
from schemas.errors import DamagedFile, SeveralReports
from schemas.finding import Finding, RuleCode, Severity
from schemas.report import Report, RevisionKind, Status
from schemas.text import fold
from warehouse.layers import same_number


@dataclass(slots=True)
class _Awaited:
    """One given file: ``members`` are its files that are still being read, or were."""

    path: Path
    contained: bool = False
    members: dict[int, Report | None] = field(default_factory=dict)

    @property
    def ready(self) -> bool:
        return all(report is not None for report in self.members.values())


def extract_files(
    files: Sequence[Path], province: str, campaign: str | None, workers: int
) -> Iterator[Report]:
    """The Report of each file, as soon as it and those before it are read."""
    awaited = [_Awaited(path) for path in files]
    given = 0
    with tempfile.TemporaryDirectory(prefix="tonghop-in-") as work:
        jobs = [
            job
            for at, one in enumerate(awaited)
            for job in _jobs(one, at, Path(work) / str(at), province, campaign)
        ]
        for job, report in read_all(jobs, workers):
            at, member = job.key
            awaited[at].members[member] = report
            while given < len(awaited) and awaited[given].ready:
                yield _told(awaited[given])
                given += 1
        for one in awaited[given:]:
            yield _told(one)


def _jobs(one: _Awaited, at: int, work: Path, province: str, campaign: str | None) -> Iterator[Job]:
    if not one.path.is_file():
        error = DamagedFile(name=str(one.path), detail="không có tệp này")
        one.members[0] = failed(one.path, one.path.name, error)
        return
    work.mkdir()
    for number, found in enumerate(opened(one.path, one.path.name, "", work)):
        one.contained = one.contained or found.path != one.path
        if found.error is not None:
            one.members[number] = failed(found.path, found.name, found.error)
        else:
            one.members[number] = None
            yield Job((at, number), found.path, found.name, province, campaign)


def _told(one: _Awaited) -> Report:
    reports = [report for report in one.members.values() if report is not None]
    if len(reports) == 1:
        return reports[0]
    read = sorted((r for r in reports if r.error is None), key=_rank)
    if not read:
        # What stands in the way of the first is what the sender has to mend.
        return reports[0]
    if len({_identity(report) for report in read}) > 1:
        whole = _with_annexes(read)
        if whole is not None:
            return _with_others(whole, [r for r in reports if r not in read])
        names = ", ".join(Path(report.source.name).name for report in read)
        return failed(one.path, one.path.name, SeveralReports(detail=names[:200]))
    return _with_others(read[0], [r for r in reports if r is not read[0]])


def _with_annexes(read: Sequence[Report]) -> Report | None:
    """A letter, and the figures of the annexes that came beside it as files of their own; None where
    the files are not one letter and its annexes."""
    letters = [report for report in read if not _is_annex(report)]
    if len({_identity(report) for report in letters}) != 1:
        return None
    letter, number = letters[0], letters[0].header.number
    annexes = [report for report in read if _is_annex(report)]
    named = (r.revises.number for r in annexes if r.revises is not None)
    if number is None or not all(name and same_number(number, name) for name in named):
        return None
    taken = {one.key: one for report in (letter, *annexes) for one in report.observations}
    own = [f for f in letter.findings if not taken or f.rule is not RuleCode.NOTHING_REPORTED]
    names = ", ".join(f"«{Path(report.source.name).name}»" for report in annexes)
    message = f"Văn bản và phụ lục là các tệp riêng; số liệu có lấy từ {names}."
    told = Finding(RuleCode.SEVERAL_DOCUMENTS, Severity.INFO, message)
    return replace(
        letter,
        status=Status.OK if taken and letter.header.issuer else Status.PARTIAL,
        annex=annexes[0].annex,
        observations=tuple(taken.values()),
        findings=(*own, *(f for report in annexes for f in report.findings), told),
    )


def _is_annex(report: Report) -> bool:
    """Whether the file is an annex alone, which names its letter."""
    completes = report.revises is not None and report.revises.kind is RevisionKind.SUPPLEMENTS
    return completes and report.annex is not None and report.header.number is None


def _rank(report: Report) -> int:
    """Word before a PDF with text before a scan (NĐ 30 knows one document, files render it)."""
    if report.source.pages is None:
        return 0
    return 1 if report.reading is Reading.TEXT else 2


def _identity(report: Report) -> tuple[str, str]:
    header = report.header
    return fold(header.number or ""), header.issuer_unit or fold(header.issuer or "")


def _with_others(report: Report, others: list[Report]) -> Report:
    """The report, and a finding that names what else lay beside it, if anything."""
    if not others:
        return report
    names = ", ".join(Path(other.source.name).name for other in others)
    message = f"Đọc «{Path(report.source.name).name}»; trong tệp nén hoặc thư còn: {names[:300]}."
    finding = Finding(RuleCode.SEVERAL_DOCUMENTS, Severity.WARNING, message)
    return replace(report, findings=(*report.findings, finding))
