"""The recogniser that some of these tests need."""

from __future__ import annotations

import pytest

from parsers.readers import ocr
from schemas.errors import MissingProgram


@pytest.fixture
def _recogniser() -> None:
    try:
        ocr.data_path("vie")
        ocr.data_path("eng")
    except MissingProgram as missing:
        pytest.skip(missing.message)
