"""Writes many random test reports with their gold, for measuring: never part of the samples.

Run from the root: python -m tools.make_variants OUT --count 100 --seed 1. PDFs need LibreOffice.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import tempfile
from pathlib import Path

from tools.week.variant import draw, gold
from tools.week.variant_docx import write

PER_CALL = 40


def make(out: Path, count: int, seed: int, formats: tuple[str, ...] = ("docx",)) -> None:
    """``count`` reports into ``out``, each in one of ``formats`` in turn, with NAME.gold.json."""
    out.mkdir(parents=True, exist_ok=True)
    by_format: dict[str, list[Path]] = {}
    for at in range(count):
        rng = random.Random(f"{seed}/{at}")
        drawn = draw(rng)
        path = out / f"v{seed}-{at:04d}.docx"
        write(drawn, path, rng)
        suffix = formats[at % len(formats)]
        if suffix != "docx":
            by_format.setdefault(suffix, []).append(path)
        (out / f"{path.stem}.{suffix}.gold.json").write_text(
            json.dumps(gold(drawn), ensure_ascii=False, indent=1) + "\n", "utf-8"
        )
    for suffix, paths in by_format.items():
        convert(paths, suffix, out)


def convert(paths: list[Path], suffix: str, out: Path) -> None:
    """Turns the Word files into ``suffix`` by LibreOffice and removes them."""
    with tempfile.TemporaryDirectory() as folder:
        for start in range(0, len(paths), PER_CALL):
            command = ["soffice", f"-env:UserInstallation=file://{folder}", "--headless"]
            command += ["--convert-to", suffix, "--outdir", str(out)]
            command += [str(p) for p in paths[start : start + PER_CALL]]
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL, timeout=600)
    for path in paths:
        path.unlink()


def main() -> None:
    """Reads the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--formats", default="docx,pdf")
    given = parser.parse_args()
    make(given.out, given.count, given.seed, tuple(given.formats.split(",")))


if __name__ == "__main__":
    main()
