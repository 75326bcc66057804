"""A scan whose annex lies on its side: shown upright, with every box over the ink it names."""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2
import pytest
from PIL import Image
from steps import at, cell, until

from review.pictures import Pictures, Sheet, Spot
from schemas.document import Anchor
from schemas.page_picture import PagePicture
from schemas.settings import Settings
from tests.loopback import BROWSER
from warehouse import queries, standing
from warehouse.archive import Archive
from warehouse.engine import open_warehouse

REPORT = Path("samples/week-2021/02-325.pdf")
TURNS = {1: Image.Transpose.ROTATE_90, 2: Image.Transpose.ROTATE_180, 3: Image.Transpose.ROTATE_270}


@pytest.fixture(scope="module")
def turned_home(loaded: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The people of ``loaded`` and one scanned report whose annex lies on its side."""
    folder = tmp_path_factory.mktemp("turned")
    pages = pypdfium2.PdfDocument(REPORT)
    images = [pages[i].render(scale=200 / 72).to_pil().convert("L") for i in range(len(pages))]
    images[-1] = images[-1].transpose(TURNS[1])
    scan = folder / "nghiêng.pdf"
    images[0].save(scan, save_all=True, append_images=images[1:], resolution=200)
    home = folder / "home"
    shutil.copytree(loaded, home)
    subprocess.run(
        [sys.executable, "-m", "pipelines.cli", "ingest", str(scan)],
        env={**os.environ, "TONGHOP_HOME": str(home), "TONGHOP_WORKERS": "1"},
        check=True,
        capture_output=True,
    )
    return home


@pytest.fixture
def settings(turned_home: Path, tmp_path: Path) -> Settings:
    """A copy for each test."""
    home = tmp_path / "home"
    shutil.copytree(turned_home, home)
    return Settings(home=home, workers=1)


@pytest.fixture
def site(settings: Settings, serve: Any) -> Iterator[Any]:
    """The site over it."""
    with serve(settings) as server:
        yield server


def the_scan(site: Any) -> tuple[str, dict[str, Any]]:
    """SHA-256 of the scan, and its values that stand on a page turned by the reading."""
    with site.warehouse.read() as connection:
        found = next(d for d in queries.documents(connection) if d.name == "nghiêng.pdf")
        report = queries.report(connection, found.sha256)
        turned = dict(report.turned)
        values = standing.values_of(connection, found.sha256)
    assert turned
    return found.sha256, {
        f"{v.indicator}.{v.measure}": v for v in values if v.where.page in turned and v.value
    }


def ink(picture: Image.Image) -> np.ndarray:
    """Where it is dark, at one size for all."""
    small = picture.convert("L").resize((60, 24), Image.Resampling.BOX)
    dark = 255.0 - np.asarray(small, float)
    return (dark - dark.mean()) / (dark.std() + 1e-9)


def on_screen(page: Any) -> Image.Image:
    """What shows under the active box, without the boxes."""
    page.keyboard.down("F9")
    page.wait_for_timeout(50)
    box = page.locator(".box.active rect").bounding_box()
    pane = page.locator("#sheets").bounding_box()
    assert pane["y"] <= box["y"]
    assert box["y"] + box["height"] <= pane["y"] + pane["height"], "scrolled into sight"
    shot = page.screenshot(clip=box)
    page.keyboard.up("F9")
    return Image.open(io.BytesIO(shot))


def in_file(settings: Settings, sha256: str, where: Anchor) -> Image.Image:
    """The same place of the stored picture, as it lies there."""
    archive = Archive(str(settings.home / "archive"))
    with archive.open(sha256, "pages.json") as stream:
        sheet = next(p for p in json.load(stream)["pages"] if p["number"] == where.page)
    with archive.open(sha256, sheet["large"]) as stream, Image.open(stream) as opened:
        scale = opened.width / sheet["width"]
        assert where.box is not None
        left, top, right, bottom = where.box
        return opened.crop(tuple(v * scale for v in (left - 2, top - 2, right + 2, bottom + 2)))


def test_the_page_stands_upright_and_its_boxes_are_over_their_ink(page: Any, site: Any) -> None:
    sha256, values = the_scan(site)
    assert len(values) > 4
    long = [s for s, v in values.items() if len(v.raw) >= 2][:3]
    assert long
    for subject in long:
        page.goto(cell(site, sha256, subject))
        at(page, subject)
        page.wait_for_load_state("networkidle")
        face = page.locator(f'.sheet[data-page="{values[subject].where.page}"] .face')
        shown = face.bounding_box()
        assert shown["height"] > shown["width"], "the page stands"
        quarters = dict(_turned(site, sha256))[values[subject].where.page]
        there, here = in_file(site.settings, sha256, values[subject].where), on_screen(page)
        likeness = {
            turn: float((ink(here) * ink(there.transpose(how))).mean())
            for turn, how in TURNS.items()
        }
        assert likeness[quarters] > 0.4, (subject, likeness)
        assert max(likeness, key=likeness.__getitem__) == quarters, (subject, likeness)
        assert page.locator("#crop image[transform]").count() == 1


def _turned(site: Any, sha256: str) -> tuple[tuple[int, int], ...]:
    with site.warehouse.read() as connection:
        return queries.report(connection, sha256).turned


def test_a_box_drawn_on_the_upright_page_is_stored_as_the_file_has_it(page: Any, site: Any) -> None:
    sha256, values = the_scan(site)
    subject, known = next((s, v) for s, v in values.items() if len(v.raw) >= 2)
    page.goto(cell(site, sha256, subject))
    at(page, subject)
    page.wait_for_load_state("networkidle")
    page.click("[data-do=draw]")
    drawn = page.locator(".box.active rect").bounding_box()
    page.mouse.move(drawn["x"], drawn["y"])
    page.mouse.down()
    page.mouse.move(drawn["x"] + drawn["width"], drawn["y"] + drawn["height"], steps=4)
    page.mouse.up()
    until(page, "document.activeElement.matches('#desk .typed')")
    page.keyboard.type("77")
    page.keyboard.press("Enter")
    until(page, f"!location.pathname.endsWith('{subject}')")
    with site.warehouse.read() as connection:
        held = {f"{v.indicator}.{v.measure}": v for v in standing.values_of(connection, sha256)}
    assert held[subject].value == 77
    kept, read = held[subject].where.box, known.where.box
    assert all(abs(a - b) < 4 for a, b in zip(kept, read, strict=True)), (kept, read)


def test_a_reading_stored_before_pages_were_turned_is_shown_as_its_file_has_it(
    settings: Settings, serve: Any, browser: Any
) -> None:
    warehouse = open_warehouse(settings.warehouse_url)
    with warehouse.write() as connection:
        rows = connection.exec_driver_sql("select id, report from extraction").all()
        for key, report in rows:
            old = {k: v for k, v in json.loads(report).items() if k != "turned"}
            connection.exec_driver_sql(
                "update extraction set report = ? where id = ?", (json.dumps(old), key)
            )
    warehouse.dispose()
    with serve(settings) as server:
        with server.warehouse.read() as connection:
            found = next(d for d in queries.documents(connection) if d.name == "nghiêng.pdf")
            value = next(
                v for v in standing.values_of(connection, found.sha256) if v.value and v.where.page
            )
        context = browser.new_context(viewport={"width": 1366, "height": 768})
        context.set_default_timeout(BROWSER)
        page = context.new_page()
        page.goto(f"{server.url}/login")
        page.fill("#name", "reviewer")
        page.fill("#password", "mot cau dai de nho")
        page.click("button.primary")
        page.wait_for_url(f"{server.url}/")
        subject = f"{value.indicator}.{value.measure}"
        page.goto(cell(server, found.sha256, subject))
        at(page, subject)
        assert page.locator("svg.face").count() == 0
        assert page.locator(".box.active rect").count() == 1
        context.close()


@pytest.mark.parametrize("quarters", [0, 1, 2, 3])
def test_a_place_turned_and_turned_back_is_where_it_was(quarters: int) -> None:
    picture = PagePicture(1, 842.0, 595.0, "a.jpg", "b.jpg")
    where = Anchor(page=1, box=(10.0, 20.0, 110.0, 50.0))
    pictures = Pictures((Sheet(picture),)).turned(((1, quarters),))
    spot = pictures.spot(where)
    assert isinstance(spot, Spot)
    sheet = pictures.sheet(1)
    assert sheet is not None
    assert 0 <= spot.box[0] < spot.box[2] <= sheet.width
    assert 0 <= spot.box[1] < spot.box[3] <= sheet.height
    assert pictures.as_filed(Anchor(page=1, box=spot.box)) == where


def test_a_picture_is_kept_for_good_or_asked_about_by_its_tag(
    client: Callable[..., Any], settings: Settings
) -> None:
    warehouse = open_warehouse(settings.warehouse_url)
    with warehouse.read() as connection:
        sha256 = next(d.sha256 for d in queries.documents(connection) if d.name == "nghiêng.pdf")
    warehouse.dispose()
    me = client()
    body = me.get(f"/documents/{sha256}").text
    address = re.search(rf'/documents/{sha256}/images/[^"?]+\?v=[0-9a-f]+', body)
    assert address is not None
    first = me.get(address[0])
    assert "immutable" in first.headers["cache-control"]
    assert len(first.content) > 10_000
    again = me.get(address[0], headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    bare = me.get(address[0].partition("?")[0])
    assert "immutable" not in bare.headers["cache-control"]
    assert bare.headers["etag"] == first.headers["etag"]
    stale = me.get(address[0], headers={"if-none-match": '"other"'})
    assert stale.status_code == 200
    assert client(None).get(address[0]).status_code == 303
