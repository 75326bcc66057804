"""``make sbom``: a CycloneDX bill of materials, licences, and what is known to be weak."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from tools.dependencies import EXCEPTIONS, licence, shipped

PAGE = Path("docs/licences.md")
_HEAD = """# What the program is made of

Every package that the program or one of its extras brings in, as `uv.lock` pins it, with the licence
that the package itself states. `make sbom` writes this page, and into `out/` a bill of materials of
the whole environment (CycloneDX). Only permissive licences may be added; what is not one stands here
with its reason.

| package | licence | why, where it is not permissive |
|---|---|---|
"""


def page() -> str:
    """The page of licences; what is not installed here (another system's package) is left out."""
    told = {name: licence(name) for name in shipped()}
    return _HEAD + "".join(
        f"| {name} | {' '.join(text.replace('|', '/').split())[:120]} | {EXCEPTIONS.get(name, '')} |\n"
        for name, text in sorted(told.items())
        if text is not None
    )


def main(folder: str) -> int:
    """Writes ``sbom.cdx.json`` and ``audit.json`` into ``folder``; 1 where a weakness is known, 3
    where the list of weaknesses could not be had."""
    out = Path(folder)
    out.mkdir(parents=True, exist_ok=True)
    bill = out / "sbom.cdx.json"
    subprocess.run(
        [
            *(str(Path(sys.executable).with_name("uv")), "run", "--frozen", "--isolated"),
            *("--only-group", "bom", "cyclonedx-py", "environment"),
            "--output-reproducible",
            *("--of", "JSON", "-o", str(bill), sys.executable),
        ],
        check=True,
    )
    PAGE.write_text(page(), "utf-8")
    print(f"{bill}: {len(json.loads(bill.read_text('utf-8'))['components'])} components; {PAGE}")
    return _audit(out / "audit.json")


def _audit(kept: Path) -> int:
    """By pip-audit, of what is shipped. It calls a package it found nothing about «skipped» and
    says that all is well: here that is not well."""
    wanted = kept.with_name("shipped.txt")
    wanted.write_text("".join(f"{n}=={v}\n" for n in shipped() if (v := _installed(n))), "utf-8")
    done = subprocess.run(
        [
            *(sys.executable, "-m", "pip_audit", "--progress-spinner=off", "--format=json"),
            *("--no-deps", "--disable-pip", "-r", str(wanted)),
        ],
        check=False,
        capture_output=True,
        text=True,
    )
    kept.write_text(done.stdout or "{}", "utf-8")
    status, told = verdict(json.loads(done.stdout or "{}").get("dependencies", []))
    print(f"pip-audit: {told}")
    return status


def _installed(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def verdict(dependencies: list[dict[str, object]]) -> tuple[int, str]:
    """Exit status and words for what pip-audit found about each package."""
    skipped = sum("skip_reason" in one for one in dependencies)
    weak = [one for one in dependencies if one.get("vulns")]
    if weak:
        return 1, "known weaknesses in " + ", ".join(str(one["name"]) for one in weak)
    if not dependencies or skipped:
        return 3, (
            f"nothing is known about {skipped} of {len(dependencies)} packages: the list of "
            "weaknesses cannot be had here; run this where it can"
        )
    return 0, f"no known weakness in {len(dependencies)} packages"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
