"""``make sbom``: a CycloneDX bill of materials, licences, and what is known to be weak."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from tools.dependencies import licence, shipped


def main(folder: str) -> int:
    """Writes ``sbom.cdx.json`` and ``licences.json`` into ``folder``; 1 where a weakness is known."""
    out = Path(folder)
    out.mkdir(parents=True, exist_ok=True)
    bill = out / "sbom.cdx.json"
    subprocess.run(
        [
            *(sys.executable, "-m", "cyclonedx_py", "environment", "--output-reproducible"),
            *("--of", "JSON", "-o", str(bill), sys.executable),
        ],
        check=True,
    )
    told = {name: licence(name) for name in shipped()}
    (out / "licences.json").write_text(json.dumps(told, indent=1), "utf-8")
    print(f"{bill}: {len(json.loads(bill.read_text('utf-8'))['components'])} components")
    audit = subprocess.run(
        [sys.executable, "-m", "pip_audit", "--progress-spinner=off", "--skip-editable"],
        check=False,
        capture_output=True,
        text=True,
    )
    unreachable = "Error" in audit.stderr and not audit.stdout.strip()
    if unreachable:
        print("pip-audit: the list of weaknesses cannot be had here", file=sys.stderr)
        return 0
    (out / "audit.txt").write_text(audit.stdout, "utf-8")
    print(audit.stdout or audit.stderr)
    return audit.returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
