"""``make chaos``: kills the nightly run N times at random moments, then looks for what was lost.

N comes from CHAOS_KILLS (200), the seed from CHAOS_SEED (printed). The process killed is the run
itself, or one of those that read for it. Between kills new files arrive and a person corrects a
number. At the end every file must be one document, and every correction must stand.
"""

from __future__ import annotations

import os
import random
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.faults.victim import Victim, kill_at_random

_FILE_EVERY = 4
_CORRECT_EVERY = 25


def main() -> int:
    """Exit status 0 where nothing was lost or doubled."""
    kills = int(os.environ.get("CHAOS_KILLS", "200"))
    seed = int(os.environ.get("CHAOS_SEED", str(time.time_ns() % 10**9)))
    chance = random.Random(seed)
    print(f"{kills} kills, seed {seed}", file=sys.stderr)
    hits: Counter[str] = Counter()
    with tempfile.TemporaryDirectory(prefix="tonghop-chaos-") as folder:
        # A reader that is killed from outside is no killer: its file is never set aside here.
        url = os.environ.get("CHAOS_DATABASE_URL", "")
        victim = Victim(Path(folder) / "home", url, more="max_attempts = 100000\n")
        victim.submit(4)
        longest = _undisturbed(victim)
        while hits["run"] + hits["child"] < kills:
            hits[kill_at_random(victim.start(), chance, longest)] += 1
            done = hits["run"] + hits["child"]
            if done % _FILE_EVERY == 0:
                victim.submit()
            if done % _CORRECT_EVERY == 0:
                victim.correct()
            if done % 10 == 0:
                print(f"{done}/{kills} {dict(hits)}", file=sys.stderr)
        status, told = victim.run()
        if status:
            print(told, file=sys.stderr)
        victim.assert_nothing_lost()
        print(
            f"{dict(hits)}; {len(victim.submitted)} files, {victim.corrections} corrections: all there"
        )
    return status


def _undisturbed(victim: Victim) -> float:
    """Seconds of a run that nobody kills: kills fall anywhere within it."""
    start = time.monotonic()
    victim.run()
    victim.submit(2)
    return time.monotonic() - start


if __name__ == "__main__":
    sys.exit(main())
