"""``make screenshots``: every page of the review site over the samples, as docs/screenshots/*.png.

``python -m tools.screenshots [NAME...]`` takes the named pictures only. The samples are read into
``TONGHOP_SCREENSHOTS_HOME`` where that is set (kept for the next time), else into a temporary folder.
"""

from __future__ import annotations

import io
import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

import uvicorn
from PIL import Image
from playwright.sync_api import sync_playwright

from review import passwords
from review.app import create_app
from schemas.account import Role
from schemas.settings import Settings
from warehouse import accounts, queries
from warehouse.audit import Actor
from warehouse.engine import Warehouse, open_warehouse

OUT = Path("docs/screenshots")
SIZE = {"width": 1366, "height": 768}
CHROMIUM = os.environ.get("TONGHOP_CHROMIUM", "/usr/bin/chromium")
FLAGS = "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync"
PASSWORD = "chi de chup man hinh"
PEOPLE = {
    "hoa": (Role.REVIEWER, "Nguyễn Thị Hoa"),
    "binh": (Role.APPROVER, "Lê Văn Bình"),
    "quan": (Role.ADMIN, "Trần Thị Quân"),
}
PAGES: dict[str, tuple[str, str]] = {
    "01-login": ("", "/login"),
    "02-home": ("hoa", "/"),
    "03-province": ("hoa", "/province/llw-2021"),
    "04-province-cell": ("hoa", "/province/llw-2021/contests.thematic_sessions.people"),
    "05-unit": ("hoa", "/units/llw-2021/326"),
    "06-document": ("hoa", "/documents/{03-326.docx}"),
    "07-findings": ("hoa", "/findings"),
    "08-search": ("hoa", "/search?q=chuyen+doi+so"),
    "09-upload": ("hoa", "/upload"),
    "10-downloads": ("hoa", "/downloads"),
    "11-users": ("quan", "/users"),
    "12-user": ("quan", "/users/1"),
    "13-audit": ("quan", "/audit"),
    "16-queue": ("hoa", "/queue"),
    "17-desk": ("hoa", "/documents/{02-325.pdf}/cells/contests.thematic_sessions.people"),
    "18-desk-word": ("hoa", "/documents/{03-326.docx}/desk"),
    "19-reports": ("hoa", "/queue/reports"),
    "20-report": ("binh", "/desk/{03-326.docx}/report"),
    "21-checks": ("hoa", "/checks"),
    "22-wordings": ("hoa", "/recognised"),
    "14-home-english": ("hoa", "/?language=en"),
    "15-home-phone": ("hoa", "/?phone"),
}
"""Name: who looks, and where. ``{FILE}`` stands for the SHA-256 of a sample by its file name."""


def main() -> None:
    """Reads the samples, serves the site, takes the pictures."""
    kept = os.environ.get("TONGHOP_SCREENSHOTS_HOME")
    with tempfile.TemporaryDirectory(prefix="tonghop-screenshots-") as temporary:
        settings = Settings(home=Path(kept or temporary))
        _prepare(settings)
        url, stop = _serve(settings)
        try:
            _take(url, settings, sys.argv[1:] or list(PAGES))
        finally:
            stop()


def _prepare(settings: Settings) -> None:
    environment = {**os.environ, "TONGHOP_HOME": str(settings.home)}
    for command in (["ingest", "samples"], ["publish"]):
        subprocess.run(
            [sys.executable, "-m", "pipelines.cli", *command], env=environment, check=False
        )
    warehouse = open_warehouse(settings.warehouse_url)
    kept = passwords.hash_password(PASSWORD)
    with warehouse.write() as connection:
        for name, (role, shown) in PEOPLE.items():
            if accounts.find(connection, name) is None:
                accounts.add(
                    connection,
                    Actor("terminal", "local"),
                    name=name,
                    role=role,
                    password_hash=kept,
                    display_name=shown,
                )
    warehouse.dispose()


def _serve(settings: Settings) -> tuple[str, Any]:
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(create_app(settings), log_level="warning"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.05)

    def stop() -> None:
        server.should_exit = True
        thread.join(10)

    return f"http://127.0.0.1:{listener.getsockname()[1]}", stop


def _names(warehouse: Warehouse) -> dict[str, str]:
    with warehouse.read() as connection:
        return {d.name: d.sha256 for d in queries.documents(connection)}


def _take(url: str, settings: Settings, names: list[str]) -> None:
    OUT.mkdir(parents=True, exist_ok=True)
    warehouse = open_warehouse(settings.warehouse_url)
    known = _names(warehouse)
    warehouse.dispose()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS.split())
        pages: dict[str, Any] = {}
        for name in names:
            who, path = PAGES[name]
            page = pages.get(who) or _enter(browser, url, who)
            pages[who] = page
            for file, sha256 in known.items():
                path = path.replace(f"{{{file}}}", sha256)
            _prepare_page(page, url, path)
            page.goto(url + path)
            page.wait_for_load_state("networkidle")
            _save(page.screenshot(), OUT / f"{name}.png")
            print(f"{OUT / name}.png", file=sys.stderr)
        browser.close()


def _prepare_page(page: Any, url: str, path: str) -> None:
    """Language and size as the address asks."""
    language = "en" if "language=en" in path else "vi"
    page.context.add_cookies([{"name": "tonghop-language", "value": language, "url": url}])
    page.set_viewport_size({"width": 390, "height": 844} if path.endswith("?phone") else SIZE)


def _enter(browser: Any, url: str, who: str) -> Any:
    page = browser.new_context(viewport=SIZE, locale="vi-VN").new_page()
    if who:
        page.goto(f"{url}/login")
        page.fill("#name", who)
        page.fill("#password", PASSWORD)
        page.click("button.primary")
        page.wait_for_url(f"{url}/")
    return page


def _save(picture: bytes, path: Path) -> None:
    """A palette keeps flat pages at a quarter of their size."""
    image = Image.open(io.BytesIO(picture)).convert("RGB")
    image.quantize(160, dither=Image.Dither.NONE).save(path, optimize=True)


if __name__ == "__main__":
    main()
