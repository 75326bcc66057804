"""Lines of words become the paragraphs a reader of the page would count."""

from __future__ import annotations

import pytest

from parsers.readers.flow import paragraphs_of
from parsers.readers.lines import Word
from parsers.readers.margin_rows import margin_rows

WIDTH = 595.0


def line(
    text: str,
    x: float,
    baseline: float,
    *,
    right: float | None = None,
    bold: bool = False,
    italic: bool = False,
) -> list[Word]:
    """Words of 6 points a letter from ``x`` on; ``right`` stretches the spaces to end there."""
    parts = text.split(" ")
    used = sum(6.0 * len(p) for p in parts)
    gap = 4.0 if right is None else (right - x - used) / max(1, len(parts) - 1)
    out, at = [], x
    for part in parts:
        out.append(
            Word(part, (at, baseline - 10, at + 6.0 * len(part), baseline), 13, bold, italic)
        )
        at += 6.0 * len(part) + gap
    return out


def centred(text: str, baseline: float, *, bold: bool = True) -> list[Word]:
    width = sum(6.0 * len(p) for p in text.split(" ")) + 4.0 * text.count(" ")
    return line(text, 312.5 - width / 2, baseline, bold=bold)


BODY = [
    *line("một hai ba bốn năm sáu bảy tám chín mười mười một mười hai mười ba", 85, 600, right=540),
    *line("và hết.", 85, 618),
]


def read(*lines: list[Word]) -> list[str]:
    words = [w for one in (*lines, BODY) for w in one]
    return [p.text for p in paragraphs_of(words, 1, WIDTH)[0]]


def test_wrapped_lines_are_one_paragraph() -> None:
    assert read()[-1].endswith("mười ba và hết.")


def test_type_name_and_subject_are_two_paragraphs() -> None:
    made = read(centred("BÁO CÁO", 200), centred("Kết quả tổ chức Tuần lễ năm 2021", 220))
    assert made[:2] == ["BÁO CÁO", "Kết quả tổ chức Tuần lễ năm 2021"]


def test_a_title_in_capitals_does_not_go_on_in_a_bracket() -> None:
    title = "BẢNG TỔNG HỢP KẾT QUẢ TỔ CHỨC TUẦN LỄ HƯỞNG ỨNG HỌC TẬP SUỐT ĐỜI"
    stamp = "(Kèm theo Báo cáo số 473/BC-UBND ngày 12/10/2021 của Ủy ban)"
    made = read(line(title, 87, 200, right=538), line(stamp, 87, 216, right=538))
    assert made[:2] == [title, stamp]


def test_a_subject_over_two_centred_lines_is_one_paragraph() -> None:
    made = read(
        line(
            "Kết quả tổ chức thực hiện Tuần lễ hưởng ứng học tập suốt đời năm",
            87,
            200,
            right=538,
            bold=True,
        ),
        centred("trên địa bàn huyện Ân Thi", 218),
    )
    assert made[0].endswith("suốt đời năm trên địa bàn huyện Ân Thi")


@pytest.mark.parametrize("start", ["- Tổ chức", "2. Khó khăn", "b) Các lớp"])
def test_an_item_after_a_full_closed_line_is_its_own_paragraph(start: str) -> None:
    made = read(
        line("một hai ba bốn năm sáu bảy tám chín mười mười một mười hai hết;", 85, 300, right=540),
        line(f"{start} một hai ba", 85, 318),
    )
    assert made[1] == f"{start} một hai ba"


def test_letterhead_columns_are_not_interleaved() -> None:
    made = read(
        [*line("UBND HUYỆN ÂN THI", 90, 60), *line("CỘNG HÒA XÃ HỘI CHỦ NGHĨA", 330, 60)],
        [*line("PHÒNG GIÁO DỤC", 100, 76), *line("Độc lập - Tự do", 370, 76)],
        [*line("Số: 12/BC-PGDĐT", 95, 100), *line("Ân Thi, ngày 5 tháng 10", 345, 100)],
    )
    assert made[0] == "UBND HUYỆN ÂN THI\nPHÒNG GIÁO DỤC\nSố: 12/BC-PGDĐT"
    assert made[1].startswith("CỘNG HÒA XÃ HỘI CHỦ NGHĨA\nĐộc lập")


