"""Archives and mails: everything in them is found, and what cannot be opened is named and kept."""

from __future__ import annotations

import io
import zipfile
from email.message import EmailMessage
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from PIL import Image

from pipelines import steps
from pipelines.containers import Found, opened
from pipelines.understand import understand
from schemas.settings import Settings
from tests.parsers.containers.compound import compound
from warehouse import queries

WEEK = Path("samples/week-2021")
WORD, PDF = WEEK / "01-323.docx", WEEK / "02-325.pdf"


def found_in(path: Path, folder: Path) -> list[Found]:
    work = folder / "work"
    work.mkdir()
    return list(opened(path, path.name, "here", work))


def codes(found: list[Found]) -> dict[str, str | None]:
    return {one.name: one.error.code if one.error else None for one in found}


def mail(*attachments: tuple[str, bytes]) -> EmailMessage:
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = "a@example.vn", "b@example.vn", "Báo cáo"
    made.set_content("Kính gửi báo cáo.")
    made.add_alternative("<p>Kính gửi <img src='cid:logo'></p>", subtype="html")
    made.get_payload()[1].add_related(b"\x89PNG", "image", "png", cid="<logo>", filename="logo.png")
    for name, data in attachments:
        made.add_attachment(data, "application", "octet-stream", filename=name)
    return made


