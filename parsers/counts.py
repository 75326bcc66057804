"""Counts in running text."""

from __future__ import annotations

from collections.abc import Sequence

from schemas.document import Paragraph
from schemas.form import Form
from schemas.report import Observation


def mentions(paragraphs: Sequence[Paragraph], form: Form) -> tuple[Observation, ...]:
    """Every count the text states of an indicator of ``form``, in reading order."""
    return ()
