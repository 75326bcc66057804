"""Random kills of everything that works for an office at night, one after the other."""

from __future__ import annotations

import random
import signal
import subprocess
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.faults.reviewer import Reviewer
from tests.faults.victim import Victim, below, kill
from tests.faults.weather import Weather
from tests.loopback import LONG
from tests.postgresql import Database

_WORKER = """
from pipelines import steps
from pipelines.understand import PARSER_VERSION
from schemas.settings import load_settings
from warehouse.attempts import unread
settings = load_settings()
warehouse = steps.warehouse_of(settings)
with warehouse.read() as connection:
    waiting = [one.sha256 for one in unread(connection, PARSER_VERSION)]
steps.read_batch(settings, waiting[::-1], print)
"""
"""What a machine of a pool or cluster does with its batch, begun at the other end of the line."""
_WEIGHTS = {"run": 45, "reader": 20, "worker": 12, "review": 13, "database": 10}
_FOUL = 2 / 3
"""So many other things go wrong for each kill."""
_FILE_EVERY = 2
_SHORTEST = 0.2


def interrupt(database: Database, chance: random.Random) -> None:
    """Away for a moment: shut down in order, or with everything it was doing."""
    if chance.random() < 0.5:
        for one in (database.pid, *below(database.pid)):
            kill(one)
    else:
        database.stop()
    time.sleep(chance.uniform(0.2, 2))
    database.start()


@dataclass
class Storm:
    """Kills what works for ``victim``; ``hits`` counts them, ``steps`` in which step of the night,
    ``amid`` is how many corrections were answered between the first kill and the last."""

    victim: Victim
    chance: random.Random
    database: Database | None = None
    say: Callable[[str], None] = print
    weather: Weather | None = None
    hits: Counter[str] = field(default_factory=Counter)
    steps: Counter[str] = field(default_factory=Counter)
    nights: Counter[str] = field(default_factory=Counter)
    amid: int = 0
    _run: subprocess.Popen[str] | None = None
    _worker: subprocess.Popen[str] | None = None

    def rage(self, kills: int, every: int = 5) -> None:
        """So many kills over nights that follow each other; then one night in peace."""
        self.victim.submit(4)
        longest = self._undisturbed()
        self.say(f"a night that nobody kills takes {longest:.0f} s; now the reviewer logs in")
        reviewer = Reviewer(self.victim)
        try:
            reviewer.await_answer()
            self.say(f"{kills} kills begin")
            before = len(reviewer.answered)
            self._kill_so_many(reviewer, kills, longest, every)
            self.amid = len(reviewer.answered) - before
            for process in (self._run, self._worker):
                if process is not None:
                    process.communicate(timeout=LONG)
            if self.weather is not None:
                self.weather.clear()
        finally:
            self.say("no more kills: what runs may end")
            reviewer.stop()
            for process in (self._run, self._worker):
                if process is not None and process.poll() is None:
                    self._end(process)
        status, told = self.victim.run()
        assert status == 0, told
        reviewer.assert_nothing_lost()
        assert self.amid, "no correction was answered while things were killed"
        self.victim.corrections = len(reviewer.answered)
        self.victim.assert_nothing_lost()
        assert self.victim.rows("select count(*) from lease") == [(0,)]

    def _kill_so_many(self, reviewer: Reviewer, kills: int, longest: float, every: int) -> None:
        begun, done, before = time.monotonic(), 0, len(reviewer.answered)
        while done < kills:
            if done == kills - 1:
                reviewer.await_answer(before + 1)
            self._keep_going()
            self._wait(self.chance.uniform(_SHORTEST, longest / 2))
            if self.weather is not None and self.weather.struck.total() <= done * _FOUL:
                self.weather.strike()
                continue
            if not self._strike(reviewer):
                continue
            done += 1
            if done % _FILE_EVERY == 0:
                self.victim.submit()
            if done % every == 0:
                rate = 60 * done / (time.monotonic() - begun)
                said = f"{rate:.1f} a minute, {len(reviewer.answered)} corrections"
                foul = dict(self.weather.struck) if self.weather is not None else ""
                self.say(f"{done}/{kills} {dict(self.hits)} {foul}, {said}")

    def _undisturbed(self) -> float:
        """Seconds of a night that nobody kills: kills fall anywhere within it."""
        start = time.monotonic()
        status, told = self.victim.run()
        assert status == 0, told
        self.victim.submit(2)
        return time.monotonic() - start

    def _keep_going(self) -> None:
        if self._run is not None and self._run.poll() is not None:
            told = self._run.communicate()[1]
            self.nights[str(self._run.returncode)] += 1
            if self._run.returncode:
                self.say(f"a night ended with {self._run.returncode}: {told[-600:]}")
            self._run = None
        if self._run is None:
            self._run = self.weather.begin() if self.weather else self.victim.start()
        if self._worker is not None and self._worker.poll() is not None:
            self._worker.communicate()
            self._worker = None
        if self._worker is None and self.chance.random() < 0.3:
            self._worker = self.victim.start_program(_WORKER)

    def _wait(self, seconds: float) -> None:
        assert self._run is not None
        until = time.monotonic() + seconds
        while self._run.poll() is None and time.monotonic() < until:
            time.sleep(0.02)

    def _strike(self, reviewer: Reviewer) -> bool:
        """Whether anything was hit."""
        kinds = {k: w for k, w in _WEIGHTS.items() if k != "database" or self.database}
        kind = self.chance.choices(list(kinds), list(kinds.values()))[0]
        if not getattr(self, f"_hit_{kind}")(reviewer):
            return False
        self.hits[kind] += 1
        return True

    def _hit_run(self, _: Reviewer) -> bool:
        if self._run is None or self._run.poll() is not None:
            return False
        self._note_step()
        self._end(self._run)
        self.nights["killed"] += 1
        self._run = None
        return True

    def _hit_reader(self, _: Reviewer) -> bool:
        """The forkserver stands below the run; those below the forkserver read files."""
        run = self._run.pid if self._run is not None else 0
        found = [one for child in below(run) for one in below(child)] or below(run)
        if not found:
            return False
        kill(self.chance.choice(found))
        return True

    def _hit_worker(self, _: Reviewer) -> bool:
        if self._worker is None or self._worker.poll() is not None:
            return False
        self._end(self._worker)
        self._worker = None
        return True

    def _hit_review(self, reviewer: Reviewer) -> bool:
        if not reviewer.asking.wait(10):
            return False
        time.sleep(self.chance.uniform(0, 0.06))
        posting = reviewer.asking.is_set()
        reviewer.kill_server()
        self.hits["review while posting"] += posting
        return True

    def _hit_database(self, _: Reviewer) -> bool:
        if self.database is None:
            return False
        interrupt(self.database, self.chance)
        return True

    def _end(self, process: subprocess.Popen[str]) -> None:
        children = below(process.pid)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        for child in children:
            kill(child)

    def _note_step(self) -> None:
        running = self.victim.rows(
            "select s.step from run_step s join run r on r.id = s.run_id"
            " where s.state = 'running' and r.state = 'running'"
        )
        self.steps[running[0][0] if running else "between"] += 1
