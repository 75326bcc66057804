"""Page pictures of Word files: every cell and paragraph we read stands where the picture shows it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import docx
import pypdfium2 as pdfium
import pytest
from docx.oxml import OxmlElement
from docx.shared import Pt
from PIL import Image

from parsers.read import read
from parsers.readers import office
from parsers.readers.docx_marks import mark
from parsers.readers.docx_places import Place, _on_page, _PageView, _Piece, find_places
from parsers.readers.page_pictures import DOCX, draw_any, draw_images, draw_pdf
from schemas.document import Anchor, Document, Paragraph
from schemas.text import fold

SAMPLE = Path("samples/real/a_report.docx")


def laid_out(path: Path, folder: Path) -> tuple[Any, list[Place]]:
    copy = folder / "marked.docx"
    marked = mark(path, path.name, copy)
    pdf = pdfium.PdfDocument(str(office.convert(copy, office.PDF_FILTER, folder, path.name)))
    return pdf, find_places(pdf, marked)


def text_in(pdf: Any, place: Place) -> str:
    """The letters of the page inside the place's box, without spaces and hyphens."""
    page = pdf[place.page - 1]
    left, top, right, bottom = place.box
    height = page.get_height()
    text = page.get_textpage().get_text_bounded(left - 1, height - bottom, right + 1, height - top)
    return squashed(text)


def squashed(text: str) -> str:
    """In order of the alphabet: letters that a font lacks come after the others of their line."""
    return "".join(sorted(c for c in fold(text) if not c.isspace() and c not in "-\ufffe\x02"))


def texts_of(document: Document) -> dict[Anchor, str]:
    out = {
        Anchor(paragraph=b.anchor.paragraph): b.full_text
        for b in document.blocks if isinstance(b, Paragraph)
    }  # fmt: skip
    out |= {c.anchor: c.text for t in document.tables() for c in t.cells}
    return {anchor: text for anchor, text in out.items() if text.strip()}


def assert_places(path: Path, folder: Path, *, cut: int = 0) -> list[Place]:
    """All that was read has a place, and the letters there are its own; ``cut``: over a page end."""
    pdf, places = laid_out(path, folder)
    by_anchor = {p.anchor: p for p in places}
    wrong = [
        (text, text_in(pdf, by_anchor[anchor]))
        for anchor, text in texts_of(read(path)).items()
        if text_in(pdf, by_anchor[anchor]) != squashed(text)
    ]
    assert len(wrong) <= cut, wrong
    assert all(there for _, there in wrong), wrong
    assert all(p.exact for p in places)
    return places


def test_every_cell_and_paragraph_of_the_sample(tmp_path: Path) -> None:
    places = assert_places(SAMPLE, tmp_path, cut=2)
    cells = [p for p in places if p.anchor.table == 2]
    assert len(cells) == 5 + 2 + 20 * 6  # the header's merged cells stand once
    assert all(p.frame is not None for p in cells)


