"""The disk full: while archiving, while publishing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.faults.victim import Victim


def test_a_full_disk_while_archiving_loses_nothing(
    tmp_path: Path, small_disk: Callable[[int], Path]
) -> None:
    disk = small_disk(96)
    victim = Victim(tmp_path / "home", more=f'archive_url = "{disk}/archive"\n')
    victim.submit(5)
    status, told = victim.run()
    assert status == 1
    assert "Không ghi hoặc không đọc được kho lưu" in told
    small_disk(65536)
    assert victim.run()[0] == 0
    victim.correct()
    victim.assert_nothing_lost()
    assert not list(disk.rglob(".part-*"))


def test_a_full_disk_while_publishing_leaves_the_old_files_whole(
    tmp_path: Path, small_disk: Callable[[int], Path]
) -> None:
    import duckdb

    out = small_disk(65536) / "out"
    victim = Victim(tmp_path / "home")
    victim.submit(2)
    assert victim.run()[0] == 0
    assert victim.run("publish", "--out", str(out))[0] == 0
    before = {p: p.read_bytes() for p in out.rglob("*") if p.is_file()}
    victim.submit(2)
    assert victim.run()[0] == 0
    small_disk(sum(len(data) for data in before.values()) // 1024 + 400)
    status, told = victim.run("publish", "--out", str(out))
    assert status == 1, told
    for path, data in before.items():
        assert path.read_bytes() == data
    small_disk(65536)
    assert victim.run("publish", "--out", str(out))[0] == 0
    with duckdb.connect(str(out / "tonghop.duckdb"), read_only=True) as base:
        count = base.execute("select count(distinct document_sha256) from unit_annex").fetchone()
    assert count is not None
    assert count[0] >= 1
