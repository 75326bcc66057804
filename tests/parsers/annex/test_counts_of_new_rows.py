"""Rows that the code never heard of are read from running text by the form's words alone."""

from __future__ import annotations

import pytest

from parsers.counts import mentions
from pipelines.form_checks import check_form
from schemas.catalog import form
from schemas.document import Anchor, Paragraph
from schemas.finding import Finding
from schemas.form import Form, Indicator, Measure
from schemas.form_merge import merged
from schemas.prose import Prose, Told
from schemas.report import Observation

COUNT, HOURS = Measure(code="count", unit="cây"), Measure(code="hours", unit="giờ")
ROOMS = Measure(code="count", unit="phòng")
PLANTED = Prose(
    nouns=("cây", "cây xanh"),
    cues=(("trồng",),),
    not_after=("cây số",),
    examples=(Told(text="Đoàn viên trồng 300 cây.", values={"count": 300}),),
)
FORM: Form = form("llw-2021").model_copy(
    update={
        "measure_nouns": {"hours": ("giờ", "giờ công")},
        "rules": (),
        "indicators": (
            Indicator(code="green.trees", label="Số cây đã trồng", measures=(COUNT, HOURS), prose=PLANTED),
            Indicator(code="rooms.lab", label="Phòng thí nghiệm", measures=(ROOMS,), prose=Prose(nouns=("phòng",), phrases=("thí nghiệm",))),
            Indicator(code="rooms.reading", label="Phòng đọc", measures=(ROOMS,), prose=Prose(nouns=("phòng",), phrases=("phòng đọc", "đọc sách"))),
        ),
    }
)  # fmt: skip


def said(text: str) -> tuple[tuple[Observation, ...], tuple[Finding, ...]]:
    return mentions([Paragraph(text, Anchor(paragraph=0))], FORM)


def figures(text: str) -> dict[str, int]:
    return {f"{o.indicator}.{o.measure}": o.value for o in said(text)[0]}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Các trường đã trồng 1.250 cây xanh với 640 giờ công lao động.",
            {"green.trees.count": 1250, "green.trees.hours": 640},
        ),
        (
            "Xây 3 phòng đọc sách và 2 phòng thí nghiệm.",
            {"rooms.reading.count": 3, "rooms.lab.count": 2},
        ),
        ("Phòng đọc: 4 phòng; phòng thí nghiệm: 1 phòng.", {"rooms.reading.count": 4, "rooms.lab.count": 1}),
    ],
)  # fmt: skip
def test_a_new_row_is_read_where_its_words_stand(text: str, expected: dict[str, int]) -> None:
    assert figures(text) == expected


@pytest.mark.parametrize("text", ["Nhà trường có 12 phòng.", "Khuôn viên có 40 cây xanh."])
def test_what_names_no_row_is_said_and_not_taken(text: str) -> None:
    observations, findings = said(text)
    assert observations == ()
    assert [f.rule.value for f in findings] == ["unclaimed_row"]


def test_words_of_another_thing_are_passed_over_in_silence() -> None:
    assert said("Đoàn trồng hoa đi bộ 5 cây số.") == ((), ())


def test_numbers_in_letters_are_read() -> None:
    (one,) = said("Học sinh trồng mười hai cây xanh.")[0]
    assert (one.value, one.raw, one.needs_review) == (12, "mười hai", False)


def test_the_form_is_proved_by_its_own_sentences() -> None:
    assert not [p for p in check_form(FORM).problems if "câu" in p]
    wrong = PLANTED.model_copy(
        update={"examples": (Told(text="Trồng 300 cây.", values={"count": 30}),)}
    )
    rows = [FORM.indicators[0].model_copy(update={"prose": wrong}), *FORM.indicators[1:]]
    problems = check_form(FORM.model_copy(update={"indicators": tuple(rows)})).problems
    assert [p for p in problems if p.startswith("green.trees: câu «Trồng 300 cây.»")]


def test_a_later_year_adds_words_to_a_rows_prose() -> None:
    base = {"indicators": [{"code": "news", "prose": {"nouns": ["tin"], "cues": [["đăng"]]}}]}
    own = {"indicators": [{"code": "news", "prose": {"nouns": ["video"], "cues": [["phát"]]}}]}
    (news,) = merged(base, own, "x")["indicators"]
    assert news["prose"] == {"nouns": ["tin", "video"], "cues": [["phát"]]}
