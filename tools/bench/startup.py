"""How soon the command answers."""

from __future__ import annotations

import subprocess
import sys

from tools.bench.measure import Row, ratio, wall_seconds


def rows() -> list[Row]:
    """The rows of this topic."""
    command = [sys.executable, "-m", "pipelines.cli", "--help"]
    took = wall_seconds(lambda: subprocess.run(command, check=True, stdout=subprocess.DEVNULL))
    return [ratio("tonghop --help, seconds", took, 0.5)]
