"""Telling senders what became of their mail: the receipt, or why it was refused."""

from __future__ import annotations

import hashlib
from functools import partial

from pipelines.loading import Progress
from pipelines.mail import send
from schemas.errors import MailNotSent
from schemas.settings import Settings
from warehouse import ledger
from warehouse.engine import Warehouse
from warehouse.ledger import Answer


def answer_senders(settings: Settings, warehouse: Warehouse, progress: Progress) -> int:
    """Sends every answer that is due; how many were sent. Those that fail wait for the next run."""
    if settings.mail is None:
        return 0
    with warehouse.read() as connection:
        due = ledger.unanswered(connection)
    sent = 0
    for one in due:
        subject = one.subject if one.subject.lower().startswith("re:") else f"Re: {one.subject}"
        about = hashlib.sha256(f"{one.source}|{one.item}".encode()).hexdigest()[:32]
        try:
            send(settings.mail, (one.reply_to,), subject, text_of(one), about, answers=one.uri)
        except MailNotSent as error:
            progress(f"{error.code}: {error.message}")
            break
        warehouse.patiently(partial(ledger.answered, answer=one))
        sent += 1
    return sent


def text_of(answer: Answer) -> str:
    """The answer in Vietnamese: each file with its receipt, or with what is wrong and what to do."""
    if answer.reason is not None:
        return (
            "Kính gửi Quý đơn vị,\n\n"
            f"Thư «{answer.subject}» chưa được tiếp nhận: {answer.reason}\n"
            "Đề nghị gửi lại thư có đính kèm báo cáo (DOCX hoặc PDF).\n\n"
            "Thư này do chương trình tổng hợp tự động gửi.\n"
        )
    lines = ["Kính gửi Quý đơn vị,", "", f"Đã nhận thư «{answer.subject}»:", ""]
    for name, sha256, number, error in answer.files:
        if error is None:
            shown = f"số {number}" if number else "chưa rõ số"
            lines.append(f"- {name}: đã tiếp nhận, {shown}; mã biên nhận {sha256[:12]}.")
        else:
            lines.append(f"- {name}: chưa dùng được. {error} (mã biên nhận {sha256[:12]})")
    return "\n".join([*lines, "", "Thư này do chương trình tổng hợp tự động gửi.", ""])
