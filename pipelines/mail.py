"""Sending mail through the office's server."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from email.utils import formatdate

from pipelines.console import masked
from schemas.errors import MailNotSent
from schemas.settings import MailSettings


def send(
    settings: MailSettings,
    to: tuple[str, ...],
    subject: str,
    text: str,
    message_id: str,
    answers: str | None = None,
) -> None:
    """Sends one message, without secrets. ``message_id`` is the same whenever the same thing is said
    again, so that a message sent twice is shown once. Raises MailNotSent."""
    message = EmailMessage()
    message["From"] = settings.sender
    message["To"] = ", ".join(to)
    message["Subject"] = " ".join(masked(subject).split())
    message["Date"] = formatdate(localtime=False)
    message["Message-ID"] = f"<{message_id}@{settings.sender.rpartition('@')[2] or 'tonghop'}>"
    message["Auto-Submitted"] = "auto-replied" if answers else "auto-generated"
    message.set_content(masked(text))
    try:
        with opened(settings) as server:
            server.send_message(message)
    except (OSError, smtplib.SMTPException) as error:
        raise MailNotSent(name=settings.host, detail=type(error).__name__) from error


@contextmanager
def opened(settings: MailSettings, timeout: float = 30) -> Iterator[smtplib.SMTP]:
    """The server, as protected as the settings say, logged in. Raises OSError and SMTPException."""
    with _connected(settings, timeout) as server:
        if settings.user:
            server.login(settings.user, settings.password.get_secret_value())
        yield server


def _connected(settings: MailSettings, timeout: float) -> smtplib.SMTP:
    if settings.security == "tls":
        context = ssl.create_default_context()
        return smtplib.SMTP_SSL(settings.host, settings.port, timeout=timeout, context=context)
    server = smtplib.SMTP(settings.host, settings.port, timeout=timeout)
    if settings.security == "starttls":
        server.starttls(context=ssl.create_default_context())
    return server
