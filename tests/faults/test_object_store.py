"""The object store slow, failing, and giving half a file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from schemas.errors import ArchiveUnreachable
from tests.faults.store import Proxy, a_bucket, archive_in, object_store, options
from tests.faults.victim import Victim
from warehouse.archive import Archive


@pytest.fixture
def proxy() -> Iterator[Proxy]:
    with object_store() as made:
        yield made


@pytest.fixture
def bucket(proxy: Proxy) -> str:
    return a_bucket(proxy)


def a_file(folder: Path) -> Path:
    path = folder / "a.bin"
    path.write_bytes(bytes(range(256)) * 2000)
    return path


def test_half_an_answer_is_asked_for_again(proxy: Proxy, bucket: str, tmp_path: Path) -> None:
    archive, source = Archive(f"s3://{bucket}/a", options(proxy)), a_file(tmp_path)
    sha256 = archive.put(source)
    proxy.cuts, proxy.cut_after = 1, 100_000
    assert archive.fetch(sha256).read_bytes() == source.read_bytes()
    assert proxy.cuts == 0


def test_a_store_that_never_gives_the_whole_is_named(
    proxy: Proxy, bucket: str, tmp_path: Path
) -> None:
    archive = Archive(f"s3://{bucket}/a", options(proxy))
    sha256 = archive.put(a_file(tmp_path))
    proxy.cuts, proxy.cut_after = 10_000, 100_000
    with pytest.raises(ArchiveUnreachable):
        archive.fetch(sha256)


def test_half_an_object_in_the_store_is_never_taken_for_whole(
    proxy: Proxy, bucket: str, tmp_path: Path
) -> None:
    import s3fs

    archive, source = Archive(f"s3://{bucket}/a", options(proxy)), a_file(tmp_path)
    sha256 = archive.put(source)
    system = s3fs.S3FileSystem(**options(proxy))
    system.pipe_file(f"{bucket}/a/{sha256[:2]}/{sha256}/original", source.read_bytes()[:1000])
    with pytest.raises(ArchiveUnreachable):
        archive.fetch(sha256)
    assert archive.verify() == [sha256]
    archive.put(source)
    assert archive.verify() == []


def test_a_night_over_a_slow_and_failing_store_loses_nothing(
    proxy: Proxy, bucket: str, tmp_path: Path
) -> None:
    victim = Victim(tmp_path / "home", more=archive_in(proxy, bucket))
    victim.submit(3)
    proxy.refuse, proxy.delay = 4, 0.02
    status, told = victim.run()
    proxy.refuse = proxy.delay = 0
    assert status in (0, 1), told
    assert victim.run()[0] == 0
    victim.correct()
    victim.assert_nothing_lost()
