"""A whole night with real servers for mail and Prefect: nothing that leaves the program holds a secret."""

from __future__ import annotations

import email.policy
import json
import re
import shutil
from collections.abc import Iterator
from email.message import EmailMessage
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

from tests.loopback import LONG, free_port
from tests.nightly.conftest import SECRETS, WEEK, Office, Prefect
from tests.nightly.test_prefect import ask
from tests.sources import conftest as servers

imap = servers.imap
MAILBOX = "hop-thu-mat"
HIDDEN = (*SECRETS.values(), MAILBOX)


class PostOffice:
    """An SMTP server that lets nobody in without the password; ``messages`` as they came."""

    def __init__(self) -> None:
        self.messages: list[bytes] = []
        self.port = free_port()

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        self.messages.append(envelope.original_content)
        return "250 OK"

    def let_in(self, _server: Any, _session: Any, _envelope: Any, _how: str, who: Any) -> Any:
        return AuthResult(success=who.password == SECRETS["mail"].encode())

    def texts(self) -> dict[str, str]:
        """Subject and text of each, decoded, by recipient."""
        read = [email.message_from_bytes(m, policy=email.policy.default) for m in self.messages]
        return {m["To"]: f"{m['Subject']}\n{m.get_content()}" for m in read}


@pytest.fixture
def post_office() -> Iterator[PostOffice]:
    made = PostOffice()
    controller = Controller(
        made, hostname="127.0.0.1", port=made.port, auth_required=True,
        auth_require_tls=False, authenticator=made.let_in, ready_timeout=LONG,
    )  # fmt: skip
    controller.start()
    yield made
    controller.stop()


def a_mail(*attached: str) -> EmailMessage:
    """A sender who found a password somewhere and writes it into subject and file names."""
    message = EmailMessage()
    message["From"], message["To"] = "Huyện A <huyen.a@example.vn>", "bao.cao@example.vn"
    message["Subject"] = f"Báo cáo {SECRETS['mail']}"
    message.set_content("Kính gửi")
    for name in attached:
        data = b"%PDF-1.4 nothing" if name.endswith("pdf") else (WEEK / "05-328.docx").read_bytes()
        message.add_attachment(data, maintype="application", subtype="x", filename=name)
    return message


def with_mail(office: Office, mailbox: int, post: int) -> None:
    """The office's mail server answers, and a mailbox whose senders are answered is a source."""
    settings = office.place / "tonghop.toml"
    head, _, tail = settings.read_text("utf-8").partition("[mail]")
    source = (
        f'[[sources]]\nname = "hộp thư"\nurl = "imap://bao.cao@127.0.0.1:{mailbox}/INBOX"\n'
        f'stable_seconds = 0\nreply = true\noptions = {{ password = "{MAILBOX}" }}\n'
    )
    tail = re.sub(r"port = \d+", f"port = {post}", tail, count=1)
    settings.write_text(f"{head}{source}[mail]{tail}", "utf-8")


@pytest.mark.slow
def test_no_secret_in_receipts_reasons_digest_artifacts_states_and_logs(
    office: Office, prefect: Prefect, imap: Any, post_office: PostOffice
) -> None:
    with_mail(office, imap.port, post_office.port)
    imap.deliver(a_mail(f"{SECRETS['mail']}.docx", f"{SECRETS['mail']}.pdf"))
    refused = a_mail()
    refused.replace_header("From", "huyen.b@example.vn")
    imap.deliver(refused)
    shutil.copy(
        office.place / "in" / "hỏng.pdf", office.place / "in" / f"{SECRETS['mail']}-hỏng.pdf"
    )
    prefect.start()
    assert office.run("nightly", PREFECT_API_URL=prefect.url) == 1, office.said

    told = post_office.texts()
    assert set(told) == {"c@b.vn", "huyen.a@example.vn", "huyen.b@example.vn"}
    assert "đã tiếp nhận" in told["huyen.a@example.vn"]
    assert "chưa dùng được" in told["huyen.a@example.vn"]
    assert "chưa được tiếp nhận" in told["huyen.b@example.vn"]
    assert "Nguồn «sftp» không lấy được" in told["c@b.vn"]
    digest = "".join(p.read_text("utf-8") for p in (office.home / "digest").iterdir())
    assert "***" in digest
    kept = {
        kind: json.dumps(ask(prefect.url, f"/{kind}/filter", {}), ensure_ascii=False)
        for kind in ("artifacts", "flow_runs", "task_runs", "logs")
    }
    assert "nightly-rejected" in kept["artifacts"]
    assert "Finished in state" in kept["logs"]
    raw = "".join(m.decode("utf-8", "replace") for m in post_office.messages)
    everything = {
        "mails": "".join(told.values()),
        "raw mails": raw,
        "digest": digest,
        "said": office.said,
        **kept,
    }
    found = [
        (where, secret) for where, text in everything.items() for secret in HIDDEN if secret in text
    ]
    assert found == []
    # What people named so stands in the warehouse as they named it; what only we know does not.
    own = [secret.encode() for secret in HIDDEN if secret != SECRETS["mail"]]
    files = [p for p in office.home.rglob("*") if p.is_file()]
    assert [(p.name, s) for p in files for s in own if s in p.read_bytes()] == []
    server = [p for p in prefect.home.rglob("*") if p.is_file()]
    assert [(p.name, s) for p in server for s in HIDDEN if s.encode() in p.read_bytes()] == []
