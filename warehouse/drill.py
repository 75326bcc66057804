"""From a cell of the province's table down to the document it was read from."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, bindparam, text

from warehouse.glance import day, moment


def province_cells(connection: Connection, campaign: str, province: str) -> list[dict[str, Any]]:
    """The province's annex in the form's order; ``flagged``: reports whose value needs a look."""
    rows = connection.execute(
        text(
            "select a.indicator, a.measure, a.unit, a.value, a.reports, a.provisional, f.label,"
            " f.position, f.is_whole, coalesce(n.many, 0) as flagged, p.value as declared"
            " from province_annex a"
            " join form_cell f on f.campaign = a.campaign and f.indicator = a.indicator"
            "  and f.measure = a.measure"
            " left join (select indicator, measure, count(*) as many from unit_annex"
            "  where campaign = :c and needs_review = (1 = 1) group by indicator, measure) n"
            "  on n.indicator = a.indicator and n.measure = a.measure"
            " left join (select indicator, measure, max(value) as value from province_declared"
            "  where campaign = :c and province_code = :p group by indicator, measure) p"
            "  on p.indicator = a.indicator and p.measure = a.measure"
            " where a.campaign = :c and a.province_code = :p order by f.position"
        ),
        {"c": campaign, "p": province},
    )
    return [dict(row._mapping) for row in rows]


def unit_cells(
    connection: Connection, campaign: str, indicator: str, measure: str
) -> list[dict[str, Any]]:
    """What each unit gave to one cell, by unit.

    ``counted`` is what the sum takes; where a unit left a whole blank it is the sum of its parts and
    ``value`` is None.
    """
    cell = {"c": campaign, "i": indicator, "m": measure}
    where = "where campaign = :c and indicator = :i and measure = :m"
    # Asked one by one: a view joined to another would be made whole for every campaign.
    given = connection.execute(
        text(
            "select unit_code, value, raw, status, needs_review, decided_by, document_sha256"
            f" from unit_annex {where}"
        ),
        cell,
    )
    values = {row.unit_code: dict(row._mapping) for row in given}
    counted = _counted(connection, where, cell)
    units = connection.execute(
        text(
            "select unit_code, unit_name, channel, status as report_status from reporting_status"
            " where campaign = :c and status <> 'replaced'"
        ),
        {"c": campaign},
    )
    nothing = dict.fromkeys(
        ("value", "raw", "status", "needs_review", "decided_by", "document_sha256")
    )
    found = [
        {
            **nothing,
            **values.get(row.unit_code, {}),
            **row._mapping,
            "counted": counted.get(row.unit_code),
        }
        for row in units
    ]
    return sorted(found, key=lambda r: (r["channel"] != "district", r["unit_code"] or ""))


def _counted(connection: Connection, where: str, cell: dict[str, str]) -> dict[str, int]:
    """What the sum takes of each unit; parts stand for a whole only where some unit reported it."""
    rows = connection.execute(
        text(f"select unit_code, value, from_parts from current_observation {where}"), cell
    ).all()
    if all(row.from_parts for row in rows):
        return {}
    return {row.unit_code: row.value for row in rows}


def form_cell(
    connection: Connection, campaign: str, indicator: str, measure: str
) -> dict[str, Any] | None:
    """One cell of a campaign's form: label, unit, whether it is a whole."""
    row = connection.execute(
        text("select * from form_cell where campaign = :c and indicator = :i and measure = :m"),
        {"c": campaign, "i": indicator, "m": measure},
    ).first()
    return None if row is None else dict(row._mapping)


def document(connection: Connection, sha256: str) -> dict[str, Any] | None:
    """Everything the warehouse says of one document; None where it holds none such."""
    row = connection.execute(
        text(
            "select d.*, b.size, b.media_type, e.parser_version, e.read_at from document d"
            " join blob b on b.sha256 = d.sha256 join extraction e on e.id = d.extraction_id"
            " where d.sha256 = :s"
        ),
        {"s": sha256},
    ).first()
    if row is None:
        return None
    found = dict(row._mapping)
    found["issued_on"] = day(found["issued_on"])
    found["received_at"], found["read_at"] = moment(found["received_at"]), moment(found["read_at"])
    return found


def receipts(connection: Connection, sha256: str) -> list[dict[str, Any]]:
    """Each arrival of a file, oldest first."""
    rows = connection.execute(
        text("select source, name, received_at from receipt where sha256 = :s order by id"),
        {"s": sha256},
    )
    return [{**row._mapping, "received_at": moment(row.received_at)} for row in rows]


def unit_documents(connection: Connection, campaign: str, unit_code: str) -> list[dict[str, Any]]:
    """Every document of a unit: the one that counts first, then the newest."""
    rows = connection.execute(
        text(
            "select sha256, name, number, issued_on, received_at, status, current, rendition_rank,"
            " superseded_by from document where campaign = :c and unit_code = :u"
        ),
        {"c": campaign, "u": unit_code},
    )
    found = [
        {**r._mapping, "issued_on": day(r.issued_on), "received_at": moment(r.received_at)}
        for r in rows
    ]
    found.sort(key=lambda r: str(r["received_at"]), reverse=True)
    return sorted(found, key=lambda r: not r["current"])


