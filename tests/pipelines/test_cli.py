"""The command as a user runs it: real files in, exit status and output checked."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from pipelines.cli import _COMMANDS, main

WEEK = Path("samples/week-2021").resolve()
REAL = Path("samples/real").resolve()


def run(*words: str | Path, home: Path) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"TONGHOP_HOME": str(home), "TONGHOP_PICTURES": "false"}
    return subprocess.run(
        [sys.executable, "-m", "pipelines.cli", *map(str, words)],
        env=environment,
        text=True,
        capture_output=True,
        check=False,
    )


def test_a_line_a_file_in_the_order_given(tmp_path: Path) -> None:
    bad = tmp_path / "bad.pdf"
    bad.write_bytes(b"%PDF-1.4 nothing more")
    done = run(
        "extract", "--json", REAL / "b_report.pdf", bad, REAL / "a_report.docx", home=tmp_path
    )
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert [x["source"]["name"] for x in lines] == ["b_report.pdf", "bad.pdf", "a_report.docx"]
    assert [x["status"] for x in lines] == ["ok", "failed", "ok"]
    assert lines[1]["error"]["code"] == "damaged_file"
    assert done.returncode == 1


def bad_files(folder: Path) -> dict[str, Path]:
    import docx

    made = {
        name: folder / name
        for name in (
            "empty.docx",
            "cut.docx",
            "text.bin",
            "plan.docx",
            "entity.docx",
            "bomb.docx",
            "slip.zip",
        )
    }
    made["empty.docx"].write_bytes(b"")
    made["cut.docx"].write_bytes((REAL / "a_report.docx").read_bytes()[:9000])
    made["text.bin"].write_bytes("chỉ là chữ".encode())
    plan = docx.Document()
    for line in (
        "KẾ HOẠCH",
        "Tổ chức Tuần lễ hưởng ứng học tập suốt đời năm 2021",
        "Căn cứ công văn của cấp trên.",
    ):
        plan.add_paragraph(line)
    plan.save(str(made["plan.docx"]))
    with zipfile.ZipFile(made["entity.docx"], "w") as archive:
        archive.writestr("[Content_Types].xml", '<!DOCTYPE x [<!ENTITY a "b">]><Types/>')
        archive.writestr("word/document.xml", "<w/>")
    with zipfile.ZipFile(made["bomb.docx"], "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", b"0" * (250 * 2**20))
    with zipfile.ZipFile(made["slip.zip"], "w") as archive:
        archive.writestr("../../evil.docx", b"x")
    return made


CODES = {
    "empty.docx": "empty_file",
    "cut.docx": "damaged_file",
    "text.bin": "unsupported_format",
    "plan.docx": "not_a_report",
    "entity.docx": "unsafe_xml",
    "bomb.docx": "zip_bomb",
    "slip.zip": "unsafe_path",
}


def test_bad_input_is_named_archived_listed_and_stops_nothing(tmp_path: Path) -> None:
    files = bad_files(tmp_path)
    done = run("ingest", *files.values(), WEEK / "01-323.docx", home=tmp_path / "home")
    assert done.returncode == 1
    for name, code in CODES.items():
        assert any(name in line and code in line for line in done.stderr.splitlines()), (
            name,
            code,
            done.stderr,
        )
    status = run("status", home=tmp_path / "home")
    assert "reported  Thành phố Hưng Yên" in status.stdout
    for name in CODES:
        assert name in status.stdout
    assert len(list((tmp_path / "home/archive").glob("*/*/original"))) == len(CODES) + 1


def test_a_file_that_hangs_or_eats_memory_ends_alone(tmp_path: Path) -> None:
    from pipelines.sandbox import Job, Limits, read_all

    loop = tmp_path / "loop.pdf"
    loop.write_bytes(form_bomb())
    jobs = [Job(0, loop, "loop.pdf", "33"), Job(1, WEEK / "01-323.docx", "01-323.docx", "33")]
    reports = {job.name: report for job, report in read_all(jobs, 2, Limits(cpu=10))}
    assert reports["01-323.docx"].status.value == "ok"
    assert reports["loop.pdf"].status.value == "failed"


def form_bomb() -> bytes:
    """Ten levels of form XObjects, each drawing the next ten times."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</XObject<</F 5 0 R>>>>>>",
    ]
    draw = b"/F Do " * 10
    objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(draw), draw))
    for number in range(5, 15):
        inner = b"/Resources<</XObject<</F %d 0 R>>>>" % (number + 1) if number < 14 else b""
        body = draw if number < 14 else b"0 0 1 1 re f"
        objects.append(
            b"<</Type/XObject/Subtype/Form/BBox[0 0 612 792]%s/Length %d>>stream\n%s\nendstream"
            % (inner, len(body), body)
        )
    out = b"%PDF-1.4\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj%s endobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + b"".join(
        b"%010d 00000 n \n" % p for p in places
    )
    return out + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (
        len(objects) + 1,
        start,
    )