def packed(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def test_zip_in_zip_in_a_mail(tmp_path: Path) -> None:
    inner = packed(tmp_path / "trong.zip", {"Phù Cừ/báo cáo.docx": WORD.read_bytes()})
    outer = packed(
        tmp_path / "ngoài.zip",
        {"trong.zip": inner.read_bytes(), "b.pdf": PDF.read_bytes(), "__MACOSX/x.docx": b"x"},
    )
    path = tmp_path / "thư.eml"
    path.write_bytes(mail(("ngoài.zip", outer.read_bytes()), ("ghi chú.txt", b"x")).as_bytes())
    found = found_in(path, tmp_path)
    assert codes(found) == {
        "thư.eml/ngoài.zip/trong.zip/báo cáo.docx": None,
        "thư.eml/ngoài.zip/b.pdf": None,
    }
    assert found[0].path.read_bytes() == WORD.read_bytes()


def test_a_forwarded_mail_is_opened_too(tmp_path: Path) -> None:
    outer = mail()
    outer.add_attachment(mail(("bc.docx", WORD.read_bytes())))
    path = tmp_path / "fwd.eml"
    path.write_bytes(outer.as_bytes())
    assert codes(found_in(path, tmp_path)) == {"fwd.eml/bc.docx": None}


def test_outlook_mail_with_a_mail_inside(tmp_path: Path) -> None:
    picture = tmp_path / "p.png"
    Image.new("L", (9, 9)).save(picture)

    def attached(number: int, name: str, data: bytes, at: str = "") -> dict[str, bytes]:
        place = f"{at}__attach_version1.0_#{number:08X}/__substg1.0_"
        return {place + "37010102": data, place + "3707001F": name.encode("utf-16-le")}

    inside = "__attach_version1.0_#00000002/__substg1.0_3701000D/"
    streams = {
        "__properties_version1.0": b"",
        **attached(0, "báo cáo.docx", WORD.read_bytes()),
        **attached(1, "logo.png", picture.read_bytes()),
        "__attach_version1.0_#00000001/__substg1.0_3712001F": "logo".encode("utf-16-le"),
        inside + "__properties_version1.0": b"",
        **attached(0, "b.pdf", PDF.read_bytes(), inside),
    }
    path = tmp_path / "thư.msg"
    path.write_bytes(compound(streams))
    found = found_in(path, tmp_path)
    assert codes(found) == {"thư.msg/báo cáo.docx": None, "thư.msg/b.pdf": None}
    assert found[0].path.read_bytes() == WORD.read_bytes()


def test_what_cannot_be_opened_is_named(tmp_path: Path) -> None:
    deep = packed(tmp_path / "0.zip", {"a.docx": b"x"})
    for number in range(1, 5):
        deep = packed(tmp_path / f"{number}.zip", {deep.name: deep.read_bytes()})
    locked = packed(tmp_path / "k.zip", {"a.docx": b"x"})
    locked.write_bytes(locked.read_bytes().replace(b"PK\1\2\x14\x03\x14\0\0\0", b"PK\1\2\x14\x03\x14\0\1\0"))  # fmt: skip
    bomb = packed(tmp_path / "bomb.zip", {"a.docx": b"\0" * (30 * 2**20)})
    path = packed(
        tmp_path / "all.zip",
        {
            "deep.zip": deep.read_bytes(),
            "locked.zip": locked.read_bytes(),
            "old.rar": b"Rar!\x1a\x07\0" + b"\0" * 30,
            "fine.docx": WORD.read_bytes(),
        },
    )
    said = codes(found_in(path, tmp_path))
    assert said == {
        "all.zip/deep.zip/3.zip/2.zip": "archive_too_deep",
        "all.zip/locked.zip": "encrypted_archive",
        "all.zip/old.rar": "unsupported_archive",
        "all.zip/fine.docx": None,
    }
    for name, data, code in (
        ("bomb.zip", bomb.read_bytes(), "zip_bomb"),
        ("only.rar", b"Rar!\x1a\x07\0" + b"\0" * 30, "unsupported_archive"),
        ("empty.zip", packed(tmp_path / "e.zip", {"readme.txt": b"x"}).read_bytes(), "empty_archive"),
        ("mail.eml", mail().as_bytes(), "empty_archive"),
        ("cut.zip", path.read_bytes()[: path.stat().st_size // 2], "damaged_file"),
    ):  # fmt: skip
        folder = tmp_path / name.replace(".", "-")
        folder.mkdir()
        (folder / name).write_bytes(data)
        assert codes(found_in(folder / name, folder)) == {name: code}


@pytest.mark.parametrize(
    "inner", ["../../evil.docx", "/evil.docx", "..\\evil.docx", "C:/evil.docx"]
)
def test_a_path_that_leads_out_is_refused(tmp_path: Path, inner: str) -> None:
    path = packed(tmp_path / "slip.zip", {inner: b"x"})
    assert codes(found_in(path, tmp_path)) == {"slip.zip": "unsafe_path"}
    assert not list(tmp_path.rglob("evil.docx"))


def test_zips_that_only_together_are_a_bomb(tmp_path: Path) -> None:
    """Each is within the limits; two hundred times over they are not."""
    data = bytes(range(256)) * 8192
    one = packed(tmp_path / "one.zip", {"a.bin": data * 2}).read_bytes()
    path = packed(tmp_path / "all.zip", {f"{n}.zip": one for n in range(60)})
    assert codes(found_in(path, tmp_path)) == {"all.zip": "zip_bomb"}


def test_names_of_old_packers(tmp_path: Path) -> None:
    """UTF-8 without the flag that says so, as several packers write it."""
    path = packed(tmp_path / "n.zip", {"Hưng Yên.docx": WORD.read_bytes()})
    data = path.read_bytes()
    for mark, at in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        place = data.index(mark) + at
        data = data[:place] + b"\0\0" + data[place + 2 :]
    path.write_bytes(data)
    assert codes(found_in(path, tmp_path)) == {"n.zip/Hưng Yên.docx": None}


def test_a_refused_file_is_archived_unless_its_size_is_the_attack(tmp_path: Path) -> None:
    huge = tmp_path / "huge.pdf"
    with huge.open("wb") as stream:
        stream.write(b"%PDF-1.4\n")
        stream.truncate(201 * 2**20)
    rar = tmp_path / "old.rar"
    rar.write_bytes(b"Rar!\x1a\x07\0" + b"\0" * 30)
    settings = Settings(home=tmp_path / "home")
    warehouse = steps.warehouse_of(settings)
    result = steps.ingest(settings, warehouse, [str(huge), str(rar), str(WORD)], lambda _: None)
    assert {(name, code) for name, code, _ in result.failures} == {
        ("huge.pdf", "file_too_large"),
        ("old.rar", "unsupported_archive"),
    }
    archive = steps.archive_of(settings)
    with warehouse.read() as connection:
        rows = {d.name: d for d in queries.documents(connection)}
    assert rows["huge.pdf"].error_code == "file_too_large"
    assert not archive.has(rows["huge.pdf"].sha256)
    assert archive.has(rows["old.rar"].sha256)
    assert archive.verify() == []
    again = steps.ingest(settings, warehouse, [str(huge)], lambda _: None)
    assert again.loaded == 0
    warehouse.dispose()


def photographs(folder: Path) -> dict[str, bytes]:
    """Two pages of the real report as a camera would name them, the second lying on its side."""
    opened_ = pdfium.PdfDocument("samples/real/b_report.pdf")
    out = {}
    for name, number, orientation in (("IMG_9.jpg", 0, 1), ("IMG_10.jpg", 5, 6)):
        picture = opened_[number].render(scale=200 / 72).to_pil().convert("L")
        exif = Image.Exif()
        exif[0x0112] = orientation
        lying = picture.rotate(90, expand=True) if orientation == 6 else picture
        data = io.BytesIO()
        lying.save(data, "JPEG", quality=90, exif=exif)
        out[name] = data.getvalue()
    opened_.close()
    return out


def test_photographed_pages_are_one_report(tmp_path: Path) -> None:
    pictures = photographs(tmp_path)
    path = packed(tmp_path / "báo cáo.zip", pictures)
    (found,) = found_in(path, tmp_path)
    assert (found.name, found.error) == ("báo cáo.zip/báo cáo (2 ảnh).pdf", None)
    joined = found.path.read_bytes()
    assert all(data in joined for data in pictures.values())
    report = understand(found.path, found.name, "33")
    assert report.header.number == "2005/BC-SGDĐT"
    values = {(o.indicator, o.measure): o.value for o in report.observations}
    assert (len(values), values["opening.institutions", "people"]) == (22, 165000)
    again = tmp_path / "again"
    again.mkdir()
    assert found_in(path, again)[0].path.read_bytes() == joined


def test_photographs_beside_a_report_are_no_pages_of_it(tmp_path: Path) -> None:
    path = packed(tmp_path / "a.zip", {"bc.docx": WORD.read_bytes(), **photographs(tmp_path)})
    assert set(codes(found_in(path, tmp_path))) == {
        "a.zip/bc.docx", "a.zip/IMG_9.jpg", "a.zip/IMG_10.jpg",
    }  # fmt: skip


def test_a_broken_photograph_is_named(tmp_path: Path) -> None:
    pictures = photographs(tmp_path) | {"IMG_11.jpg": b"\xff\xd8\xff" + b"0" * 50}
    (found,) = found_in(packed(tmp_path / "a.zip", pictures), tmp_path)
    assert found.error is not None
    assert (found.error.code, found.error.name) == ("damaged_file", "IMG_11.jpg")
