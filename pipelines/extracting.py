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
from schemas.report import Report
from schemas.text import fold


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
        names = ", ".join(Path(report.source.name).name for report in read)
        return failed(one.path, one.path.name, SeveralReports(detail=names[:200]))
    return _with_others(read[0], [r for r in reports if r is not read[0]])


def _rank(report: Report) -> int:
    """Word before a PDF with text before a scan (NĐ 30 knows one document, files render it)."""
    if report.source.pages is None:
        return 0
    return 1 if report.reading is Reading.TEXT else 2


def _identity(report: Report) -> tuple[str, str]:
    header = report.header
    return fold(header.number or ""), header.issuer_unit or fold(header.issuer or "")


def _with_others(report: Report, others: list[Report]) -> Report:
    """The report, and a finding that names what else lay beside it."""
    names = ", ".join(Path(other.source.name).name for other in others)
    message = f"Đọc «{Path(report.source.name).name}»; trong tệp nén hoặc thư còn: {names[:300]}."
    finding = Finding(RuleCode.SEVERAL_DOCUMENTS, Severity.WARNING, message)
    return replace(report, findings=(*report.findings, finding))
