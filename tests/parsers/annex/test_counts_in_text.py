"""Counts in running text: taken where the words name one row, flagged or left where they may not."""

from __future__ import annotations

import pytest

from parsers.confidence import combine
from parsers.counts import mentions
from schemas.catalog import form
from schemas.document import Anchor, Paragraph
from schemas.report import Observation

FORM = form("llw-2021")


def said(text: str) -> tuple[Observation, ...]:
    return mentions([Paragraph(text, Anchor(paragraph=0))], FORM)[0]


def figures(text: str) -> dict[str, int]:
    return {f"{o.indicator}.{o.measure}": o.value for o in said(text)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Toàn huyện tổ chức 30 lớp với 800 CBQL, giáo viên tham gia.",
            {
                "training.managers_and_teachers.count": 30,
                "training.managers_and_teachers.people": 800,
            },
        ),
        (
            "Tổ chức 10 lớp phổ biến kiến thức pháp luật cho 900 người lao động, "
            "30 lớp bồi dưỡng cho 800 cán bộ quản lý, giáo viên.",
            {
                "training.law_and_science.count": 10,
                "training.law_and_science.people": 900,
                "training.managers_and_teachers.count": 30,
                "training.managers_and_teachers.people": 800,
            },
        ),
        ("Huy động được 1.800 cuốn sách tặng thư viện.", {"book_drive.books.count": 1800}),
        (
            "Khen thưởng 02 tập thể, 50 cá nhân.",
            {"awards.collectives.count": 2, "awards.individuals.people": 50},
        ),
        ("Đã đăng 120 tin bài (tăng 20 tin bài so với năm 2020).", {"news.count": 120}),
        (
            "Có 10 huyện tổ chức lễ khai mạc với 1.250 người tham dự.",
            {"opening.districts.count": 10, "opening.districts.people": 1250},
        ),
        (
            "Có 12 tập thể, cá nhân tặng sách cho thư viện trường học.",
            {"book_drive.donors.count": 12},
        ),
    ],
)
def test_a_count_is_read_where_its_words_name_one_row(text: str, expected: dict[str, int]) -> None:
    assert figures(text) == expected
    assert not any(o.needs_review for o in said(text))


@pytest.mark.parametrize(
    "text",
    [
        "Năm 2020 có 12 lớp tập huấn cho giáo viên.",
        "Dự kiến mở 5 lớp cho CBQL, giáo viên.",
        "Buổi lễ được kết nối tới 10 điểm cầu.",
        "Tặng sách cho 02 đơn vị trường học cấp THPT trên địa bàn.",
        "Riêng xã Tân Việt tổ chức 5 lớp bồi dưỡng cho giáo viên với 100 người.",
        "Kế hoạch số 120/KH-UBND ngày 05 tháng 9 năm 2021.",
        "Tỷ lệ người dân tham gia đạt 95,5%.",
    ],
)
def test_what_is_no_result_of_the_unit_is_not_taken(text: str) -> None:
    assert figures(text) == {}


@pytest.mark.parametrize(
    "text",
    [
        "Khoảng 1.200 cuốn sách được quyên góp tặng thư viện.",
        "Trong đó Trường THCS Tân Việt quyên góp được 300 cuốn sách.",
    ],
)
def test_about_so_many_and_a_part_of_the_whole_are_looked_at(text: str) -> None:
    assert [o.needs_review for o in said(text)] == [True]


def test_a_part_named_in_the_text_does_not_contradict_the_table() -> None:
    (part,) = said("Trường THCS Tân Việt quyên góp được 300 cuốn sách.")
    (whole,) = said("Huy động được 1.800 cuốn sách tặng thư viện.")
    kept, findings = combine([whole], [part])
    assert [o.value for o in kept] == [1800]
    assert not findings


