"""The text of Word's automatic numbers, which no paragraph holds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def roman(number: int) -> str:
    """``number`` as a capital Roman numeral."""
    out = ""
    for value, sign in (
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ):
        while number >= value:
            out, number = out + sign, number - value
    return out


def _letter(number: int) -> str:
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1) if number > 0 else ""


_FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "upperRoman": roman,
    "lowerRoman": lambda n: roman(n).lower(),
    "upperLetter": lambda n: _letter(n).upper(),
    "lowerLetter": _letter,
    "decimalZero": lambda n: f"{n:02d}",
}


class Numbering:
    """Counts numbered paragraphs in document order and renders each one's label."""

    def __init__(self, root: Any | None) -> None:
        self._levels: dict[str, dict[int, tuple[str, str, int]]] = {}
        self._abstract: dict[str, str] = {}
        self._starts: dict[str, dict[int, int]] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._seen: set[str] = set()
        if root is None:
            return
        for abstract in root.iter(f"{W}abstractNum"):
            self._levels[abstract.get(f"{W}abstractNumId")] = dict(
                map(_level, abstract.findall(f"{W}lvl"))
            )
        for num in root.findall(f"{W}num"):
            target = num.find(f"{W}abstractNumId")
            if target is None:
                continue
            key = num.get(f"{W}numId")
            self._abstract[key] = target.get(f"{W}val")
            self._starts[key] = {
                int(o.get(f"{W}ilvl", 0)): int(start.get(f"{W}val", 1))
                for o in num.findall(f"{W}lvlOverride")
                if (start := o.find(f"{W}startOverride")) is not None
            }

    def label(self, num_id: str, level: int) -> str:
        """The label of the next paragraph of list ``num_id`` at ``level`` (from 0)."""
        abstract = self._abstract.get(num_id)
        levels = self._levels.get(abstract or "", {})
        if abstract is None or level not in levels:
            return ""
        counts = self._counts.setdefault(abstract, {})
        if num_id not in self._seen:
            self._seen.add(num_id)
            for at, start in self._starts.get(num_id, {}).items():
                counts[at] = start - 1
        counts[level] = counts.get(level, levels[level][2] - 1) + 1
        for deeper in [at for at in counts if at > level]:
            del counts[deeper]
        if levels[level][0] == "bullet":
            return "-"
        return self._render(levels, counts, level)

    @staticmethod
    def _render(levels: dict[int, tuple[str, str, int]], counts: dict[int, int], level: int) -> str:
        text = levels[level][1]
        for at in range(level + 1):
            if at in levels:
                shape = _FORMATS.get(levels[at][0], str)
                text = text.replace(f"%{at + 1}", shape(counts.get(at, levels[at][2])))
        return text


def _level(node: Any) -> tuple[int, tuple[str, str, int]]:
    def value(tag: str, default: str) -> str:
        child = node.find(f"{W}{tag}")
        return default if child is None else child.get(f"{W}val", default)

    return int(node.get(f"{W}ilvl", 0)), (
        value("numFmt", "decimal"),
        value("lvlText", ""),
        int(value("start", "1")),
    )
