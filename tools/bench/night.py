"""A whole night of mixed reports, seven digital to three scans; a night with nothing new; ten new among many known.

BENCH_REPORTS says how many (100; 1,000 for the record), BENCH_KNOWN how many known files (10,000;
100,000 for the record), BENCH_INPUTS the folder where the scans are kept from one time to the next.
Making the inputs is not counted. Wall figures need an idle machine.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import sqlite3
import sys
import tempfile
import time
import zipfile
from pathlib import Path

from tools.bench.measure import Row
from tools.bench.watching import Watched, watch
from tools.make_scans import Spoiling, save, spoil_pdf

_WEEK = Path("samples/week-2021")
DIGITAL = sorted([*_WEEK.glob("*.docx"), *_WEEK.glob("*.pdf")])
_SPOILED = (
    Spoiling(seed=1),
    Spoiling(seed=2, mode="color", seal="sign,table"),
    Spoiling(seed=3, dpi=150, noise=12, blur=0.6, jpeg=50, skew=1.5),
)
_CORES = len(os.sched_getaffinity(0))
_NEW = 10


def put(folder: Path, source: Path, number: int) -> None:
    """A copy of ``source`` with bytes of its own."""
    target = folder / f"{number:05d}-{source.name}"
    target.write_bytes(source.read_bytes())
    if source.suffix == ".docx":
        with zipfile.ZipFile(target, "a") as archive:
            archive.comment = f"copy {number}".encode()
    else:
        with target.open("ab") as out:
            out.write(f"\n%% copy {number}\n".encode())


class _Office:
    """A folder of reports and a home, in ``place``."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self.incoming = place / "in"
        self.incoming.mkdir(parents=True)
        (place / "tonghop.toml").write_text(
            f'home = "{place}/home"\n[[sources]]\nname = "in"\nurl = "{self.incoming}"\n'
            "stable_seconds = 0\n"
        )

    def night(self) -> Watched:
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("TONGHOP_", "PREFECT_"))}
        done = watch(["nightly"], self.place, kept | {"PYTHONPATH": str(Path.cwd())}, _say)
        if done.status:
            raise RuntimeError((self.place / "said.log").read_text("utf-8")[-2000:])
        return done

    def steps(self) -> dict[str, tuple[float, float]]:
        """When each step of the newest night began and ended, as time.time() says."""
        with sqlite3.connect(self.place / "home" / "warehouse.sqlite") as base:
            found = base.execute(
                "select step, started_at, ended_at from run_step where run_id ="
                " (select id from run order by started_at desc limit 1)"
            ).fetchall()
        return {step: (_moment(begun), _moment(ended)) for step, begun, ended in found}

    def put(self, source: Path, number: int) -> None:
        put(self.incoming, source, number)

    def know(self, count: int) -> None:
        """So many tiny files in the folder, each in the ledger as taken."""
        from pipelines.sources.folder import Folder
        from schemas.settings import SourceSettings

        known = self.incoming / "known"
        known.mkdir()
        for number in range(count):
            (known / f"{number:06d}.pdf").write_bytes(b"%d" % number)
        items = Folder(SourceSettings(name="in", url=str(known))).items()
        now = str(dt.datetime.now(dt.UTC).replace(tzinfo=None))
        with sqlite3.connect(self.place / "home" / "warehouse.sqlite") as base:
            base.executemany(
                "insert into intake_item (source, item, uri, name, size, stamp, state, first_seen_at,"
                " settled_at, tries) values ('in', ?, ?, ?, ?, ?, 'taken', ?, ?, 0)",
                ((i.key, i.uri, i.name, i.size, i.stamp, now, now) for i in items),
            )

    def listing(self) -> float:
        """Seconds to list the folder and to ask the ledger, and nothing else."""
        from pipelines.sources.folder import Folder
        from schemas.settings import SourceSettings
        from warehouse import ledger
        from warehouse.engine import open_warehouse

        warehouse = open_warehouse(f"sqlite:///{self.place / 'home' / 'warehouse.sqlite'}")
        begun = time.perf_counter()
        with warehouse.read() as connection:
            known = ledger.settled(connection, "in")
        source = Folder(SourceSettings(name="in", url=str(self.incoming)))
        assert all(item.key in known for item in source.items())
        taken = time.perf_counter() - begun
        warehouse.dispose()
        return taken