def test_text_and_table_that_differ_are_both_shown() -> None:
    (table,) = said("Huy động được 1.800 cuốn sách tặng thư viện.")
    (text,) = said("Toàn huyện huy động được 1.080 cuốn sách.")
    kept, findings = combine([table], [text])
    assert [(o.value, o.needs_review) for o in kept] == [(1800, True)]
    assert [(f.value, f.other_value) for f in findings] == [("1080", "1800")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Bồi dưỡng CBQL, giáo viên 5 lớp với 200 người, phổ biến pháp luật 3 lớp với 100 người.",
            {
                "training.managers_and_teachers.count": 5,
                "training.managers_and_teachers.people": 200,
                "training.law_and_science.count": 3,
                "training.law_and_science.people": 100,
            },
        ),
        (
            "Trong Tuần lễ, 320 CBQL, giáo viên tham gia 06 lớp bồi dưỡng cán bộ quản lý, giáo viên.",
            {
                "training.managers_and_teachers.count": 6,
                "training.managers_and_teachers.people": 320,
            },
        ),
        (
            "Tổ chức 17 buổi sinh hoạt chuyên đề tại 17 xã, thị trấn với 2.140 lượt người tham gia.",
            {"contests.thematic_sessions.count": 17, "contests.thematic_sessions.people": 2140},
        ),
        (
            "Mở 12 lớp phổ biến kiến thức pháp luật; thu hút 860 người lao động tham gia.",
            {"training.law_and_science.count": 12, "training.law_and_science.people": 860},
        ),
        ("Huy động 1.975 cuốn sách, tăng 200 cuốn so với năm 2020.", {"book_drive.books.count": 1975}),
        ("Tổng số có 03 cuộc thi, trong đó 01 cuộc thi cấp huyện.", {"contests.count": 3}),
        ("Số tin bài đã đăng: 26.", {"news.count": 26}),
        (
            "15 tập thể và 210 cá nhân được nhận giấy khen.",
            {"awards.collectives.count": 15, "awards.individuals.people": 210},
        ),
        ("Có 15 tập thể và 210 cá nhân tặng sách.", {"book_drive.donors.count": 225}),
    ],
)  # fmt: skip
def test_counts_however_the_sentence_is_turned(text: str, expected: dict[str, int]) -> None:
    assert figures(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Mỗi trường tổ chức 02 buổi sinh hoạt chuyên đề.",
        "Bình quân mỗi xã có 03 lớp tập huấn cho cán bộ quản lý, giáo viên.",
        "Năm học 2020-2021 có 18 lớp bồi dưỡng CBQL, giáo viên.",
        "Trong thời gian tới sẽ mở 5 lớp cho CBQL, giáo viên.",
        "Riêng xã Tân Việt tổ chức 5 lớp bồi dưỡng cho giáo viên.",
        "Có 15 tập thể và 210 cá nhân hưởng ứng.",
        "Tổ chức 10 lớp với 500 người.",
        "Vận động được số sách vượt mức đăng ký 300 cuốn.",
        "Đăng tải nhiều tin bài, vượt kế hoạch 20 tin bài.",
        "Số sách quyên góp tăng, năm ngoái mới có 150 cuốn sách.",
    ],
)
def test_what_is_passed_over_is_said(text: str) -> None:
    observations, findings = mentions([Paragraph(text, Anchor(paragraph=0))], FORM)
    assert observations == ()
    assert findings


@pytest.mark.parametrize(
    "text",
    [
        "Ban Tổ chức nhận được 50 bài dự thi.",
        "Thư viện huyện tặng 500 cuốn vở và sách giáo khoa cũ.",
        "Toàn huyện hiện có 75 trường học với 1.850 giáo viên.",
        "Lễ khai mạc có sự tham dự của 350 đại biểu.",
        "Có 15 cá nhân đạt giải trong cuộc thi.",
    ],
)
def test_other_things_are_never_taken(text: str) -> None:
    assert figures(text) == {}


def test_a_heading_says_what_the_figures_under_it_praise() -> None:
    told = ["Công tác khen thưởng:", "- 6 tập thể; 18 cá nhân."]
    found, _ = mentions([Paragraph(t, Anchor(paragraph=i)) for i, t in enumerate(told)], FORM)
    assert [(o.value, o.needs_review) for o in found] == [(6, True), (18, True)]


def test_what_a_school_says_of_itself_is_no_part() -> None:
    text = "Trường THPT Phù Cừ quyên góp được 300 cuốn sách."
    (own,), _ = mentions([Paragraph(text, Anchor(paragraph=0))], FORM, "Trường THPT Phù Cừ")
    (guest,), _ = mentions([Paragraph(text, Anchor(paragraph=0))], FORM, "UBND huyện Phù Cừ")
    assert (own.needs_review, guest.needs_review) == (False, True)


def _flat(*texts: str) -> dict[str, int]:
    paragraphs = [Paragraph(text, Anchor(paragraph=i)) for i, text in enumerate(texts)]
    return {f"{o.indicator}.{o.measure}": o.value for o in mentions(paragraphs, FORM)[0]}


def test_so_many_of_so_many_is_the_first() -> None:
    assert _flat("Có 46/48 trường tổ chức lễ khai mạc với 9.120 người dự.") == {
        "opening.institutions.count": 46,
        "opening.institutions.people": 9120,
    }
    assert _flat("Ngày 04/10 trường tổ chức lễ khai mạc.") == {}


def test_a_heading_says_what_a_label_leaves_out() -> None:
    assert _flat(
        "3. Lễ khai mạc",
        "- Cấp huyện: 01 buổi, 410 người dự.",
        "- Cấp trường: có 37 trường tổ chức, tổng số người dự là 8.215 người.",
    ) == {
        "opening.districts.count": 1,
        "opening.districts.people": 410,
        "opening.institutions.count": 37,
        "opening.institutions.people": 8215,
    }


