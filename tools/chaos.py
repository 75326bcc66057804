"""``make chaos``: kills whatever works at night N times at random moments, then looks for what was lost.

N comes from CHAOS_KILLS (200), half of them over SQLite and half over a PostgreSQL that goes away as
well; the seed from CHAOS_SEED (printed). Killed are the run, the processes that read for it, a second
machine's batch, and the review site while a correction is being posted. Meanwhile new files arrive.
At the end every file must be one document, and every correction that was answered must stand once.
"""

from __future__ import annotations

import os
import random
import sys
import tempfile
import time
from pathlib import Path

from tests.faults.storm import Database, Storm, postgresql
from tests.faults.victim import Victim


def main() -> int:
    """Exit status 0 where nothing was lost or doubled; an AssertionError says what was."""
    kills = int(os.environ.get("CHAOS_KILLS", "200"))
    seed = int(os.environ.get("CHAOS_SEED", str(time.time_ns() % 10**9)))
    _say(f"{kills} kills, seed {seed}")
    _storm(kills - kills // 2, seed, None)
    with postgresql() as database:
        _storm(kills // 2, seed + 1, database)
    return 0


def _storm(kills: int, seed: int, database: Database | None) -> None:
    name = "PostgreSQL" if database else "SQLite"
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="tonghop-chaos-") as folder:
        # A reader that is killed from outside is no killer: its file is never set aside here.
        victim = Victim(
            Path(folder) / "home", database.url if database else "", more="max_attempts = 100000\n"
        )
        storm = Storm(victim, random.Random(seed), database, lambda line: _say(f"{name}: {line}"))
        storm.rage(kills)
    minutes = (time.monotonic() - begun) / 60
    print(
        f"{name}: {dict(storm.hits)} in {minutes:.0f} minutes; runs killed in {dict(storm.steps)}; "
        f"nights {dict(storm.nights)}; {len(victim.submitted)} files, {victim.corrections} "
        "corrections: all there once"
    )


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
