"""A site over real reports, served on loopback, and a real Chromium to look at it.

``loaded``: a warehouse and archive with a few sample reports, made once a session by the same
intake as the nightly run. ``site``: a server over a copy of it, one a test module. ``browser``: one
Chromium a session; ``page``: a fresh context in it, logged in as the role that the test names by
``pytest.mark.role("approver")`` (default: reviewer).
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import uvicorn

from review import passwords
from review.app import create_app
from schemas.account import Role
from schemas.settings import Settings
from tests.loopback import BROWSER, LONG
from warehouse import accounts, queries
from warehouse.audit import Actor
from warehouse.engine import Warehouse, open_warehouse

PASSWORD = "mot cau dai de nho"
WEEK = Path("samples/week-2021")
REPORTS = ("01-323.docx", "02-325.pdf", "03-326.docx", "11-33-thpt-chuyen-hung-yen.docx")
"""Two formats, districts and a school; enough for totals, few enough to be quick."""
CHROMIUM = os.environ.get("TONGHOP_CHROMIUM", "/usr/bin/chromium")
CHROMIUM_ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@dataclass(frozen=True, slots=True)
class Server:
    """A running site: ``url`` without a slash at its end, and what it stands on."""

    url: str
    settings: Settings
    warehouse: Warehouse


def ingest(home: Path, *inputs: str) -> None:
    """The command that officers and the nightly run use."""
    environment = {**os.environ, "TONGHOP_HOME": str(home), "TONGHOP_WORKERS": "1"}
    environment.pop("TONGHOP_DATABASE_URL", None)
    done = subprocess.run(
        [sys.executable, "-m", "pipelines.cli", "ingest", *inputs],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode in (0, 1), done.stderr


def add_people(warehouse: Warehouse) -> None:
    """One person a role, named as the role; and one reviewer of Văn Lâm (325) only."""
    kept = passwords.hash_password(PASSWORD)
    with warehouse.write() as connection:
        for role in Role:
            accounts.add(
                connection,
                Actor("test", "local"),
                name=role.value,
                role=role,
                password_hash=kept,
                display_name=role.value.title(),
            )
        accounts.add(
            connection,
            Actor("test", "local"),
            name="van-lam",
            role=Role.REVIEWER,
            password_hash=kept,
            units=["325"],
        )


@pytest.fixture(scope="session")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home folder with the reports read and the people added."""
    home = tmp_path_factory.mktemp("loaded") / "home"
    ingest(home, *(str(WEEK / name) for name in REPORTS))
    warehouse = open_warehouse(f"sqlite:///{home / 'warehouse.sqlite'}")
    add_people(warehouse)
    with warehouse.engine.connect() as connection:
        connection.exec_driver_sql("pragma wal_checkpoint(truncate)")
    warehouse.dispose()
    return home


@pytest.fixture(scope="module")
def settings(loaded: Path, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings over a module's own copy of ``loaded``."""
    home = tmp_path_factory.mktemp("site") / "home"
    shutil.copytree(loaded, home)
    return Settings(home=home, workers=1)


@pytest.fixture(scope="module")
def site(settings: Settings) -> Iterator[Server]:
    """The site, served on a free port of loopback."""
    with serving(settings) as server:
        yield server


class serving:  # noqa: N801  reads as a statement
    """``with serving(settings) as server:`` runs a site until the block ends."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def __enter__(self) -> Server:
        listener = socket.socket()
        listener.bind(("127.0.0.1", 0))
        app = create_app(self._settings)
        self._server = uvicorn.Server(uvicorn.Config(app, log_level="warning", lifespan="on"))
        self._thread = threading.Thread(
            target=self._server.run, kwargs={"sockets": [listener]}, daemon=True
        )
        self._thread.start()
        while not self._server.started:
            assert self._thread.is_alive()
            time.sleep(0.02)
        self._warehouse = app.state.site.warehouse
        port = listener.getsockname()[1]
        return Server(f"http://127.0.0.1:{port}", self._settings, self._warehouse)

    def __exit__(self, *_: object) -> None:
        self._server.should_exit = True
        self._thread.join(LONG)
        self._warehouse.dispose()


@pytest.fixture
def client(settings: Settings) -> Iterator[Callable[..., Any]]:
    """``client("admin")`` asks the application itself, logged in as that person; None: nobody."""
    from starlette.testclient import TestClient

    app = create_app(settings)
    opened = []

    def enter(name: str | None = "reviewer", password: str = PASSWORD) -> Any:
        made = TestClient(app, headers={"origin": "http://testserver"}, follow_redirects=False)
        opened.append(made)
        if name is not None:
            answer = made.post("/login", data={"name": name, "password": password})
            assert answer.status_code == 303, answer.text
        return made

    enter.app = app  # type: ignore[attr-defined]
    yield enter
    for one in opened:
        one.close()
    app.state.site.intake.close()
    app.state.site.warehouse.dispose()


@pytest.fixture
def sha256(settings: Settings) -> str:
    """The report of Văn Lâm, a PDF."""
    return document_of(settings, "02-325.pdf")


def document_of(settings: Settings, name: str) -> str:
    """The SHA-256 of a loaded report by its file name."""
    warehouse = open_warehouse(settings.warehouse_url)
    with warehouse.read() as connection:
        found = {d.name: d.sha256 for d in queries.documents(connection)}
    warehouse.dispose()
    return found[name]


@pytest.fixture(scope="session")
def serve() -> type[serving]:
    """``with serve(settings) as server:`` for tests that need a site of their own."""
    return serving


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """One Chromium for all tests."""
    from playwright.sync_api import sync_playwright

    if not Path(CHROMIUM).exists():
        pytest.skip("needs Chromium (make test installs it)")
    with sync_playwright() as playwright:
        made = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_ARGUMENTS)
        yield made
        made.close()


@pytest.fixture
def log_in(browser: Any, site: Server) -> Iterator[Callable[..., Any]]:
    """``log_in("approver")`` gives a page of that person, each in a context of its own."""
    contexts = []

    def enter(name: str = "reviewer", **options: Any) -> Any:
        context = browser.new_context(
            viewport={"width": 1366, "height": 768}, locale="vi-VN", **options
        )
        context.set_default_timeout(BROWSER)
        contexts.append(context)
        page = context.new_page()
        page.goto(f"{site.url}/login")
        page.fill("#name", name)
        page.fill("#password", PASSWORD)
        page.click("button.primary")
        page.wait_for_url(f"{site.url}/")
        return page

    yield enter
    for context in contexts:
        context.close()


@pytest.fixture
def page(log_in: Callable[..., Any], request: pytest.FixtureRequest) -> Any:
    """A page of the person whom ``pytest.mark.role`` names."""
    mark = request.node.get_closest_marker("role")
    return log_in(mark.args[0] if mark else "reviewer")
