"""Files behind addresses given by hand: files, folders, archives and any fsspec address."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath

from pipelines.containers import Found, opened, wanted
from schemas.errors import SourceError


def collect(inputs: Sequence[str], work: Path) -> Iterator[Found]:
    """Files behind ``inputs`` in a fixed order; archives are unpacked into ``work``.

    Raises SourceError for an address that does not exist or answer.
    """
    for one in inputs:
        if "://" in one:
            yield from _remote(one, work)
            continue
        path = Path(one)
        if not path.exists():
            raise SourceError(name=one)
        if path.is_dir():
            for file in sorted(
                p for p in path.rglob("*") if p.is_file() and wanted(p.relative_to(path))
            ):
                yield from opened(file, file.name, one, work)
        else:
            yield from opened(path, path.name, one, work)


def _remote(address: str, work: Path) -> Iterator[Found]:
    import fsspec  # noqa: PLC0415

    try:
        system, root = fsspec.core.url_to_fs(address)
        names = sorted(system.find(root)) or [root]
        for name in names:
            if not wanted(Path(PurePosixPath(name).name)):
                continue
            target = (
                work / hashlib.sha256(name.encode()).hexdigest()[:16] / PurePosixPath(name).name
            )
            target.parent.mkdir(parents=True, exist_ok=True)
            with system.open(name, "rb") as there, target.open("wb") as here:
                shutil.copyfileobj(there, here)
            yield from opened(target, target.name, address, work)
    except (OSError, ValueError, ImportError) as error:
        raise SourceError(name=address, detail=str(error)[:200]) from error
