"""``python -m tools.error_docs``: writes docs/errors.md from the classes of schemas/errors.py."""

from __future__ import annotations

import sys
from pathlib import Path

from schemas.error_records import kinds

TARGET = Path("docs/errors.md")
_HEAD = """# Errors

Generated from `schemas/errors.py` by `python -m tools.error_docs`; do not edit.

What an officer reads is Vietnamese; the code is for logs and for programs. A file that cannot be read is archived and listed
all the same, unless its size alone is the attack: then its hash and size are kept. Exit status: 1 where something in the input
failed and the rest was done, 2 for usage or configuration.

| code | exit | what it says | what to do next |
|---|---|---|---|
"""


def text() -> str:
    """The page, one line a class, in the order of the hierarchy."""
    rows = [
        f"| `{kind.code}` | {kind.exit_status} | {kind.says} | {kind.next_step} |"
        for kind in dict.fromkeys(kinds())
    ]
    return _HEAD + "\n".join(rows) + "\n"


def main() -> None:
    TARGET.write_text(text(), "utf-8")
    print(f"{TARGET}: {len(kinds())} errors", file=sys.stderr)


if __name__ == "__main__":
    main()
