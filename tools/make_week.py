"""Writes samples/week-2021: a SYNTHETIC week of reports that adds up to the seed's table.

Run from the root: python -m tools.make_week. PDFs need LibreOffice.
"""

from __future__ import annotations

import csv
import datetime as dt
import json
import shutil
import subprocess
import tempfile
from pathlib import Path

from tools.week.hands import Hand
from tools.week.values import SEED_TABLE, Values, week
from tools.week.write import Office, write

OUT = Path("samples/week-2021")
SEED = 20211001
DISTRICTS = (
    ("323", "THÀNH PHỐ HƯNG YÊN", "thành phố Hưng Yên", "TP Hưng Yên"),
    ("325", "HUYỆN VĂN LÂM", "huyện Văn Lâm", "Văn Lâm"),
    ("326", "HUYỆN VĂN GIANG", "huyện Văn Giang", "Văn Giang"),
    ("327", "HUYỆN YÊN MỸ", "huyện Yên Mỹ", "Yên Mỹ"),
    ("328", "THỊ XÃ MỸ HÀO", "thị xã Mỹ Hào", "Mỹ Hào"),
    ("329", "HUYỆN ÂN THI", "huyện Ân Thi", "Ân Thi"),
    ("330", "HUYỆN KHOÁI CHÂU", "huyện Khoái Châu", "Khoái Châu"),
    ("331", "HUYỆN KIM ĐỘNG", "huyện Kim Động", "Kim Động"),
    ("332", "HUYỆN TIÊN LỮ", "huyện Tiên Lữ", "Tiên Lữ"),
    ("333", "HUYỆN PHÙ CỪ", "huyện Phù Cừ", "Phù Cừ"),
)
DIRECT = (
    ("33-thpt-chuyen-hung-yen", "TRƯỜNG THPT CHUYÊN HƯNG YÊN", "Trường THPT Chuyên Hưng Yên"),
    ("33-thpt-van-giang", "TRƯỜNG THPT VĂN GIANG", "Trường THPT Văn Giang"),
    ("33-gdnn-gdtx-khoai-chau", "TRUNG TÂM GDNN-GDTX KHOÁI CHÂU", "Trung tâm GDNN-GDTX Khoái Châu"),
    ("33-gdnn-gdtx-phu-cu", "TRUNG TÂM GDNN-GDTX PHÙ CỪ", "Trung tâm GDNN-GDTX Phù Cừ"),
)
TOLD: dict[str, Values] = {
    "33-gdnn-gdtx-phu-cu": {
        ("training.managers_and_teachers", "count"): 2,
        ("training.managers_and_teachers", "people"): 45,
        ("news", "count"): 3,
        ("book_drive.books", "count"): 120,
        ("awards.individuals", "people"): 4,
    }
}
HANDS = (
    Hand("table", 0, "typed", "dot", "ruled"),
    Hand("tabs", 1, "auto", "plain", "ruled", reorder=True),
    Hand("spaces", 2, "typed", "space", "flat"),
    Hand("table", 1, "typed", "dot", "borderless"),
    Hand("tabs", 0, "typed", "plain", "ruled", late_annex=True),
    Hand("table", 2, "auto", "dot", "ruled", total=True),
    Hand("spaces", 0, "auto", "space", "ruled", drop_blank=True),
    Hand("table", 2, "typed", "plain", "flat", reorder=True),
    Hand("tabs", 1, "typed", "dot", "ruled", drop_blank=True, late_annex=True),
    Hand("table", 0, "auto", "dot", "ruled"),
)


