"""What a person at the desk waits for, timed inside Chromium from the key to the picture."""

from __future__ import annotations

import os
from typing import Any

_WATCH = """() => {
  window.__times = {typed: [], onward: []};
  let from = 0, kind = "", before = "";
  const total = () => (document.querySelector('[data-total="province"]') || {}).textContent || "";
  addEventListener("keydown", (event) => {
    from = performance.now(); kind = event.key === "Enter" ? "onward" : "typed"; before = kind === "typed" ? total() : document.getElementById("desk").dataset.here;
  }, true);
  new MutationObserver(() => {
    const root = document.getElementById("desk");
    if (kind === "typed" && total() && total() !== before) { const at = from; kind = ""; requestAnimationFrame(() => __times.typed.push(performance.now() - at)); }
    if (kind === "onward" && root && root.dataset.here !== before) {
      const at = from, page = root.dataset.page; kind = "";
      const image = document.querySelector(`.sheet[data-page="${page}"] img`);
      const done = () => requestAnimationFrame(() => __times.onward.push(performance.now() - at));
      image ? image.decode().then(done, done) : done();
    }
  }).observe(document.body, {childList: true, subtree: true, attributes: true, characterData: true});
}"""


def measured(
    url: str, name: str, password: str, turns: int = 40
) -> tuple[list[float], list[float]]:
    """Milliseconds from a key to new totals, and from Enter to the next value with its page."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("TONGHOP_CHROMIUM", "/usr/bin/chromium"),
            args=["--headless", "--no-sandbox", "--disable-gpu"],
        )
        page = browser.new_context(viewport={"width": 1366, "height": 768}).new_page()
        page.goto(f"{url}/login")
        page.fill("#name", name)
        page.fill("#password", password)
        page.click("button.primary")
        page.goto(f"{url}/queue/next")
        page.wait_for_selector("#desk .typed")
        page.evaluate(_WATCH)
        for turn in range(turns):
            _one(page, str(turn % 9 + 1))
        found = page.evaluate("__times")
        browser.close()
    return found["typed"][1:], found["onward"][1:]


def _one(page: Any, digit: str) -> None:
    here = page.evaluate("document.getElementById('desk').dataset.here")
    seen = page.evaluate("__times.typed.length")
    if page.locator("#desk .typed.num").count():
        page.keyboard.press(digit)
        for _ in range(100):
            if page.evaluate("__times.typed.length") > seen:
                break
            page.wait_for_timeout(20)
    page.keyboard.press("Enter")
    for _ in range(250):
        if page.evaluate("document.getElementById('desk').dataset.here") != here:
            break
        page.wait_for_timeout(20)
    page.wait_for_timeout(100)