def test_a_numbered_heading_never_goes_on_with_a_full_line_above_it() -> None:
    made = read(
        line(
            "Kết quả triển khai Tuần lễ hưởng ứng học tập năm 2021", 86, 200, right=540, bold=True
        ),
        line("I. Quá trình thực hiện", 85, 218, bold=True),
    )
    assert made[:2] == [
        "Kết quả triển khai Tuần lễ hưởng ứng học tập năm 2021",
        "I. Quá trình thực hiện",
    ]


def test_lines_set_under_an_items_words_go_on_with_it() -> None:
    item = line(
        "- Tham mưu kế hoạch và tổ chức hai cuộc họp giao ban với các xã", 103, 200, right=540
    )
    made = read(
        item,
        line("ở khu vực phía nam.", item[1].box[0], 218),
        line("- Ra quyết định.", 103, 236),
    )
    assert made[0].endswith("với các xã ở khu vực phía nam.")
    assert made[1] == "- Ra quyết định."


def test_the_next_number_is_an_item_even_below_a_full_line() -> None:
    made = read(
        line(
            "6. Các lớp bồi dưỡng khác có hai lớp và một trăm mười tám người", 103, 200, right=540
        ),
        line("7. Số tin bài về Tuần lễ chín tin bài", 103, 218),
    )
    assert made[0].endswith("mười tám người")
    assert made[1].startswith("7. Số tin bài")


def test_the_next_letter_is_an_item_even_where_both_lines_stand_near_the_middle() -> None:
    made = read(
        line("a) Chỉ đạo: chuyển công văn tới các xã và các trường hết.", 105, 200, right=530),
        line("b) Khai mạc: dự trực tuyến cùng tỉnh tại các điểm cầu.", 105, 220, right=511),
        line("c) Kết quả: các đơn vị chấp hành nghiêm.", 105, 240, right=435),
    )
    assert [one[:2] for one in made[:3]] == ["a)", "b)", "c)"]


def test_a_page_number_is_no_part_of_the_sentence_below_it() -> None:
    made = read(
        line("2", 328, 60),
        line("học tập suốt đời đã diễn ra ở mười ba phường, xã, có nhiều", 85, 78, right=540),
        line("người dự.", 85, 96),
    )
    assert made[0] == "2"
    assert made[1] == "học tập suốt đời đã diễn ra ở mười ba phường, xã, có nhiều người dự."


def test_the_list_of_recipients_at_a_pages_top_goes_on_with_nothing() -> None:
    words = [w for one in (line("Nơi nhận:", 85, 60), line("- Như trên;", 85, 76)) for w in one]
    assert paragraphs_of(words, 2, WIDTH)[1] is False


def test_an_indented_line_set_to_both_margins_is_not_centred() -> None:
    made = read(
        line("Một cựu học sinh nói chuyện về việc đọc sách với chủ đề “Phát triển", 108, 200, right=540),
        line("văn hóa đọc” tại sân trường.", 85, 215),
    )  # fmt: skip
    assert made[0].endswith("“Phát triển văn hóa đọc” tại sân trường.")


def test_where_a_file_lies_and_a_pages_number_are_no_part_of_the_foot() -> None:
    words = [
        w
        for one in (
            line("Nguyễn Hữu Tạo", 380, 745),
            line("D:\\GDTX\\2020\\BC.docx", 85, 800),
            line("Trang 2 / 3", 480, 800),
        )
        for w in one
    ]
    assert [one.text for one in margin_rows(words, 842)] == [
        "D:\\GDTX\\2020\\BC.docx",
        "Trang 2 / 3",
    ]
    assert margin_rows(line("Lưu: VT, GDTX.", 85, 800), 842) == []
