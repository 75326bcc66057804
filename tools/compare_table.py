"""Compares the published province's table with the expected one; exits 1 where a cell differs."""

from __future__ import annotations

import csv
import sys
from pathlib import Path

import duckdb


def main(base: str, expected: str) -> int:
    """Every cell of the published table against the CSV; a blank cell must be absent there."""
    with Path(expected).open(encoding="utf-8") as stream:
        want = {(r["indicator"], r["measure"]): int(r["value"]) for r in csv.DictReader(stream)}
    with duckdb.connect(base, read_only=True) as connection:
        rows = connection.execute("select indicator, measure, value from province_annex").fetchall()
    got = {(indicator, measure): value for indicator, measure, value in rows}
    wrong = [
        (k, want.get(k), got.get(k))
        for k in sorted(want.keys() | got.keys())
        if want.get(k) != got.get(k)
    ]
    for key, right, value in wrong:
        sys.stderr.write(f"{key}: expected {right}, published {value}\n")
    sys.stderr.write(f"{len(got) - len(wrong)} of {len(got)} cells as expected\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2]))
