"""With a real Prefect server: it dies in mid-run, it keeps the schedule, and it never learns a secret."""

from __future__ import annotations

import datetime as dt
import json
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path
from typing import Any

import pytest

from pipelines.serving import due_between
from pipelines.sources.intake import Collected
from tests.loopback import LONG, answers, free_port, listens, wait_until
from tests.nightly.conftest import SECRETS, Office, Prefect, clean

pytestmark = pytest.mark.slow


def ask(url: str, path: str, body: dict[str, Any] | None = None) -> Any:
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(f"{url}{path}", data, {"content-type": "application/json"})
    with urllib.request.urlopen(request, timeout=LONG) as answer:
        return json.load(answer)


def nights(url: str) -> dict[str, str]:
    """State by run of the nightly flow."""
    found = ask(url, "/flow_runs/filter", {"flows": {"name": {"any_": ["tonghop-nightly"]}}})
    return {one["id"]: one["state"]["name"] for one in found}


def test_the_server_dies_in_mid_run_and_the_night_ends_with_nothing_lost(
    office: Office, prefect: Prefect
) -> None:
    prefect.start()
    night = office.start("nightly", PREFECT_API_URL=prefect.url)
    wait_until(lambda: office.holds("attempt"), "reading")
    prefect.kill()
    assert night.wait(LONG) == 1, office.said
    assert office.rows("select status, count(*) from document group by 1 order by 1") == [
        ("failed", 1),
        ("ok", 2),
    ]
    assert office.rows("select state from run") == [("done",)]
    assert office.rows("select count(*) from run_step where state = 'done'") == [(6,)]
    assert (office.home / "published" / "tonghop.duckdb").exists()
    prefect.start()
    assert office.run("nightly", PREFECT_API_URL=prefect.url) == 1
    assert office.rows("select count(*) from document") == [(3,)]
    assert "CompletedWithErrors" in nights(prefect.url).values()


def test_prefect_yaml_makes_the_deployments_in_a_pool(prefect: Prefect) -> None:
    prefect.start()
    environment = clean() | {
        "PREFECT_API_URL": prefect.url,
        "PREFECT_HOME": str(prefect.home),
        "TONGHOP_CHECKOUT": str(Path.cwd()),
    }
    for words in ("work-pool create tonghop --type process", "--no-prompt deploy --all"):
        done = subprocess.run(
            [sys.executable, "-m", "prefect", *words.split()],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
    made = {d["name"]: d for d in ask(prefect.url, "/deployments/filter", {})}
    assert set(made) == {"nightly", "ingest", "reread"}
    assert {d["work_pool_name"] for d in made.values()} == {"tonghop"}
    (schedule,) = made["nightly"]["schedules"]
    assert (schedule["schedule"]["cron"], schedule["schedule"]["timezone"]) == (
        "0 1 * * *",
        "Asia/Ho_Chi_Minh",
    )


def secrets_below(*places: Path) -> list[str]:
    """Where a secret stands, in any file."""
    files = [f for place in places for f in ([place] if place.is_file() else place.rglob("*"))]
    return [
        f"{name}: {file}"
        for file in files
        if file.is_file()
        for name, secret in SECRETS.items()
        if secret.encode() in file.read_bytes()
    ]


def test_serve_keeps_the_schedule_catches_up_and_ends_in_order(office: Office) -> None:
    assert office.run("nightly", "--plain") == 1
    office.change("update run set started_at = '2026-01-01 00:00:00.000000'")
    port, begun = free_port(), dt.datetime.now(dt.UTC)
    url = f"http://127.0.0.1:{port}/api"
    serving = office.start("serve", "--port", str(port))
    try:
        wait_until(lambda: answers(f"{url}/health"), "Prefect server of serve")
        wait_until(lambda: "Completed" in str(nights(url)), "the night that was missed")
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=LONG) as page:
            assert b"<html" in page.read()
        # Written where the program may write: its own folder is another user's.
        assert any((office.home / "prefect" / "pages").rglob("index.html"))
        deployments = {d["name"]: d for d in ask(url, "/deployments/filter", {})}
        assert set(deployments) == {"nightly", "ingest", "reread"}
        (schedule,) = deployments["nightly"]["schedules"]
        assert schedule["active"]
        assert (schedule["schedule"]["cron"], schedule["schedule"]["timezone"]) == (
            "0 1 * * *",
            "Asia/Ho_Chi_Minh",
        )
        # Where the test meets one o'clock, that night may have begun as well.
        due = due_between("0 1 * * *", "Asia/Ho_Chi_Minh", begun, dt.datetime.now(dt.UTC))
        assert office.rows("select count(*) from run") in ([(n,)] for n in range(2, 3 + len(due)))
        artifacts = {a["key"]: str(a["data"]) for a in ask(url, "/artifacts/filter", {})}
        assert {"nightly-summary", "nightly-progress"} <= set(artifacts)
        assert "| sftp |" in artifacts["nightly-summary"]
    finally:
        serving.send_signal(signal.SIGTERM)
        status = serving.wait(LONG)
    assert (status, listens(port)) == (0, False), office.said
    assert secrets_below(office.home, office.place / "said.log") == []


def test_the_state_of_a_run_says_what_became_of_it() -> None:
    from pipelines import flows
    from pipelines.outcome import Outcome

    told = []
    for errors, sources in (([], []), ([], [("sftp", "away")]), ([("publish", "full")], [])):
        outcome = Outcome("r", dt.datetime.now(dt.UTC), errors=errors)
        outcome.collected = [Collected(name, error=error) for name, error in sources]
        state = flows._state(outcome)
        told.append((state.type.value, state.name))
    assert told == [
        ("COMPLETED", "Completed"),
        ("COMPLETED", "CompletedWithErrors"),
        ("FAILED", "Failed"),
    ]
    assert "publish: full" in str(state.message)


def test_a_run_beside_another_is_skipped_by_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pipelines import flows
    from pipelines.night import Night
    from schemas.settings import Settings

    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TONGHOP_HOME", str(tmp_path / "home"))
    with Night(Settings(home=tmp_path / "home"), progress=lambda _: None):
        state = flows.nightly.fn()
    assert (state.type.value, state.name) == ("COMPLETED", "Skipped")
