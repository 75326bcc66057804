"""What all tests share: goldens that the machine writes and a person accepts; a real PostgreSQL."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

pytest_plugins = ["pytester"]
Golden = Callable[[Path, Any], None]
# How long an example takes says nothing on a busy machine, and the same tests find the same every
# time: new examples are what ``make fuzz`` looks for.
settings.register_profile(
    "tests",
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("tests")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--accept",
        action="store_true",
        help="rewrite golden files with what the program says now; the run always fails",
    )


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    # A run that rewrote what it compares with has proved nothing.
    if session.config.getoption("--accept") and exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files with slow tests first: of several processes none is left with one of them at the end."""
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    items.sort(key=lambda item: item.path not in slow)


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    """``golden(path, data)``: ``data`` is what ``path`` holds; with ``--accept`` it is written there."""

    def compare(path: Path, data: Any) -> None:
        if request.config.getoption("--accept"):
            text = json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True)
            path.write_text(text + "\n", encoding="utf-8")
            pytest.fail(f"{path} written anew: read it, then run again without --accept")
        assert path.exists(), f"no {path}: run with --accept, read it, then run again"
        assert data == json.loads(path.read_text(encoding="utf-8"))

    return compare


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a real PostgreSQL."""
    from tests.postgresql import postgresql

    with postgresql() as database:
        yield database.url