def _moment(text: str) -> float:
    return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC).timestamp()


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _scans() -> list[Path]:
    """Three reports printed and scanned, each another way; made once."""
    kept = os.environ.get("BENCH_INPUTS") or f"{tempfile.gettempdir()}/tonghop-bench-inputs"
    Path(kept).mkdir(parents=True, exist_ok=True)
    out = []
    for at, how in enumerate(_SPOILED):
        source = _WEEK / ("02-325.pdf", "04-327.pdf", "06-329.pdf")[at]
        name = hashlib.sha256(source.read_bytes() + repr(how).encode()).hexdigest()[:16]
        path = Path(kept) / f"scan-{name}.pdf"
        if not path.exists():
            _say(f"{path.name} ...")
            part = path.with_name(f"part-{path.name}")
            save(spoil_pdf(source, how), part, how)
            part.replace(path)
        out.append(path)
    return out


def _whole(office: _Office, count: int) -> list[Row]:
    scans = _scans()
    for number in range(count):
        kind = scans if number % 10 in (2, 5, 8) else DIGITAL
        office.put(kind[number // 2 % len(kind)], number)
    _say(f"{count} reports, three in ten of them scans ...")
    done = office.night()
    steps = office.steps()
    end = done.moments[-1]
    read = _within(done, *steps["read"])
    drawn = _within(done, *steps["draw"])
    total = end.fenced + end.own
    seconds = steps["read"][1] - steps["read"][0]
    busy = sum(read) / (seconds * _CORES)
    fifth = (steps["read"][1] - steps["read"][0]) / 5
    early, late = done.near(steps["read"][0] + fifth), done.near(steps["read"][1])
    grown = late.resident / early.resident
    share = (end.fenced - drawn[0]) / (total - sum(drawn))
    return [
        Row(f"{count} reports: share of processor time that is reading, pictures apart", f"{share:.0%}", "at least 90 %", share >= 0.9),
        Row("share that is reading and drawing pages, of all", f"{end.fenced / total:.0%}", "at least 90 %", end.fenced / total >= 0.9),
        Row(f"{_CORES} processors busy while reading, {seconds:.0f} s", f"{busy:.0%}", "at least 90 %", busy >= 0.9),
        Row(f"memory of the night, at the end of reading / after a fifth of it ({late.resident:.0f} MB)", f"{grown:.2f}", "at most 1.1", grown <= 1.1),
        Row("largest process beside it, MB", f"{max(m.largest for m in done.moments):.0f}", "under 700", max(m.largest for m in done.moments) < 700),
        Row("reports a minute, collecting to digest", f"{60 * count / done.wall:.0f}", ""),
        Row("seconds of " + ", ".join(steps), ", ".join(f"{ended - begun:.0f}" for begun, ended in steps.values()), ""),
        Row("processor seconds outside the fence in the same, then in all", ", ".join(f"{own:.0f}" for own in [*(_within(done, *span)[1] for span in steps.values()), end.own]), ""),
    ]  # fmt: skip


def _within(done: Watched, begun: float, ended: float) -> tuple[float, float]:
    """Processor seconds (fenced, own) between two moments."""
    first, last = done.near(begun), done.near(ended)
    return last.fenced - first.fenced, last.own - first.own


def _nothing_new(office: _Office) -> Row:
    _say("nothing new ...")
    wall = office.night().wall
    return Row("a night with nothing new, seconds", f"{wall:.1f}", "under 10", wall < 10)


def _few_among_many(few: _Office, known: int) -> list[Row]:
    """What ten new files cost among few and among many known ones."""
    for number in range(2):
        few.put(DIGITAL[number], number)
    few.night()
    costs = []
    for many in (False, True):
        if many:
            _say(f"{known} known files ...")
            few.know(known)
        for number in range(_NEW):
            few.put(DIGITAL[number], 100 + 100 * many + number)
        done = few.night()
        costs.append(done.moments[-1].fenced + done.moments[-1].own)
    listing = few.listing()
    more = costs[1] - costs[0]
    allowed = max(2 * listing, 0.15 * costs[0])
    return [
        Row(f"ten new among {known} known, processor seconds more than among none ({costs[0]:.1f} s; listing {listing:.1f} s)", f"{more:.1f}", "the listing", more <= allowed),
    ]  # fmt: skip


def rows() -> list[Row]:
    """The rows of this topic."""
    count = int(os.environ.get("BENCH_REPORTS", "100"))
    known = int(os.environ.get("BENCH_KNOWN", "10000"))
    with tempfile.TemporaryDirectory(prefix="tonghop-night-") as place:
        mixed = _Office(Path(place) / "mixed")
        out = _known(_whole(mixed, count))
        out += _known([_nothing_new(mixed)])
        return out + _known(_few_among_many(_Office(Path(place) / "few"), known))


def _known(rows: list[Row]) -> list[Row]:
    """Said as soon as they are known: the next part may take long, or fail."""
    for row in rows:
        _say(f"  {row.what}: {row.measured}")
    return rows
