"""SFTP, SMB and S3, on real servers."""

from __future__ import annotations

import shutil
from pathlib import Path

REPORT = Path("samples/week-2021/01-323.docx").resolve()


def test_sftp_is_listed_taken_once_and_moved_where_told(office, sftp) -> None:
    (sftp.folder / "huyen").mkdir()
    shutil.copy(REPORT, sftp.folder / "huyen" / "a.docx")
    (first,) = office.collect(sftp.source())
    assert (first.taken, first.error) == (1, None)
    (second,) = office.collect(sftp.source())
    assert (second.known, second.taken) == (1, 0)
    assert (sftp.folder / "huyen" / "a.docx").exists()
    (uri,) = office.rows("select uri from intake_item")[0]
    assert uri == f"sftp://127.0.0.1{sftp.folder}/huyen/a.docx"
    done = sftp.folder.with_name("done")
    office.collect(sftp.source(move_taken_to=str(done)))
    assert (done / "huyen" / "a.docx").exists()


def test_another_server_at_the_same_address_is_refused(office, sftp) -> None:
    shutil.copy(REPORT, sftp.folder / "a.docx")
    (only,) = office.collect(sftp.source(options={"host_key": "SHA256:another"}))
    assert only.taken == 0
    assert "SHA256:" in (only.error or "")


def test_an_address_without_the_folder_is_an_error_not_an_empty_source(office, sftp) -> None:
    sftp.folder.rmdir()
    (only,) = office.collect(sftp.source())
    assert only.error


def test_smb_is_listed_taken_once_and_moved_where_told(office, smb) -> None:
    (smb.folder / "huyện").mkdir()
    shutil.copy(REPORT, smb.folder / "huyện" / "báo cáo.docx")
    (first,) = office.collect(smb.source())
    assert (first.taken, first.error) == (1, None)
    (second,) = office.collect(smb.source())
    assert (second.known, second.taken) == (1, 0)
    assert (smb.folder / "huyện" / "báo cáo.docx").exists()
    assert office.rows("select uri from intake_item") == [
        ("smb://127.0.0.1/bao-cao/in/huyện/báo cáo.docx",)
    ]
    office.collect(smb.source(move_taken_to="/bao-cao/done"))
    assert (smb.folder.with_name("done") / "huyện" / "báo cáo.docx").exists()


def test_a_share_that_refuses_the_password_is_named_and_the_password_is_not(office, smb) -> None:
    (only,) = office.collect(smb.source(options={"password": "sai-mat-khau"}))
    assert only.error
    assert "sai-mat-khau" not in only.error


def test_s3_is_listed_taken_once_and_moved_where_told(office, bucket) -> None:
    bucket.put(REPORT, "in/huyen/a.docx")
    (first,) = office.collect(bucket.source())
    (second,) = office.collect(bucket.source())
    assert (first.taken, second.known, second.taken) == (1, 1, 0)
    assert bucket.keys() == ["in/huyen/a.docx"]
    bucket.put(REPORT.with_name("03-326.docx"), "in/huyen/a.docx")
    (third,) = office.collect(bucket.source(move_taken_to=f"{bucket.name}/done"))
    assert third.taken == 1
    assert bucket.keys() == ["done/huyen/a.docx"]


def test_secrets_of_sources_are_never_said_nor_kept(office, bucket, imap) -> None:
    bucket.put(REPORT, "in/a.docx")
    wrong = imap.source(options={"password": "sai-mat-khau"})
    night = office.night(bucket.source(), wrong)
    assert night.outcome.source_errors
    told = "\n".join(office.said) + repr(night.settings)
    told += "".join(p.read_text("utf-8") for p in (office.home / "digest").iterdir())
    told += str(office.rows("select counters, error from run_step"))
    for secret in ("s3-secret", "sai-mat-khau"):
        assert secret not in told
