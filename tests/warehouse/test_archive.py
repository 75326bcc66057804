"""What goes into the archive comes out byte for byte, and half a file is never taken for whole."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from schemas.errors import ArchiveDamaged, ArchiveUnreachable
from warehouse.archive import Archive


@pytest.fixture(scope="module")
def s3() -> Iterator[str]:
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture(params=["folder", "address", "s3"])
def archive(request: pytest.FixtureRequest, tmp_path: Path) -> Archive:
    if request.param == "folder":
        return Archive(str(tmp_path / "archive"))
    if request.param == "address":
        return Archive(f"file://{tmp_path / 'archive'}")
    import s3fs

    options = {"key": "k", "secret": "s", "endpoint_url": request.getfixturevalue("s3")}
    name = f"b{uuid.uuid4().hex[:10]}"
    s3fs.S3FileSystem(**options).mkdir(name)
    return Archive(f"s3://{name}/originals", options)


def a_file(folder: Path, size: int = 20_000_000) -> Path:
    path = folder / "big.bin"
    path.write_bytes(os.urandom(size))
    return path


def test_bytes_come_back_with_their_stages(archive: Archive, tmp_path: Path) -> None:
    source = a_file(tmp_path)
    sha256 = archive.put(source)
    assert sha256 == hashlib.sha256(source.read_bytes()).hexdigest()
    assert archive.put(source) == sha256
    archive.put_stage(sha256, "report-1.json", b"old")
    archive.put_stage(sha256, "report-1.json", b"{}")
    assert archive.stages(sha256) == ["original", "report-1.json"]
    assert archive.fetch(sha256).read_bytes() == source.read_bytes()
    with archive.open(sha256, "report-1.json") as stream:
        assert stream.read() == b"{}"
    assert list(archive.hashes()) == [sha256]
    assert archive.verify() == []
    archive.release(sha256)
    assert archive.fetch(sha256).exists()
    assert not archive.has(sha256, "other")
    with pytest.raises(FileNotFoundError):
        archive.open("0" * 64)
    with pytest.raises(ArchiveUnreachable):
        archive.fetch("0" * 64)


def test_half_a_file_is_found_and_written_anew(tmp_path: Path) -> None:
    archive = Archive(str(tmp_path / "archive"))
    source = a_file(tmp_path, 50_000)
    sha256 = archive.put(source)
    stored = tmp_path / "archive" / sha256[:2] / sha256 / "original"
    stored.write_bytes(source.read_bytes()[:20_000])
    with pytest.raises(ArchiveDamaged):
        archive.fetch(sha256)
    assert archive.verify() == [sha256]
    assert archive.put(source) == sha256
    assert archive.fetch(sha256).read_bytes() == source.read_bytes()


def test_what_is_still_being_written_is_not_there(tmp_path: Path) -> None:
    archive = Archive(str(tmp_path / "archive"))
    sha256 = archive.put(a_file(tmp_path, 10))
    (tmp_path / "archive" / sha256[:2] / sha256 / ".part-abc").write_bytes(b"half")
    assert archive.stages(sha256) == ["original"]


def test_a_large_file_is_never_held_in_memory(tmp_path: Path) -> None:
    source = a_file(tmp_path, 120_000_000)
    program = (
        "import sys; from pathlib import Path; from warehouse.archive import Archive\n"
        "from tools.bench.measure import peak_megabytes\n"
        "start = peak_megabytes()\n"
        "a = Archive(sys.argv[1]); a.fetch(a.put(Path(sys.argv[2])))\n"
        "print(peak_megabytes() - start)"
    )
    words = [sys.executable, "-c", program, str(tmp_path / "archive"), str(source)]
    done = subprocess.run(words, capture_output=True, text=True, check=True)
    assert float(done.stdout) < 40
