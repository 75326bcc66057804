"""``make fuzz``, or ``python -m tools.fuzz [TARGET...]``: each target for a while under atheris.

New inputs and crashes land under ``fuzz/TARGET``; a crash worth keeping goes, made small, to
``tests/fuzz/corpus/TARGET``. ``FUZZ_SECONDS`` (default 120) is for each target.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

CORPUS = Path("tests/fuzz/corpus")
OUT = Path("fuzz")


def run(name: str) -> None:
    """One target in this process, for ever; libFuzzer's own options follow on the command line."""
    import atheris

    with atheris.instrument_imports(include=["schemas", "parsers"]):
        from tools.fuzz.targets import TARGETS
    target = TARGETS[name]

    def one(data: bytes) -> None:
        target(data)

    atheris.Setup([sys.argv[0], *sys.argv[3:]], one)
    atheris.Fuzz()


def main() -> None:
    """Each target in a process of its own; exit status 1 where one of them failed."""
    from tools.fuzz.targets import TARGETS

    seconds = int(os.environ.get("FUZZ_SECONDS", "120"))
    failed = []
    for name in sys.argv[1:] or list(TARGETS):
        print(f"{name}: {seconds} s ...", file=sys.stderr, flush=True)
        found, crashes = OUT / name, OUT / f"{name}-crash-"
        found.mkdir(parents=True, exist_ok=True)
        done = subprocess.run(
            [
                sys.executable, "-m", "tools.fuzz", "--run", name, str(found), str(CORPUS / name),
                f"-max_total_time={seconds}", f"-artifact_prefix={crashes}", "-rss_limit_mb=3000",
                "-timeout=30", "-print_final_stats=1", "-verbosity=0",
            ],
            check=False,
        )  # fmt: skip
        if done.returncode:
            failed.append(name)
    print(f"failed: {', '.join(failed)}" if failed else "nothing found", file=sys.stderr)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    run(sys.argv[2]) if sys.argv[1:2] == ["--run"] else main()
