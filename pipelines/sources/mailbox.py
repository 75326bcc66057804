"""A mailbox as a source: the attachments of each message."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from imap_tools import MailBox, MailBoxUnencrypted, MailMessage, MailMessageFlags

from pipelines.containers import wanted
from pipelines.sources.parcel import Parcel, Piece
from schemas.settings import SourceSettings
from warehouse.ledger import Item, Mail

NOTHING_ATTACHED = "Thư không có tệp đính kèm nào có thể là báo cáo."
_AUTOMATIC = {"auto-generated", "auto-replied"}


class Mailbox:
    """``imaps://user@host/FOLDER`` (``imap://`` without TLS, for a server on the same machine).

    A message is known by account, folder, UIDVALIDITY and UID. Nothing is marked before it is
    safe, and only where the settings say so.
    """

    def __init__(self, settings: SourceSettings, options: dict[str, Any]) -> None:
        where = urlsplit(settings.url)
        self.name = settings.name
        self._account = f"{unquote(where.username or '')}@{where.hostname}"
        self._folder = unquote(where.path.strip("/")) or "INBOX"
        self._replies = settings.reply
        self._mark = bool(options.get("mark_seen"))
        self._moved = settings.move_taken_to
        host, timeout = where.hostname or "localhost", float(options.get("timeout", 60))
        if where.scheme == "imaps":
            box: Any = MailBox(host, where.port or 993, timeout=timeout)
        else:
            box = MailBoxUnencrypted(host, where.port or 143, timeout=timeout)
        password = options.get("password") or unquote(where.password or "")
        self._box = box.login(unquote(where.username or ""), password, self._folder)
        self._validity = str(self._box.folder.status(self._folder)["UIDVALIDITY"])

    def items(self) -> Iterator[Item]:
        """One item a message, by UID; no message is opened."""
        for uid in sorted(self._box.uids("ALL"), key=int):
            uri = f"imap://{self._account}/{self._folder};UIDVALIDITY={self._validity};UID={uid}"
            yield Item(self.name, uri, f"thư {uid}", None, self._validity)

    def look(self, item: Item) -> Item | None:
        """A message never changes."""
        return item

    def fetch(self, item: Item, work: Path) -> Parcel:
        """The attachments; the message stays unread."""
        message = self._message(item)
        if message is None:
            raise FileNotFoundError(item.uri)
        pieces = []
        for number, attached in enumerate(message.attachments):
            name = Path(attached.filename.replace("\\", "/")).name
            if not name or attached.content_disposition == "inline" or not wanted(Path(name)):
                continue
            path = work / str(number) / name[-200:]
            path.parent.mkdir(parents=True)
            path.write_bytes(attached.payload)
            pieces.append(Piece(path, name, f"/part={number}"))
        return Parcel(
            tuple(pieces),
            Mail(message.from_[:320] or None, message.subject or None, _moment(message)),
            message.from_[:320] if self._replies and _wants_answer(message) else None,
            None if pieces else NOTHING_ATTACHED,
        )

    def _message(self, item: Item) -> MailMessage | None:
        uid = item.uri.rpartition("UID=")[2]
        found = self._box.fetch(f"UID {uid}", mark_seen=False, bulk=False, limit=1)
        return next((m for m in found if m.uid == uid), None)

    def taken(self, item: Item) -> None:
        """Marks the message as seen, or moves it, where the settings say so."""
        uid = item.uri.rpartition("UID=")[2]
        if self._mark:
            self._box.flag(uid, MailMessageFlags.SEEN, True)
        if self._moved:
            self._box.move(uid, self._moved)

    def close(self) -> None:
        """Says good-bye to the server."""
        self._box.logout()


def _moment(message: MailMessage) -> dt.datetime:
    """When it was sent, in UTC; a message without a zone is taken as UTC."""
    sent = message.date
    return sent.astimezone(dt.UTC) if sent.tzinfo else sent.replace(tzinfo=dt.UTC)


def _wants_answer(message: MailMessage) -> bool:
    """Never answers a machine: two of them would write to each other for ever."""
    given: dict[str, tuple[str, ...]] = dict(message.headers)
    headers = {key.lower(): " ".join(values).lower() for key, values in given.items()}
    automatic = headers.get("auto-submitted", "no").split(";")[0].strip() in _AUTOMATIC
    bulk = headers.get("precedence", "") in {"bulk", "list", "junk"} or "list-id" in headers
    return bool(message.from_) and not automatic and not bulk
