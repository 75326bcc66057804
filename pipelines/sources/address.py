"""Anything fsspec reaches as a source: SFTP, SMB, S3 and their like."""

from __future__ import annotations

import base64
import hashlib
import shutil
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import urlsplit

from pipelines.containers import wanted
from pipelines.sources.parcel import Parcel, Piece, StillWritten
from schemas.errors import SourceError
from schemas.settings import SourceSettings
from warehouse.ledger import Item

_FLAT = {"s3", "s3a", "gs", "gcs", "abfs", "az"}
_STAMPS = ("ETag", "etag", "mtime", "LastModified", "last_modified", "last_write_time", "modified")


class Address:
    """One connection to one address; listings are always asked anew."""

    def __init__(self, settings: SourceSettings, options: dict[str, Any]) -> None:
        import fsspec  # noqa: PLC0415

        self.name = settings.name
        self._protocol = settings.url.partition("://")[0]
        where = urlsplit(settings.url)
        self._shown = f"{self._protocol}://{where.hostname or ''}"
        host_key = options.pop("host_key", None)
        options = {"skip_instance_cache": True} | options
        if self._protocol in _FLAT:
            options = {"use_listings_cache": False} | options
        self._system, root = fsspec.core.url_to_fs(settings.url, **options)
        self._root = root.rstrip("/") or "/"
        self._moved = settings.move_taken_to
        if host_key is not None:
            self._check_host_key(host_key)

    def _check_host_key(self, expected: str) -> None:
        """``expected`` as ssh-keygen -l prints it: SHA256:…"""
        key = self._system.client.get_transport().get_remote_server_key()
        made = base64.b64encode(hashlib.sha256(key.asbytes()).digest()).decode().rstrip("=")
        if f"SHA256:{made}" != expected:
            raise SourceError(name=self.name, detail=f"khoá của máy chủ là SHA256:{made}")

    def items(self) -> Iterator[Item]:
        """Files in a fixed order. A folder that cannot be listed raises: it is not an empty one."""
        if self._protocol in _FLAT:
            found = self._system.find(self._root, detail=True)
            if not found and not self._system.exists(self._root):
                raise FileNotFoundError(self._root)
            for path, info in sorted(found.items()):
                if wanted(Path(path.removeprefix(self._root).lstrip("/"))):
                    yield self._item(path, info)
            return
        info = self._system.info(self._root)
        if info["type"] == "file":
            yield self._item(self._root, info)
        else:
            yield from self._walk(self._root)

    def _walk(self, folder: str) -> Iterator[Item]:
        for info in sorted(self._system.ls(folder, detail=True), key=lambda i: str(i["name"])):
            path = str(info["name"]).rstrip("/")
            if not wanted(Path(PurePosixPath(path).name)):
                continue
            if info["type"] == "directory" and path != (self._moved or "").rstrip("/"):
                yield from self._walk(path)
            elif info["type"] == "file":
                yield self._item(path, info)

    def _item(self, path: str, info: dict[str, Any]) -> Item:
        stamp = next((str(info[k]).strip('"') for k in _STAMPS if info.get(k)), "")
        uri = f"{self._shown}/{path.lstrip('/')}"
        return Item(self.name, uri, PurePosixPath(path).name, info.get("size"), stamp)

    def _path(self, item: Item) -> str:
        inner = item.uri.removeprefix(self._shown)
        return inner.lstrip("/") if self._protocol in _FLAT else inner

    def look(self, item: Item) -> Item | None:
        """The file as it is now."""
        path = self._path(item)
        try:
            return self._item(path, self._system.info(path))
        except FileNotFoundError:
            return None

    def fetch(self, item: Item, work: Path) -> Parcel:
        """A copy, whose original did not change while it was made."""
        target = work / item.name
        with self._system.open(self._path(item), "rb") as there, target.open("wb") as here:
            shutil.copyfileobj(there, here, 1 << 20)
        if self.look(item) != item or item.size not in (None, target.stat().st_size):
            raise StillWritten
        return Parcel((Piece(target, item.name),))

    def taken(self, item: Item) -> None:
        """Moves the file where the settings say (a path on the same system)."""
        if not self._moved:
            return
        path = self._path(item)
        inner = path.removeprefix(self._root).lstrip("/") or item.name
        target = f"{self._moved.rstrip('/')}/{inner}"
        if self._system.exists(target):
            target = f"{target}-{item.key[:8]}"
        if self._protocol not in _FLAT:
            self._system.makedirs(target.rpartition("/")[0], exist_ok=True)
        if self._system.exists(path):
            self._system.mv(path, target)

    def close(self) -> None:
        """Ends an SFTP connection; the others keep none."""
        client = getattr(self._system, "client", None)
        if client is not None and hasattr(client, "close"):
            client.close()
