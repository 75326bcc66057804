"""The filters of PDF streams give back what was packed, and never more than they may."""

from __future__ import annotations

import io

import numpy as np
import pytest
from hypothesis import given, strategies as st
from PIL import Image

from parsers.readers.pdf_filters import exceeds, filters_of, unpacked
from tests.parsers.hostile.traps import packed_by

CHAINS = (b"FlateDecode", b"ASCIIHexDecode", b"ASCII85Decode", b"RunLengthDecode", b"LZWDecode")


@given(st.binary(max_size=600), st.lists(st.sampled_from(CHAINS), min_size=1, max_size=3))
def test_what_was_packed_comes_back(body: bytes, filters: list[bytes]) -> None:
    packed = packed_by(body, b"/" + b"/".join(filters))
    assert unpacked(packed, filters, 10_000) == body
    assert exceeds(packed, filters, 10_000) is False
    if body:
        assert unpacked(packed, filters[-1:] if len(filters) == 1 else filters, 0) is None


def test_codes_grow_as_another_writer_makes_them() -> None:
    pixels = np.random.default_rng(1).integers(0, 7, (120, 200), np.uint8)
    made = io.BytesIO()
    Image.fromarray(pixels).save(made, "TIFF", compression="tiff_lzw", tiffinfo={278: 120})
    with Image.open(made) as image:
        (start,), (length,) = image.tag_v2[273], image.tag_v2[279]
    assert (
        unpacked(made.getvalue()[start : start + length], [b"LZWDecode"], 10**6) == pixels.tobytes()
    )


@given(st.binary(max_size=300), st.sampled_from(CHAINS))
def test_no_bytes_upset_a_filter(body: bytes, name: bytes) -> None:
    made = unpacked(body, [name], 1000)
    assert made is None or len(made) <= 1000


def test_bytes_after_the_packed_ones_end_the_stream() -> None:
    packed = packed_by(b"q Q " * 2_000_000, b"/FlateDecode") + b"\nendstream endobj" * 90_000
    assert unpacked(packed, [b"FlateDecode"], 10**8) == b"q Q " * 2_000_000


@pytest.mark.parametrize(
    ("head", "names"),
    [
        (b"<</Filter/FlateDecode>>", [b"FlateDecode"]),
        (b"<</Filter [ /A85 /Fl ]>>", [b"ASCII85Decode", b"FlateDecode"]),
        (b"<</Filter/#46lateDecode>>", [b"FlateDecode"]),
        (b"<</Filter[/Fl/DCTDecode]>>", [b"FlateDecode"]),
        (b"<</Filter 9 0 R>>", []),
        (b"<</Length 4>>", []),
    ],
)
def test_the_filters_that_a_dictionary_names(head: bytes, names: list[bytes]) -> None:
    assert filters_of(head) == names
