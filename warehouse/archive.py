"""Originals and stage files under the SHA-256 of the original, at any fsspec address."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

from schemas.errors import WarehouseError


class Archive:
    """Files are written whole under a temporary name and then renamed; never changed after."""

    def __init__(self, root: str) -> None:
        self._root = Path(root)

    def path(self, sha256: str, stage: str = "original") -> Path:
        """Where ``stage`` of the file lies, whether or not it exists."""
        return self._root / sha256[:2] / sha256 / stage

    def put(self, source: Path) -> str:
        """Archives ``source``; its SHA-256. A second time does nothing."""
        data = source.read_bytes()
        sha256 = hashlib.sha256(data).hexdigest()
        self._write(self.path(sha256), data)
        return sha256

    def put_stage(self, sha256: str, stage: str, data: bytes) -> None:
        """Keeps what a stage made of the file, e.g. ``report.json``."""
        self._write(self.path(sha256, stage), data, replace=True)

    def _write(self, target: Path, data: bytes, replace: bool = False) -> None:
        if target.exists() and not replace:
            return
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=".part-")
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(data)
                stream.flush()
                os.fsync(stream.fileno())
            Path(name).replace(target)
        except OSError as error:
            Path(name).unlink(missing_ok=True)
            raise WarehouseError(name=str(target), detail=str(error)) from error

    def verify(self) -> list[str]:
        """SHA-256s whose archived bytes no longer match their name."""
        return [
            p.parent.name
            for p in sorted(self._root.glob("*/*/original"))
            if hashlib.sha256(p.read_bytes()).hexdigest() != p.parent.name
        ]
