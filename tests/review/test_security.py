"""Headers, same-origin rule, cookies, and the brake on guessing."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import text
from starlette.testclient import TestClient

from review.app import create_app
from review.routes.login import inside
from schemas.settings import ReviewSettings, Settings
from warehouse import accounts, audit, blind_checks, queries, standing
from warehouse.audit import Actor

ADMIN = Actor("admin", "test")


def test_every_answer_forbids_inline_and_foreign_content(client: Callable[..., Any]) -> None:
    for path in ("/", "/login", "/nowhere", "/static/site.css", "/healthz"):
        headers = client().get(path).headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy, path
        assert "unsafe" not in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "DENY"
    assert client().get("/").headers["cache-control"] == "no-store"


def test_pages_hold_no_inline_script_or_style(client: Callable[..., Any], sha256: str) -> None:
    for path in ("/", "/province/llw-2021", f"/documents/{sha256}", "/findings", "/upload"):
        page = client().get(path).text
        assert " style=" not in page
        assert "<style" not in page
        assert " onclick=" not in page
        assert page.count("<script") == page.count("<script src=")


@pytest.mark.parametrize(
    ("headers", "allowed"),
    [
        ({"origin": "http://testserver"}, True),
        ({"origin": "http://testserver", "sec-fetch-site": "same-origin"}, True),
        ({"origin": "", "sec-fetch-site": "same-origin"}, False),
        ({"origin": "http://evil.example"}, False),
        ({"origin": "http://testserver.evil.example"}, False),
        ({"origin": "https://testserver"}, False),
        ({"origin": "http://testserver:81"}, False),
        ({"origin": "null"}, False),
        ({"origin": "http://testserver", "sec-fetch-site": "cross-site"}, False),
        ({"origin": "http://testserver", "sec-fetch-site": "same-site"}, False),
        ({}, False),
    ],
)
def test_only_this_site_s_pages_may_change_anything(
    client: Callable[..., Any], headers: dict[str, str], allowed: bool
) -> None:
    app = client.app  # type: ignore[attr-defined]
    answer = TestClient(app, follow_redirects=False).post(
        "/language", data={"to": "en"}, headers=headers
    )
    assert (answer.status_code == 303) is allowed
    assert ("set-cookie" in answer.headers) is allowed


def test_a_page_behind_https_gets_a_cookie_bound_to_the_host(settings: Settings) -> None:
    secure = settings.model_copy(
        update={"review": ReviewSettings(public_url="https://tonghop.example.vn")}
    )
    with TestClient(create_app(secure), follow_redirects=False) as me:
        answer = me.post(
            "/login",
            data={"name": "reviewer", "password": "mot cau dai de nho"},
            headers={"origin": "https://tonghop.example.vn"},
        )
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("__Host-tonghop=")
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Secure" in cookie
    assert "max-age=31536000" in answer.headers["strict-transport-security"]


def test_the_database_holds_no_token_and_no_password(client: Callable[..., Any]) -> None:
    me = client()
    token = me.cookies["tonghop"]
    with client.app.state.site.warehouse.read() as connection:  # type: ignore[attr-defined]
        dump = str(connection.execute(text("select * from login_session")).all())
        dump += str(connection.execute(text("select * from account")).all())
        dump += str(connection.execute(text("select * from audit")).all())
    assert token not in dump
    assert "mot cau dai" not in dump
    assert "$argon2id$" in dump


def test_logging_out_ends_the_session_on_the_server(client: Callable[..., Any]) -> None:
    me = client()
    token = me.cookies["tonghop"]
    me.post("/logout")
    me.cookies.set("tonghop", token)
    assert me.get("/").status_code == 303


@pytest.mark.parametrize(
    "column_and_age",
    [("seen_at", dt.timedelta(minutes=121)), ("expires_at", dt.timedelta(seconds=1))],
    ids=["unused", "too old"],
)
def test_a_session_ends(
    client: Callable[..., Any], column_and_age: tuple[str, dt.timedelta]
) -> None:
    column, age = column_and_age
    me = client("analyst")
    assert me.get("/").status_code == 200
    with client.app.state.site.warehouse.write() as connection:  # type: ignore[attr-defined]
        connection.execute(
            text(f"update login_session set {column} = :at"), {"at": dt.datetime.now(dt.UTC) - age}
        )
    assert me.get("/").status_code == 303


def test_using_a_session_keeps_it_alive(client: Callable[..., Any]) -> None:
    me = client("analyst")
    warehouse = client.app.state.site.warehouse  # type: ignore[attr-defined]
    for _ in range(3):
        with warehouse.write() as connection:
            connection.execute(
                text("update login_session set seen_at = :at"),
                {"at": dt.datetime.now(dt.UTC) - dt.timedelta(minutes=100)},
            )
        assert me.get("/").status_code == 200


def test_a_change_of_rights_ends_the_sessions_and_a_closed_account_stays_out(
    client: Callable[..., Any],
) -> None:
    admin, other = client("admin"), client("van-lam")
    warehouse = client.app.state.site.warehouse  # type: ignore[attr-defined]
    with warehouse.read() as connection:
        person = accounts.find(connection, "van-lam")
    assert person is not None
    admin.post(f"/users/{person.id}", data={"role": "analyst", "active": "true"})
    assert other.get("/").status_code == 303
    admin.post(f"/users/{person.id}", data={"role": "reviewer", "units": ["325"]})
    answer = other.post("/login", data={"name": "van-lam", "password": "mot cau dai de nho"})
    assert answer.status_code == 401
    admin.post(f"/users/{person.id}", data={"role": "reviewer", "units": ["325"], "active": "true"})
    assert client("van-lam").get("/").status_code == 200


def test_the_last_admin_cannot_lock_the_office_out(client: Callable[..., Any]) -> None:
    admin = client("admin")
    with client.app.state.site.warehouse.read() as connection:  # type: ignore[attr-defined]
        me = accounts.find(connection, "admin")
    assert me is not None
    answer = admin.post(f"/users/{me.id}", data={"role": "analyst", "active": "true"})
    assert answer.status_code == 400
    assert "người quản trị cuối cùng" in answer.text
    assert admin.get("/users").status_code == 200


def test_guessing_is_slowed_down_for_one_name_and_address(client: Callable[..., Any]) -> None:
    stranger = client(None)
    for _ in range(5):
        answer = stranger.post("/login", data={"name": "approver", "password": "sai mat khau"})
        assert answer.status_code == 401
        assert "Tên đăng nhập hoặc mật khẩu không đúng" in answer.text
    answer = stranger.post("/login", data={"name": "approver", "password": "mot cau dai de nho"})
    assert answer.status_code == 429
    assert "Sai quá nhiều lần" in answer.text
    assert client("analyst").get("/").status_code == 200, "others are not locked out"


def test_many_guesses_at_once_do_not_slip_past_the_brake(client: Callable[..., Any]) -> None:
    answers: list[int] = []

    def guess() -> None:
        one = client(None).post("/login", data={"name": "nobody-here", "password": "sai"})
        answers.append(one.status_code)

    threads = [threading.Thread(target=guess) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [401] * 5 + [429] * 7


def test_a_stranger_s_name_is_not_written_down(client: Callable[..., Any]) -> None:
    client(None).post("/login", data={"name": "Mật-khẩu-gõ-nhầm-ô", "password": "x"})
    with client.app.state.site.warehouse.read() as connection:  # type: ignore[attr-defined]
        dump = str(connection.execute(text("select * from login_attempt")).all())
        dump += str(connection.execute(text("select * from audit")).all())
    assert "gõ-nhầm" not in dump


@pytest.mark.parametrize(
    ("target", "kept"),
    [
        ("/province/llw-2021?x=1", True),
        ("//evil.example", False),
        ("/\\evil.example", False),
        ("https://evil.example", False),
        ("/a\r\nset-cookie: x", False),
        ("javascript:alert(1)", False),
    ],
)
def test_logging_in_leads_inside_only(target: str, kept: bool) -> None:
    assert inside(target) == (target if kept else "/")


@pytest.mark.parametrize("password", ["ngan qua", "admin-admin1", "aaaaaaaaaaaaaaaa"])
def test_weak_passwords_are_refused(client: Callable[..., Any], password: str) -> None:
    answer = client("admin").post(
        "/users", data={"name": "admin-admin1", "role": "analyst", "password": password}
    )
    assert answer.status_code == 400
    assert "Mật khẩu chưa đủ mạnh" in answer.text


def test_a_form_may_not_be_huge(client: Callable[..., Any]) -> None:
    answer = client(None).post("/login", data={"name": "a", "password": "x" * (2 << 20)})
    assert answer.status_code == 413


def test_a_reviewer_of_some_units_decides_nothing_about_others(
    client: Callable[..., Any], settings: Settings
) -> None:
    me = client("van-lam")
    with client.app.state.site.warehouse.read() as connection:  # type: ignore[attr-defined]
        other = {d.name: d.sha256 for d in queries.documents(connection)}["03-326.docx"]
        before = connection.execute(text("select count(*) from decision")).scalar()
    answer = me.post(f"/documents/{other}/cells/news.count", data={"typed": "999", "base": "4"})
    assert answer.status_code == 403
    with client.app.state.site.warehouse.read() as connection:  # type: ignore[attr-defined]
        assert connection.execute(text("select count(*) from decision")).scalar() == before


def test_every_change_leaves_a_line_of_its_own(client: Callable[..., Any], sha256: str) -> None:
    me = client("reviewer")
    me.post(f"/desk/{sha256}/claim")
    me.post("/checks/draw", data={"campaign": "llw-2021", "kind": "audit"})
    with client.app.state.site.warehouse.read() as connection:  # type: ignore[attr-defined]
        check = blind_checks.waiting(connection, "llw-2021")[0]
    me.post(f"/checks/{check.id}", data={"typed": "987654321"})
    me.post(f"/documents/{sha256}/cells/news.count/defer", data={"reason": "later"})
    me.get(f"/documents/{sha256}/cells/news.count")
    with client.app.state.site.warehouse.read() as connection:  # type: ignore[attr-defined]
        lines = audit.entries(connection, actor="reviewer")
        assert audit.broken_links(connection) == []
    told = {line.action: line.subject for line in lines}
    assert told["decision.defer"] == f"{sha256}/news.count"
    assert told["report.claim"] == sha256
    assert told["check.draw"] == "llw-2021"
    assert told["check.answer"] == f"{check.sha256}/{check.subject}"
    assert "change" not in told, "a line after the act may be missing when the program dies"


def test_what_fails_leaves_neither_an_answer_nor_a_confirmation(
    client: Callable[..., Any], settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    me = client("reviewer")
    warehouse = client.app.state.site.warehouse  # type: ignore[attr-defined]
    me.post("/checks/draw", data={"campaign": "llw-2021", "kind": "audit"})
    with warehouse.read() as connection:
        check = blind_checks.waiting(connection, "llw-2021")[0]
        held = {v.key: v.value for v in standing.values_of(connection, check.sha256)}
        before = connection.execute(text("select count(*) from decision")).scalar()
    record, right = audit.record, held[tuple(check.subject.rsplit(".", 1))]

    def no_room(connection: Any, actor: Any, action: str, subject: str, **detail: object) -> None:
        if action == "check.answer":
            raise OSError("no space left on device")
        record(connection, actor, action, subject, **detail)

    monkeypatch.setattr(audit, "record", no_room)
    with pytest.raises(OSError, match="no space"):
        me.post(f"/checks/{check.id}", data={"typed": str(right)})
    with warehouse.read() as connection:
        assert blind_checks.get(connection, check.id).checked_at is None
        assert connection.execute(text("select count(*) from decision")).scalar() == before
