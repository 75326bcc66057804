"""Whether every source and the mail server answer."""

from __future__ import annotations

import itertools
import smtplib
from collections.abc import Iterator

from pipelines.doctor.check import Check, warned, well, wrong
from pipelines.mail import opened
from pipelines.sources.configured import open_source, sources_of
from schemas.errors import TonghopError
from schemas.settings import MailSettings, Settings


def reach(settings: Settings) -> Iterator[Check]:
    """One check a source, and the mail server where one is set."""
    try:
        configured = sources_of(settings)
    except TonghopError as error:
        yield wrong("sources", error.message, error.next_step)
        return
    if not configured:
        yield warned("sources", "chưa có nguồn nào", "thêm [[sources]] vào tonghop.toml")
    for one in configured:
        name = f"source: {one.name}"
        mend = "kiểm tra địa chỉ, mật khẩu và quyền của nguồn trong tonghop.toml"
        try:
            source = open_source(one)
            try:
                seen = sum(1 for _ in itertools.islice(source.items(), 1000))
            finally:
                source.close()
        except Exception as error:
            # Every client has its own classes for a place that does not answer.
            yield wrong(name, f"{type(error).__name__}: {error}"[:200], mend)
            continue
        told = f"{seen}{'+' if seen == 1000 else ''} tệp"
        insecure = one.url.startswith("sftp://") and "host_key" not in one.options
        if insecure:
            advice = 'đặt options.host_key = "SHA256:…" (ssh-keyscan … | ssh-keygen -lf -)'
            yield warned(name, f"{told}; không kiểm tra khoá máy chủ", advice)
        else:
            yield well(name, told)
    if settings.mail is not None:
        yield _mail(settings.mail)


def _mail(settings: MailSettings) -> Check:
    """As the night does it, to the log-in; nothing is sent."""
    where = f"{settings.host}:{settings.port}"
    try:
        with opened(settings, timeout=10) as server:
            server.noop()
    except (OSError, smtplib.SMTPException) as error:
        return wrong("mail", f"{where}: {error}", "kiểm tra mục [mail] trong tonghop.toml")
    return well("mail", where)
