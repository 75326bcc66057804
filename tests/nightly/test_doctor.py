"""The doctor finds what is wrong and says how to mend it."""

from __future__ import annotations

import json
import os
import shutil
import ssl
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.loopback import LONG, free_port

REPORT = Path("samples/week-2021/01-323.docx").resolve()


@pytest.fixture
def office(tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    shutil.copy(REPORT, tmp_path / "in")
    (tmp_path / "tonghop.toml").write_text(
        f'home = "{tmp_path}/home"\npictures = false\n[[sources]]\nname = "in"\n'
        f'url = "{tmp_path}/in"\nstable_seconds = 0\n'
    )
    assert run(tmp_path, "nightly", "--plain").returncode == 0
    return tmp_path


def run(folder: Path, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "pipelines.cli", *words],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(Path.cwd())} | more,
        capture_output=True,
        text=True,
        check=False,
    )


def checks(folder: Path, *words: str, **more: str) -> dict[str, dict[str, Any]]:
    done = run(folder, "doctor", "--json", *words, **more)
    return {one["check"]: one for one in map(json.loads, done.stdout.splitlines())}


def test_a_good_installation_is_found_good(office: Path) -> None:
    done = run(office, "doctor")
    assert done.returncode == 0, done.stdout
    assert "✗" not in done.stdout


def test_what_is_wrong_is_named_with_how_to_mend_it(office: Path) -> None:
    (original,) = (office / "home/archive").rglob("original")
    original.write_bytes(b"damaged")
    shutil.rmtree(office / "in")
    found = checks(office, PATH="/nonexistent")
    for name in ("archive", "source: in", "soffice"):
        assert found[name]["grade"] == "error", found[name]
        assert found[name]["mend"]
    assert found["private"]["grade"] == "warning"


def test_a_database_that_does_not_answer_is_an_error(office: Path) -> None:
    url = "postgresql://x:geheim@127.0.0.1:1/x"
    found = checks(office, TONGHOP_DATABASE_URL=url)
    assert found["database"]["grade"] == "error"
    assert "geheim" not in str(found)


def test_the_lease_of_a_dead_run_is_freed_on_request(office: Path) -> None:
    import sqlite3

    with sqlite3.connect(office / "home/warehouse.sqlite") as base:
        base.execute(
            "insert into lease values ('nightly', 'r', ?, '1:0', 0, 120, current_timestamp)",
            (_host(),),
        )
    assert checks(office)["lease"]["grade"] == "warning"
    assert checks(office, "--mend")["lease"]["grade"] == "ok"
    assert checks(office)["lease"]["found"] == "không có lượt nào đang chạy"


def test_the_mail_server_is_asked_as_the_night_asks_it(office: Path) -> None:
    """Over TLS and logged in: a password that is wrong is found out before the digest is due."""
    from aiosmtpd.controller import Controller
    from aiosmtpd.smtp import AuthResult

    key, certificate = office / "key.pem", office / "cert.pem"
    words = ["openssl", "req", "-x509", "-nodes", "-newkey", "ec", "-pkeyopt"]
    words += ["ec_paramgen_curve:prime256v1", "-subj", "/CN=mail", "-days", "1"]
    words += [
        "-addext",
        "subjectAltName=IP:127.0.0.1",
        "-keyout",
        str(key),
        "-out",
        str(certificate),
    ]
    subprocess.run(words, check=True, capture_output=True)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate, key)
    server = Controller(
        object(), hostname="127.0.0.1", port=free_port(), ssl_context=context, auth_require_tls=False,
        authenticator=lambda *told: AuthResult(success=told[-1].password == b"dung-mat-khau"),
        ready_timeout=LONG,
    )  # fmt: skip
    server.start()
    settings = (office / "tonghop.toml").read_text("utf-8")
    try:
        for password, grade in (("sai-mat-khau", "error"), ("dung-mat-khau", "ok")):
            (office / "tonghop.toml").write_text(
                f'{settings}[mail]\nhost = "127.0.0.1"\nport = {server.port}\nsecurity = "tls"\n'
                f'sender = "a@b.vn"\nuser = "lan"\npassword = "{password}"\n'
            )
            found = checks(office, SSL_CERT_FILE=str(certificate))
            assert found["mail"]["grade"] == grade, found["mail"]
            assert password not in str(found)
    finally:
        server.stop()


def test_an_original_that_was_damaged_is_mended_out_of_the_backup(office: Path) -> None:
    assert run(office, "backup", str(office / "kept")).returncode == 0
    (original,) = (office / "home/archive").rglob("original")
    inner = original.relative_to(office / "home")
    original.write_bytes(b"damaged")
    assert checks(office)["archive"]["grade"] == "error"
    shutil.copy(office / "kept" / inner, original)
    assert checks(office)["archive"]["grade"] == "ok"


def _host() -> str:
    from warehouse.night_runs import this_host

    return this_host()
