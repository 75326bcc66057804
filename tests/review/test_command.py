"""``tonghop user`` and ``tonghop review`` as a person runs them."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
from click.testing import CliRunner

from pipelines.cli import main
from tests.loopback import LONG, answers, free_port, wait_until


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TONGHOP_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("TONGHOP_DATABASE_URL", raising=False)
    return tmp_path / "home"


def test_a_user_is_made_with_a_password_typed_twice(home: Path) -> None:
    words = ["user", "add", "Hoa", "--role", "reviewer", "--units", "325,326"]
    typed = "bon tu khong lien quan\n"
    made = CliRunner().invoke(main, words, input=typed + typed)
    assert made.exit_code == 0, made.output
    listed = CliRunner().invoke(main, ["user", "list"])
    assert listed.stdout == "hoa\treviewer\t325,326\tactive\n"
    again = CliRunner().invoke(main, words, input=typed + typed)
    assert again.exit_code == 2
    assert "Tên đăng nhập này đã có" in again.output


def test_there_is_no_password_by_default_and_no_weak_one(home: Path) -> None:
    words = ["user", "add", "hoa", "--role", "admin", "--password-stdin"]
    for weak in ("\n", "123456\n", "aaaaaaaaaaaaaaaaaa\n"):
        refused = CliRunner().invoke(main, words, input=weak)
        assert refused.exit_code == 2
        assert "Mật khẩu chưa đủ mạnh" in refused.output
    assert CliRunner().invoke(main, ["user", "list"]).stdout == ""


def test_the_demo_makes_a_password_of_the_moment_that_opens_the_site(home: Path) -> None:
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "pipelines.cli", "review", "--demo", "--port", str(port)],
        env=dict(os.environ),
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stderr is not None
        told = process.stderr.readline() + process.stderr.readline()
        password = re.search(r"mật khẩu \(chỉ in lần này\): (\S+)", told)
        assert password is not None, told
        url = f"http://127.0.0.1:{port}"
        wait_until(lambda: answers(f"{url}/healthz"), "the site")
        answer = httpx.post(
            f"{url}/login",
            data={"name": "demo-approver", "password": password[1]},
            headers={"origin": url},
            timeout=LONG,
        )
        assert answer.status_code == 303
        assert answer.headers["location"] == "/"
    finally:
        process.terminate()
        process.wait(LONG)
