"""What one night did, as the digest, the run's page and the exit status see it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from pipelines.loader import Ingested
from pipelines.sources.intake import Collected
from reconcile.run import Summary


@dataclass(slots=True)
class Outcome:
    """What one night did. ``errors`` are steps that failed as such: (step, message)."""

    run_id: str
    started_at: dt.datetime
    collected: list[Collected] = field(default_factory=list)
    ingested: Ingested = field(default_factory=Ingested)
    judged: list[Summary] = field(default_factory=list)
    published: dict[str, int] = field(default_factory=dict)
    undrawn: int = 0
    errors: list[tuple[str, str]] = field(default_factory=list)
    took_over: str | None = None

    @property
    def failures(self) -> list[tuple[str, str, str]]:
        """Files that could not be used, over all sources: (file, code, message)."""
        out = list(self.ingested.failures)
        for one in self.collected:
            out += one.broken.failures
            out += [(name, "refused", reason) for name, reason in one.refused]
            out += [(name, "not_fetched", reason) for name, reason in one.failed]
        return out

    @property
    def source_errors(self) -> list[tuple[str, str]]:
        """Sources that did not answer: (source, message)."""
        return [(one.source, one.error) for one in self.collected if one.error]

    @property
    def exit_status(self) -> int:
        """0 where all went well; 1 where a file, a source or a step failed and is reported."""
        return int(bool(self.errors or self.failures or self.source_errors))

    def counters(self) -> dict[str, Any]:
        """Numbers of the run, as they are kept and shown."""
        return {
            "seen": sum(c.seen for c in self.collected),
            "known": sum(c.known for c in self.collected),
            "taken": sum(c.taken for c in self.collected),
            "waiting": sum(c.waiting for c in self.collected),
            "loaded": self.ingested.loaded,
            "failed_files": len(self.failures),
            "failed_sources": len(self.source_errors),
            "failed_steps": len(self.errors),
            "findings_opened": sum(s.opened for s in self.judged),
            "findings_closed": sum(s.gone for s in self.judged),
            "findings_open": sum(s.still_open + s.opened for s in self.judged),
            "undrawn": self.undrawn,
        }
