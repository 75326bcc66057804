"""The house: small rooms, plain faces, nobody else's names."""

from __future__ import annotations

import ast
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

PACKAGES = ("schemas", "parsers", "warehouse", "reconcile", "pipelines", "review")
FILES = sorted(
    p
    for package in PACKAGES
    for p in Path(package).rglob("*.py")
    if "versions" not in p.parts  # migrations are frozen records
)
LINES_OF_A_FILE = 300
LINES_OF_A_FUNCTION = 50


@pytest.mark.parametrize("path", FILES, ids=str)
def test_rooms_are_small(path: Path) -> None:
    text = path.read_text("utf-8")
    assert len(text.splitlines()) <= LINES_OF_A_FILE
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef):
            assert (node.end_lineno or 0) - node.lineno < LINES_OF_A_FUNCTION, node.name


@pytest.mark.parametrize("path", [p for p in FILES if p.name == "__init__.py"], ids=str)
def test_the_face_of_a_package_imports_nothing(path: Path) -> None:
    body = ast.parse(path.read_text("utf-8")).body
    assert len(body) == 1
    assert isinstance(body[0], ast.Expr)


def test_no_other_distribution_owns_our_names() -> None:
    owners = packages_distributions()
    assert {name: set(owners.get(name, ())) - {"tonghop"} for name in PACKAGES} == {
        name: set() for name in PACKAGES
    }


def test_prefect_imports_beside_fastapi() -> None:
    import prefect.server.api.concurrency_limits_v2 as module

    assert module.router is not None
