"""Files of others are what their makers published, with their licences beside them."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

VENDOR = Path("review/static/vendor")


def test_vendored_files_are_unchanged_and_licensed() -> None:
    listed = {}
    for package in json.loads((VENDOR / "vendor.json").read_text("utf-8")):
        assert package["version"]
        assert package["licence"]
        assert any(name.endswith("LICENSE") for name in package["files"])
        listed.update(package["files"])
    found = {
        str(path.relative_to(VENDOR)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in VENDOR.rglob("*")
        if path.is_file() and path.name != "vendor.json"
    }
    assert found == listed
