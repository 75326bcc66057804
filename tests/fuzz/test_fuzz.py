"""A short, repeatable share of the fuzzing; ``make fuzz`` goes on from here."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

from tools.fuzz.targets import (
    TARGETS,
    container,
    days,
    letters,
    numbers,
    table,
    whole_file,
    word_body,
)

CORPUS = Path("tests/fuzz/corpus")
SEEDS = sorted(p for p in CORPUS.rglob("*") if p.is_file())
FEW, MANY = settings(max_examples=40), settings(max_examples=400)

TEXT = st.text(st.sampled_from("0123456789.,/- \u00a0\u200b\u202eolIkhoảnggầnlớpngườiđơnvịngàythángnăm08h\n;:()%"), max_size=60)  # fmt: skip
LABELS = st.sampled_from(
    ["TT", "Các hoạt động", "Đơn vị", "Số lượng", "Người", "Số lớp/số cuộc thi", "Ghi chú", "1", "10",
     "1.800", "900", "Lớp/người", "Các lớp bồi dưỡng, tập huấn khác", "Số tin bài", "Tập thể", "-", "",
     "x", "9" * 50, "12,5", "1 200", "8. Khen thưởng", "Cá nhân", "5/100", "khoảng 20"]
)  # fmt: skip
XML = st.lists(
    st.sampled_from(
        ["<w:p>", "</w:p>", "<w:r>", "</w:r>", "<w:t>10</w:t>", "<w:t>BÁO CÁO</w:t>", "<w:tbl>", "</w:tbl>",
         "<w:tr>", "</w:tr>", "<w:tc>", "</w:tc>", '<w:tcPr><w:gridSpan w:val="9"/></w:tcPr>',
         '<w:tcPr><w:vMerge/></w:tcPr>', "<w:tab/>", '<w:tcPr><w:gridSpan w:val="x"/></w:tcPr>',
         '<w:trPr><w:gridBefore w:val="-3"/></w:trPr>', "<w:pPr><w:numPr/></w:pPr>", "<w:sdt/>", "&x;"]
    ),
    max_size=40,
)  # fmt: skip


@pytest.mark.parametrize("path", SEEDS, ids=lambda p: f"{p.parent.name}/{p.name}")
def test_what_was_once_found(path: Path) -> None:
    TARGETS[path.parent.name](path.read_bytes())


@MANY
@given(TEXT)
def test_numbers(text: str) -> None:
    numbers(text.encode())


@MANY
@given(TEXT)
def test_days(text: str) -> None:
    days(text.encode())


@MANY
@given(st.text(max_size=80))
def test_letters(text: str) -> None:
    letters(text.encode("utf-8", "surrogatepass"))


@FEW
@given(st.integers(1, 7), st.lists(LABELS, max_size=60))
def test_table(columns: int, cells: list[str]) -> None:
    table("\x1f".join(["x" * columns, *cells]).encode())


@FEW
@given(XML)
def test_word_body(pieces: list[str]) -> None:
    word_body("".join(pieces).encode())


@st.composite
def mutated(draw: st.DrawFn, folder: str) -> bytes:
    """A seed with a few bytes replaced, cut or doubled."""
    data = bytearray(draw(st.sampled_from(SEEDS_OF[folder])))
    for _ in range(draw(st.integers(1, 8))):
        at = draw(st.integers(0, max(0, len(data) - 1)))
        match draw(st.integers(0, 3)):
            case 0:
                data[at : at + 1] = bytes([draw(st.integers(0, 255))])
            case 1:
                del data[at : at + draw(st.integers(1, 200))]
            case 2:
                data[at:at] = data[at : at + draw(st.integers(1, 200))]
            case _:
                data[at : at + 4] = b"\xff\xff\xff\xff"
    return bytes(data)


SEEDS_OF = {
    folder: [p.read_bytes() for p in SEEDS if p.parent.name == folder]
    for folder in ("whole_file", "container")
}


@FEW
@given(mutated("whole_file"))
def test_whole_files(data: bytes) -> None:
    whole_file(data)


@FEW
@given(mutated("container"))
def test_containers(data: bytes) -> None:
    container(data)
