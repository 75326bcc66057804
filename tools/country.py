"""A synthetic country: reports of schools and communes in many provinces, from a fixed seed.

The reports are records, not files: for measuring and testing the warehouse, never for reading.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import random
from collections.abc import Iterator, Sequence
from dataclasses import asdict

from sqlalchemy import Connection

from schemas.document import Anchor, Reading, Source
from schemas.form import Form
from schemas.registry_index import AdminUnits
from schemas.report import (
    Header,
    IssuerLevel,
    Narrative,
    Observation,
    Origin,
    Reference,
    Report,
    Status,
)
from warehouse import tables as t
from warehouse.bulk import Arrived, load_many
from warehouse.load import LoadResult, Receipt, load_report, record_receipt
from warehouse.upsert import append

RECEIVED = dt.datetime(2021, 10, 20, tzinfo=dt.UTC)
_DIFFICULTIES = (
    "Khó khăn về kinh phí; cơ sở vật chất còn thiếu.",
    "Dịch bệnh khiến nhiều hoạt động phải chuyển sang trực tuyến.",
    "Đội ngũ báo cáo viên còn mỏng, kinh phí hạn hẹp.",
    "Một số xã chưa có thư viện; đường truyền chưa ổn định.",
)


def institutions(number: int) -> list[str]:
    """Names of ``number`` schools and centres of one province."""
    return [
        f"Trường THPT Mẫu {at}" if at % 12 else f"Trung tâm GDNN-GDTX Mẫu {at}"
        for at in range(number)
    ]


def report(
    form: Form,
    province: str,
    issuer: str,
    *,
    version: int = 0,
    share: float = 0.68,
    unit: tuple[str, IssuerLevel] | None = None,
) -> Report:
    """One report; ``share`` of the form's cells are filled in. The same arguments, the same report.

    ``unit`` is the issuer's code and level in the registry; without it the issuer is a school or centre.
    """
    name = f"{form.campaign}-{province}-{issuer}-{version}"
    seed = random.Random(name)
    cells = [(i, m) for i in form.indicators for m in i.measures]
    observations = tuple(
        _observation(seed, indicator.code, measure.code, measure.unit, row)
        for row, (indicator, measure) in enumerate(cells)
        if seed.random() < share
    )
    header = Header(
        number=f"{seed.randint(1, 400)}/BC-ĐV",
        document_type="BC",
        issuer=issuer,
        issuer_unit=unit[0] if unit else None,
        issuer_level=unit[1] if unit else IssuerLevel.INSTITUTION,
        issued_on=form.ends_on + dt.timedelta(days=seed.randint(1, 12)),
    )
    return Report(
        status=Status.OK,
        source=Source(
            f"{name}.docx", hashlib.sha256(name.encode()).hexdigest(), "application/msword", 20_000
        ),
        reading=Reading.TEXT,
        campaign=form.campaign,
        header=header,
        references=(Reference("3764/BGDĐT-GDTrH", "CV", dt.date(2021, 8, 31), "Bộ GDĐT"),),
        narrative=(Narrative("difficulties", seed.choice(_DIFFICULTIES)),),
        observations=observations,
    )


def _observation(
    seed: random.Random, indicator: str, measure: str, unit: str, row: int
) -> Observation:
    value = seed.randint(0, 900)
    sure = seed.random() > 0.03
    return Observation(
        indicator,
        measure,
        value,
        unit,
        str(value),
        Origin.ANNEX,
        0.99 if sure else 0.6,
        not sure,
        Anchor(
            page=2,
            box=(300.0, 100.0 + 14 * row, 330.0, 112.0 + 14 * row),
            table=0,
            row=row,
            column=3,
        ),
        ("row:label", "number:plain"),
    )


def receipt(one: Report) -> Receipt:
    """How ``one`` arrived."""
    name = one.source.name
    return Receipt("country", f"country|{name}|{one.source.sha256}", name, RECEIVED)


def reports(form: Form, provinces: int, units: int) -> Iterator[tuple[str, Report]]:
    """(province code, report) of ``units`` institutions in each of ``provinces`` provinces."""
    for at in range(1, provinces + 1):
        for issuer in institutions(units):
            yield f"{at:02d}", report(form, f"{at:02d}", issuer)


def hand_in(
    connection: Connection,
    one: Report,
    arrived: Receipt,
    version: str,
    form: Form,
    units: AdminUnits,
    province: str,
) -> LoadResult:
    """Notes the arrival, as whoever takes files in does, and loads the reading, as it is loaded."""
    record_receipt(connection, one.source.sha256, one.source.size, one.source.media_type, arrived)
    return load_report(connection, one, arrived, version, form, units, province)


def arrive(connection: Connection, batch: Sequence[Arrived]) -> None:
    """Notes the arrival of many, none of which arrived before."""
    append(
        connection,
        t.blob,
        [
            {
                "sha256": one.report.source.sha256,
                "size": one.report.source.size,
                "media_type": one.report.source.media_type,
                "first_seen_at": one.receipt.received_at,
            }
            for one in batch
        ],
    )
    append(
        connection,
        t.receipt,
        [{"sha256": one.report.source.sha256} | asdict(one.receipt) for one in batch],
    )


def hand_in_many(
    connection: Connection, batch: Sequence[Arrived], version: str, units: AdminUnits
) -> int:
    """As ``hand_in``, many at once."""
    for one in batch:
        source = one.report.source
        record_receipt(connection, source.sha256, source.size, source.media_type, one.receipt)
    return load_many(connection, batch, version, units)
