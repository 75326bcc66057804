"""Handing in reports: limits, and a scan from the file to its values on the screen."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from review.intake import safe_name
from schemas.settings import ReviewSettings, Settings
from tests.loopback import BROWSER, LONG, wait_until

PDF = Path("samples/week-2021/04-327.pdf")


def send(me: Any, *files: tuple[str, bytes]) -> Any:
    return me.post("/upload", files=[("files", (name, data)) for name, data in files])


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("trang.html", b"<html><script>alert(1)</script>", "loại tệp này không đọc được"),
        ("chay.exe", b"MZ\x90\x00", "loại tệp này không đọc được"),
        ("gia.pdf", b"not a pdf at all", "loại tệp này không đọc được"),
        ("rong.docx", b"", "tệp rỗng"),
    ],
)
def test_other_kinds_of_files_are_refused_whatever_their_name(
    client: Callable[..., Any], settings: Settings, name: str, data: bytes, says: str
) -> None:
    answer = send(client(), ("02-325.pdf", PDF.read_bytes()), (name, data))
    assert answer.status_code == 400
    assert says in answer.text
    inbox = settings.home / "inbox"
    assert not inbox.exists() or not list(inbox.iterdir()), "all or none"


def test_too_much_is_refused(client: Callable[..., Any]) -> None:
    me = client()
    site = client.app.state.site  # type: ignore[attr-defined]
    megabytes = site.settings.review.upload_megabytes
    assert megabytes == ReviewSettings().upload_megabytes
    answer = send(me, ("to.pdf", b"%PDF-" + bytes((megabytes + 2) * 1024 * 1024)))
    assert answer.status_code == 413


def test_a_lie_about_the_length_does_not_help(client: Callable[..., Any]) -> None:
    me = client()

    def endless() -> Any:
        yield b'--x\r\ncontent-disposition: form-data; name="files"; filename="a.pdf"\r\n\r\n%PDF-'
        for _ in range(45):
            yield bytes(1 << 20)

    answer = me.post(
        "/upload", content=endless(), headers={"content-type": "multipart/form-data; boundary=x"}
    )
    assert answer.status_code in (400, 413)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\a\\báo cáo.docx", "báo cáo.docx"),
        ("ho\u0300a.pdf", "hòa.pdf"),
        ("a\u202efdp.exe", "afdp.exe"),
        ("\x00", "tep"),
        ("." * 30, "tep"),
        ("x" * 400 + ".pdf", "x" * 110 + ".pdf"),
    ],
)
def test_names_are_made_safe(given: str, kept: str) -> None:
    assert safe_name(given) == kept


def test_a_scan_handed_in_comes_up_with_its_values(
    log_in: Callable[..., Any], site: Any, tmp_path: Path
) -> None:
    import pypdfium2

    page = log_in("reviewer")
    pages = pypdfium2.PdfDocument(PDF)
    images = [pages[i].render(scale=200 / 72).to_pil().convert("L") for i in range(len(pages))]
    scan = tmp_path / "quét 04.pdf"
    images[0].save(scan, save_all=True, append_images=images[1:], resolution=200)
    bundle = tmp_path / "nộp.zip"
    with zipfile.ZipFile(bundle, "w") as archive:
        archive.write(scan, scan.name)
    page.goto(f"{site.url}/upload")
    page.set_input_files("#files", [str(bundle)])
    assert page.locator("#chosen li").all_inner_texts() == ["nộp.zip"]
    page.get_by_role("button", name="Nộp").click()
    page.wait_for_selector("#job table", timeout=1000 * LONG)
    row = page.locator("#job tbody tr")
    assert "quét 04.pdf" in row.inner_text()
    read = int(row.locator("td.num").first.inner_text())
    assert read > 8
    row.get_by_role("link", name="quét 04.pdf").click()
    values = page.locator("section[aria-labelledby=values]").inner_text()
    assert "Phổ biến kiến thức khoa học" in values
    numbers = page.locator("section[aria-labelledby=values] td.num a").all_inner_texts()
    assert sum(n[0].isdigit() for n in numbers) == read
    _at_the_desk(page)


def _at_the_desk(page: Any) -> None:
    """The scan's value boxed over its picture, corrected from the keyboard."""
    page.locator("section[aria-labelledby=values] td.num a").filter(
        has_text=re.compile(r"\d")
    ).first.click()
    page.wait_for_selector("#desk .typed")
    inside = """() => {
        const image = document.querySelector('.sheet img').getBoundingClientRect();
        const box = document.querySelector('.box.active rect')?.getBoundingClientRect();
        return Boolean(box) && box.width > 3 && box.left > image.left && box.right < image.right;
    }"""
    wait_until(lambda: page.evaluate(inside), "the box over the picture", BROWSER / 1000)
    typed = "document.activeElement.matches('.typed')"
    wait_until(lambda: page.evaluate(typed), "the field", BROWSER / 1000)
    assert page.locator("#crop image").count() == 1
    here = page.get_attribute("#desk", "data-here")
    page.keyboard.type("321")
    page.keyboard.press("Enter")
    page.wait_for_selector(f'#desk:not([data-here="{here}"])')
    page.goto(page.url.split("/documents/")[0] + here)
    page.wait_for_selector("#desk .typed")
    assert page.input_value("#desk .typed") == "321"
