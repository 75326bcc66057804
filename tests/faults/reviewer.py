"""A person at the review site: posts one correction after the other and remembers what was answered."""

from __future__ import annotations

import contextlib
import subprocess
import sys
import threading
import time
import traceback
from dataclasses import dataclass, field

import httpx

from review import passwords
from schemas.account import Role
from schemas.errors import WarehouseError
from tests.faults.victim import Victim, kill
from tests.loopback import LONG, free_port
from warehouse import accounts
from warehouse.audit import Actor

NAME, PASSWORD = "lan", "mot cau dai de nho"
SUBJECT = "news.count"
FIRST = 1001
"""The value of the first correction; each one is one more than the one before."""


@dataclass
class Reviewer:
    """``answered`` are the values whose posting the site said was done; ``asking`` is set from the
    moment a correction is sent until its answer is there; ``strange`` is what must not happen."""

    victim: Victim
    answered: list[int] = field(default_factory=list)
    strange: list[str] = field(default_factory=list)
    asking: threading.Event = field(default_factory=threading.Event)
    _over: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        self._port = free_port()
        self.url = f"http://127.0.0.1:{self._port}"
        with self.victim.warehouse() as warehouse, warehouse.write() as connection:
            accounts.add(
                connection,
                Actor("test", "local"),
                name=NAME,
                role=Role.REVIEWER,
                password_hash=passwords.hash_password(PASSWORD),
                display_name="Lan",
            )
        self.server = self._started()
        self._thread = threading.Thread(target=self._work, daemon=True)
        self._thread.start()

    def _started(self) -> subprocess.Popen[bytes]:
        with (self.victim.home.parent / "review.log").open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "-m", "pipelines.cli", "review", "--port", str(self._port)],
                cwd=self.victim.home.parent,
                env=self.victim.environment,
                stdout=log,
                stderr=log,
            )

    def await_answer(self, number: int = 1) -> None:
        """Returns once so many corrections were answered: after one there is something to lose."""
        until = time.monotonic() + LONG
        while len(self.answered) < number:
            assert time.monotonic() < until, f"no correction was answered: {self.strange}"
            assert self._thread.is_alive(), self.strange
            time.sleep(0.1)

    def kill_server(self) -> None:
        """kill -9, and the server starts again as its service would be."""
        self._note_own_end()
        kill(self.server.pid)
        self.server.wait()
        self.server = self._started()

    def stop(self) -> None:
        """Waits until one more correction is answered, now that all is quiet; then the server ends."""
        self._over.set()
        self._thread.join(2 * LONG)
        self._note_own_end()
        if self._thread.is_alive():
            self.strange.append("the last correction still waits for its answer")
        kill(self.server.pid)
        self.server.wait()

    def _note_own_end(self) -> None:
        """A site that nobody killed never ends, whatever its database does."""
        if self.server.poll() is not None:
            self.strange.append(f"the site ended by itself with {self.server.returncode}")

    def _work(self) -> None:
        try:
            with httpx.Client(base_url=self.url, headers={"origin": self.url}, timeout=60) as one:
                self._keep_correcting(one)
        except Exception:  # a thread's death is seen by nobody else
            self.strange.append(traceback.format_exc())

    def _keep_correcting(self, browser: httpx.Client) -> None:
        self._patiently(lambda: self._log_in(browser))
        over = False
        while not over:
            over = self._over.is_set()
            value = FIRST + len(self.answered)
            if self._patiently(lambda value=value: self._correct(browser, value)):
                self.answered.append(value)
            else:
                self.strange.append(f"{value} was never answered")
            self._over.wait(0.4)

    def _patiently(self, work: object) -> bool:
        """The same again and again while the site or its database is away; False once time is up."""
        until = None
        while until is None or time.monotonic() < until:
            with contextlib.suppress(httpx.HTTPError, WarehouseError):
                if work():  # type: ignore[operator]
                    return True
            self.asking.clear()
            if self._over.is_set() and until is None:
                until = time.monotonic() + LONG
            time.sleep(0.2)
        return False

    def _log_in(self, browser: httpx.Client) -> bool:
        answer = browser.post("/login", data={"name": NAME, "password": PASSWORD})
        return answer.status_code == 303

    def _correct(self, browser: httpx.Client, value: int) -> bool:
        """One correction, always under the same token: asked again it is the same correction."""
        here = self._first()
        base = str(value - 1) if value > FIRST else here[1]
        if not here[0]:
            return False
        self.asking.set()
        answer = browser.post(
            f"/documents/{here[0]}/cells/{SUBJECT}",
            data={"typed": str(value), "base": base, "token": f"r{value}"},
        )
        self.asking.clear()
        if answer.status_code == 303:
            return True
        if answer.status_code < 500:
            self.strange.append(f"{value}: {answer.status_code} {answer.text[:300]}")
        return False

    _cell: tuple[str, str] = ("", "")

    def _first(self) -> tuple[str, str]:
        """The first document that states the number, and what it stated."""
        if not self._cell[0]:
            found = self.victim.rows(
                "select sha256, value from effective_value where indicator = 'news'"
                " and value is not null order by sha256 limit 1"
            )
            if found:
                self._cell = (found[0][0], str(found[0][1]))
        return self._cell

    def assert_nothing_lost(self) -> None:
        """Every answered correction is there once, in order, and the last one is in force."""
        assert self.strange == [], self.strange
        assert self.answered, "nothing was there to be lost"
        made = f"select value from decision where actor = '{NAME}' and carried_from is null order by id"
        kept = [int(value) for (value,) in self.victim.rows(made)]
        assert kept == self.answered, f"kept {kept[-5:]}, answered {self.answered[-5:]}"
        (in_force,) = self.victim.rows(
            f"select value, decided_by from effective_value where sha256 = '{self._cell[0]}'"
            " and indicator = 'news'"
        )
        assert in_force == (kept[-1], NAME)
