"""Writes a labelled set of scans for measuring: drawn reports, printed, spoiled in many ways.

Run from the root: python -m tools.scan_set OUT --count 24 --seed 1. Needs LibreOffice.
``OUT/printed``, ``OUT/clean``, ``OUT/hard`` and ``OUT/layers`` are folders for ``tonghop evaluate``:
what is missed in ``printed`` too is no loss of the picture's. ``--varied`` draws other wordings for
every report and leaves the rules out of two tables in five.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import sys
from dataclasses import replace
from pathlib import Path

import pypdfium2 as pdfium

from tools.make_scans import Spoiling, save, spoil_pdf
from tools.make_variants import convert
from tools.scan_layers import contradicting, garbage, layered
from tools.week.variant import draw, gold, wordings
from tools.week.variant_docx import write

FONTS = ("Liberation Serif", "TeX Gyre Termes", "Noto Serif", "Carlito", "Liberation Sans")
Kinds = dict[str, tuple[str, Spoiling]]
CLEAN: Kinds = {
    "grey200": (".pdf", Spoiling()),
    "colour200": (".pdf", Spoiling(mode="color", skew=-1.2, noise=5)),
    "bilevel300": (".tif", Spoiling(mode="bilevel", dpi=300, skew=0.4, noise=4)),
    "grey300": (".pdf", Spoiling(dpi=300, skew=1.5, jpeg=60)),
    "upside-down": (".pdf", Spoiling(mode="color", rotate=180)),
    "sideways": (".pdf", Spoiling(rotate=90, skew=-0.5)),
    "signed": (".pdf", Spoiling(mode="color", seal="sign")),
    "bilevel200": (".pdf", Spoiling(mode="bilevel", noise=4, blur=0.4)),
}
HARD: Kinds = {
    "grey150": (".pdf", Spoiling(dpi=150, noise=12, blur=0.6, jpeg=50)),
    "red-seal": (".pdf", Spoiling(mode="color", seal="table,text")),
    "skew": (".pdf", Spoiling(skew=4.4)),
    "grey-seal": (".pdf", Spoiling(seal="table")),
    "photo": (".pdf", Spoiling(mode="color", photo=True, skew=1.5, noise=8)),
    "copier": (".tif", Spoiling(border=True, specks=0.001, noise=9)),
    "faded": (".pdf", Spoiling(fade=0.55, noise=6)),
    "bilevel150": (".tif", Spoiling(dpi=150, mode="bilevel", noise=5, blur=0.4, skew=1.0)),
    "colour150": (".pdf", Spoiling(dpi=150, mode="color", seal="sign,table", jpeg=35, noise=8)),
    "other-side": (".pdf", Spoiling(rotate=270, skew=2.5, fade=0.3)),
    "worn": (".pdf", Spoiling(specks=0.002, blur=0.9, noise=12, jpeg=40)),
    "photo-seal": (".pdf", Spoiling(mode="color", photo=True, seal="table", noise=6, jpeg=60)),
}


def printed(out: Path, count: int, seed: int, *, varied: bool = False) -> list[Path]:
    """``count`` drawn reports as PDFs with their gold, each in a typeface of its own."""
    out.mkdir(parents=True, exist_ok=True)
    made = []
    for at in range(count):
        rng = random.Random(f"scan/{seed}/{at}")
        drawn = draw(rng)
        drawn.shape["font"] = FONTS[at % len(FONTS)]
        if varied:
            drawn.shape["borders"] = at % 5 not in {1, 4}
        elif at % 4:  # what is measured is the reading of pictures, not of other wordings
            drawn.labels.update({k: v[0] for k, v in wordings()["labels"].items()})
        path = out / f"s{seed}-{at:03d}.docx"
        write(drawn, path, rng)
        text = json.dumps(gold(drawn), ensure_ascii=False, indent=1)
        path.with_suffix(".pdf.gold.json").write_text(text + "\n", "utf-8")
        made.append(path)
    convert(made, "pdf", out)
    return [path.with_suffix(".pdf") for path in made]


def spoil(source: Path, folder: Path, name: str, suffix: str, how: Spoiling) -> None:
    """One spoiled copy with the gold of ``source`` beside it."""
    out = folder / f"{name}-{source.stem}{suffix}"
    save(spoil_pdf(source, how), out, how)
    _gold(source, out)


def layers(source: Path, folder: Path, seed: int) -> None:
    """The same scan with a layer of garbage, with a true one, and with one that lies in figures;
    and a file of which only the last page is a picture."""
    pages = spoil_pdf(source, Spoiling(seed=seed, skew=0.0, noise=4))
    spellings = {"garbage": garbage(seed), "true": str, "lying": contradicting(seed)}
    for name, spelled in spellings.items():
        out = folder / f"{name}-{source.name}"
        layered(source, pages, out, spelled)
        _gold(source, out)
    out = folder / f"mixed-{source.name}"
    only = folder / "only.pdf"
    save(pages[-1:], only, Spoiling())
    mixed = pdfium.PdfDocument.new()
    with pdfium.PdfDocument(source) as text, pdfium.PdfDocument(only) as scan:
        mixed.import_pages(text, list(range(len(text) - 1)))
        mixed.import_pages(scan)
        mixed.save(str(out))
    only.unlink()
    _gold(source, out)


def _gold(source: Path, out: Path) -> None:
    shutil.copy(source.with_name(f"{source.name}.gold.json"), f"{out}.gold.json")


def _drawn(given: argparse.Namespace) -> list[Path]:
    return printed(given.out / "printed", given.count, given.seed, varied=given.varied)


def main() -> None:
    """Reads the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--count", type=int, default=24)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--sources", type=Path, nargs="*", default=(), help="PDFs with gold")
    parser.add_argument("--varied", action="store_true", help="layouts and wordings of every kind")
    given = parser.parse_args()
    sources = [*given.sources, *_drawn(given)]
    for kind, kinds in (("clean", CLEAN), ("hard", HARD)):
        folder = given.out / kind
        folder.mkdir(exist_ok=True)
        for at, source in enumerate(sources):
            name, (suffix, how) = list(kinds.items())[at % len(kinds)]
            print(kind, name, source.name, file=sys.stderr)
            spoil(source, folder, name, suffix, replace(how, seed=given.seed * 1000 + at))
    (given.out / "layers").mkdir(exist_ok=True)
    for source in sources[:: max(1, len(sources) // 4)]:
        layers(source, given.out / "layers", given.seed)


if __name__ == "__main__":
    main()