def test_merged_and_nested_cells(tmp_path: Path) -> None:
    made = docx.Document()
    table = made.add_table(4, 3, style="Table Grid")
    for row in range(4):
        for column in range(3):
            table.cell(row, column).text = f"Ô {row}.{column}"
    table.cell(0, 0).merge(table.cell(0, 1)).text = "Gộp ngang"
    table.cell(1, 2).merge(table.cell(3, 2)).text = "Gộp dọc"
    inner = table.cell(2, 0).add_table(2, 2)
    for at, text in enumerate(("trong a", "trong b", "trong c", "trong d")):
        inner.cell(at // 2, at % 2).text = text
    made.add_paragraph("Sau bảng")
    made.save(str(tmp_path / "merged.docx"))
    places = assert_places(tmp_path / "merged.docx", tmp_path)
    assert {p.anchor.table for p in places} == {0, 1, None}
    wide = next(p for p in places if p.anchor == Anchor(table=0, row=0, column=0))
    narrow = next(p for p in places if p.anchor == Anchor(table=0, row=1, column=0))
    assert wide.frame is not None and narrow.frame is not None
    assert wide.frame[2] - wide.frame[0] > 1.8 * (narrow.frame[2] - narrow.frame[0])


@pytest.mark.parametrize("size", [6, 11])
def test_a_font_that_exists_nowhere_moves_no_box_to_another_row(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    only = tmp_path / "fonts.conf"
    only.write_text(
        "<fontconfig><dir>/usr/share/fonts/truetype/liberation2</dir>"
        f"<cachedir>{tmp_path}/cache</cachedir></fontconfig>"
    )
    monkeypatch.setenv("FONTCONFIG_FILE", str(only))
    made = docx.Document()
    made.styles["Normal"].font.name = "Phông Không Ai Có"
    made.styles["Normal"].font.size = Pt(size)
    table = made.add_table(6, 3, style="Table Grid")
    for row in range(6):
        for column, text in enumerate((f"Ô {row}.0", "7", "" if row == 2 else "7")):
            table.cell(row, column).text = text
    table.cell(0, 0).merge(table.cell(0, 1)).text = "Gộp ngang"
    made.add_paragraph("Sau bảng")
    made.save(str(tmp_path / "nowhere.docx"))
    places = assert_places(tmp_path / "nowhere.docx", tmp_path)
    # The same letter in every row: only the rules tell whether a box stands in its own.
    rows = {p.anchor.row: p for p in places if p.anchor.column == 2}
    for row, place in rows.items():
        beside = next(p for p in places if p.anchor == Anchor(table=0, row=row, column=0))
        assert place.frame is not None and beside.frame is not None
        assert place.frame[1] == beside.frame[1]
        assert place.frame[1] < (place.box[1] + place.box[3]) / 2 < place.frame[3]


def test_a_text_that_two_marks_claim_is_nobodys_for_sure() -> None:
    text = _Piece((100.0, 100.0, 120.0, 109.0), "7")
    view = _PageView(800.0, 600.0, [text], [], [])
    marked = [(Anchor(table=0, row=row, column=0), "7") for row in (0, 1)]
    places = list(_on_page(view, 1, [(0, 100.0, 702.0), (1, 100.0, 696.0)], marked))
    assert [p.exact for p in places] == [False, False]
    (alone,) = _on_page(view, 1, [(0, 100.0, 702.0)], marked)
    assert alone.exact


def test_a_text_outside_the_rules_around_its_mark_is_not_its_own_for_sure() -> None:
    text = _Piece((100.0, 112.0, 120.0, 121.0), "8")
    across = [(90.0, y, 200.0, y + 0.5) for y in (95.0, 109.0, 123.0)]
    down = [(x, 90.0, x + 0.5, 130.0) for x in (90.0, 200.0)]
    view = _PageView(800.0, 600.0, [text], across, down)
    marked = [(Anchor(table=0, row=0, column=0), "8")]
    (place,) = _on_page(view, 1, [(0, 100.0, 702.0)], marked)
    assert not place.exact
    assert place.frame is not None and place.frame[3] < 110


def test_empty_cell_has_the_box_of_its_rules(tmp_path: Path) -> None:
    made = docx.Document()
    table = made.add_table(2, 2, style="Table Grid")
    table.cell(0, 0).text = "có chữ"
    made.save(str(tmp_path / "empty.docx"))
    _, places = laid_out(tmp_path / "empty.docx", tmp_path)
    empty = next(p for p in places if p.anchor == Anchor(table=0, row=1, column=1))
    assert empty.frame == empty.box
    assert empty.box[2] - empty.box[0] > 100


def test_old_fonts_are_drawn_in_the_letters_that_were_read(tmp_path: Path) -> None:
    made = docx.Document()
    run = made.add_paragraph().add_run("B¸o c¸o kÕt qu¶ tuÇn lÔ häc tËp suèt ®êi")
    run.font.name = ".VnTime"
    made.save(str(tmp_path / "old.docx"))
    pdf, _ = laid_out(tmp_path / "old.docx", tmp_path)
    assert "Báo cáo kết quả tuần lễ" in pdf[0].get_textpage().get_text_range()


def test_what_a_document_links_to_is_not_fetched(tmp_path: Path) -> None:
    made = docx.Document()
    made.add_paragraph("chữ")
    made.part.relate_to("file:///etc/hostname", "http://x/attachedTemplate", is_external=True)
    made.save(str(tmp_path / "linked.docx"))
    mark(tmp_path / "linked.docx", "linked.docx", tmp_path / "copy.docx")
    kept = docx.Document(str(tmp_path / "copy.docx"))
    targets = [r.target_ref for r in kept.part.rels.values() if r.is_external]
    assert targets == ["about:blank"]


def test_struck_out_letters_are_said_to_differ(tmp_path: Path) -> None:
    made = docx.Document()
    run = made.add_table(1, 1, style="Table Grid").cell(0, 0).paragraphs[0].add_run("100")
    struck = OxmlElement("w:del")
    run._r.getparent().replace(run._r, struck)
    struck.append(run._r)
    run._r[-1].tag = run._r[-1].tag.replace("}t", "}delText")
    made.tables[0].cell(0, 0).paragraphs[0].add_run("250")
    made.save(str(tmp_path / "struck.docx"))
    _, places = laid_out(tmp_path / "struck.docx", tmp_path)
    (cell,) = [p for p in places if p.anchor.table == 0]
    assert not cell.exact


@pytest.mark.parametrize(
    ("name", "ending"), [("b_report.pdf", "png"), ("c_scan200_stamptable_color.pdf", "jpg")]
)
def test_pdf_pages_in_two_sizes(tmp_path: Path, name: str, ending: str) -> None:
    pages = draw_pdf(Path("samples/real") / name, tmp_path, name)
    first = pages[0]
    assert (first.image, first.large) == (f"page-0001-110.{ending}", f"page-0001-220.{ending}")
    for file, dpi in ((first.image, 110), (first.large, 220)):
        with Image.open(tmp_path / file) as picture:
            assert picture.width == pytest.approx(first.width * dpi / 72, abs=2)
    assert [p.number for p in pages] == list(range(1, len(pages) + 1))
    if ending == "png":
        assert "BÁO CÁO" in first.text


def test_each_frame_of_a_tiff_is_a_page(tmp_path: Path) -> None:
    frames = [Image.new("1", (1654, 2339), 1), Image.new("1", (2339, 1654), 1)]
    frames[0].save(
        tmp_path / "two.tif", save_all=True, append_images=frames[1:], dpi=(200, 200),
        compression="group4",
    )  # fmt: skip
    pages = draw_images(tmp_path / "two.tif", tmp_path, "two.tif")
    assert [(round(p.width), round(p.height)) for p in pages] == [(595, 842), (842, 595)]


def test_page_pictures_of_the_sample_word_file(tmp_path: Path) -> None:
    pages, places = draw_any(SAMPLE, DOCX, tmp_path, SAMPLE.name)
    assert {p.page for p in places} <= {p.number for p in pages}
    assert "BÁO CÁO" in pages[0].text
