"""What a night notes, tells and publishes; a missed one is caught up; the same again is the same."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from pipelines import console, metrics, run_page, serving, steps
from pipelines.night import STEPS, Night
from schemas.errors import ConfigurationError
from schemas.settings import (
    MailSettings,
    ReviewSettings,
    Settings,
    SourceSettings,
    load_settings,
)
from warehouse import gauges, morning, night_runs as runs

WEEK = Path("samples/week-2021").resolve()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    folder = tmp_path / "in"
    folder.mkdir()
    for name in ("01-323.docx", "03-326.docx"):
        shutil.copy(WEEK / name, folder)
    (folder / "hỏng.pdf").write_bytes(b"%PDF-1.4 nothing more")
    return Settings(
        home=tmp_path / "home",
        workers=1,
        pictures=False,
        review=ReviewSettings(public_url="https://tonghop.example.vn"),
        sources=(SourceSettings(name="chung", url=str(folder), stable_seconds=0),),
    )


def run(settings: Settings, said: list[str] | None = None) -> Night:
    with Night(settings, progress=(said if said is not None else []).append) as night:
        night.all_steps()
    return night


def test_a_night_notes_every_step_and_its_page_tells_what_came_and_what_failed(settings) -> None:
    night = run(settings)
    assert night.outcome.exit_status == 1
    with night.warehouse.read() as connection:
        noted = runs.steps(connection, night.outcome.run_id)
        last = runs.last(connection, "nightly")
        standing = morning.standing(connection, night.outcome.started_at)
        told = {g.name for g in gauges.gauges(connection)}
    assert [(s["step"], s["state"]) for s in noted] == [(s, "done") for s in STEPS]
    assert (last["state"], last["exit_status"], last["counters"]["loaded"]) == ("done", 1, 3)
    page = run_page.summary(settings, night.outcome, standing)
    for part in ("**3** tệp mới", "| chung | 3 | 0 | 3 |", "llw-2021", "Phát hiện:"):
        assert part in page
    assert "(https://tonghop.example.vn" in page
    (row,) = run_page.rejected(night.outcome)
    assert (row["file"], row["code"]) == ("hỏng.pdf", "damaged_file")
    assert {"last_done_timestamp_seconds", "intake_items", "reports", "findings_open"} <= told
    text = metrics.text(night.warehouse)
    assert "tonghop_database_up 1.0" in text
    assert 'tonghop_intake_items{source="chung",state="taken"} 3.0' in text


def test_the_second_night_finds_nothing_new(settings) -> None:
    run(settings)
    again = run(settings).outcome
    counters = again.counters()
    assert (again.exit_status, counters["known"], counters["loaded"]) == (0, 3, 0)
    assert counters["findings_opened"] == 0


def test_the_digest_names_the_late_the_missing_and_campaigns_nobody_reported_in_yet(
    settings,
) -> None:
    due = {"llw-2021": dt.date(2021, 10, 2), "llw-2022": dt.datetime.now(dt.UTC).date()}
    told = settings.model_copy(update={"deadlines": due})
    run(told)
    (path,) = (settings.home / "digest").glob("*.txt")
    first = path.read_text("utf-8")
    late = first.partition("== llw-2021 ==")[2].partition("Nộp muộn (2):")[2]
    assert "Thành phố Hưng Yên" in late.partition("Chưa nộp")[0]
    nobody = first.partition("== llw-2022 ==")[2]
    assert "Đã báo cáo: 0/" in nobody
    assert "Huyện Tiên Lữ" in nobody.partition("Chưa nộp")[2]
    # What a later run of the day says does not wipe out what the night said.
    run(told)
    assert path.read_text("utf-8").startswith(first)
    assert path.read_text("utf-8").count("CẦN ANH/CHỊ:") == 2


def test_health_says_whether_the_nights_go_on(settings) -> None:
    night = run(settings)
    now = dt.datetime.now(dt.UTC)
    assert gauges.health(night.warehouse, now)["nightly"] == "ok"
    late = gauges.health(night.warehouse, now + dt.timedelta(days=3))
    assert (late["ok"], late["nightly"]) == (True, "stale")


def test_a_missed_night_is_seen_and_the_first_one_is_not_missed(settings) -> None:
    now = dt.datetime.now(dt.UTC)
    assert not serving.missed_night(settings, "0 1 * * *", now)
    run(settings)
    assert not serving.missed_night(settings, "0 1 * * *", now)
    assert serving.missed_night(settings, "0 1 * * *", now + dt.timedelta(days=2))


def test_runs_are_due_by_the_clock_of_the_province(settings) -> None:
    since = dt.datetime(2026, 11, 24, 12, tzinfo=dt.UTC)
    until = since + dt.timedelta(days=1)
    (due,) = serving.due_between("0 1 * * *", settings.timezone, since, until)
    assert due.astimezone(dt.UTC) == dt.datetime(2026, 11, 24, 18, tzinfo=dt.UTC)


def test_the_same_files_give_the_same_published_bytes(settings, tmp_path) -> None:
    made = []
    for name in ("one", "two"):
        run(settings.model_copy(update={"home": tmp_path / name}))
        made.append(_tables(tmp_path / name / "published"))
    assert made[0] == made[1]


def _tables(out: Path) -> dict[str, str]:
    """Every published table without the moments at which this run read and judged."""
    import pandas as pd

    found = {}
    for path in sorted((out / "parquet").glob("*.parquet")):
        frame = pd.read_parquet(path)
        moments = [c for c in frame.columns if c.endswith("_at") or c == "valid_from_system"]
        rows = frame.drop(columns=moments).astype(str)
        rows = rows.sort_values(list(rows.columns)) if len(rows.columns) else rows
        found[path.name] = hashlib.sha256(rows.to_csv(index=False).encode()).hexdigest()
    return found


def test_what_is_said_holds_no_secret(settings, capsys: pytest.CaptureFixture[str]) -> None:
    hidden = SourceSettings(
        name="s", url="sftp://lan:mat-khau-1@h/x", options={"password": "mat-khau-2"}
    )
    mail = MailSettings(host="h", sender="a@b.vn", password="mat-khau-3")
    chosen = settings.model_copy(update={"sources": (hidden,), "mail": mail, "log_format": "json"})
    console.configure(chosen)
    console.say("lỗi ở sftp://lan:mat-khau-1@h/x với mat-khau-2 và mat-khau-3")
    line = json.loads(capsys.readouterr().err)
    assert line["message"] == "lỗi ở sftp://lan:***@h/x với *** và ***"
    assert "mat-khau" not in repr(mail)
    console.configure(settings)


def test_the_same_state_published_twice_is_the_same_byte_for_byte(settings, tmp_path) -> None:
    night = run(settings)
    made = []
    for name in ("one", "two"):
        out = tmp_path / name
        steps.publish_all(settings, night.warehouse, out, None, lambda _: None)
        found = {p.relative_to(out): p.read_bytes() for p in out.rglob("*") if p.is_file()}
        # DuckDB's own file holds an identifier that each making draws anew; its tables are compared
        # as Parquet.
        made.append({p: data for p, data in found.items() if p.suffix != ".duckdb"})
    assert made[0].keys() == made[1].keys()
    assert {p.suffix for p in made[0]} >= {".parquet", ".csv", ".json", ".html", ".xlsx", ".docx"}
    assert [str(p) for p in made[0] if made[0][p] != made[1][p]] == []


@pytest.mark.parametrize("words", [("ingest", "in"), ("reread",)])
def test_lines_for_a_machine_are_objects_whatever_is_run_and_hold_no_secret(
    settings, tmp_path, words: tuple[str, ...]
) -> None:
    secret = "mat-khau-" + "9" * 6
    (tmp_path / "tonghop.toml").write_text(
        f'home = "home"\nlog_format = "json"\npictures = false\nworkers = 1\n'
        f'[mail]\nhost = "h"\nsender = "a@b.vn"\npassword = "{secret}"\n'
    )
    copy = tmp_path / "in" / f"{secret}.pdf"
    (tmp_path / "in" / "hỏng.pdf").rename(copy)
    done = subprocess.run(
        [sys.executable, "-m", "pipelines.cli", *words],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(Path.cwd())},
        capture_output=True,
        text=True,
        check=False,
    )
    lines = [json.loads(line) for line in done.stderr.splitlines()]
    assert lines
    assert all(set(line) == {"time", "message"} for line in lines)
    assert secret not in done.stderr


def test_a_wrong_setting_is_named_without_what_was_given(tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "tonghop.toml").write_text('[mail]\nhost = "h"\npassword = "mat-khau-8"\n')
    with pytest.raises(ConfigurationError) as raised:
        load_settings()
    assert "mail.sender" in raised.value.message
    assert "mat-khau-8" not in raised.value.message
