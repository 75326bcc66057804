"""``tonghop serve``: a Prefect server on the loopback where none is configured, and the deployments."""

from __future__ import annotations

import asyncio
import datetime as dt
import os
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import cast

from schemas.errors import ServerNotStarted
from schemas.settings import Settings
from warehouse import night_runs as runs
from warehouse.engine import open_patiently

NIGHTLY = "tonghop-nightly/nightly"
_START_SECONDS = 180
_PATIENCE_AFTER_FAILURE = 15


class LoopbackServer:
    """Prefect's own server, kept alive: where it ends, it is started again."""

    def __init__(self, home: Path, port: int, progress: Callable[[str], None]) -> None:
        self.url = f"http://127.0.0.1:{port}/api"
        self._log = home / "prefect" / "server.log"
        self._port = port
        self._say = progress
        self._over = threading.Event()
        self._turn = threading.Lock()
        self._process = self._started()
        threading.Thread(target=self._keep, daemon=True).start()

    def _started(self) -> subprocess.Popen[bytes]:
        with self._log.open("ab") as log:
            return subprocess.Popen(
                [
                    *(sys.executable, "-m", "prefect", "server", "start"),
                    *("--host", "127.0.0.1", "--port", str(self._port)),
                ],
                stdout=log,
                stderr=subprocess.STDOUT,
                env={k: v for k, v in os.environ.items() if k != "PREFECT_API_URL"},
                # It serves in a process below it, which must not outlive it.
                process_group=0,
            )

    def _keep(self) -> None:
        while not self._over.wait(1):
            with self._turn:
                # What was told to end must not be started again at the same moment.
                if self._process.poll() is None or self._over.is_set():
                    continue
                self._say("Máy chủ Prefect đã dừng; khởi động lại.")
                self._process = self._started()
            self._over.wait(_PATIENCE_AFTER_FAILURE)

    def wait(self) -> None:
        """Returns once the server answers. Raises ServerNotStarted."""
        until = time.monotonic() + _START_SECONDS
        while time.monotonic() < until:
            try:
                with urllib.request.urlopen(f"{self.url}/health", timeout=2):
                    return
            except (urllib.error.URLError, OSError):
                time.sleep(1)
        raise ServerNotStarted(name=self.url, detail=str(self._log))

    def stop(self) -> None:
        """Ends the server for good."""
        with self._turn:
            self._over.set()
        self._process.terminate()
        try:
            self._process.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()


def keep_serving(settings: Settings, cron: str, port: int, progress: Callable[[str], None]) -> None:
    """Serves the deployments until it is stopped. One run at a time; a missed night is caught up."""
    server = None
    if "PREFECT_API_URL" not in os.environ:
        progress(f"Khởi động máy chủ Prefect ở cổng {port} …")
        server = LoopbackServer(settings.home, port, progress)
        os.environ["PREFECT_API_URL"] = server.url
    try:
        if server is not None:
            server.wait()
        if missed_night(settings, cron):
            progress("Đã lỡ một đêm; chạy bù ngay.")
            threading.Thread(target=_run_soon, args=(progress,), daemon=True).start()
        _serve(settings, cron)
    finally:
        if server is not None:
            server.stop()


def _serve(settings: Settings, cron: str) -> None:
    from prefect import serve  # noqa: PLC0415
    from prefect.deployments.runner import RunnerDeployment  # noqa: PLC0415
    from prefect.schedules import Cron  # noqa: PLC0415

    from pipelines import flows  # noqa: PLC0415

    nightly = flows.nightly.to_deployment(
        name="nightly",
        schedule=Cron(cron, timezone=settings.timezone),
        description="Thu, đọc, nạp, đối chiếu, xuất bản; mỗi đêm một lần.",
    )
    ingest = flows.ingest.to_deployment(name="ingest", description="Nhận tệp theo yêu cầu.")
    reread = flows.reread.to_deployment(name="reread", description="Đọc lại tệp đã lưu.")
    serve(
        cast(RunnerDeployment, nightly),
        cast(RunnerDeployment, ingest),
        cast(RunnerDeployment, reread),
        # Where a restart paused the schedule, nobody would notice that the nights are gone.
        pause_on_shutdown=False,
        limit=1,
    )


def missed_night(settings: Settings, cron: str, now: dt.datetime | None = None) -> bool:
    """Whether a night was due after the last one that began. Never so before the first one."""
    at = now or dt.datetime.now(dt.UTC)
    warehouse = open_patiently(settings.warehouse_url)
    try:
        with warehouse.read() as connection:
            newest = runs.last(connection, "nightly")
    finally:
        warehouse.dispose()
    if newest is None:
        return False
    # A run that died half-way does not count as the night's.
    since = newest["started_at"]
    if newest["state"] == runs.ABANDONED:
        return True
    return any(since < due <= at for due in due_between(cron, settings.timezone, since, at))


def due_between(
    cron: str, timezone: str, since: dt.datetime, until: dt.datetime
) -> list[dt.datetime]:
    """When runs were due, at most the first hundred."""
    from prefect.server.schemas.schedules import CronSchedule  # noqa: PLC0415

    schedule = CronSchedule(cron=cron, timezone=timezone)

    def asked() -> list[dt.datetime]:
        return list(asyncio.run(schedule.get_dates(n=100, start=since, end=until)))

    # In a thread of its own: the caller's may have a loop that runs.
    with ThreadPoolExecutor(1) as apart:
        dates = apart.submit(asked).result()
    return [one for one in dates if since < one <= until]


def _run_soon(progress: Callable[[str], None]) -> None:
    from prefect.deployments import run_deployment  # noqa: PLC0415

    for _ in range(30):
        try:
            run_deployment(NIGHTLY, timeout=0)
        except Exception as error:
            # The deployment is not registered yet, or the server is still busy.
            told = f"{type(error).__name__}: {str(error)[:100]}"
            time.sleep(5)
        else:
            return
    progress(f"prefect: {told}")
