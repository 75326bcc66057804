"""Originals and stage files under the SHA-256 of the original, in a folder or at an address.

Written once and never changed after; read back against their name, so that half a file is never
taken for a whole one.
"""

from __future__ import annotations

import random
import re
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from schemas.errors import ArchiveDamaged, ArchiveUnreachable
from warehouse.stores import CHUNK, AddressStore, FolderStore, Store, digest, tried, walk

ORIGINAL = "original"
_SHA256 = re.compile(r"[0-9a-f]{64}")


class Archive:
    """``root`` is a folder or an fsspec address; ``options`` go to its file system."""

    def __init__(self, root: str, options: dict[str, Any] | None = None) -> None:
        self._store: Store = (
            AddressStore(root, options or {}) if "://" in root else FolderStore(Path(root))
        )
        self._copies: tempfile.TemporaryDirectory[str] | None = None

    def put(self, source: Path) -> str:
        """Archives ``source``; its SHA-256. A second time changes nothing."""
        with source.open("rb") as stream:
            sha256 = digest(stream)
        there = self._store.size(_key(sha256, ORIGINAL))
        # Of another length is half a file from a broken write: written anew.
        if there != source.stat().st_size:
            self._store.write(_key(sha256, ORIGINAL), source, sha256, replace=there is not None)
        return sha256

    def put_stage(self, sha256: str, stage: str, data: bytes | Path) -> None:
        """Keeps what a stage made of the file, e.g. ``report-1.json``; replaces an earlier one."""
        if isinstance(data, Path):
            with data.open("rb") as stream:
                self._store.write(_key(sha256, stage), data, digest(stream), replace=True)
            return
        with tempfile.NamedTemporaryFile(prefix="tonghop-stage-") as made:
            made.write(data)
            made.flush()
            self.put_stage(sha256, stage, Path(made.name))

    def has(self, sha256: str, stage: str = ORIGINAL) -> bool:
        """Whether the stage is there."""
        return self._store.size(_key(sha256, stage)) is not None

    def open(self, sha256: str, stage: str = ORIGINAL) -> BinaryIO:
        """A stream of the stage; FileNotFoundError where there is none."""
        return self._store.open(_key(sha256, stage))

    def stages(self, sha256: str) -> list[str]:
        """Names of what is kept of the file, ``original`` among them, in order."""
        return self._store.names(_key(sha256, ""))

    def fetch(self, sha256: str, stage: str = ORIGINAL) -> Path:
        """A local file of the stage, for readers that need one; not to be changed.

        An original is checked against its SHA-256. Raises ArchiveDamaged where it differs,
        ArchiveUnreachable where it cannot be had.
        """
        key = _key(sha256, stage)
        path = self._store.local(key)
        try:
            if path is None:
                path = tried(key, lambda: self._download(key, sha256, stage))
            if stage == ORIGINAL:
                with path.open("rb") as stream:
                    if digest(stream) != sha256:
                        raise ArchiveDamaged(name=sha256)
        except OSError as error:
            raise ArchiveUnreachable(name=key, detail=str(error)[:200]) from error
        return path

    def release(self, sha256: str) -> None:
        """Lets go of local copies that ``fetch`` made."""
        if self._copies is not None:
            shutil.rmtree(Path(self._copies.name) / sha256, ignore_errors=True)

    def _download(self, key: str, sha256: str, stage: str) -> Path:
        self._copies = self._copies or tempfile.TemporaryDirectory(prefix="tonghop-copies-")
        path = Path(self._copies.name) / sha256 / stage
        path.parent.mkdir(parents=True, exist_ok=True)
        with self._store.open(key) as there, path.open("wb") as here:
            shutil.copyfileobj(there, here, CHUNK)
        if stage == ORIGINAL:
            with path.open("rb") as stream:
                if digest(stream) != sha256:
                    raise OSError("nội dung nhận về khác mã băm")
        return path

    def hashes(self) -> Iterator[str]:
        """SHA-256s of every archived file, in order."""
        return (name for name in walk(self._store) if _SHA256.fullmatch(name))

    def verify(self, sample: int | None = None, seed: int | None = None) -> list[str]:
        """SHA-256s whose original is missing or no longer matches its name; all, or a sample."""
        names = list(self.hashes())
        if sample is not None and sample < len(names):
            names = sorted(random.Random(seed).sample(names, sample))
        return [name for name in names if not self._whole(name)]

    def _whole(self, sha256: str) -> bool:
        try:
            with self.open(sha256) as stream:
                return digest(stream) == sha256
        except OSError:
            return False


def _key(sha256: str, stage: str) -> str:
    return f"{sha256[:2]}/{sha256}/{stage}".rstrip("/")
