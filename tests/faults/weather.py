"""What goes wrong around an office without anybody being killed: disks, locks, clocks, stores, versions."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from tests.faults.store import Proxy
from tests.faults.victim import Victim
from tests.loopback import LONG
from tests.nightly.conftest import Prefect

FAKETIME = next(Path("/usr/lib").glob("*/faketime/libfaketime.so.1"), None)
_NEWER = """
import sys
import pipelines.understand
pipelines.understand.PARSER_VERSION = "newer"
sys.argv = ["tonghop", "nightly", "--plain"]
from pipelines.cli import main
main()
"""


@contextmanager
def disk(megabytes: int) -> Iterator[Path | None]:
    """An empty disk of that size; None where this user may not mount one."""
    place = Path(tempfile.mkdtemp(prefix="tonghop-disk-"))
    words = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(place)]
    mounted = os.geteuid() == 0 and not subprocess.run(words, check=False).returncode
    try:
        yield place if mounted else None
    finally:
        if mounted:
            subprocess.run(["umount", "-l", str(place)], check=False)
        shutil.rmtree(place, ignore_errors=True)


@dataclass
class Weather:
    """``strike`` lets one thing go wrong, for seconds; ``struck`` counts by kind.

    ``disk`` holds everything of ``victim``; ``store`` stands before its object store; ``prefect`` is
    the server that shows some of its nights.
    """

    victim: Victim
    chance: random.Random
    disk: Path | None = None
    store: Proxy | None = None
    prefect: Prefect | None = None
    struck: Counter[str] = field(default_factory=Counter)
    _next: list[str] = field(default_factory=list)
    _upgraded: bool = False
    _hands: list[subprocess.Popen[str]] = field(default_factory=list)

    @property
    def kinds(self) -> list[str]:
        found = ["twice", "upgrade", *(["clock"] if FAKETIME else [])]
        found += ["locked"] if not self.victim.database_url else []
        found += ["full"] if self.disk else []
        found += ["slow store", "failing store", "half files"] if self.store else []
        return found + (["no prefect"] if self.prefect else [])

    def strike(self) -> None:
        """One of the kinds, those that struck least first: each has its turn."""
        rarest = min(self.struck[kind] for kind in self.kinds)
        kind = self.chance.choice([k for k in self.kinds if self.struck[k] == rarest])
        getattr(self, f"_{kind.replace(' ', '_')}")()
        self.struck[kind] += 1

    def begin(self) -> subprocess.Popen[str]:
        """A night of whichever version there is, by whichever clock."""
        prefix: tuple[str, ...] = ()
        if self._next:
            prefix = ("env", f"LD_PRELOAD={FAKETIME}", f"FAKETIME={self._next.pop()}")
        if self._upgraded:
            return self.victim.start_program(_NEWER, prefix=prefix)
        if self.prefect is not None and self.chance.random() < 0.5:
            shown = ("env", f"PREFECT_API_URL={self.prefect.url}", *prefix)
            return self.victim.start("nightly", prefix=shown)
        return self.victim.start(prefix=prefix)

    def clear(self) -> None:
        """What was begun by hand may end; the sky is blue."""
        for hand in self._hands:
            hand.communicate(timeout=LONG)
        self._next.clear()

    def _moment(self) -> None:
        time.sleep(self.chance.uniform(0.5, 4))

    def _full(self) -> None:
        """Nothing, or next to nothing, is left on the disk of database, archive and publications."""
        assert self.disk is not None
        filler, left = self.disk / "filler", self.chance.choice((0, 4096, 65536, 400_000))
        here = os.statvfs(self.disk)
        with filler.open("wb") as stream, suppress(OSError):
            os.posix_fallocate(stream.fileno(), 0, max(1, here.f_bavail * here.f_bsize - left))
        self._moment()
        filler.unlink()

    def _locked(self) -> None:
        path = self.victim.home / "warehouse.sqlite"
        with closing(sqlite3.connect(path, timeout=LONG, isolation_level=None)) as lock:
            lock.execute("begin exclusive")
            self._moment()
            lock.execute("rollback")

    def _clock(self) -> None:
        """The next nights believe in another day: one ahead, the one after it far behind it."""
        days = self.chance.randrange(1, 60)
        self._next = [f"-{days}d", f"+{days}d"]

    def _twice(self) -> None:
        """The same new file stands in two sources, and somebody takes it in by hand as well."""
        self.victim.submit(twins=True)
        self._hands.append(self.victim.start("ingest", str(self.victim.second)))

    def _upgrade(self) -> None:
        """From now on, or no longer, nights are another version's."""
        self._upgraded = not self._upgraded

    def _slow_store(self) -> None:
        assert self.store is not None
        self.store.delay = self.chance.uniform(0.01, 0.2)
        self._moment()
        self.store.delay = 0

    def _failing_store(self) -> None:
        assert self.store is not None
        self.store.refuse = 10_000
        self._moment()
        self.store.refuse = 0

    def _half_files(self) -> None:
        assert self.store is not None
        self.store.cuts, self.store.cut_after = 10_000, self.chance.randrange(100, 60_000)
        self._moment()
        self.store.cuts = 0

    def _no_prefect(self) -> None:
        assert self.prefect is not None
        self.prefect.kill()
        self._moment()
        self.prefect.start()
