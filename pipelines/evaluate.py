"""Scores extraction against labelled documents, field by field and per kind of document."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipelines.sandbox import Job, read_all
from pipelines.score_table import scores_json, scores_table
from pipelines.scoring import Score, kind_of, score
from pipelines.steps import workers_of
from schemas.errors import ConfigurationError, NoGoldError
from schemas.settings import Settings

_GOLD = ".gold.json"


@dataclass(slots=True)
class Evaluation:
    """Scores by kind of document, and the same again by sub-folder and kind ("hard/scan")."""

    kinds: dict[str, Score] = field(default_factory=lambda: defaultdict(Score))
    folders: dict[str, Score] = field(default_factory=lambda: defaultdict(Score))

    def as_json(self) -> dict[str, Any]:
        """Everything as plain data."""
        return scores_json(self.kinds, self.folders)

    def as_table(self) -> str:
        """A table for a person."""
        return scores_table(self.kinds, self.folders)


def evaluate_folder(folder: Path, settings: Settings, say: Callable[[str], None]) -> Evaluation:
    """Reads every document of ``folder`` that has ``NAME.gold.json`` beside it.

    A gold file whose document is missing is named to ``say``. Raises ConfigurationError where
    a gold file is no JSON object, NoGoldError where no document has one.
    """
    golds = {path: _gold(path) for path in sorted(folder.rglob(f"*{_GOLD}"))}
    jobs = []
    for path in golds:
        document = path.with_name(path.name.removesuffix(_GOLD))
        if document.exists():
            jobs.append(Job(path, document, document.name, settings.province))
        else:
            say(f"{path.name}: no document of this name beside it, not scored")
    if not jobs:
        raise NoGoldError(name=folder.name)
    out = Evaluation()
    for done, (job, report) in enumerate(read_all(jobs, workers_of(settings)), 1):
        kind, inside = kind_of(report), job.path.parent.relative_to(folder)
        score(out.kinds[kind], job.name, golds[job.key], report)
        if inside.parts:
            score(out.folders[f"{inside.as_posix()}/{kind}"], job.name, golds[job.key], report)
        say(f"[{done}/{len(jobs)}] {job.name}")
    return out


def _gold(path: Path) -> dict[str, Any]:
    try:
        loaded = json.loads(path.read_text("utf-8"))
    except ValueError as error:
        raise ConfigurationError(name=path.name, detail=str(error)) from error
    if not isinstance(loaded, dict):
        raise ConfigurationError(name=path.name, detail="JSON object expected")
    return loaded
