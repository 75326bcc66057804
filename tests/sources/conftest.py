"""Real servers on loopback: SFTP by sshd, S3 by moto, IMAP by dovecot, SMTP by aiosmtpd."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from pipelines.night import Night
from pipelines.sources.intake import Collected, collect_sources
from schemas.settings import Settings, SourceSettings
from tests.loopback import LONG, free_port, listens, wait_until
from warehouse.archive import Archive
from warehouse.engine import Warehouse, open_warehouse

WEEK = Path("samples/week-2021").resolve()
A_REPORT, OTHER = WEEK / "01-323.docx", WEEK / "03-326.docx"


@contextmanager
def serving(port: int, *words: str, **more: Any) -> Iterator[None]:
    """The server that these words start, from when it listens at ``port``."""
    server = subprocess.Popen(words, stderr=subprocess.DEVNULL, **more)
    try:
        wait_until(lambda: listens(port) or server.poll() is not None, words[0])
        assert server.poll() is None, f"{words[0]} ended with {server.returncode}"
        yield
    finally:
        server.terminate()
        server.wait()


@dataclass
class Office:
    """A home with its warehouse; ``collect`` and ``night`` run over the given sources."""

    home: Path
    said: list[str] = field(default_factory=list)

    def settings(self, *sources: SourceSettings, **more: Any) -> Settings:
        return Settings(home=self.home, sources=sources, workers=1, pictures=False, **more)

    def collect(self, *sources: SourceSettings) -> list[Collected]:
        settings = self.settings(*sources)
        warehouse = open_warehouse(settings.warehouse_url)
        try:
            return collect_sources(
                settings, warehouse, Archive(settings.archive_root), self.said.append
            )
        finally:
            warehouse.dispose()

    def night(self, *sources: SourceSettings, **more: Any) -> Night:
        with Night(self.settings(*sources, **more), progress=self.said.append) as night:
            night.all_steps()
        return night

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        warehouse: Warehouse = open_warehouse(self.settings().warehouse_url)
        with warehouse.read() as connection:
            rows = [tuple(r) for r in connection.exec_driver_sql(query)]
        warehouse.dispose()
        return rows


@pytest.fixture
def office(tmp_path: Path) -> Office:
    (tmp_path / "home").mkdir()
    return Office(tmp_path / "home")


@dataclass(frozen=True)
class Sftp:
    port: int
    key: Path
    host_key: str
    folder: Path

    def source(self, **more: Any) -> SourceSettings:
        options = {"username": "root", "key_filename": str(self.key), "host_key": self.host_key}
        url = f"sftp://127.0.0.1:{self.port}{self.folder}"
        options |= {"look_for_keys": False, "allow_agent": False} | more.pop("options", {})
        return SourceSettings(name="sftp", url=url, stable_seconds=0, options=options, **more)


@pytest.fixture
def sftp(tmp_path: Path) -> Iterator[Sftp]:
    home, port = tmp_path / "sshd", free_port()
    home.mkdir()
    for name in ("host", "user"):
        words = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(home / name)]
        subprocess.run(words, check=True)
    (home / "authorized").write_bytes((home / "user.pub").read_bytes())
    (home / "config").write_text(
        f"Port {port}\nListenAddress 127.0.0.1\nHostKey {home}/host\nPidFile {home}/pid\n"
        f"AuthorizedKeysFile {home}/authorized\nStrictModes no\nUsePAM no\n"
        "PasswordAuthentication no\nPermitRootLogin yes\nSubsystem sftp internal-sftp\n"
    )
    Path("/run/sshd").mkdir(exist_ok=True)
    told = subprocess.run(
        ["ssh-keygen", "-l", "-f", str(home / "host.pub")],
        capture_output=True,
        text=True,
        check=True,
    )
    folder = tmp_path / "sftp"
    folder.mkdir()
    with serving(port, "/usr/sbin/sshd", "-D", "-e", "-f", str(home / "config")):
        yield Sftp(port, home / "user", told.stdout.split()[1], folder)


@dataclass(frozen=True)
class Smb:
    port: int
    folder: Path

    def source(self, **more: Any) -> SourceSettings:
        options = {"username": "nobody", "password": "chia-se-mat"} | more.pop("options", {})
        url = f"smb://127.0.0.1:{self.port}/bao-cao/in"
        return SourceSettings(name="smb", url=url, stable_seconds=0, options=options, **more)


@pytest.fixture
def smb() -> Iterator[Smb]:
    home, port = Path(tempfile.mkdtemp(prefix="samba-")), free_port()
    for part in ("run", "share/in"):
        (home / part).mkdir(parents=True)
    kept = ("private dir", "lock directory", "state directory", "cache directory", "pid directory")
    config = home / "smb.conf"
    config.write_text(
        f"[global]\nserver role = standalone server\nsmb ports = {port}\ninterfaces = lo\n"
        "bind interfaces only = yes\npassdb backend = tdbsam\ndisable spoolss = yes\n"
        + "".join(f"{name} = {home}/run\n" for name in kept)
        + f"ncalrpc dir = {home}/run/ncalrpc\nlog file = {home}/log\n"
        f"[bao-cao]\npath = {home}/share\nread only = no\nforce user = root\n"
    )
    words = ["smbpasswd", "-c", str(config), "-s", "-a", "nobody"]
    subprocess.run(words, input=b"chia-se-mat\n" * 2, check=True, capture_output=True)
    server = ("/usr/sbin/smbd", "--foreground", "--no-process-group", "-s", str(config))
    # Its end is told to its whole group.
    with serving(port, *server, stdout=subprocess.DEVNULL, start_new_session=True):
        yield Smb(port, home / "share" / "in")
    shutil.rmtree(home, ignore_errors=True)


@pytest.fixture(scope="session")
def s3_endpoint() -> Iterator[str]:
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@dataclass(frozen=True)
class Bucket:
    name: str
    options: dict[str, Any]

    def put(self, path: Path, key: str) -> None:
        import s3fs

        s3fs.S3FileSystem(**self.options, skip_instance_cache=True).put_file(
            str(path), f"{self.name}/{key}"
        )

    def keys(self) -> list[str]:
        import s3fs

        system = s3fs.S3FileSystem(**self.options, skip_instance_cache=True)
        return [str(k).partition("/")[2] for k in system.find(self.name)]

    def source(self, **more: Any) -> SourceSettings:
        return SourceSettings(
            name="s3", url=f"s3://{self.name}/in", stable_seconds=0, options=self.options, **more
        )


@pytest.fixture
def bucket(s3_endpoint: str) -> Bucket:
    import s3fs

    options = {"key": "k", "secret": "s3-secret", "endpoint_url": s3_endpoint}
    name = f"b{uuid.uuid4().hex[:12]}"
    s3fs.S3FileSystem(**options, skip_instance_cache=True).mkdir(name)
    return Bucket(name, options)


@dataclass(frozen=True)
class Imap:
    port: int
    maildir: Path

    def source(self, **more: Any) -> SourceSettings:
        options = {"password": "hop-thu-mat"} | more.pop("options", {})
        url = f"imap://bao.cao@127.0.0.1:{self.port}/INBOX"
        return SourceSettings(name="mail", url=url, stable_seconds=0, options=options, **more)

    def deliver(self, message: EmailMessage) -> None:
        (self.maildir / "new" / f"{time.time_ns()}.test").write_bytes(message.as_bytes())


@pytest.fixture
def imap() -> Iterator[Imap]:
    # Dovecot's login process runs as another user, who must get through to its sockets.
    home, port = Path(tempfile.mkdtemp(prefix="dovecot-")), free_port()
    home.chmod(0o755)
    owner = os.geteuid() or 8  # it serves no mail of root's
    maildir = home / "Maildir"
    for part in ("cur", "new", "tmp"):
        (maildir / part).mkdir(parents=True)
    (home / "users").write_text(f"bao.cao:{{PLAIN}}hop-thu-mat:{owner}:{owner}::{home}::\n")
    (home / "run").mkdir()
    subprocess.run(["chown", "-R", str(owner), str(maildir)], check=True)
    (home / "dovecot.conf").write_text(
        f"base_dir = {home}/run\nstate_dir = {home}/run\nlog_path = {home}/log\nprotocols = imap\n"
        f"listen = 127.0.0.1\nssl = no\ndisable_plaintext_auth = no\nfirst_valid_uid = 1\nfirst_valid_gid = 1\n"
        f"mail_location = maildir:{maildir}\n"
        f"passdb {{\n driver = passwd-file\n args = {home}/users\n}}\n"
        f"userdb {{\n driver = passwd-file\n args = {home}/users\n}}\n"
        f"service imap-login {{\n chroot =\n inet_listener imap {{\n port = {port}\n }}\n"
        " inet_listener imaps {\n port = 0\n }\n}\nservice anvil {\n chroot =\n}\n"
    )
    with serving(port, "/usr/sbin/dovecot", "-F", "-c", str(home / "dovecot.conf")):
        yield Imap(port, maildir)
    shutil.rmtree(home, ignore_errors=True)


@pytest.fixture
def smtp() -> Iterator[Any]:
    from aiosmtpd.controller import Controller

    class Kept:
        def __init__(self) -> None:
            self.messages: list[Any] = []

        async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
            import email.policy

            text = envelope.original_content
            self.messages.append(email.message_from_bytes(text, policy=email.policy.default))
            return "250 OK"

    kept = Kept()
    controller = Controller(kept, hostname="127.0.0.1", port=free_port(), ready_timeout=LONG)
    controller.start()
    kept.port = controller.port  # type: ignore[attr-defined]
    yield kept
    controller.stop()
