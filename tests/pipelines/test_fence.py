"""The fence: a file that hangs, crashes, eats memory or fills the disk ends alone, with a code."""

from __future__ import annotations

import multiprocessing.forkserver
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from pipelines.confinement import Limits
from pipelines.sandbox import Job, read_all, run_all
from schemas.errors import ReadError
from tests.loopback import wait_until
from tests.parsers.hostile import traps
from tests.pipelines.misbehaving import WORD, Misbehaving


def outcome(what: str, limits: Limits, **more: object) -> bytes | ReadError:
    task = Misbehaving(what, **more)  # type: ignore[arg-type]
    ((_, result),) = run_all([task], 1, limits)
    return result


@pytest.mark.parametrize(
    ("what", "code", "limits"),
    [
        ("spin", "reading_timed_out", Limits(cpu=1)),
        ("sleep", "reading_timed_out", Limits(wall=2)),
        ("crash", "reading_crashed", Limits()),
        ("leave", "reading_crashed", Limits()),
        ("eat", "reading_out_of_memory", Limits(memory=2**30)),
        ("fill", "output_too_large", Limits(output=2**20)),
        ("refuse", "encrypted_pdf", Limits()),
    ],
)
def test_each_end_has_its_code(what: str, code: str, limits: Limits) -> None:
    result = outcome(what, limits)
    assert isinstance(result, ReadError)
    assert (result.code, result.name) == (code, "x.docx")


def test_open_files_are_bounded() -> None:
    result = outcome("open_many", Limits(files=64))
    assert isinstance(result, bytes)
    assert int(result) < 64


def test_no_network_where_the_kernel_allows() -> None:
    probe = "import ctypes; print(ctypes.CDLL(None).unshare(0x40000000) and ctypes.CDLL(None).unshare(0x50000000))"
    allowed = subprocess.run(["python3", "-c", probe], capture_output=True, check=False).stdout
    if allowed.strip() != b"0":
        pytest.skip("this kernel gives no network namespace to this user")
    with socket.create_server(("127.0.0.1", 0)) as server:
        result = outcome("call_out", Limits(), name=str(server.getsockname()[1]))
    assert result in (b"OSError", b"ConnectionRefusedError")


def test_the_folder_goes_away() -> None:
    name = outcome("litter", Limits())
    assert isinstance(name, bytes)
    assert not Path(name.decode()).exists()
    assert not Path(name.decode()).parent.exists()


def test_programs_that_a_reader_started_end_with_it(tmp_path: Path) -> None:
    note = tmp_path / "pid"
    for wall in (3, 30, 300):
        result = outcome("orphan", Limits(wall=wall), path=note)
        assert isinstance(result, ReadError)
        # A busy machine may have ended it before it had started anything.
        if note.exists() and note.read_text():
            break
    state = Path(f"/proc/{note.read_text()}/stat")
    wait_until(
        lambda: not state.exists() or state.read_text().rpartition(")")[2].split()[0] == "Z",
        "the end of the program",
    )


def loop_behind_a_hidden_filter() -> bytes:
    """What no look at the bytes tells: only the limits of the process end it."""
    return traps.form_loop(packed=True, hidden=True)


def bomb_behind_a_hidden_filter() -> bytes:
    return traps.inflating_content(hidden=True)


@pytest.mark.parametrize(
    ("name", "make", "codes"),
    [
        ("loop.pdf", loop_behind_a_hidden_filter, {"reading_timed_out", "reading_crashed"}),
        ("inflating.pdf", bomb_behind_a_hidden_filter, {"reading_out_of_memory", "damaged_file", "reading_crashed"}),
    ],
)  # fmt: skip
def test_a_hostile_file_ends_alone(
    tmp_path: Path, name: str, make: Callable[[], bytes], codes: set[str]
) -> None:
    bad = tmp_path / name
    bad.write_bytes(make())
    jobs = [Job(0, bad, name, "33"), Job(1, WORD, WORD.name, "33")]
    limits = Limits(cpu=8, memory=2**30)
    reports = {job.name: report for job, report in read_all(jobs, 1, limits)}
    assert reports[WORD.name].status.value == "ok"
    error = reports[name].error
    assert error is not None
    assert error.code in codes
    assert name in error.message


def test_the_death_of_what_starts_the_processes_costs_no_file() -> None:
    tasks = [Misbehaving("litter", name=f"{n}.docx") for n in range(4)]
    answered = 0
    for _, result in run_all(tasks, 1, Limits()):
        assert isinstance(result, bytes)
        answered += 1
        starter = multiprocessing.forkserver._forkserver._forkserver_pid  # type: ignore[attr-defined]
        os.kill(starter, signal.SIGKILL)
    assert answered == len(tasks)


def test_the_program_that_reads_is_not_run_again_for_each_file(tmp_path: Path) -> None:
    """As Prefect's worker and Dask's are: they take seconds to import."""
    (tmp_path / "costly.py").write_text(
        "import pathlib, sys\n"
        "with pathlib.Path(sys.argv[1]).open('a') as log:\n"
        "    log.write(__name__ + '\\n')\n"
        "if __name__ == '__main__':\n"
        "    from pipelines.sandbox import Job, read_all\n"
        "    jobs = [Job(n, pathlib.Path(sys.argv[2]), 'a.docx', '33') for n in range(2)]\n"
        "    assert [r.status.value for _, r in read_all(jobs, 1)] == ['ok', 'ok']\n"
    )
    log = tmp_path / "log"
    done = subprocess.run(
        [sys.executable, "-m", "costly", str(log), str(WORD.resolve())],
        env=os.environ | {"PYTHONPATH": f"{Path.cwd()}:{tmp_path}"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert log.read_text().splitlines() == ["__main__"]
