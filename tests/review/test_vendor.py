"""Files of others are what their makers published, with their licences beside them."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest


@pytest.mark.parametrize("folder", ["review/static/vendor", "tests/vendor"])
def test_vendored_files_are_unchanged_and_licensed(folder: str) -> None:
    vendor = Path(folder)
    listed = {}
    for package in json.loads((vendor / "vendor.json").read_text("utf-8")):
        assert package["version"]
        assert package["licence"]
        assert any(name.endswith("LICENSE") for name in package["files"])
        listed.update(package["files"])
    found = {
        str(path.relative_to(vendor)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in vendor.rglob("*")
        if path.is_file() and path.name != "vendor.json"
    }
    assert found == listed
