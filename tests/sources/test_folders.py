"""Folders of this machine: what is new is taken once, the source stays as it is."""

from __future__ import annotations

import shutil
import threading
from pathlib import Path

import pytest

from schemas.settings import SourceSettings
from tests.loopback import wait_until


def folder(path: Path, **more: object) -> SourceSettings:
    path.mkdir(exist_ok=True)
    return SourceSettings(name=path.name, url=str(path), **{"stable_seconds": 0, **more})


@pytest.fixture
def report() -> Path:
    return Path("samples/week-2021/01-323.docx").resolve()


def test_what_is_new_is_taken_once_and_the_source_is_left_alone(office, tmp_path, report) -> None:
    source = folder(tmp_path / "in")
    shutil.copy(report, tmp_path / "in" / "a.docx")
    for ignored in ("~$a.docx", "b.docx.part", ".hidden.docx"):
        (tmp_path / "in" / ignored).write_bytes(b"x")
    before = {p: p.stat().st_mtime_ns for p in (tmp_path / "in").iterdir()}
    (first,) = office.collect(source)
    (second,) = office.collect(source)
    assert (first.seen, first.taken, second.seen, second.known, second.taken) == (1, 1, 1, 1, 0)
    assert {p: p.stat().st_mtime_ns for p in (tmp_path / "in").iterdir()} == before
    assert office.rows("select state, name from intake_item") == [("taken", "a.docx")]


def test_a_file_still_being_written_is_left_until_it_is_whole(office, tmp_path, report) -> None:
    source = folder(tmp_path / "in", stable_seconds=0.4)
    growing, data, stop = tmp_path / "in" / "grows.docx", report.read_bytes(), threading.Event()

    def write() -> None:
        with growing.open("wb") as stream:
            for at in range(len(data)):
                if stop.wait(0.001):
                    break
                stream.write(data[at : at + 1])
                stream.flush()
            stream.write(data[stream.tell() :])

    writer = threading.Thread(target=write)
    writer.start()
    wait_until(growing.exists, "the first byte")
    (first,) = office.collect(source)
    stop.set()
    writer.join()
    (second,) = office.collect(source)
    assert (first.taken, first.waiting, second.taken) == (0, 1, 1)
    (sha256,) = office.rows("select sha256 from blob")[0]
    kept = office.home / "archive" / sha256[:2] / sha256 / "original"
    assert kept.read_bytes() == data


def test_a_changed_file_is_a_new_arrival_and_a_copy_is_not_a_new_document(
    office, tmp_path, report
) -> None:
    source = folder(tmp_path / "in")
    shutil.copy(report, tmp_path / "in" / "a.docx")
    office.collect(source)
    (tmp_path / "in" / "a.docx").write_bytes(report.with_name("03-326.docx").read_bytes())
    shutil.copy(report, tmp_path / "in" / "copy of a.docx")
    (second,) = office.collect(source)
    assert second.taken == 2
    assert len(office.rows("select 1 from blob")) == 2
    assert len(office.rows("select 1 from receipt")) == 3


def test_what_was_taken_is_moved_only_where_told(office, tmp_path, report) -> None:
    done = tmp_path / "in" / "done"
    source = folder(tmp_path / "in", move_taken_to=str(done))
    (tmp_path / "in" / "huyen").mkdir()
    shutil.copy(report, tmp_path / "in" / "huyen" / "a.docx")
    office.collect(source)
    assert (done / "huyen" / "a.docx").read_bytes() == report.read_bytes()
    assert not (tmp_path / "in" / "huyen" / "a.docx").exists()
    (again,) = office.collect(source)
    assert again.seen == 0
    shutil.copy(report, tmp_path / "in" / "huyen" / "a.docx")
    office.collect(source)
    assert len(list((done / "huyen").iterdir())) == 2


def test_links_do_not_lead_out_of_the_folder(office, tmp_path, report) -> None:
    source = folder(tmp_path / "in")
    (tmp_path / "in" / "secret.docx").symlink_to(report)
    (first,) = office.collect(source)
    assert first.seen == 0


def test_a_source_that_fails_stops_no_other(office, tmp_path, report) -> None:
    gone = SourceSettings(name="gone", url=str(tmp_path / "nowhere"), stable_seconds=0)
    good = folder(tmp_path / "in")
    shutil.copy(report, tmp_path / "in" / "a.docx")
    night = office.night(gone, good)
    assert night.outcome.exit_status == 1
    assert [name for name, _ in night.outcome.source_errors] == ["gone"]
    assert night.outcome.ingested.loaded == 1
    assert "«gone»" in (next((office.home / "digest").glob("*.txt"))).read_text("utf-8")


def test_the_same_bytes_from_two_sources_are_one_document_with_two_receipts(
    office, tmp_path, report
) -> None:
    left, right = folder(tmp_path / "left"), folder(tmp_path / "right")
    for one in (left, right):
        shutil.copy(report, Path(one.url) / "a.docx")
    threads = [threading.Thread(target=office.collect, args=(one,)) for one in (left, right)]
    office.collect()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    office.night(left, right)
    assert office.rows("select count(*) from document") == [(1,)]
    assert sorted(office.rows("select source from receipt")) == [("left",), ("right",)]


def test_what_was_uploaded_is_a_source_of_its_own(office, report) -> None:
    inbox = office.home / "inbox" / "abc"
    inbox.mkdir(parents=True)
    shutil.copy(report, inbox / "a.docx")
    (only,) = office.collect()
    assert (only.source, only.taken) == ("upload", 1)


def test_a_container_that_cannot_be_opened_is_kept_and_listed(office, tmp_path) -> None:
    source = folder(tmp_path / "in")
    import zipfile

    with zipfile.ZipFile(tmp_path / "in" / "slip.zip", "w") as archive:
        archive.writestr("../../evil.docx", b"x")
    night = office.night(source)
    assert [code for _, code, _ in night.outcome.failures] == ["unsafe_path"]
    assert office.night(source).outcome.exit_status == 0
