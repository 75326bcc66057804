"""Empty databases of either engine."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest


@pytest.fixture
def new_database(tmp_path: Path, request: pytest.FixtureRequest) -> Callable[[str], str]:
    """An address of an empty database of the engine asked for."""

    def make(engine: str) -> str:
        name = f"t{uuid.uuid4().hex}"
        if engine == "sqlite":
            return f"sqlite:///{tmp_path / name}.sqlite"
        uri = request.getfixturevalue("postgres")
        with psycopg.connect(uri, autocommit=True) as connection:
            connection.execute(f"create database {name}")
        return str(uri).replace("/postgres?", f"/{name}?")

    return make
