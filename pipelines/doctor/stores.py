"""What the program keeps: database, archive, lease, and the clock they agree on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from pipelines.doctor.check import Check, warned, well, wrong
from pipelines.night import LEASE
from schemas.errors import TonghopError
from schemas.settings import Settings
from warehouse import night_runs as runs, selfcheck
from warehouse.archive import Archive
from warehouse.engine import Warehouse, open_warehouse

_SKEW = 120
_SAMPLE = 20


def stores(settings: Settings, mend: bool) -> Iterator[Check]:
    """Every check of database and archive; ``mend`` frees the lease of a dead run."""
    try:
        settings.home.mkdir(parents=True, exist_ok=True)
        warehouse = open_warehouse(settings.warehouse_url)
    except (TonghopError, OSError) as error:
        told = error.message if isinstance(error, TonghopError) else str(error)
        yield wrong("database", told, "kiểm tra TONGHOP_DATABASE_URL và máy chủ cơ sở dữ liệu")
        return
    try:
        yield from _database(warehouse)
        yield _lease(warehouse, mend)
        yield _nights(warehouse)
        yield from _archive(settings, warehouse)
    except TonghopError as error:
        yield wrong("database", error.message, error.next_step)
    finally:
        warehouse.dispose()


def _database(warehouse: Warehouse) -> Iterator[Check]:
    name = warehouse.engine.dialect.name
    yield well("database", f"{name}, đúng phiên bản")
    problem = selfcheck.integrity(warehouse)
    if problem:
        yield wrong("database: integrity", problem, "khôi phục từ bản sao lưu (docs/operations.md)")
    skew = selfcheck.skew_seconds(warehouse)
    if abs(skew) > _SKEW:
        mend = "bật đồng bộ giờ: timedatectl set-ntp true"
        yield wrong("clock: database", f"lệch {skew:.0f} giây", mend)
    latest = selfcheck.latest(warehouse)
    now = dt.datetime.now(dt.UTC)
    if latest is not None and latest > now + dt.timedelta(seconds=_SKEW):
        mend = "đồng hồ đã bị vặn lùi; bật đồng bộ giờ: timedatectl set-ntp true"
        yield wrong("clock", f"kho đã có việc ghi lúc {latest:%Y-%m-%d %H:%M} UTC", mend)
    else:
        yield well("clock", f"{now:%Y-%m-%d %H:%M} UTC")


def _lease(warehouse: Warehouse, mend: bool) -> Check:
    with warehouse.read() as connection:
        held = runs.holder(connection, LEASE)
    if held is None:
        return well("lease", "không có lượt nào đang chạy")
    told = f"lượt {held.run_id[:8]} trên {held.host.partition('/')[0]}, tiến trình {held.process}"
    if held.stands and held.expired:
        pid = held.process.partition(":")[0]
        return wrong("lease", f"{told}, không còn báo", f"có lẽ treo: kill {pid}")
    if held.stands:
        return well("lease", f"{told}, đang chạy")
    if mend:
        warehouse.patiently(lambda c: runs.release_dead(c, LEASE))
        return well("lease", f"{told}, đã chết; đã thu lại")
    return warned("lease", f"{told}, đã chết", "lượt sau tự thu lại; ngay bây giờ: doctor --mend")


def _nights(warehouse: Warehouse) -> Check:
    with warehouse.read() as connection:
        newest = runs.last(connection, LEASE)
        done = runs.last(connection, LEASE, runs.DONE)
    if newest is None:
        return warned("nights", "chưa chạy đêm nào", "bật tonghop serve hoặc systemd timer")
    since = dt.datetime.now(dt.UTC) - done["started_at"] if done else None
    if since is None or since > dt.timedelta(hours=36):
        return wrong("nights", "đã hơn một đêm không chạy xong", "xem journalctl -u tonghop-serve")
    return well("nights", f"xong lúc {done['started_at']:%Y-%m-%d %H:%M} UTC" if done else "")


def _archive(settings: Settings, warehouse: Warehouse) -> Iterator[Check]:
    mend = "chép lại archive/…/original từ bản sao lưu (docs/operations.md)"
    archive = Archive(settings.archive_root, settings.archive_options)
    try:
        bad = archive.verify(_SAMPLE)
        named = selfcheck.some_originals(warehouse, _SAMPLE)
        gone = [sha256 for sha256 in named if not archive.has(sha256)]
    except TonghopError as error:
        yield wrong("archive", error.message, error.next_step)
        return
    if bad or gone:
        yield wrong("archive", f"hỏng hoặc thiếu: {', '.join(s[:12] for s in bad + gone)}", mend)
    else:
        yield well("archive", f"{_SAMPLE} tệp lấy mẫu đều nguyên vẹn")
