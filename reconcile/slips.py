"""How a figure on paper comes to be another: digits confused, swapped, lost, added, shifted. Pure.

Costs are after error localisation (Fellegi and Holt 1976): low where the slip is likely.
"""

from __future__ import annotations

from math import log

from schemas.effective import EffectiveValue

Key = tuple[str, str]
Figures = dict[Key, EffectiveValue]

_CONFUSED = {frozenset(p) for p in ("17", "38", "06", "56", "08", "49", "27", "35", "14", "69")}
BLANK_COST = 3.5
_RATIO_WEIGHT = 0.25
_RATIO_MOST = 0.75

SAYS = {
    "lost_group": "lệch đúng một nhóm ba chữ số (dấu chấm ngăn nghìn)",
    "lost_digit": "thiếu một chữ số",
    "extra_digit": "thừa một chữ số",
    "confused_digit": "hai chữ số hay nhầm với nhau",
    "other_digit": "khác một chữ số",
    "swapped_digits": "hai chữ số đổi chỗ",
    "neighbour": "trùng số liệu của ô bên cạnh",
    "swapped_columns": "hai cột đổi chỗ cho nhau",
    "blank": "ô đang để trống",
    "prose": "lời văn ghi như vậy",
    "rendition": "bản khác của cùng báo cáo ghi như vậy",
    "sum": "bằng tổng các đơn vị",
    "several": "phải sửa nhiều ô cùng lúc",
}


def slip(old: int, new: int, *, read: bool = True) -> tuple[float, str] | None:
    """How ``new`` on paper may have come to be ``old``: cost and name, None if by no known slip.

    ``read`` False: nobody read the figure from an image, so that digits do not look alike.
    """
    a, b = str(old), str(new)
    if old == new or min(old, new) < 0:
        return None
    if old and new and (old == new * 1000 or new == old * 1000):
        return 1.2, "lost_group"
    if len(a) == len(b):
        return _same_length(a, b, read)
    if len(a) + 1 == len(b) and _one_more(b, a):
        return 1.8, "lost_digit"
    if len(b) + 1 == len(a) and _one_more(a, b):
        return 1.6, "extra_digit"
    return None


def _same_length(a: str, b: str, read: bool) -> tuple[float, str] | None:
    at = [i for i in range(len(a)) if a[i] != b[i]]
    if len(at) == 1:
        likely = read and frozenset((a[at[0]], b[at[0]])) in _CONFUSED
        return (1.0, "confused_digit") if likely else (2.0, "other_digit")
    if len(at) == 2 and at[1] == at[0] + 1 and a[at[0]] == b[at[1]] and a[at[1]] == b[at[0]]:
        return 1.5, "swapped_digits"
    return None


def _one_more(longer: str, shorter: str) -> bool:
    return any(longer[:i] + longer[i + 1 :] == shorter for i in range(len(longer)))


def undone(old: int, *, read: bool = True) -> list[tuple[int, float, str]]:
    """What the figure may have been before a slip made it ``old``: value, cost, name.

    Digits that were lost are not guessed, except a whole group of zeros.
    """
    text = str(old)
    found = {int(text[:i] + text[i + 1 :]) for i in range(len(text)) if len(text) > 1}
    found |= {int(text[:i] + text[i + 1] + text[i] + text[i + 2 :]) for i in range(len(text) - 1)}
    found |= {
        int(text[:i] + other + text[i + 1 :])
        for i, digit in enumerate(text)
        for other in "0123456789"
        if frozenset((digit, other)) in _CONFUSED
    }
    if old and old % 1000 == 0:
        found.add(old // 1000)
    if 0 < old < 1000:
        found.add(old * 1000)
    out = []
    for new in sorted(found):
        how = slip(old, new, read=read)
        if how is not None:
            # A group that was there and got lost is rarer than one that a dot's misreading added.
            out.append((new, how[0] + 0.4 * (new > old and how[1] == "lost_group"), how[1]))
    return out


def neighbour(key: Key, old: int, figures: Figures) -> tuple[float, str] | None:
    """The cell repeats the figure of the row above or below, or of its row's other column."""
    order = list(figures)
    if key not in order or old < 10:
        return None
    column = [k for k in order if k[1] == key[1]]
    at = column.index(key)
    beside = [k for k in order if k[0] == key[0] and k[1] != key[1]]
    near = [*column[max(0, at - 1) : at], *column[at + 1 : at + 2], *beside]
    return (2.5, "neighbour") if any(figures[k].value == old for k in near) else None


def ratio_gain(key: Key, old: int | None, new: int, figures: Figures) -> float:
    """What ``new`` adds to the cost: less than 0 where it brings people a session nearer to what
    the report's other rows have."""
    others = sorted(
        log(r) for code in {c for c, _ in figures} - {key[0]} if (r := _ratio(code, figures))
    )
    now = _ratio(key[0], figures, key, new)
    if not others or not now:
        return 0.0
    usual = others[len(others) // 2]
    before = _ratio(key[0], figures) if old else None
    gain = abs(log(now) - usual) - (abs(log(before) - usual) if before else 0.0)
    return max(-_RATIO_MOST, min(_RATIO_MOST, _RATIO_WEIGHT * gain))


def _ratio(code: str, figures: Figures, key: Key | None = None, new: int = 0) -> float | None:
    numbers = []
    for measure in ("people", "count"):
        held = figures.get((code, measure))
        number = new if (code, measure) == key else (held.value if held is not None else None)
        numbers.append(number)
    return numbers[0] / numbers[1] if numbers[0] and numbers[1] else None
