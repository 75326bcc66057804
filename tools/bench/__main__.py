"""``make bench``, or ``python -m tools.bench [TOPIC...]``: measures, prints, keeps docs/benchmarks.md.

A topic is a module of this package with ``rows() -> list[Row]``; its docstring heads its table.
Only the tables of the topics that ran are written anew.
"""

from __future__ import annotations

import importlib
import pkgutil
import platform
import re
import sys
from datetime import UTC, datetime
from pathlib import Path

from tools import bench
from tools.bench.measure import Row

PAGE = Path("docs/benchmarks.md")
HEAD = "# Benchmarks\n\nRatios measured in one run each by `make bench`; processor seconds, medians, unless a row says otherwise.\n"
_MACHINERY = {"__main__", "measure", "watching"}


def topics() -> list[str]:
    """The names of the topic modules, in order."""
    found = (module.name for module in pkgutil.iter_modules(bench.__path__))
    return sorted(name for name in found if name not in _MACHINERY)


def table(topic: str, headline: str, rows: list[Row]) -> str:
    """One topic as Markdown."""
    lines = [f"## {topic}", "", headline, ""]
    lines += [f"{datetime.now(UTC):%Y-%m-%d}, Python {platform.python_version()}, {machine()}.", ""]
    lines += ["| what | measured | aim | met |", "|---|---|---|---|"]
    words = {True: "yes", False: "no", None: ""}
    lines += [f"| {row.what} | {row.measured} | {row.aim} | {words[row.met]} |" for row in rows]
    return "\n".join(lines) + "\n"


def machine() -> str:
    """The processor's kind and how many this process may use."""
    import os

    return f"{platform.machine()}, {len(os.sched_getaffinity(0))} processors"


def kept() -> dict[str, str]:
    """The tables that stand in the page now, by topic."""
    text = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
    parts = re.split(r"(?m)^(?=## )", text)[1:]
    return {part.split("\n", 1)[0][3:].strip(): part.rstrip("\n") + "\n" for part in parts}


def main() -> None:
    """Runs the named topics, or all."""
    names = sys.argv[1:] or topics()
    tables = {name: text for name, text in kept().items() if name in topics()}
    for name in names:
        print(f"{name} ...", file=sys.stderr, flush=True)
        module = importlib.import_module(f"tools.bench.{name}")
        tables[name] = table(name, (module.__doc__ or "").strip().split("\n")[0], module.rows())
        print(tables[name])
        PAGE.write_text(
            "\n".join([HEAD, *(tables[key] for key in sorted(tables))]), encoding="utf-8"
        )


if __name__ == "__main__":
    main()
