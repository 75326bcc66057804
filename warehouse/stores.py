"""Where the archive's bytes lie: a folder of this machine, or any address fsspec opens."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, BinaryIO, Protocol, TypeVar, cast

from schemas.errors import ArchiveDamaged, ArchiveUnreachable

CHUNK = 1 << 20
_OBJECT_STORES = {"s3", "s3a", "gs", "gcs", "abfs", "abfss", "az", "oss"}
_TRIES = 3
T = TypeVar("T")


def digest(stream: BinaryIO) -> str:
    """SHA-256 of the rest of ``stream``, read piece by piece."""
    made = hashlib.sha256()
    while chunk := stream.read(CHUNK):
        made.update(chunk)
    return made.hexdigest()


class Store(Protocol):
    """Keys are ``aa/<sha256>/<stage>``. What is written appears whole or not at all."""

    def write(self, key: str, source: Path, sha256: str, replace: bool) -> None: ...

    def open(self, key: str) -> BinaryIO: ...

    def size(self, key: str) -> int | None: ...

    def names(self, folder: str) -> list[str]: ...

    def local(self, key: str) -> Path | None: ...


class FolderStore:
    """A folder of this machine: written beside its place, forced to the disk, then renamed."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def write(self, key: str, source: Path, sha256: str, replace: bool) -> None:  # noqa: ARG002
        """Puts the bytes of ``source`` at ``key``."""
        target = self._root / key
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=target.parent, prefix=".part-")
            try:
                with os.fdopen(handle, "wb") as there, source.open("rb") as here:
                    shutil.copyfileobj(here, there, CHUNK)
                    there.flush()
                    os.fsync(there.fileno())
                _same_bytes(Path(name), key, sha256)
                Path(name).replace(target)
                _settle_folder(target.parent)
            finally:
                Path(name).unlink(missing_ok=True)
        except OSError as error:
            raise ArchiveUnreachable(name=str(target), detail=str(error)) from error

    def open(self, key: str) -> BinaryIO:
        """A stream of the bytes at ``key``; FileNotFoundError where there are none."""
        return (self._root / key).open("rb")

    def size(self, key: str) -> int | None:
        """Bytes at ``key``; None where nothing is there."""
        path = self._root / key
        return path.stat().st_size if path.is_file() else None

    def names(self, folder: str) -> list[str]:
        """Names in ``folder``, in order, without those still being written."""
        path = self._root / folder
        if not path.is_dir():
            return []
        return sorted(p.name for p in path.iterdir() if not p.name.startswith(".part-"))

    def local(self, key: str) -> Path | None:
        """The file itself."""
        return self._root / key


def _same_bytes(path: Path, key: str, sha256: str) -> None:
    with path.open("rb") as stream:
        if digest(stream) != sha256:
            raise ArchiveDamaged(name=key, detail="tệp đổi trong lúc chép")


def _settle_folder(folder: Path) -> None:
    """A rename outlives a power cut only once its folder is on the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


class AddressStore:
    """Any fsspec address. Each object is read back and hashed after it was written.

    Object storage shows an object only when it is complete, so it is written in place, and only
    where nothing is there yet; elsewhere the file is written under another name and moved.
    """

    def __init__(self, address: str, options: dict[str, Any]) -> None:
        import fsspec  # noqa: PLC0415

        protocol = address.partition("://")[0]
        self._whole = protocol in _OBJECT_STORES
        try:
            fresh = {"use_listings_cache": False} if self._whole else {}
            self._system, self._root = fsspec.core.url_to_fs(address, **(fresh | options))
        except (ImportError, ValueError, OSError) as error:
            raise ArchiveUnreachable(name=address, detail=str(error)[:200]) from error

    def write(self, key: str, source: Path, sha256: str, replace: bool) -> None:
        """Puts the bytes of ``source`` at ``key`` and reads them back."""

        def once() -> None:
            target = self._at(key)
            if self._whole:
                self._put(source, target, "wb" if replace else "xb")
            else:
                beside = f"{target}.part-{uuid.uuid4().hex[:8]}"
                self._system.makedirs(target.rpartition("/")[0], exist_ok=True)
                self._put(source, beside, "wb")
                self._system.mv(beside, target)
            with self.open(key) as stream:
                if digest(stream) != sha256:
                    self._system.rm_file(target)
                    raise OSError("tệp vừa ghi khác tệp gốc")

        _tried(key, once)

    def _put(self, source: Path, target: str, mode: str) -> None:
        # Another process may have put the same bytes first; the check after it decides.
        with contextlib.suppress(FileExistsError), source.open("rb") as here:
            there = self._system.open(target, mode, block_size=8 << 20)
            try:
                shutil.copyfileobj(here, there, CHUNK)
            except BaseException:
                # Closing would commit the half that was sent; elsewhere it lies under another name.
                if self._whole:
                    there.closed = True
                raise
            there.close()

    def open(self, key: str) -> BinaryIO:
        """A stream of the bytes at ``key``; FileNotFoundError where there are none."""
        return cast(BinaryIO, self._system.open(self._at(key), "rb", block_size=4 << 20))

    def size(self, key: str) -> int | None:
        """Bytes at ``key``; None where nothing is there."""

        def once() -> int | None:
            try:
                return int(self._system.info(self._at(key))["size"])
            except FileNotFoundError:
                return None

        return _tried(key, once)

    def names(self, folder: str) -> list[str]:
        """Names in ``folder``, in order, without those still being written."""

        def once() -> list[str]:
            try:
                found = self._system.ls(self._at(folder), detail=False)
            except FileNotFoundError:
                return []
            names = (str(n).rstrip("/").rpartition("/")[2] for n in found)
            return sorted(n for n in names if ".part-" not in n)

        return _tried(folder, once)

    def local(self, key: str) -> Path | None:  # noqa: ARG002
        """None: the bytes are elsewhere."""
        return None

    def _at(self, key: str) -> str:
        return f"{self._root.rstrip('/')}/{key}" if key else self._root


def _tried(key: str, work: Callable[[], T]) -> T:
    """``work``, a few times where the store does not answer; ArchiveUnreachable in the end."""
    for attempt in range(1, _TRIES + 1):
        try:
            return work()
        except Exception as error:
            # Every client has its own classes for a broken connection; none of them is ours.
            if attempt == _TRIES:
                raise ArchiveUnreachable(name=key, detail=str(error)[:200]) from error
            time.sleep(0.3 * attempt)
    raise AssertionError


def tried(key: str, work: Callable[[], T]) -> T:
    """The same patience for reading."""
    return _tried(key, work)


def walk(store: Store) -> Iterator[str]:
    """Every SHA-256 in the store, in order."""
    for head in store.names(""):
        yield from store.names(head)
