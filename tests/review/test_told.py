"""What the program writes down in Vietnamese is read in English too; what documents say is not touched."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from babel.messages.pofile import read_po

from reconcile.risk import _WHY
from reconcile.slips import SAYS
from review import language, wording
from review.told import _kinds, told
from schemas import errors
from schemas.decision import Action
from schemas.error_root import TonghopError
from schemas.finding import RuleCode

LETTERS = re.compile("[ăâđêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ]", re.I)
SOURCES = [
    *(path for path in sorted(Path("parsers").glob("*.py")) if "Finding(" in path.read_text()),
    *(path for path in sorted(Path("reconcile").glob("*.py")) if path.name != "preview.py"),
    Path("pipelines/extracting.py"),
]
"""Where sentences are written down. ``reconcile.preview`` is worded by the desk's own templates."""
JOINED = {
    "; số chưa được lấy: 7.": "Hàng «a» không khớp hàng nào của mẫu; số chưa được lấy: 7.",
    "Hàng «7» không khớp hàng nào của mẫu": "Hàng «7» không khớp hàng nào của mẫu.",
    "«7» 7; nếu là 7 thì khớp (7).": "«7» 7; nếu là 7 thì khớp (7). Đối chiếu với ảnh trang.",
    " Cùng với «7» là 7.": " Cùng với «7» là 7. Đối chiếu với ảnh trang.",
    "7 Đối chiếu với ảnh trang.": " Đối chiếu với ảnh trang.",
    "7 Văn bản điện tử ghi đúng như vậy: hỏi lại đơn vị.": " Văn bản điện tử ghi đúng như vậy: hỏi lại đơn vị.",
    " ở trang 7": "Bảng ở trang 7",
    "có ở trang {} nhưng nằm ngoài bảng đã đọc": "có ở trang 7 nhưng nằm ngoài bảng đã đọc",
    "(không rõ)": "(không rõ)",
    "(chưa đọc được)": "số (chưa đọc được)",
    "Văn bản bị mất chữ khi chuyển mã: 7.": "Văn bản bị mất chữ khi chuyển mã: 7.",
}
"""Pieces that are put together, as a whole they make."""


def sentences(path: Path) -> Iterator[str]:
    """Every text of a module with Vietnamese letters that is a sentence or has something filled in,
    with 7 for what is filled in."""
    tree = ast.parse(path.read_text("utf-8"))
    inside = {id(v) for n in ast.walk(tree) if isinstance(n, ast.JoinedStr) for v in n.values}
    documents = {id(n.value) for n in ast.walk(tree) if isinstance(n, ast.Expr)}
    for node in ast.walk(tree):
        text = ""
        if isinstance(node, ast.JoinedStr):
            parts = (v.value if isinstance(v, ast.Constant) else "7" for v in node.values)
            text = "".join(map(str, parts))
        elif isinstance(node, ast.Constant) and id(node) not in inside | documents:
            value = node.value
            text = value if isinstance(value, str) and value.endswith(".") else ""
        if LETTERS.search(text) and "\\" not in text and "(?" not in text and "[" not in text:
            yield text


def test_every_sentence_that_is_written_down_is_told_in_english() -> None:
    found = {text for path in SOURCES for text in sentences(path)}
    assert len(found) > 60
    untold = [t for t in sorted(found) if told(JOINED.get(t, t), "en") == JOINED.get(t, t)]
    assert untold == []


def test_every_reason_and_slip_is_told_in_english() -> None:
    texts = [*_WHY.values(), *SAYS.values(), "đọc sai", "đúng như văn bản", "rút lại"]
    assert [t for t in texts if told(t, "en") == t] == []


def test_every_error_says_in_english_what_is_wrong_and_what_to_do() -> None:
    catalogue = language.translations("en")
    kinds = [k for k in _kinds(TonghopError) if k.__module__.startswith("schemas.")]
    assert len(kinds) > 50
    assert errors.ReadError in kinds
    for kind in kinds:
        for text in (kind.says, kind.next_step):
            assert catalogue.gettext(text) != text, kind.code


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "«Các lớp bồi dưỡng» ghi 30, nhưng cộng 4 mục con được 32.",
            "«Các lớp bồi dưỡng» is 30, but its 4 parts add up to 32.",
        ),
        (
            "Ô «Số bài» (tin bài) ghi «1,8», không rõ là số nào. Có thể là 18 hoặc 1800.",
            "Cell «Số bài» (tin bài) says «1,8»; which number is meant is not clear. It may be 18 or 1800.",
        ),
        (
            "Máy đọc chưa chắc (55 %); mục này nặng khoảng 12 % tổng của tỉnh.",
            "The reading is not certain (55 %); about 12 % of the province's total hangs on it.",
        ),
        (
            "«Số sách» ghi 1310; nếu là 131 thì khớp (thừa một chữ số). Cùng với «Số người» là 3. Đối chiếu với ảnh trang.",
            "«Số sách» is 1310; with 131 it agrees (a digit too many). Together with «Số người» as 3. Compare with the page.",
        ),
        (
            "báo cáo.pdf, trang 3: Ảnh quá lớn. (A0) Quét lại ở 200–300 dpi.",
            "báo cáo.pdf, trang 3: An image is too large. (A0) Scan it again at 200–300 dpi.",
        ),
        (
            "Trường ta đã hoàn thành xuất sắc nhiệm vụ.",
            "Trường ta đã hoàn thành xuất sắc nhiệm vụ.",
        ),
    ],
)
def test_parts_of_documents_stay_and_all_else_is_told(text: str, expected: str) -> None:
    assert told(text, "en") == expected
    assert told(text, "vi") == text


def test_a_told_text_fills_in_the_same() -> None:
    for path in Path("review/locale").glob("*/told/*.po"):
        with path.open("rb") as stream:
            for message in read_po(stream):
                if message.id:
                    parts = sorted(re.findall(r"%\(\w+\)s|%%", str(message.id)))
                    assert sorted(re.findall(r"%\(\w+\)s|%%", str(message.string))) == parts


def test_every_code_has_its_word_in_both_languages() -> None:
    catalogue = language.translations("en")
    tables = {"RULE": RuleCode, "ACTION": Action}
    for name, codes in tables.items():
        table = getattr(wording, name)
        assert [c.value for c in codes if c.value not in table] == []
        assert [c for c, t in table.items() if catalogue.gettext(t) == t] == []


def test_findings_are_read_in_english_after_the_switch(
    client: Callable[..., Any], sha256: str
) -> None:
    me = client("reviewer")
    assert 'lang="vi"' in me.get("/findings").text
    vietnamese = re.findall(r"<span lang=\"vi\">([^<]*)</span></td>", me.get("/findings").text)
    assert vietnamese
    me.post("/language", data={"to": "en"})
    page = me.get("/findings").text
    english = re.findall(r"<span lang=\"en\">([^<]*)</span></td>", page)
    assert len(english) == len(vietnamese)
    assert not any(text in page for text in vietnamese)
    missing = me.get(f"/documents/{'0' * 64}").text
    assert "This page or record was not found." in missing
