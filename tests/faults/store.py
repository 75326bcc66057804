"""An object store behind something that is slow, fails, and gives half of what it has."""

from __future__ import annotations

import socket
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any


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
        with suppress(OSError):
            while data := here.recv(16384):
                threading.Event().wait(self.delay)
                if back and self.cuts > 0 and sent + len(data) > self.cut_after:
                    self.cuts -= 1
                    there.sendall(data[: max(0, self.cut_after - sent)])
                    break
                there.sendall(data)
                sent += len(data)
        for one in (here, there):
            # Closing alone tells nobody while the other direction still waits at the same socket.
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()


@contextmanager
def object_store() -> Iterator[Proxy]:
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    made = Proxy(server.get_host_and_port())
    made.start()
    try:
        yield made
    finally:
        made.stop()
        server.stop()


def options(proxy: Proxy) -> dict[str, Any]:
    return {
        "key": "k",
        "secret": "s",
        "endpoint_url": f"http://127.0.0.1:{proxy.port}",
        "config_kwargs": {"read_timeout": 120, "retries": {"max_attempts": 1}},
        "skip_instance_cache": True,
    }


def a_bucket(proxy: Proxy) -> str:
    """An empty one; its name."""
    import s3fs

    name = f"b{uuid.uuid4().hex[:10]}"
    s3fs.S3FileSystem(**options(proxy)).mkdir(name)
    return name


def archive_in(proxy: Proxy, bucket: str) -> str:
    """Lines of ``tonghop.toml`` that keep the originals there."""
    endpoint = f'{{ key = "k", secret = "s", endpoint_url = "http://127.0.0.1:{proxy.port}" }}'
    return f'archive_url = "s3://{bucket}/originals"\narchive_options = {endpoint}\n'
