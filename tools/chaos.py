"""``make chaos``: kills whatever works at night N times at random moments, then looks for what was lost.

N comes from CHAOS_KILLS (200): three in four over SQLite, the others over a PostgreSQL that goes away
as well, where each costs three times as long. The seed comes from CHAOS_SEED (printed). Killed are the
run, the processes that read for it, a second machine's batch, and the review site while a correction is
being posted. Between kills, two for three of them, other things go wrong: the disk of everything is full
and the database locked (SQLite), the object store is slow, fails or gives half files and Prefect's
server dies (PostgreSQL), the clock is set ahead and back, the version changes, one file comes twice at
once. Meanwhile new files arrive. At the end every file must be one document, and every correction that
was answered must stand once.
"""

from __future__ import annotations

import os
import random
import sys
import tempfile
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.faults.store import a_bucket, archive_in, object_store
from tests.faults.storm import Storm
from tests.faults.victim import Victim
from tests.faults.weather import Weather, disk
from tests.nightly.conftest import Prefect
from tests.postgresql import Database, postgresql


def main() -> int:
    """Exit status 0 where nothing was lost or doubled; else the table says where, the traceback what."""
    kills = int(os.environ.get("CHAOS_KILLS", "200"))
    seed = int(os.environ.get("CHAOS_SEED", str(time.time_ns() % 10**9)))
    _say(f"{kills} kills, seed {seed}")
    over_postgresql = kills // 4
    lines = [_storm("SQLite", kills - over_postgresql, seed, None)]
    with postgresql() as database:
        lines.append(_storm("PostgreSQL", over_postgresql, seed + 1, database))
    held = all(line[-1] == "held" for line in lines)
    _print_table(lines)
    print(
        f"seed {seed}: "
        + ("nothing lost, nothing doubled" if held else "SOMETHING WAS LOST, see the traceback")
    )
    return 0 if held else 1


_COLUMNS = (
    *("over", "kills", "minutes", "run", "reader", "worker", "review", "posting", "database"),
    *("other faults", "files", "corrections", "amid kills", "verdict"),
)
# A reader that is killed from outside is no killer: its file is never set aside here.
_PATIENT = "max_attempts = 100000\n"


def _storm(name: str, kills: int, seed: int, database: Database | None) -> list[str]:
    """One line of the table."""
    begun, chance = time.monotonic(), random.Random(seed)
    with tempfile.TemporaryDirectory(prefix="tonghop-chaos-") as folder:
        office = (
            _on_a_disk(chance)
            if database is None
            else _with_servers(Path(folder), chance, database)
        )
        with office as weather:
            victim = weather.victim
            storm = Storm(victim, chance, database, lambda line: _say(f"{name}: {line}"), weather)
            verdict = "held"
            try:
                storm.rage(kills)
            except Exception:
                # Whatever it was, the other storm is worth having too.
                _say(traceback.format_exc())
                verdict = "BROKEN"
    minutes = (time.monotonic() - begun) / 60
    _say(f"{name}: runs killed in {dict(storm.steps)}; nights ended {dict(storm.nights)}")
    _say(f"{name}: other faults {dict(weather.struck)}")
    kinds = ("run", "reader", "worker", "review", "review while posting", "database")
    hits = [str(storm.hits[kind]) for kind in kinds]
    counted = [len(victim.submitted), victim.corrections, storm.amid]
    hits.append(str(weather.struck.total()))
    return [name, str(kills), f"{minutes:.1f}", *hits, *(str(n) for n in counted), verdict]


@contextmanager
def _on_a_disk(chance: random.Random) -> Iterator[Weather]:
    """SQLite, archive and publications on one disk."""
    with tempfile.TemporaryDirectory() as folder, disk(2000) as mounted:
        victim = Victim((mounted or Path(folder)) / "home", more=_PATIENT)
        yield Weather(victim, chance, disk=mounted)


@contextmanager
def _with_servers(place: Path, chance: random.Random, database: Database) -> Iterator[Weather]:
    """PostgreSQL, an object store, and Prefect's server for every other night."""
    prefect = Prefect(place / "prefect")
    with object_store() as proxy:
        archive = archive_in(proxy, a_bucket(proxy))
        prefect.start()
        try:
            victim = Victim(place / "home", database.url, more=_PATIENT + archive)
            yield Weather(victim, chance, store=proxy, prefect=prefect)
        finally:
            prefect.kill()


def _print_table(lines: list[list[str]]) -> None:
    rows = [list(_COLUMNS), *lines]
    widths = [max(len(row[at]) for row in rows) for at in range(len(_COLUMNS))]
    for row in rows:
        print("  ".join(cell.rjust(width) for cell, width in zip(row, widths, strict=True)))


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