def test_numbers_behind_what_they_count() -> None:
    assert _flat("Công tác khen thưởng: tập thể 09; cá nhân 21.") == {
        "awards.collectives.count": 9,
        "awards.individuals.people": 21,
    }
    assert _flat("Số tham gia: tập thể 09; cá nhân 21.") == {}


def test_people_behind_their_name() -> None:
    assert _flat("Bồi dưỡng cho giáo viên: 4 lớp (học viên: 118).") == {
        "training.managers_and_teachers.count": 4,
        "training.managers_and_teachers.people": 118,
    }


def test_what_is_told_of_a_count_behind_it() -> None:
    assert _flat("Tin, bài: 17 (phát từ 20/9).") == {"news.count": 17}
    assert _flat("Băng rôn, khẩu hiệu: 140, trị giá 3,2 triệu đồng.") == {"publications.count": 140}


def test_who_is_counted_at_the_end_of_a_label() -> None:
    found = _flat("Bồi dưỡng cho cán bộ quản lý, giáo viên: số người: 318")
    assert found == {"training.managers_and_teachers.people": 318}


def test_the_text_does_not_settle_a_cell_that_nobody_could_read() -> None:
    told = said("Huy động được 1.800 cuốn sách tặng thư viện.")
    alone, _ = combine((), told)
    beside, _ = combine((), told, {("book_drive.books", "count")})
    assert [(o.value, o.needs_review) for o in (*alone, *beside)] == [(1800, False), (1800, True)]


def test_brackets_of_other_years_and_plans_spoil_no_sentence() -> None:
    text = (
        "Toàn huyện mở 17 lớp phổ biến kiến thức khoa học và pháp luật (2020: 13 lớp) "
        "với 1.105 người học (năm 2020 có 930 người; kế hoạch 900 người)."
    )
    assert figures(text) == {
        "training.law_and_science.count": 17,
        "training.law_and_science.people": 1105,
    }


def test_a_result_behind_its_plan_is_read_for_itself() -> None:
    assert figures("Hội thảo dự định 02 cuộc, song do dịch chỉ tổ chức 01 cuộc hội thảo.") == {
        "seminars.count": 1
    }


def test_what_a_plan_passed_over_is_told_number_by_number() -> None:
    text = "Dự kiến tổ chức 30 lớp với 800 CBQL, giáo viên tham gia."
    found, findings = mentions([Paragraph(text, Anchor(paragraph=0))], FORM)
    assert not found
    assert {(f.indicator, f.measure, f.value) for f in findings} == {
        ("training.managers_and_teachers", "count", "30"),
        ("training.managers_and_teachers", "people", "800"),
    }


def test_so_many_for_each_parts_no_people_from_what_they_took_part_in() -> None:
    text = "Tổ chức 34 buổi sinh hoạt chuyên đề, mỗi xã 2 buổi, tổng 2.720 người."
    assert figures(text)["contests.thematic_sessions.people"] == 2720


def test_schools_that_open_the_week_and_a_ceremony_of_the_district() -> None:
    assert figures("Cùng ngày, 35 trường học cũng khai mạc Tuần lễ, thu hút 19.870 học sinh.") == {
        "opening.institutions.count": 35,
        "opening.institutions.people": 19870,
    }
    assert figures("Huyện tổ chức 01 Lễ khai mạc Tuần lễ cấp huyện với 750 người tham dự.") == {
        "opening.districts.count": 1,
        "opening.districts.people": 750,
    }
    assert figures("Lãnh đạo huyện dự lễ khai mạc Tuần lễ tại 5 trường.") == {}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("7. Số tin bài về Tuần lễ: ……09…… tin bài", {"news.count": 9}),
        ("7. Số tin bài về Tuần lễ ........... 09", {"news.count": 9}),
        ("7. Số tin bài về Tuần lễ: ………… tin bài", {}),
        (
            "6. Các lớp bồi dưỡng, tập huấn khác: ......02...... lớp; ......118...... người",
            {"training.other.count": 2, "training.other.people": 118},
        ),
    ],
)
def test_dotted_lines_that_were_filled_in(text: str, expected: dict[str, int]) -> None:
    assert figures(text) == expected


def test_numbers_said_in_words_and_in_figures() -> None:
    assert figures(
        "Đã tổ chức hai mươi hai (22) lớp phổ biến kiến thức pháp luật cho người lao động với 1.364 người học."
    ) == {"training.law_and_science.count": 22, "training.law_and_science.people": 1364}
    assert figures("Viết được 12 (mười hai) tin bài.") == {"news.count": 12}
    assert figures("Viết được mười ba (12) tin bài.") == {}
