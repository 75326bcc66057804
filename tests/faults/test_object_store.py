"""The object store slow, failing, and giving half a file."""

from __future__ import annotations

import socket
import threading
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from schemas.errors import ArchiveUnreachable
from tests.faults.victim import Victim
from warehouse.archive import Archive


@dataclass
class Proxy:
    """Hands bytes to and fro. ``refuse`` so many connections; ``cut`` answers after so many bytes
    so many times; ``delay`` each piece by seconds."""

    target: tuple[str, int]
    port: int = 0
    refuse: int = 0
    cuts: int = 0
    cut_after: int = 0
    delay: float = 0.0
    served: int = 0
    _listening: socket.socket = field(default_factory=socket.socket)

    def start(self) -> None:
        self._listening.bind(("127.0.0.1", 0))
        self._listening.listen(64)
        self.port = self._listening.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def stop(self) -> None:
        self._listening.close()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listening.accept()
            except OSError:
                return
            self.served += 1
            if self.refuse > 0:
                self.refuse -= 1
                client.close()
                continue
            server = socket.create_connection(self.target)
            for here, there, back in ((client, server, False), (server, client, True)):
                threading.Thread(target=self._pump, args=(here, there, back), daemon=True).start()

    def _pump(self, here: socket.socket, there: socket.socket, back: bool) -> None:
        sent = 0
        try:
            while data := here.recv(16384):
                threading.Event().wait(self.delay)
                if back and self.cuts > 0 and sent + len(data) > self.cut_after:
                    self.cuts -= 1
                    there.sendall(data[: max(0, self.cut_after - sent)])
                    break
                there.sendall(data)
                sent += len(data)
        except OSError:
            pass
        for one in (here, there):
            one.close()


@pytest.fixture
def proxy() -> Iterator[Proxy]:
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    made = Proxy(server.get_host_and_port())
    made.start()
    yield made
    made.stop()
    server.stop()


def options(proxy: Proxy) -> dict[str, Any]:
    return {
        "key": "k",
        "secret": "s",
        "endpoint_url": f"http://127.0.0.1:{proxy.port}",
        "config_kwargs": {"read_timeout": 5, "retries": {"max_attempts": 1}},
        "skip_instance_cache": True,
    }


@pytest.fixture
def bucket(proxy: Proxy) -> str:
    import s3fs

    name = f"b{uuid.uuid4().hex[:10]}"
    s3fs.S3FileSystem(**options(proxy)).mkdir(name)
    return name


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
    endpoint = f'{{ key = "k", secret = "s", endpoint_url = "http://127.0.0.1:{proxy.port}" }}'
    victim = Victim(
        tmp_path / "home",
        more=f'archive_url = "s3://{bucket}/originals"\narchive_options = {endpoint}\n',
    )
    victim.submit(3)
    proxy.refuse, proxy.delay = 4, 0.02
    status, told = victim.run()
    proxy.refuse = proxy.delay = 0
    assert status in (0, 1), told
    assert victim.run()[0] == 0
    victim.correct()
    victim.assert_nothing_lost()