def offices() -> list[Office]:
    """Ten districts, then the units that report to the department directly."""
    out = []
    for at, (code, upper, short, place) in enumerate(DISTRICTS):
        day = dt.date(2021, 10, 8 + at)
        out.append(
            Office(
                code,
                f"UBND {upper}",
                "PHÒNG GIÁO DỤC VÀ ĐÀO TẠO",
                short,
                f"{112 + 7 * at}/BC-PGDĐT",
                place,
                day,
                "KT. TRƯỞNG PHÒNG" if at % 2 else None,
                "PHÓ TRƯỞNG PHÒNG" if at % 2 else "TRƯỞNG PHÒNG",
                ("Nguyễn Văn An", "Trần Thị Bình", "Lê Văn Cường", "Phạm Thị Dung")[at % 4],
                "Trường THCS Đoàn Kết, Tân Tiến; Trường Tiểu học Hòa Bình",
                annex_day=day + dt.timedelta(days=1) if code == "326" else None,
                annex_number=f"{113 + 7 * at}/BC-PGDĐT" if code == "331" else None,
            )
        )
    for at, (code, upper, short) in enumerate(DIRECT):
        school = upper.startswith("TRƯỜNG")
        out.append(
            Office(
                code,
                "SỞ GIÁO DỤC VÀ ĐÀO TẠO HƯNG YÊN",
                upper,
                short,
                f"{41 + 3 * at}/BC-{'THPT' if school else 'TTGDNN'}",
                "Hưng Yên",
                dt.date(2021, 10, 11 + at),
                None,
                "HIỆU TRƯỞNG" if school else "GIÁM ĐỐC",
                "Vũ Thị Hạnh",
                "Trường THPT: Văn Giang, Tiên Lữ",
            )
        )
    return out


def main() -> None:
    """Writes documents, gold files and the expected table."""
    shutil.rmtree(OUT, ignore_errors=True)
    (OUT / "expected").mkdir(parents=True)
    everyone = offices()
    shares = week([d[0] for d in DISTRICTS], [d[0] for d in DIRECT], TOLD, SEED)
    to_pdf = []
    for at, office in enumerate(everyone):
        path = OUT / f"{at + 1:02d}-{office.code}.docx"
        write(
            office,
            HANDS[at % len(HANDS)],
            shares[office.code],
            path,
            SEED + at,
            office.code in TOLD,
        )
        if at % 2:
            to_pdf.append(path)
    _convert(to_pdf)
    for at, office in enumerate(everyone):
        name = f"{at + 1:02d}-{office.code}{'.pdf' if at % 2 else '.docx'}"
        (OUT / f"{name}.gold.json").write_text(
            json.dumps(gold(office, shares[office.code]), ensure_ascii=False, indent=1) + "\n",
            "utf-8",
        )
    with (OUT / "expected/province_annex.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(("indicator", "measure", "value"))
        for indicator, (count, people) in SEED_TABLE.items():
            writer.writerows(
                (indicator, m, v)
                for m, v in (("count", count), ("people", people))
                if v is not None
            )


def gold(office: Office, values: Values) -> dict[str, object]:
    """What the document states, in the flat form of a gold file."""
    return {
        "campaign": "llw-2021",
        "header": {
            "number": office.number,
            "document_type": "BC",
            "issuer_unit": office.code if office.code.isdigit() else None,
            "issuer_level": "district" if office.code.isdigit() else "institution",
            "place": office.place,
            "issued_on": office.day.isoformat(),
            "addressees": ["Sở Giáo dục và Đào tạo Hưng Yên"],
            "copies_to": ["Như trên", "Lưu: VT"],
            "signer": {
                "name": office.signer,
                "position": office.position,
                "authority": office.authority,
            },
        },
        "launch": {"held_on": "2021-10-01", "time": "08:00", "mode": "online", "platform": "Zoom"},
        "observations": {f"{i}.{m}": v for (i, m), v in sorted(values.items())},
        "findings": [
            *(["annex_date_differs"] if office.annex_day else []),
            *(["annex_number_differs"] if office.annex_number else []),
        ],
    }


def _convert(paths: list[Path]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            [
                "soffice",
                f"-env:UserInstallation=file://{folder}",
                "--headless",
                "--convert-to",
                "pdf",
                "--outdir",
                str(OUT),
                *map(str, paths),
            ],
            check=True,
            stdout=subprocess.DEVNULL,
        )
    for path in paths:
        path.unlink()


if __name__ == "__main__":
    main()
