"""Writes parsers/readers/syllables.txt: the syllables that Vietnamese texts are made of.

Run from the root: python -m tools.syllables. They are the word list of the recogniser's own Vietnamese
model (tesseract-ocr-vie, Apache-2.0), the names of the registry, and what stands here besides. Needs
combine_tessdata and dawg2wordlist, which come with tesseract-ocr.
"""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from parsers.lexicon import words
from parsers.readers.ocr import data_path
from parsers.readers.syllables import FILE, key
from parsers.surnames import SPELLED
from parsers.text_quality import is_syllable
from schemas.registry_index import admin_units
from schemas.text import nfc

_STOPPED, _OF_STOPPED = ("p", "t", "c", "ch"), ("\u0301", "\u0323")
_BESIDES = """
rôn phích lúng túng dột lăm mươi vắc xin rét ngắt ngơi nghỉ nghỉm bỡ ngỡ khập khiễng chập chững lẻ loi nhỡ nhắn nhủ
rải rác rác thải chắt chiu gìn giữ khơi dậy lỗi lỏng lẻo ngại chùng chững vướng bẩn mái tôn dãy ngói gạch lát quét sạt
lở lũ lụt ngập úng gặt cấy cày bừa lúa ngô nhãn vải thiều cam quýt chuối tưới tiêu đê điều mương máng thôn xóm ngõ hẻm
nghệ mộc rèn đúc nón thêu dệt gốm sứ hàn xì tiện phay bào khoan xưởng tổ đội nhóm phường khóm ấp đình chùa miếu giỗ tết
rằm hội hè đám tang cưới hỏi bô lão cụ kỵ chắt chút chít lứa lớp lang rưỡi diễu diều gộp góp gom zôn dôn nhạn én cò mận đào
trác tuyệt oanh yến khuê hạnh thục trinh quyên nhung huệ cúc lài sen bưởi hậu hoãn khuyên nhủ rủ rê bãi bồi ghềnh thác hẻo lánh
"""


def model_words() -> Iterator[str]:
    """The words of the recogniser's Vietnamese model."""
    with tempfile.TemporaryDirectory() as folder:
        base = Path(folder) / "vie."
        model = data_path("vie") / "vie.traineddata"
        subprocess.run(["combine_tessdata", "-u", model, base], check=True, capture_output=True)
        out = Path(folder) / "words"
        parts = [f"{base}lstm-unicharset", f"{base}lstm-word-dawg", out]
        subprocess.run(["dawg2wordlist", *parts], check=True, capture_output=True)
        yield from out.read_text("utf-8").split()


def is_spelled(syllable: str) -> bool:
    """Whether a syllable can be written so: one that is stopped by p, t, c or ch has one of two tones."""
    return is_syllable(syllable) and (
        not syllable.endswith(_STOPPED) or key(syllable)[1] in _OF_STOPPED
    )


def main() -> None:
    names = (word for unit in admin_units().all() for word in unit.name.split())
    besides = (*words(), *SPELLED.split(), *_BESIDES.split())
    found = {nfc(word).lower() for word in (*model_words(), *names, *besides)}
    kept = sorted({key(word): word for word in sorted(found) if is_spelled(word)}.values())
    FILE.write_text("\n".join(kept) + "\n", encoding="utf-8")
    print(len(kept))


if __name__ == "__main__":
    main()
