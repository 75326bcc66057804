"""``tonghop history``: the province's table as it stood, and what changed since."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import click

from pipelines.console import say

if TYPE_CHECKING:
    from warehouse.changes import Change

_HERE = ZoneInfo("Asia/Ho_Chi_Minh")


class Moment(click.ParamType[Any]):
    """A day in Vietnam (its end, or its beginning) or a time (in Vietnam unless it names its zone)."""

    name = "moment"

    def __init__(self, *, begins: bool = False) -> None:
        self._hour = dt.time.min if begins else dt.time.max

    def convert(self, value: Any, param: Any, ctx: Any) -> dt.datetime:
        try:
            if len(str(value)) == 10:
                day = dt.date.fromisoformat(value)
                return dt.datetime.combine(day, self._hour, _HERE)
            moment = dt.datetime.fromisoformat(value)
        except ValueError:
            self.fail(
                f"«{value}» không phải ngày hoặc giờ (2021-10-27 hay 2021-10-27T15:30)", param, ctx
            )
        return moment if moment.tzinfo else moment.replace(tzinfo=_HERE)


@click.command()
@click.option("--campaign", help="Default: every campaign that holds documents.")
@click.option("--at", type=Moment(), help="The table as it stood then (default: now).")
@click.option(
    "--since", type=Moment(begins=True), help="What changed from then on, instead of the table."
)
@click.option("--until", type=Moment(), help="... up to then (default: now).")
def history(
    campaign: str | None,
    at: dt.datetime | None,
    since: dt.datetime | None,
    until: dt.datetime | None,
) -> None:
    """The province's table as it stood, or what changed.

    As it stood at a moment; what changed between two, and by whom.
    """
    from pipelines import steps
    from schemas.settings import load_settings
    from warehouse import queries

    if until is not None and since is None:
        raise click.UsageError("--until cần --since")
    settings = load_settings()
    warehouse = steps.warehouse_of(settings)
    now = dt.datetime.now(dt.UTC)
    with warehouse.read() as connection:
        for one in [campaign] if campaign else queries.campaigns(connection):
            if since is None:
                _table(connection, one, settings.province, at or now)
            else:
                _changes(connection, one, settings.province, since, until or now)


def _table(connection: Any, campaign: str, province: str, at: dt.datetime) -> None:
    from warehouse.history import Past

    say(f"{campaign}, lúc {_local(at)}:")
    for row in Past(connection, campaign, at).province_table(province):
        value = "" if row.value is None else str(row.value)
        mark = "tạm tính" if row.provisional else "đã duyệt"
        click.echo("\t".join((campaign, row.indicator, row.measure, value, str(row.reports), mark)))


def _changes(
    connection: Any, campaign: str, province: str, since: dt.datetime, until: dt.datetime
) -> None:
    from warehouse.changes import between, totals_between

    say(f"{campaign}, từ {_local(since)} đến {_local(until)}:")
    for change in between(connection, campaign, since, until):
        click.echo("\t".join((campaign, *_told(change))))
    for total in totals_between(connection, campaign, province, since, until):
        values = (_text(total.old.value), _text(total.new.value))
        click.echo(
            "\t".join(
                (campaign, province, total.indicator, total.measure, *values, "total", "", "", "")
            )
        )


def _told(change: Change) -> tuple[str, ...]:
    return (
        change.unit_code or "",
        change.indicator,
        change.measure,
        _text(change.old),
        _text(change.new),
        change.cause.value,
        change.actor or "",
        _local(change.at) if change.at else "",
        change.source,
    )


def _text(value: int | None) -> str:
    return "" if value is None else str(value)


def _local(moment: dt.datetime) -> str:
    from warehouse.clock import utc

    return utc(moment).astimezone(_HERE).strftime("%d/%m/%Y %H:%M:%S")
