"""One edition: a folder that appears whole or not at all.

``OUT/current`` points to the newest edition under ``OUT/.editions``; every name in ``OUT`` points
through ``current``, so one rename switches them all. Whoever holds an old file open keeps it.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_EDITIONS, _CURRENT, _PART = ".editions", "current", ".part-"
MANIFEST = "publication.json"
# DuckDB gives every file an identity of its own, so its bytes say nothing about what it holds.
_NOT_SIGNED = {".duckdb"}


@contextmanager
def edition(out: Path, *, keep: int = 30) -> Iterator[Path]:
    """A folder to write into, which becomes the current edition when the block ends well.

    Raises OSError where it cannot be written; what was published before then stands untouched,
    also where the process is killed. ``keep`` editions stay, the newest.
    """
    editions = out / _EDITIONS
    editions.mkdir(parents=True, exist_ok=True)
    for left in editions.glob(f"{_PART}*"):
        shutil.rmtree(left, ignore_errors=True)
    part = Path(tempfile.mkdtemp(dir=editions, prefix=_PART))
    part.chmod(0o755)
    try:
        yield part
        _keep_on_disk(part)
        whole = editions / content_hash(part)[:16]
        if whole.exists():
            shutil.rmtree(part)
        else:
            part.rename(whole)
        _switch(out, whole)
    finally:
        shutil.rmtree(part, ignore_errors=True)
    _forget(editions, whole, keep)


def file_hashes(folder: Path) -> dict[str, str]:
    """SHA-256 by path in ``folder``, of the files whose bytes follow from what they hold."""
    out = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix not in _NOT_SIGNED and path.name != MANIFEST:
            with path.open("rb") as stream:
                digest = hashlib.file_digest(stream, "sha256")
            out[str(path.relative_to(folder))] = digest.hexdigest()
    return out


def content_hash(folder: Path) -> str:
    """One SHA-256 over all of them: the same warehouse gives the same."""
    manifest = folder / MANIFEST
    if manifest.exists():
        return str(json.loads(manifest.read_text("utf-8"))["content_hash"])
    return hash_of(file_hashes(folder))


def hash_of(files: dict[str, str]) -> str:
    """SHA-256 over names and hashes."""
    return hashlib.sha256(json.dumps(files, sort_keys=True).encode()).hexdigest()


def _keep_on_disk(folder: Path) -> None:
    for path in (*folder.rglob("*"), folder):
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _switch(out: Path, whole: Path) -> None:
    # New names first: they point through ``current`` and so wait for it.
    names = {path.name for path in whole.iterdir()}
    for name in sorted(names):
        if not os.path.lexists(out / name):
            (out / name).symlink_to(Path(_CURRENT) / name)
    _point(out / _CURRENT, Path(_EDITIONS) / whole.name)
    for name in sorted(names):
        if not (out / name).is_symlink():
            _replace_by_link(out / name, Path(_CURRENT) / name)
    for path in out.iterdir():
        if path.is_symlink() and not path.exists() and str(path.readlink()).startswith(_CURRENT):
            path.unlink()


def _replace_by_link(path: Path, target: Path) -> None:
    """A file or folder of an older program version gives way to the link."""
    if path.is_dir():
        shutil.rmtree(path)
    _point(path, target)


def _point(link: Path, target: Path) -> None:
    fresh = link.with_name(f".link-{link.name}-{os.getpid()}")
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(target)
    fresh.replace(link)


def _forget(editions: Path, newest: Path, keep: int) -> None:
    whole = [p for p in editions.iterdir() if p.is_dir() and not p.name.startswith(_PART)]
    old = sorted((p for p in whole if p != newest), key=lambda p: p.stat().st_mtime, reverse=True)
    for path in old[max(keep - 1, 0) :]:
        shutil.rmtree(path, ignore_errors=True)
