"""Signing on through a real OpenID provider on loopback, in a real browser and with forged answers."""

from __future__ import annotations

import importlib.util
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn

from schemas.errors import ConfigurationError
from schemas.settings import ReviewSettings, Settings, SignOnSettings
from tests.loopback import BROWSER, LONG
from warehouse import accounts
from warehouse.audit import Actor


def _provider_module() -> Any:
    spec = importlib.util.spec_from_file_location(
        "provider", Path(__file__).with_name("provider.py")
    )
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    import sys

    sys.modules["provider"] = module
    spec.loader.exec_module(module)
    return module


provider = _provider_module()


@pytest.fixture(scope="module")
def behaviour() -> Any:
    return provider.Behaviour()


@pytest.fixture(scope="module")
def issuer(behaviour: Any) -> Iterator[str]:
    """The provider, served."""
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    address = f"http://127.0.0.1:{listener.getsockname()[1]}"
    server = uvicorn.Server(uvicorn.Config(provider.make(address, behaviour), log_level="warning"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive()
        time.sleep(0.02)
    yield address
    server.should_exit = True
    thread.join(LONG)


@pytest.fixture(scope="module")
def settings(settings: Settings, issuer: str) -> Settings:
    """The module's site with the provider switched on."""
    sign_on = SignOnSettings(
        issuer=issuer, client_id=provider.CLIENT, client_secret=provider.SECRET, label="eOffice"
    )
    return settings.model_copy(update={"review": ReviewSettings(sign_on=sign_on)})


@pytest.fixture(autouse=True)
def _honest(behaviour: Any) -> Iterator[None]:
    yield
    behaviour.fault = ""
    behaviour.sub = "id-42"
    behaviour.claims = {"preferred_username": "lan", "name": "Lê Thị Lan"}


def sign_on(site: Any) -> httpx.Response:
    """Goes the whole way as a browser would; the last answer."""
    with httpx.Client(follow_redirects=True, timeout=LONG) as me:
        return me.get(f"{site.url}/sign-on?next=/findings")


def known(site: Any, issuer: str, sub: str, name: str) -> None:
    from schemas.account import Role

    with site.warehouse.write() as connection:
        if accounts.find(connection, name) is None:
            accounts.add(
                connection,
                Actor("test", "local"),
                name=name,
                role=Role.APPROVER,
                password_hash=None,
                subject=f"{issuer}|{sub}",
            )


def test_a_person_signs_on_in_the_browser(browser: Any, site: Any, issuer: str) -> None:
    known(site, issuer, "id-42", "lan")
    context = browser.new_context()
    context.set_default_timeout(BROWSER)
    page = context.new_page()
    page.goto(f"{site.url}/findings")
    page.get_by_role("link", name="Đăng nhập bằng eOffice").click()
    page.wait_for_url(f"{site.url}/findings")
    assert "Phát hiện còn mở" in page.locator("h1").inner_text()
    page.get_by_role("button", name="Đăng xuất").click()
    page.wait_for_url(f"{site.url}/login**")
    context.close()


def test_who_has_no_account_stays_outside(site: Any, behaviour: Any) -> None:
    behaviour.sub = "a stranger"
    answer = sign_on(site)
    assert answer.status_code == 403
    assert "chưa có người dùng cho" in answer.text
    assert "tonghop" not in dict(answer.cookies)


@pytest.mark.parametrize(
    "fault",
    ["none", "shared secret", "key", "audience", "expired", "nonce", "token issuer", "issuer"],
)
def test_a_forged_answer_opens_nothing(site: Any, issuer: str, behaviour: Any, fault: str) -> None:
    known(site, issuer, "id-42", "lan")
    behaviour.fault = fault
    answer = sign_on(site)
    assert answer.status_code == 403
    assert "Không đăng nhập được qua tài khoản cơ quan" in answer.text
    behaviour.fault = ""
    assert sign_on(site).status_code == 200, "the same answer, honest, opens"


def test_an_answer_works_only_in_the_browser_that_asked(site: Any, issuer: str) -> None:
    known(site, issuer, "id-42", "lan")
    with httpx.Client(timeout=LONG) as me, httpx.Client(timeout=LONG) as other:
        to_provider = me.get(f"{site.url}/sign-on")
        back = httpx.get(to_provider.headers["location"], timeout=LONG)
        answer = other.get(back.headers["location"])
        assert answer.status_code == 403
        other.get(f"{site.url}/sign-on")
        answer = other.get(back.headers["location"])
        assert answer.status_code == 403, "another attempt of another browser"
        assert me.get(back.headers["location"]).status_code == 303
        assert me.get(back.headers["location"]).status_code == 403, "a code is good once"


def test_a_closed_account_stays_outside(site: Any, issuer: str, behaviour: Any) -> None:
    behaviour.sub = "id-closed"
    known(site, issuer, "id-closed", "closed")
    with site.warehouse.write() as connection:
        person = accounts.find(connection, "closed")
        assert person is not None
        accounts.change(
            connection, Actor("test", "local"), person.id, units=[], role="approver", active=False
        )
    assert sign_on(site).status_code == 403


def test_newcomers_get_the_role_that_the_office_chose_but_nobody_s_name(
    site: Any, settings: Settings, issuer: str, behaviour: Any
) -> None:
    from starlette.testclient import TestClient

    from review.app import create_app

    assert settings.review.sign_on is not None
    open_door = settings.review.sign_on.model_copy(update={"default_role": "analyst"})
    app = create_app(settings.model_copy(update={"review": ReviewSettings(sign_on=open_door)}))
    for sub, name, status in (("id-7", "moi", 303), ("id-8", "admin", 403)):
        behaviour.sub, behaviour.claims = sub, {"preferred_username": name}
        with TestClient(app, follow_redirects=False) as me:
            back = httpx.get(me.get("/sign-on").headers["location"], timeout=LONG)
            answer = me.get(back.headers["location"].replace("http://testserver", ""))
            assert answer.status_code == status, name
    with site.warehouse.read() as connection:
        found = accounts.find(connection, "moi")
    assert found is not None
    assert found.role.value == "analyst"


def test_a_provider_without_encryption_is_refused() -> None:
    from review.sign_on import Provider

    with pytest.raises(ConfigurationError):
        Provider(SignOnSettings(issuer="http://sso.example.vn", client_id="x"), "http://x/cb")


def test_without_a_provider_there_is_no_such_page(client: Any, settings: Settings) -> None:
    from starlette.testclient import TestClient

    from review.app import create_app

    plain = settings.model_copy(update={"review": ReviewSettings()})
    with TestClient(create_app(plain)) as me:
        assert me.get("/sign-on").status_code == 404
        assert "eOffice" not in me.get("/login").text
