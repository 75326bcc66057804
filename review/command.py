"""``tonghop review`` and ``tonghop user``."""

from __future__ import annotations

import secrets
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

import click
import uvicorn

from review import passwords
from review.app import create_app
from review.memory import share_arenas
from schemas.account import Role
from schemas.errors import UnknownAccount, WarehouseUnavailable
from schemas.settings import Settings, load_settings
from warehouse import accounts
from warehouse.audit import Actor
from warehouse.engine import Warehouse, open_patiently, open_warehouse

_TERMINAL = Actor("terminal", "local")
_DEMO = {"demo": Role.REVIEWER, "demo-approver": Role.APPROVER, "demo-admin": Role.ADMIN}


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, type=int)
@click.option(
    "--demo",
    is_flag=True,
    help="Makes users demo, demo-approver and demo-admin with a new password, printed once.",
)
def review(host: str, port: int, demo: bool) -> None:
    """Serves the review site."""
    share_arenas()
    settings = load_settings()
    # After a power cut the site may well start before its database does.
    with _opened(settings, partial(open_patiently, say=_awaited)) as warehouse:
        if demo:
            _demo_users(warehouse)
        with warehouse.read() as connection:
            nobody = not accounts.everyone(connection)
    if nobody and settings.review.sign_on is None:
        _say("Chưa có người dùng nào. Tạo trước: tonghop user add TÊN --role admin")
    _say(f"Trang duyệt số liệu: http://{host}:{port}/ (Ctrl+C để dừng)")
    uvicorn.run(
        create_app(settings),
        host=host,
        port=port,
        log_level="warning",
        server_header=False,
        proxy_headers=bool(settings.review.trusted_proxies),
        forwarded_allow_ips=settings.review.trusted_proxies or None,
        timeout_graceful_shutdown=5,
    )


def _demo_users(warehouse: Warehouse) -> None:
    """Anyone who starts the samples gets in; no password is the same on two machines."""
    password = "-".join(secrets.token_hex(2) for _ in range(4))
    kept = passwords.hash_password(password)
    with warehouse.write() as connection:
        for name, role in _DEMO.items():
            there = accounts.find(connection, name)
            if there is None:
                accounts.add(connection, _TERMINAL, name=name, role=role, password_hash=kept)
            else:
                accounts.set_password(connection, _TERMINAL, there.id, kept)
    _say(f"Đăng nhập: {', '.join(_DEMO)} — mật khẩu (chỉ in lần này): {password}")


@click.group()
def user() -> None:
    """Who may log in to the review site."""


@user.command("add")
@click.argument("name")
@click.option("--role", type=click.Choice([r.value for r in Role]), required=True)
@click.option("--display-name", default="", help="The name shown, e.g. «Nguyễn Văn A».")
@click.option("--units", default="", help="Unit codes a reviewer is limited to, by commas.")
@click.option("--password-stdin", is_flag=True, help="Reads the password from standard input.")
@click.option("--subject", help="ISSUER|SUBJECT of the office's sign-on, instead of a password.")
def add(
    name: str, role: str, display_name: str, units: str, password_stdin: bool, subject: str | None
) -> None:
    """Makes a user; asks for the password twice."""
    kept = None if subject else passwords.hash_password(_password(password_stdin), name)
    with _opened(load_settings()) as warehouse, warehouse.write() as connection:
        made = accounts.add(
            connection,
            _TERMINAL,
            name=name,
            role=Role(role),
            password_hash=kept,
            display_name=display_name,
            units=[u.strip() for u in units.split(",") if u.strip()],
            subject=subject,
        )
    _say(f"Đã tạo «{made.name}» ({made.role.value}).")


@user.command("password")
@click.argument("name")
@click.option("--password-stdin", is_flag=True)
def password(name: str, password_stdin: bool) -> None:
    """Sets a new password and ends the user's sessions."""
    kept = passwords.hash_password(_password(password_stdin), name)
    with _opened(load_settings()) as warehouse, warehouse.write() as connection:
        found = accounts.find(connection, name)
        if found is None:
            raise UnknownAccount(name=name)
        accounts.set_password(connection, _TERMINAL, found.id, kept)
    _say(f"Đã đặt mật khẩu mới cho «{found.name}».")


@user.command("list")
def list_users() -> None:
    """Prints name, role, units and whether active, by tabs."""
    with _opened(load_settings()) as warehouse, warehouse.read() as connection:
        for one in accounts.everyone(connection):
            state = "active" if one.active else "closed"
            click.echo(f"{one.name}\t{one.role.value}\t{','.join(sorted(one.units))}\t{state}")


@contextmanager
def _opened(
    settings: Settings, opening: Callable[[str], Warehouse] = open_warehouse
) -> Iterator[Warehouse]:
    settings.home.mkdir(parents=True, exist_ok=True)
    warehouse = opening(settings.warehouse_url)
    try:
        yield warehouse
    finally:
        warehouse.dispose()


def _awaited(error: WarehouseUnavailable) -> None:
    _say(f"{error.code}: {error.message} Đang đợi ...")


def _password(from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    answer: str = click.prompt("Mật khẩu", hide_input=True, confirmation_prompt="Gõ lại", err=True)
    return answer


def _say(text: str) -> None:
    click.echo(text, err=True)
