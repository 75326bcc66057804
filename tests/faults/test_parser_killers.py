"""A file that kills its reading process every time is set aside with its reason; the night goes on."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from pipelines import loading
from pipelines.night import Night
from pipelines.sandbox import Limits
from tests.faults.victim import Victim
from tests.parsers.hostile import traps


def test_a_killer_is_tried_so_often_and_then_set_aside(
    victim: Victim, monkeypatch: pytest.MonkeyPatch
) -> None:
    victim.submit(2)
    # Behind a filter named elsewhere no look at the bytes tells the loop: only the process's limits end it.
    looping = traps.form_loop(packed=True, hidden=True)
    (victim.folder / "killer.pdf").write_bytes(looping)
    short = partial(loading.read_all, limits=Limits(cpu=5))
    monkeypatch.setattr(loading, "read_all", short)
    for expected in (1, 0):
        with Night(victim.settings(), progress=lambda _: None) as night:
            outcome = night.all_steps()
        assert outcome.exit_status == expected
        victim.correct()
    assert victim.rows("select name, error_code from document where status = 'failed'") == [
        ("killer.pdf", "reading_timed_out")
    ]
    killer = (
        "select a.started, a.crashed from attempt a join document d on d.sha256 = a.sha256"
        " where d.name = 'killer.pdf'"
    )
    assert victim.rows(killer) == [(2, 2)]
    assert victim.rows("select count(*) from document where status = 'ok'") == [(2,)]
    standing = "select value from effective_value where indicator = 'news' and decided_by = 'lan'"
    assert victim.rows(standing) == [(1000 + victim.corrections,)]
    assert victim.corrections == 2
    digest = next(Path(victim.home, "digest").glob("*.txt"))
    assert digest.exists()