def document_cells(connection: Connection, sha256: str) -> list[dict[str, Any]]:
    """Every cell of the form as this document fills it in, in the form's order.

    Cells it leaves blank are there too, with ``status`` None.
    """
    form = connection.execute(
        text(
            "select f.indicator, f.measure, f.label, f.unit, f.is_whole, f.position"
            " from document d join form_cell f on f.campaign = d.campaign"
            " where d.sha256 = :s order by f.position"
        ),
        {"s": sha256},
    ).all()
    # Asked by itself: joined to the form, the view would be made whole for every document.
    given = connection.execute(
        text(
            f"select indicator, measure, {', '.join(_CELL)} from effective_value where sha256 = :s"
        ),
        {"s": sha256},
    )
    values = {(row.indicator, row.measure): dict(row._mapping) for row in given}
    blank: dict[str, Any] = dict.fromkeys(_CELL)
    cells = [
        {**blank, **values.get((row.indicator, row.measure), {}), **row._mapping} for row in form
    ]
    return [{**cell, "decided_at": moment(cell["decided_at"])} for cell in cells]


_CELL = (
    "value",
    "raw",
    "status",
    "needs_review",
    "confidence",
    "origin",
    "page",
    "x0",
    "table_index",
    "row_index",
    "decided_by",
    "decided_at",
)


def decisions(connection: Connection, sha256: str) -> list[dict[str, Any]]:
    """What people decided about one document, newest first."""
    rows = connection.execute(
        text("select * from decision where sha256 = :s order by id desc"), {"s": sha256}
    )
    return [{**r._mapping, "decided_at": moment(r.decided_at)} for r in rows]


def findings(
    connection: Connection,
    campaign: str = "",
    *,
    severity: str = "",
    rule: str = "",
    unit: str = "",
    sha256: str = "",
    limit: int = 200,
    offset: int = 0,
) -> list[dict[str, Any]]:
    """Open findings, gravest first, newest first among equals; empty filters let all through."""
    given = {
        "campaign": campaign,
        "severity": severity,
        "rule": rule,
        "unit_code": unit,
        "document_sha256": sha256,
    }
    given = {name: value for name, value in given.items() if value}
    where = " and ".join(f"f.{name} = :{name}" for name in given) or "1 = 1"
    rows = connection.execute(
        text(
            "select f.*, coalesce(b.unit_name, d.unit_name) as unit_name, c.label"
            " from open_findings f"
            " left join obligation b on b.campaign = f.campaign and b.unit_code = f.unit_code"
            " left join document d on d.sha256 = f.document_sha256"
            " left join form_cell c on c.campaign = f.campaign and c.indicator = f.indicator"
            "  and c.measure = f.measure"
            f" where {where} order by case f.severity when 'error' then 0 when 'warning' then 1"
            " else 2 end, f.opened_at desc, f.unit_code, f.rule, f.message limit :limit offset :offset"
        ),
        {**given, "limit": limit, "offset": offset},
    )
    return [dict(row._mapping) for row in rows]


def count_findings(connection: Connection, campaign: str) -> dict[str, dict[str, int]]:
    """How many open findings there are, by severity, by rule and by unit."""
    out: dict[str, dict[str, int]] = {}
    for name in ("severity", "rule", "unit_code"):
        rows = connection.execute(
            text(
                f"select {name}, count(*) from open_findings where campaign = :c"
                f" and {name} is not null group by {name} order by 2 desc, 1"
            ),
            {"c": campaign},
        )
        out[name] = {row[0]: row[1] for row in rows}
    return out


def unit_names(connection: Connection, codes: list[str]) -> dict[str, str]:
    """Names of units by code, as obligations and documents give them."""
    query = text(
        "select unit_code, unit_name from obligation where unit_code in :codes"
        " union select unit_code, unit_name from document where unit_code in :codes"
    ).bindparams(bindparam("codes", expanding=True))
    return {code: name for code, name in connection.execute(query, {"codes": codes}) if name}


def arrived(connection: Connection, source: str) -> list[dict[str, Any]]:
    """What came from one source, in the order it came: each document with the count of its values,
    of those needing a look, and of its open findings."""
    rows = connection.execute(
        text(
            "select r.name, d.sha256, d.number, d.campaign, d.unit_code, d.unit_name, d.status,"
            " d.current, d.error_message,"
            " (select count(*) from effective_value v where v.sha256 = d.sha256) as cells,"
            " (select count(*) from effective_value v where v.sha256 = d.sha256"
            "  and v.needs_review = (1 = 1)) as flagged,"
            " (select count(*) from open_findings f where f.document_sha256 = d.sha256) as findings"
            " from receipt r join document d on d.sha256 = r.sha256"
            " where r.source = :s order by r.id"
        ),
        {"s": source},
    )
    return [dict(row._mapping) for row in rows]
