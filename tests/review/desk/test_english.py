"""After the switch to English, no text of the site is Vietnamese but what documents and forms say."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from steps import cell
from test_desk_pages import addresses, violations

LEFT = """() => {
    const letters = /[ăâđêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ]/i;
    const out = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const node = walker.currentNode, home = node.parentElement;
        if (home.closest('[lang]').getAttribute('lang') === 'vi' || home.closest('script, textarea')) continue;
        const text = node.data.replace(/«[^»]*»/g, '').trim();
        if (letters.test(text)) out.push(text.slice(0, 90));
    }
    for (const one of document.querySelectorAll('[aria-label], [title], [alt], [placeholder]')) {
        if (one.closest('[lang]').getAttribute('lang') === 'vi') continue;
        for (const name of ['aria-label', 'title', 'alt', 'placeholder']) {
            const text = (one.getAttribute(name) || '').replace(/«[^»]*»/g, '');
            if (letters.test(text)) out.push(`${name}: ${text.slice(0, 90)}`);
        }
    }
    return out;
}"""
KNOWN = re.compile(r"Tiếng Việt|(\d+/[\w-]+)(, \d+ \w+ \d+)?|No report of .+ has come yet\.")
"""The switch back, which names its language in that language; numbers of documents; units' names."""


def left(page: Any) -> list[str]:
    return [text for text in page.evaluate(LEFT) if not KNOWN.fullmatch(text)]


def test_no_vietnamese_is_left_but_what_is_marked_as_such(
    log_in: Callable[..., Any], site: Any, sha: Callable[[str], str]
) -> None:
    page = log_in("reviewer")
    page.goto(f"{site.url}/checks")
    page.click("button[value=weighty]")
    page.wait_for_selector(".check-box")
    page.context.add_cookies([{"name": "tonghop-language", "value": "en", "url": site.url}])
    document = sha("325")
    pages = {
        **addresses(site, sha),
        "home": f"{site.url}/",
        "province": f"{site.url}/province/llw-2021",
        "province cell": f"{site.url}/province/llw-2021/book_drive.books.count",
        "unit": f"{site.url}/units/llw-2021/325",
        "document": f"{site.url}/documents/{document}",
        "findings": f"{site.url}/findings",
        "search": f"{site.url}/search?q=hoc+tap",
        "upload": f"{site.url}/upload",
        "downloads": f"{site.url}/downloads",
        "history": f"{cell(site, document, 'book_drive.books.count')}/history",
        "nowhere": f"{site.url}/nowhere",
    }
    found = {}
    for name, address in pages.items():
        page.goto(address)
        assert page.get_attribute("html", "lang") == "en" or name == "history"
        found[name] = [*left(page), *violations(page)] if name != "history" else []
    page.goto(f"{site.url}/queue")
    page.click("a[href*='finding%3A']")
    page.wait_for_selector("#to")
    found["a row nobody claimed"] = left(page)
    assert {name: some for name, some in found.items() if some} == {}
