"""Lines of a page whose letters are in a legacy code though their font's name does not say so."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from parsers.legacy_encodings import common_guess, decode, guess, suspicious, with_soft_hyphens
from parsers.readers.lines import Word
from schemas.text import nfc


def in_unicode(words: list[Word]) -> tuple[list[Word], list[str]]:
    """The words, converted line by line where their letters tell; and the codes found."""
    if not any(suspicious(word.text) for word in words):
        return words, []
    lines: dict[int, list[int]] = defaultdict(list)
    for at, word in enumerate(words):
        lines[round(word.base or word.box[3])].append(at)
    texts = {base: " ".join(words[at].text for at in line) for base, line in lines.items()}
    expected, whole = common_guess(texts.values())
    out, found = list(words), set()
    for base, line in lines.items():
        code = expected if whole else guess(texts[base], expected) if expected else None
        if code is None:
            continue
        found.add(code.value)
        for at in line:
            text = nfc(decode(with_soft_hyphens(words[at].text, code), code))
            out[at] = replace(words[at], text=text)
    return out, sorted(found)
