"""What is kept, what is matched."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, strategies as st

from schemas.text import fold, fold_map, nfc


def test_decomposed_text_is_composed() -> None:
    assert nfc(unicodedata.normalize("NFD", "Tuần lễ hưởng ứng")) == "Tuần lễ hưởng ứng"


def test_marks_typed_in_the_wrong_order_are_mended() -> None:
    assert nfc("e\u0301\u0302") == "ế"


def test_look_alikes_are_mended() -> None:
    assert nfc("Ðoàn TRƢỜNG") == "Đoàn TRƯỜNG"


def test_bidi_and_control_characters_are_removed() -> None:
    assert nfc("1\u202e23\u0007") == "123"


@pytest.mark.parametrize(
    ("left", "right"), [("HOÀ", "hòa"), ("Đơn  vị", "don vi"), ("thuỷ", "thủy"), ("–", "-")]
)
def test_folding_meets(left: str, right: str) -> None:
    assert fold(left) == fold(right)


@given(st.text())
def test_positions_are_kept(text: str) -> None:
    kept = nfc(text)
    assert len(fold_map(kept)) == len(kept)
