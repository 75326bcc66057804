"""Holes between rules that are not one cell: cut where a rule is partly drawn."""

from __future__ import annotations

from dataclasses import dataclass, replace

import cv2
import numpy as np

from parsers.readers.ocr import Gray

_SPLIT_COVER = 0.35
_FAINT_COVER = 0.75


@dataclass(frozen=True, slots=True)
class Slot:
    """One cell of a grid: pixels, and the rows and columns it covers.

    ``cover`` is the least share of any of its rules that is really drawn, 0 to 1.
    """

    left: int
    top: int
    right: int
    bottom: int
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1
    cover: float = 1.0


@dataclass(frozen=True, slots=True)
class Rules:
    """Where rules are drawn: 255 on the rule; ``across`` and ``down`` before bridging gaps.

    ``weak`` is anything darker than its surroundings, letters and specks too.
    """

    across: Gray
    down: Gray
    bridged: Gray
    weak: Gray

    @property
    def drawn(self) -> Gray:
        return cv2.bitwise_or(self.across, self.down)


@dataclass(frozen=True, slots=True)
class Cutter:
    """Cuts holes of one grid, ``xs`` and ``ys`` being its lines relative to ``at``."""

    rules: Rules
    at: tuple[int, int]
    xs: list[float]
    ys: list[float]

    def pieces(self, slot: Slot, hole: Gray) -> list[Slot]:
        """The cells that the hole ``slot`` (its box) really is; ``hole`` is True inside it.

        A box that is full of hole is one cell unless a rule between its slots is partly drawn;
        an angled hole is cut along the line that is drawn most.
        """
        if slot.row_span == slot.column_span == 1:
            return [slot]
        cuts = self._cuts(slot)
        full = self._is_full(slot, hole)
        needed = _SPLIT_COVER if full else -1.0
        cuts = [cut for cut in cuts if cut[0] >= needed]
        if not full:
            cuts = [c for c in cuts if all(self._is_full(half, hole) for half in c[1:])] or cuts
        if not cuts:
            return [slot]
        _, first, second = max(cuts, key=lambda cut: cut[0])
        return [
            piece for half in (first, second) if self._share(half, hole) > 0.3
            for piece in self.pieces(self._fitted(half, hole), hole)
        ]  # fmt: skip

    def _cuts(self, slot: Slot) -> list[tuple[float, Slot, Slot]]:
        out = []
        for index in range(slot.column + 1, slot.column + slot.column_span):
            cover = self._cover_down(self.xs[index], slot.top, slot.bottom)
            out.append((cover, *self._at_column(slot, index, min(slot.cover, cover))))
        for index in range(slot.row + 1, slot.row + slot.row_span):
            cover = self._cover_across(self.ys[index], slot.left, slot.right)
            out.append((cover, *self._at_row(slot, index, min(slot.cover, cover))))
        return out

    def _share(self, slot: Slot, hole: Gray) -> float:
        part = hole[slot.top : slot.bottom, slot.left : slot.right]
        return float(part.mean()) if part.size else 0.0

    def _is_full(self, slot: Slot, hole: Gray) -> bool:
        """Whether every elementary slot that the box covers belongs to the hole."""
        for row in range(slot.row, slot.row + slot.row_span):
            for column in range(slot.column, slot.column + slot.column_span):
                top, bottom = int(self.ys[row]), int(self.ys[row + 1])
                left, right = int(self.xs[column]), int(self.xs[column + 1])
                part = hole[top:bottom, left:right]
                if part.size == 0 or part.mean() < 0.5:
                    return False
        return True

    def _fitted(self, slot: Slot, hole: Gray) -> Slot:
        """The slot without rows and columns at its edges that the hole does not reach."""
        part = hole[slot.top : slot.bottom, slot.left : slot.right].astype(np.uint8)
        left, top, width, height = cv2.boundingRect(part)
        if width == 0 or height == 0:
            return slot
        return replace(
            slot,
            left=slot.left + left, top=slot.top + top,
            right=slot.left + left + width, bottom=slot.top + top + height,
        )  # fmt: skip

    def _cover_down(self, x: float, top: float, bottom: float) -> float:
        left = max(int(x) + self.at[0] - 6, 0)
        band = self.rules.down[int(top) + self.at[1] : int(bottom) + self.at[1], left : left + 13]
        drawn = float(band.any(axis=1).mean()) if band.size else 0.0
        return max(drawn, self._faint(self.rules.weak, x, top, bottom, level=False))

    def _cover_across(self, y: float, left: float, right: float) -> float:
        top = max(int(y) + self.at[1] - 6, 0)
        band = self.rules.across[top : top + 13, int(left) + self.at[0] : int(right) + self.at[0]]
        drawn = float(band.any(axis=0).mean()) if band.size else 0.0
        return max(drawn, self._faint(self.rules.weak, y, left, right, level=True))

    def _faint(self, weak: Gray, line: float, start: float, end: float, *, level: bool) -> float:
        """The share of a thin line that is at all darker than beside it; 0 unless most of it is."""
        if level:
            weak = weak.T
        first, last = (self.at[0], self.at[1]) if level else (self.at[1], self.at[0])
        middle = int(line) + last
        rows = weak[int(start) + first : int(end) + first]
        shares = [
            float((rows[:, at : at + 2] > 0).any(axis=1).mean())
            for at in range(max(middle - 4, 0), middle + 4)
            if rows.size
        ]
        best = max(shares, default=0.0)
        return best if best >= _FAINT_COVER else 0.0

    def _at_column(self, slot: Slot, index: int, cover: float) -> tuple[Slot, Slot]:
        x, span = int(self.xs[index]), index - slot.column
        first = replace(slot, right=x, column_span=span, cover=cover)
        rest = slot.column_span - span
        return first, replace(slot, left=x, column=index, column_span=rest, cover=cover)

    def _at_row(self, slot: Slot, index: int, cover: float) -> tuple[Slot, Slot]:
        y, span = int(self.ys[index]), index - slot.row
        first = replace(slot, bottom=y, row_span=span, cover=cover)
        rest = slot.row_span - span
        return first, replace(slot, top=y, row=index, row_span=rest, cover=cover)
