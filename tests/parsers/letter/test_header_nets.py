"""What has its own words in a letter and was not read is told; what is not there is not."""

from __future__ import annotations

from typing import Any

FIELDS = ("header.addressees", "header.copies_to", "header.title", "header.place", "header.signer", "annex", "theme", "references")  # fmt: skip


def told(report: Any) -> list[str]:
    return [f.field for f in report.findings if f.field in FIELDS]


def test_a_theme_that_is_named_and_not_quoted(letter: Any) -> None:
    assert "theme" in told(letter("Lễ khai mạc nêu bật chủ đề của Tuần lễ trên phông chính."))
    assert "theme" not in told(letter("Thư viện bày sách theo chủ đề; các lớp sinh hoạt chủ đề."))
    assert "theme" not in told(letter("Tuần lễ có chủ đề “Học để làm chủ tri thức và công nghệ”."))


def test_a_document_that_is_cited_in_a_way_nobody_knows(letter: Any) -> None:
    assert "references" in told(letter("Thực hiện công văn 1755/ubnd của huyện, trường đã mở lớp."))
    assert "references" not in told(letter("Thực hiện Kế hoạch số 143/KH-UBND ngày 21/9/2021."))
    assert "references" not in told(letter("Có 57/60 trường và 12/15 xã tham gia."))


def test_recipients_and_signers_that_cannot_be_read(read: Any) -> None:
    head = [["UBND HUYỆN VĂN LÂM\nPHÒNG GIÁO DỤC VÀ ĐÀO TẠO\nSố: 68/BC-PGDĐT",
             "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nVăn Lâm, ngày 12 tháng 10 năm 2021"]]  # fmt: skip
    report = read(head, "^BÁO CÁO", "^Kết quả tổ chức Tuần lễ hưởng ứng học tập suốt đời năm 2021",
                  "Kính gửi: Sở GDĐT", "Có 35 tin bài.", "Nơi nhận:")  # fmt: skip
    assert {"header.copies_to", "header.signer"} <= set(told(report))
