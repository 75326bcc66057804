"""A task that does what a file in the worst case makes a reader do."""

from __future__ import annotations

import os
import socket
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from schemas.errors import EncryptedPdf

WORD = Path("samples/week-2021/01-323.docx")


@dataclass(frozen=True, slots=True)
class Misbehaving:
    """``what`` is the name of the method that is the misbehaviour."""

    what: str
    path: Path = WORD
    name: str = "x.docx"

    def run(self) -> bytes:
        done: bytes = getattr(self, self.what)()
        return done

    def spin(self) -> bytes:
        while True:
            pass

    def sleep(self) -> bytes:
        time.sleep(60)
        return b""

    def crash(self) -> bytes:
        os.abort()

    def leave(self) -> bytes:
        os._exit(3)

    def eat(self) -> bytes:
        kept = [bytearray(2**26) for _ in range(1000)]
        return bytes(len(kept))

    def fill(self) -> bytes:
        with tempfile.NamedTemporaryFile() as made:
            for _ in range(64):
                made.write(bytes(2**20))
        return b"filled"

    def open_many(self) -> bytes:
        kept = []
        try:
            while len(kept) < 2000:
                kept.append(os.open("/dev/null", os.O_RDONLY))
        except OSError:
            return str(len(kept)).encode()
        return b"all"

    def call_out(self) -> bytes:
        with socket.socket() as made:
            made.settimeout(2)
            try:
                made.connect(("127.0.0.1", int(self.name)))
            except OSError as error:
                return type(error).__name__.encode()
        return b"connected"

    def refuse(self) -> bytes:
        raise EncryptedPdf(name=self.name, place="trang 1")

    def litter(self) -> bytes:
        handle, name = tempfile.mkstemp()
        os.write(handle, b"left behind")
        return name.encode()

    def orphan(self) -> bytes:
        """Starts a program in a group of its own, as LibreOffice is started, and hangs."""
        child = subprocess.Popen(["sleep", "300"], process_group=0)
        self.path.write_text(str(child.pid))
        time.sleep(60)
        return b""
