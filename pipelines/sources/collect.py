"""Files behind addresses given by hand: files, folders, archives and any fsspec address."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from pipelines.containers import Found, opened, wanted
from schemas.errors import SourceError, TonghopError
from schemas.settings import SourceSettings


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
    from pipelines.sources.address import Address  # noqa: PLC0415

    try:
        there = Address(SourceSettings(name=address[:120], url=address), {})
        for number, item in enumerate(there.items()):
            folder = work / f"remote-{number}"
            folder.mkdir()
            for piece in there.fetch(item, folder).pieces:
                yield from opened(piece.path, piece.name, address, folder)
    except TonghopError:
        raise
    except Exception as error:
        # Every client has its own classes for an address that does not answer.
        raise SourceError(name=address, detail=str(error)[:200]) from error
