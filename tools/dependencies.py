"""What is installed with the program, by the lock file, and under which licence."""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

from packaging.markers import Marker

PERMISSIVE = re.compile(
    r"\b(MIT|BSD|Apache|ISC|PSF|Python Software Foundation|PostgreSQL|Unlicense|0BSD|HPND|"
    r"Zlib|CC0|MPL|Mozilla Public License|Zope|BlueOak|FTL|Public Domain|CNRI)",
    re.IGNORECASE,
)
COPYLEFT = re.compile(r"(?<![A-Za-z])(A?GPL|GNU (Affero )?General Public)", re.IGNORECASE)

EXCEPTIONS = {
    "psycopg": "LGPL-3.0: used unchanged as a library, which the LGPL allows any program",
    "psycopg-binary": "LGPL-3.0: as psycopg",
    "docxtpl": "LGPL-2.1: used unchanged as a library",
    "text-unidecode": "Artistic Licence chosen of the two offered; Prefect brings it",
    "paramiko": "LGPL-2.1: used unchanged as a library, only where a source is SFTP",
}
"""Not permissive, and why they may be used all the same."""


def shipped(lock: Path = Path("uv.lock")) -> list[str]:
    """Names of every package that the program or one of its extras brings in, without test tools."""
    packages: dict[str, dict[str, object]] = {}
    for one in tomllib.loads(lock.read_text("utf-8"))["package"]:
        packages.setdefault(one["name"], one)
    found: set[str] = set()
    root = packages["tonghop"]
    todo = [*_names(root.get("dependencies"))]
    extras = root.get("optional-dependencies")
    for group in extras.values() if isinstance(extras, dict) else ():
        todo += _names(group)
    while todo:
        name = todo.pop()
        if name in found or name not in packages:
            continue
        found.add(name)
        package = packages[name]
        todo += _names(package.get("dependencies"))
        more = package.get("optional-dependencies")
        for group in more.values() if isinstance(more, dict) else ():
            todo += _names(group)
    return sorted(found - {"tonghop"})


def _names(group: object) -> list[str]:
    """What Linux with the last Python 3.11 needs: what an older one needs besides is not ours."""
    if not isinstance(group, list):
        return []
    asked = {"python_full_version": "3.11.99", "python_version": "3.11"}
    return [
        one["name"] for one in group if "marker" not in one or Marker(one["marker"]).evaluate(asked)
    ]


def licence(name: str) -> str | None:
    """What the installed package says of its licence; None where it is not installed here."""
    try:
        told = metadata(name)
    except PackageNotFoundError:
        return None
    classifiers = [
        c.rpartition("::")[2].strip()
        for c in told.get_all("Classifier") or []
        if c.startswith("License ::")
    ]
    text = (told.get("License") or "").strip().splitlines()
    parts = [told.get("License-Expression") or "", *classifiers, *text[:1]]
    return "; ".join(dict.fromkeys(p for p in parts if p and p != "OSI Approved")) or "unknown"