def test_the_week_adds_up_to_the_seed(tmp_path: Path) -> None:
    """The walk: files, archive, warehouse, published table, and back to the place on the page."""
    home = tmp_path / "home"
    archive = tmp_path / "week.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        for path in sorted(WEEK.glob("*.docx")) + sorted(WEEK.glob("*.pdf")):
            packed.write(path, path.name)
    assert run("ingest", archive, home=home).returncode == 0
    again = run("ingest", archive, home=home)
    assert ": 0 đã nạp" in again.stderr
    assert run("publish", "--out", tmp_path / "out", home=home).returncode == 0
    compared = subprocess.run(
        [
            sys.executable,
            "-m",
            "tools.compare_table",
            tmp_path / "out/tonghop.duckdb",
            WEEK / "expected/province_annex.csv",
        ],
        check=False,
    )
    assert compared.returncode == 0
    import duckdb

    with duckdb.connect(str(tmp_path / "out/tonghop.duckdb"), read_only=True) as base:
        row = base.execute(
            "select document_sha256, page, x0, raw, value from lineage where page is not null limit 1"
        ).fetchone()
        rules = {r[0] for r in base.execute("select rule from open_findings").fetchall()}
    assert row is not None
    assert (home / "archive" / row[0][:2] / row[0] / "original").exists()
    assert {"annex_date_differs", "annex_number_differs", "missing_report"} <= rules


def test_wrong_usage_is_two(tmp_path: Path) -> None:
    assert run("extract", home=tmp_path).returncode == 2
    assert (
        run("extract", "--campaign", "llw-1999", REAL / "a_report.docx", home=tmp_path).returncode
        == 2
    )
    assert run("forms", "check", home=tmp_path).returncode == 0


@pytest.mark.slow
def test_the_nightly_flow_needs_no_server(tmp_path: Path) -> None:
    (tmp_path / "tonghop.toml").write_text(
        f'[[sources]]\nname = "week"\nurl = "{WEEK / "01-323.docx"}"\n', "utf-8"
    )
    done = subprocess.run(
        [sys.executable, "-m", "pipelines.cli", "nightly"],
        cwd=tmp_path,
        text=True,
        capture_output=True,
        check=False,
        env=os.environ | {"TONGHOP_HOME": str(tmp_path / "home"), "PYTHONPATH": str(Path.cwd())},
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert (tmp_path / "home/published/tonghop.duckdb").exists()


def test_history_tells_the_table_then_and_what_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import datetime as dt

    from tests.warehouse.hand import decide, load, made
    from warehouse.engine import open_warehouse

    monkeypatch.setenv("TONGHOP_HOME", str(tmp_path))
    warehouse = open_warehouse(f"sqlite:///{tmp_path / 'warehouse.sqlite'}")
    report = made("a", {"news.count": 7})
    load(warehouse, report)
    before = dt.datetime.now(dt.UTC).isoformat()
    decide(warehouse, report, "news.count", "70")
    warehouse.dispose()
    run = CliRunner()
    then = run.invoke(main, ["history", "--at", before]).stdout.splitlines()
    now = run.invoke(main, ["history"]).stdout.splitlines()
    changed = run.invoke(main, ["history", "--since", before]).stdout.splitlines()
    assert "llw-2021\tnews\tcount\t7\t1\ttạm tính" in then
    assert "llw-2021\tnews\tcount\t70\t1\ttạm tính" in now
    assert changed[0].startswith("llw-2021\t325\tnews\tcount\t7\t70\tdecision\tlan\t")
    assert changed[1].startswith("llw-2021\t33\tnews\tcount\t7\t70\ttotal")
    today = dt.datetime.now(dt.timezone(dt.timedelta(hours=7))).date().isoformat()
    whole_day = run.invoke(main, ["history", "--since", today, "--until", today]).stdout
    assert "llw-2021\t325\tnews\tcount\t\t70\tdocument" in whole_day
    assert run.invoke(main, ["history", "--at", "hôm qua"]).exit_code == 2
    assert run.invoke(main, ["history", "--until", before]).exit_code == 2


def test_the_help_names_every_command_and_each_answers() -> None:
    listed = CliRunner().invoke(main, ["--help"]).output
    for name in _COMMANDS:
        assert re.search(rf"^  {name} +\S", listed, re.MULTILINE), name
        assert CliRunner().invoke(main, [name, "--help"]).exit_code == 0, name
