"""Every query of the cookbook gives the same rows on SQLite, PostgreSQL and the published DuckDB."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest
from sqlalchemy import text

from reconcile.run import reconcile
from schemas.catalog import form
from schemas.decision import Action, Decision
from schemas.effective import ValueStatus
from schemas.registry_index import admin_units
from schemas.report import IssuerLevel, Narrative, Report
from tools import country
from tools.country import hand_in
from warehouse import decisions, fulltext
from warehouse.engine import Warehouse, open_warehouse
from warehouse.publish import publish

PAGE = Path("docs/cookbook.md").read_text("utf-8")
QUESTIONS = re.findall(r"^## (\d+)\. (.+?)\n.*?```sql\n(.*?)```", PAGE, re.S | re.M)
THIS, NEXT = form("llw-2021"), form("llw-2022")
SAID = {
    "325": "Khó khăn: Kinh phí tổ chức còn hạn hẹp, kinh phí chậm.",
    "326": "Một số xã còn khó khăn về kinh phí.",
    "327": "Đường truyền chưa ổn định.",
}


def week() -> Iterator[Report]:
    units = admin_units()
    for code, said in SAID.items():
        for one in (THIS, NEXT):
            unit = units.get(code, one.ends_on)
            name = f"Phòng Giáo dục và Đào tạo {unit.full_name}" if unit else ""
            made = country.report(one, "33", name, share=0.9, unit=(code, IssuerLevel.DISTRICT))
            yield replace(made, narrative=(Narrative("difficulties", said),))
    school = country.report(THIS, "33", "Trường THPT Văn Giang")
    late = replace(school.header, issued_on=dt.date(2022, 1, 15))
    wrong = replace(school.references[0], issued_on=dt.date(2021, 9, 30))
    yield replace(school, header=late, references=(wrong,))
    copied = country.report(THIS, "33", "Trường THPT Văn Giang").observations
    yield replace(country.report(THIS, "33", "Trường THPT Chép"), observations=copied)
    yield country.report(
        THIS, "33", "Sở GDĐT Hưng Yên", share=1.0, unit=("33", IssuerLevel.PROVINCE)
    )


@pytest.fixture(scope="module")
def engines(
    postgres: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Warehouse, Warehouse, Any]]:
    import psycopg

    folder = tmp_path_factory.mktemp("cookbook")
    with psycopg.connect(postgres, autocommit=True) as connection:
        connection.execute("create database cookbook")
    made = (
        open_warehouse(f"sqlite:///{folder / 'w.sqlite'}"),
        open_warehouse(postgres.replace("/postgres?", "/cookbook?")),
    )
    for warehouse in made:
        for one in week():
            chosen = THIS if one.campaign == THIS.campaign else NEXT
            with warehouse.write() as connection:
                hand_in(connection, one, country.receipt(one), "1", chosen, admin_units(), "33")
        district = next(iter(week()))
        with warehouse.write() as connection:
            for at, status in enumerate((ValueStatus.BLANK, ValueStatus.NOT_APPLICABLE)):
                cell = district.observations[at]
                subject = f"{cell.indicator}.{cell.measure}"
                decisions.post(
                    connection,
                    Decision(
                        district.source.sha256, subject, Action.SET_STATUS, "lan", "xem bản gốc",
                        f"r{at}", status=status, decided_at=country.RECEIVED,
                    ),
                )  # fmt: skip
        reconcile(warehouse, THIS, admin_units(), "33")
    with made[0].snapshot() as connection:
        publish(connection, None, folder / "out")
    with duckdb.connect(str(folder / "out" / "tonghop.duckdb"), read_only=True) as base:
        yield (*made, base)
    for warehouse in made:
        warehouse.dispose()


def plain(value: Any) -> Any:
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, float | Decimal | bool):
        return round(float(value), 6)
    return value


def answers(engines: tuple[Warehouse, Warehouse, Any], sql: str) -> list[list[tuple[Any, ...]]]:
    out = []
    for warehouse in engines[:2]:
        with warehouse.read() as connection:
            rows = connection.execute(text(sql.replace(":", r"\:"))).all()
            out.append([tuple(map(plain, row)) for row in rows])
    out.append([tuple(map(plain, row)) for row in engines[2].execute(sql).fetchall()])
    return out


@pytest.mark.parametrize(("number", "question", "sql"), QUESTIONS, ids=[q[0] for q in QUESTIONS])
def test_the_three_engines_answer_alike(
    engines: tuple[Warehouse, Warehouse, Any], number: str, question: str, sql: str
) -> None:
    sqlite, postgres, published = answers(engines, sql)
    assert sqlite, question
    assert sqlite == postgres == published


def test_there_are_ten_questions_or_more() -> None:
    assert len(QUESTIONS) >= 10


def test_words_without_diacritics_find_passages_in_the_original_spelling(
    engines: tuple[Warehouse, Warehouse, Any],
) -> None:
    """The phrase first, then both words apart, then those that hold only one."""
    words = "kho khan kinh phi"
    with engines[0].read() as connection:
        found = fulltext.find(connection, words, campaign=THIS.campaign)
    assert [f.unit_code for f in found[:2]] == ["325", "326"]
    assert [p for p, hit in found[0].pieces if hit] == ["Khó", "khăn", "Kinh", "phí", "kinh", "phí"]
    assert "327" not in {f.unit_code for f in found}
    sql = fulltext.query(words, campaign=THIS.campaign)
    sqlite, postgres, published = answers(engines, sql)
    assert sqlite == postgres == published
    passages = list(fulltext.passages(words, engines[2].execute(sql).fetchall()))
    assert passages == found


def test_a_search_is_whole_words_and_never_sql(engines: tuple[Warehouse, Warehouse, Any]) -> None:
    with engines[0].read() as connection:
        assert fulltext.find(connection, "duong truyen")
        assert not fulltext.find(connection, "truye")
        assert not fulltext.find(connection, "'; drop table document; --")
        assert not fulltext.find(connection, " %_ ")


def test_a_commune_stands_in_todays_map_where_one_unit_holds_all_of_it(
    engines: tuple[Warehouse, Warehouse, Any],
) -> None:
    """Communes do not report in these campaigns: the map itself is asked, on every engine's table."""
    sql = "select unit_code, today_code, exact, note from unit_today where unit_code in ('325', '11989', '11965') and valid_to is not null order by unit_code, valid_from"
    for warehouse in engines[:2]:
        with warehouse.read() as connection:
            rows = [tuple(row) for row in connection.execute(text(sql))]
        named = {row[0]: row for row in rows}
        assert named["11965"][1] and named["11965"][2]
        assert named["11989"][1:3] == (None, False)
        assert "chia" in named["11989"][3]
        assert named["325"][1:3] == (None, False)
        assert "cấp tỉnh" in named["325"][3]


def test_old_periods_in_todays_map_say_where_they_are_not_exact(
    engines: tuple[Warehouse, Warehouse, Any],
) -> None:
    sql = "select province_code, provinces_counted, provinces_merged, exact from province_annex_today where campaign = 'llw-2021' and indicator = 'news'"
    for rows in answers(engines, sql):
        assert rows == [("33", 1, 2, 0.0)]  # Thái Bình, merged since, has not reported
    sql = "select distinct channel, today_code, today_province_code, exact from unit_annex_today order by channel"
    for rows in answers(engines, sql):
        assert rows == [("direct", None, "33", 0.0), ("district", None, "33", 0.0)]
