"""A mailbox on a real IMAP server; answers and digest through a real SMTP server."""

from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path

import imap_tools
import pytest

from schemas.settings import MailSettings

REPORT = Path("samples/week-2021/01-323.docx").resolve()
WORD = "vnd.openxmlformats-officedocument.wordprocessingml.document"


def a_mail(
    subject: str = "Báo cáo huyện", *attached: tuple[str, bytes], **headers: str
) -> EmailMessage:
    message = EmailMessage()
    message["From"] = "Huyện A <huyen.a@example.vn>"
    message["To"] = "bao.cao@example.vn"
    message["Subject"] = subject
    message["Date"] = "Wed, 27 Oct 2021 08:00:00 +0700"
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content("Kính gửi")
    for name, data in attached:
        message.add_attachment(data, maintype="application", subtype=WORD, filename=name)
    return message


@pytest.fixture
def post(smtp) -> MailSettings:
    return MailSettings(
        host="127.0.0.1", port=smtp.port, sender="tonghop@example.vn", to=("so@example.vn",)
    )


def seen(imap) -> list[bool]:
    with imap_tools.MailBoxUnencrypted("127.0.0.1", imap.port).login(
        "bao.cao", "hop-thu-mat"
    ) as box:
        return [imap_tools.MailMessageFlags.SEEN in m.flags for m in box.fetch(mark_seen=False)]


def test_attachments_come_with_sender_subject_and_date_and_the_mail_stays_unread(
    office, imap
) -> None:
    imap.deliver(a_mail("Báo cáo", ("báo cáo.docx", REPORT.read_bytes())))
    (first,) = office.collect(imap.source())
    (second,) = office.collect(imap.source())
    assert (first.taken, second.known, second.taken) == (1, 1, 0)
    (row,) = office.rows(
        "select r.name, o.sender, o.subject, o.sent_at, r.source_key from receipt r"
        " join receipt_origin o on o.receipt_id = r.id"
    )
    assert row[:3] == ("báo cáo.docx", "huyen.a@example.vn", "Báo cáo")
    assert str(row[3]).startswith("2021-10-27 01:00")
    (uri,) = office.rows("select uri from intake_item")[0]
    assert "bao.cao@127.0.0.1/INBOX;UIDVALIDITY=" in uri
    assert uri.endswith("UID=1")
    assert "/part=0|" in row[4]
    assert seen(imap) == [False]


def test_seen_is_set_only_where_told_and_only_when_safe(office, imap) -> None:
    imap.deliver(a_mail("Báo cáo", ("a.docx", REPORT.read_bytes())))
    office.collect(imap.source(options={"mark_seen": True}))
    assert seen(imap) == [True]


def test_two_attachments_of_one_mail_are_two_files(office, imap) -> None:
    other = REPORT.with_name("03-326.docx")
    imap.deliver(a_mail("Hai tệp", ("a.docx", REPORT.read_bytes()), ("a.docx", other.read_bytes())))
    night = office.night(imap.source())
    assert night.outcome.ingested.loaded == 2


def test_the_sender_is_answered_once_with_receipt_or_reason(office, imap, post, smtp) -> None:
    imap.deliver(a_mail("Báo cáo", ("a.docx", REPORT.read_bytes()), ("hong.pdf", b"%PDF-1.4 x")))
    imap.deliver(a_mail("Quên đính kèm"))
    for _ in range(2):
        office.night(imap.source(reply=True), mail=post)
    answers = {m["Subject"]: m for m in smtp.messages if m["To"] == "huyen.a@example.vn"}
    assert set(answers) == {"Re: Báo cáo", "Re: Quên đính kèm"}
    assert len([m for m in smtp.messages if m["To"] == "huyen.a@example.vn"]) == 2
    text = answers["Re: Báo cáo"].get_content()
    (sha256,) = office.rows("select sha256 from document where status = 'ok'")[0]
    assert sha256[:12] in text
    assert "hong.pdf: chưa dùng được" in text
    assert "đính kèm" in answers["Re: Quên đính kèm"].get_content()
    assert answers["Re: Báo cáo"]["Auto-Submitted"] == "auto-replied"


def test_nobody_is_answered_unless_told_and_machines_never(office, imap, post, smtp) -> None:
    imap.deliver(a_mail("Im lặng", ("a.docx", REPORT.read_bytes())))
    office.night(imap.source(), mail=post)
    imap.deliver(a_mail("Tự động", Auto_Submitted="auto-replied"))
    office.night(imap.source(reply=True), mail=post)
    assert [m["To"] for m in smtp.messages] == ["so@example.vn"] * 2


def test_the_digest_reaches_the_officers_by_mail_and_file(office, imap, post, smtp) -> None:
    imap.deliver(a_mail("Báo cáo", ("a.docx", REPORT.read_bytes())))
    office.night(imap.source(), mail=post)
    (message,) = smtp.messages
    assert "1 báo cáo mới" in message["Subject"]
    text = message.get_content()
    for part in (
        "CẦN ANH/CHỊ",
        "Mới đến (1)",
        "Thành phố Hưng Yên: a.docx",
        "Chưa nộp",
        "Nộp muộn",
    ):
        assert part in text
    (path,) = (office.home / "digest").glob("*.txt")
    assert "Mới đến (1)" in path.read_text("utf-8")


def test_a_mail_server_that_is_away_loses_nothing(office, imap, smtp) -> None:
    imap.deliver(a_mail("Báo cáo", ("a.docx", REPORT.read_bytes())))
    away = MailSettings(host="127.0.0.1", port=1, sender="t@example.vn", to=("so@example.vn",))
    night = office.night(imap.source(reply=True), mail=away)
    assert night.outcome.exit_status == 0
    office.night(imap.source(reply=True), mail=away.model_copy(update={"port": smtp.port}))
    assert [m["To"] for m in smtp.messages if m["Subject"].startswith("Re:")] == [
        "huyen.a@example.vn"
    ]
