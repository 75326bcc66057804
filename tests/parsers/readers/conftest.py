"""What the tests of this folder share: ``drawn_pdf``, and the recogniser they may need."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from parsers.readers import ocr
from schemas.errors import MissingProgram

sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture
def _recogniser() -> None:
    try:
        ocr.data_path("vie")
        ocr.data_path("eng")
    except MissingProgram as missing:
        pytest.skip(missing.message)
