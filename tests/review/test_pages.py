"""What the pages show of real reports, and that every figure leads down to its document."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from pathlib import Path
from typing import Any

from sqlalchemy import text

from schemas.settings import Settings
from warehouse.engine import open_warehouse
from warehouse.publish import publish


def plain(page: str) -> str:
    """The words of a page."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


def test_home_says_who_has_reported_and_who_has_not(client: Callable[..., Any]) -> None:
    page = client("analyst").get("/").text
    words = plain(page)
    assert "4 /19 đơn vị đã nộp" in words
    assert re.search(r"Huyện Văn Lâm\s+đã nộp · 09/10/2021", words)
    assert re.search(r"Huyện Tiên Lữ\s+chưa nộp", words)
    assert "tạm tính" in words
    assert 'class="tile missing"' in page


def test_the_table_leads_from_the_province_to_the_document(client: Callable[..., Any]) -> None:
    me = client("analyst")
    table = me.get(me.get("/province").headers["location"]).text
    cell = "/province/llw-2021/contests.thematic_sessions.people"
    assert f'href="{cell}"' in table
    units = me.get(cell).text
    total = re.search(r'class="big">([\d.]+)<', units)
    assert total is not None
    given = re.findall(
        r'<td class="num"><a href="/documents/[0-9a-f]{64}/cells/[^"]+">([\d.]+)<', units
    )
    assert sum(int(n.replace(".", "")) for n in given) == int(total[1].replace(".", ""))
    assert f'href="{cell}"' in table.split(total[1])[0][-400:]
    sha256 = re.search(r"/documents/([0-9a-f]{64})/cells", units)
    assert sha256 is not None
    document = plain(me.get(f"/documents/{sha256[1]}").text)
    assert "Cơ quan ban hành" in document
    assert "Phòng Giáo dục và Đào tạo" in document


def test_numbers_and_days_are_written_as_in_vietnam_and_as_in_english(
    client: Callable[..., Any], sha256: str
) -> None:
    me = client("analyst")
    page = me.get(f"/documents/{sha256}").text
    assert '<html lang="vi">' in page
    assert ">2.768<" in page.replace('<span class="hidden-text">', "<")
    assert "09/10/2021" in page
    me.post("/language", data={"to": "en"})
    page = me.get(f"/documents/{sha256}").text
    assert '<html lang="en">' in page
    assert ">2,768<" in page.replace('<span class="hidden-text">', "<")
    assert "9 Oct 2021" in page


def test_search_finds_words_typed_without_marks(client: Callable[..., Any]) -> None:
    me = client("analyst")
    for typed in ("van lam", "VĂN LÂM", "119/BC", "phan cong can bo"):
        page = me.get("/search", params={"q": typed}).text
        assert "119/BC-PGDĐT" in page, typed
        assert "<mark>" in page
    assert "<mark>phân công cán bộ</mark>" in me.get("/search?q=phan+cong+can+bo").text
    assert "0 kết quả" in me.get("/search", params={"q": "khongcotunay"}).text
    for odd in ("%", "_", "!", "' or 1=1 --", "%00", '"'):
        assert me.get("/search", params={"q": odd}).status_code == 200


def test_findings_are_filtered(client: Callable[..., Any]) -> None:
    me = client("analyst")
    everything = me.get("/findings").text
    assert "Ngày ở phụ lục khác ngày văn bản" in plain(everything)
    dates = me.get("/findings?rule=annex_date_differs&severity=warning").text
    assert dates.count('class="tag warning"') == 1
    assert "126/BC-PGDĐT" in dates
    assert "Không có phát hiện nào khớp" in plain(me.get("/findings?unit=nowhere").text)


def test_an_original_is_saved_never_shown(
    client: Callable[..., Any], sha256: str, settings: Settings
) -> None:
    answer = client("analyst").get(f"/documents/{sha256}/original")
    assert answer.content.startswith(b"%PDF")
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"].startswith('attachment; filename="02-325.pdf"')
    warehouse = open_warehouse(settings.warehouse_url)
    with warehouse.read() as connection:
        noted = connection.execute(
            text("select actor, subject from audit where action = 'original'")
        ).all()
    warehouse.dispose()
    assert ("analyst", sha256) in noted


def test_downloads_are_what_publish_wrote_and_nothing_else(
    client: Callable[..., Any], settings: Settings
) -> None:
    me = client("analyst")
    assert "Chưa xuất bản lần nào" in plain(me.get("/downloads").text)
    warehouse = open_warehouse(settings.warehouse_url)
    with warehouse.read() as connection:
        publish(connection, None, settings.home / "published")
    warehouse.dispose()
    page = me.get("/downloads").text
    assert "tonghop.duckdb" in page
    assert ".editions" not in page
    saved = me.get("/downloads/parquet/lineage.parquet")
    assert saved.content.startswith(b"PAR1")
    assert saved.headers["content-type"] == "application/octet-stream"
    assert saved.headers["content-disposition"].startswith("attachment")
    for name in (
        "../warehouse.sqlite",
        "%2e%2e/warehouse.sqlite",
        ".editions",
        "/etc/passwd",
    ):
        assert me.get(f"/downloads/{name}").status_code == 404


def test_pages_that_are_not_there_say_so_in_vietnamese(client: Callable[..., Any]) -> None:
    me = client("analyst")
    for path in (
        "/nowhere",
        "/units/llw-2021/nobody",
        "/units/llw-1999/325",
        "/province/llw-2021/no.such",
        f"/documents/{'0' * 64}",
        "/documents/zzz",
        f"/documents/{'0' * 64}/images/..%2f..%2foriginal",
    ):
        answer = me.get(path)
        assert answer.status_code == 404, path
        assert "Không tìm thấy" in answer.text, path


def test_the_health_page_is_open_and_says_nothing_more(client: Callable[..., Any]) -> None:
    answer = client(None).get("/healthz")
    assert answer.status_code == 200
    assert answer.json() == {"status": "ok", "failed": [], "nightly": "never"}


def test_the_health_page_misses_an_archive_that_is_gone(
    client: Callable[..., Any], settings: Any
) -> None:
    archive = Path(settings.archive_root)
    archive.rename(archive.with_name("elsewhere"))
    try:
        answer = client(None).get("/healthz")
    finally:
        archive.with_name("elsewhere").rename(archive)
    assert (answer.status_code, answer.json()["failed"]) == (503, ["archive"])


def test_what_people_do_is_in_the_audit_log(client: Callable[..., Any]) -> None:
    client("reviewer")
    client(None).post("/login", data={"name": "reviewer", "password": "sai"})
    words = plain(client("admin").get("/audit").text)
    assert "reviewer đăng nhập không được reviewer" in words
    assert "admin đăng nhập admin how: password" in words
    assert "Mỗi dòng ký nhận dòng trước" in words
