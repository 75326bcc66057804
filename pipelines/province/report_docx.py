"""The draft of the whole report to the Ministry, filled into a DOCX template that the office may edit."""

from __future__ import annotations

import re
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

from pipelines.province.data import Gathered, ProvinceData
from pipelines.province.settle import settle
from pipelines.province.words import annex_title, shown, state_line

TEMPLATE = "bao-cao.docx"
_NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def write_report_docx(data: ProvinceData, path: Path, template: Path | None = None) -> None:
    """Fills the template; ``template`` is the office's own, where it has one.

    Every text from documents is put in as text: ``&``, ``<`` and ``{{`` come out as they stand.
    """
    from docxtpl import DocxTemplate  # noqa: PLC0415

    with as_file(files("pipelines.province").joinpath("templates", TEMPLATE)) as packaged:
        made = DocxTemplate(str(template or packaged))
        made.render(_context(data), autoescape=True)
        made.save(str(path))
    settle(path, data.as_of)


def _context(data: ProvinceData) -> dict[str, Any]:
    title = f"Kết quả tổ chức thực hiện {_lower_first(data.form.title)} trên địa bàn tỉnh {data.province}"
    done = sum(r["status"] != "missing" for r in data.expected)
    return {
        "province": data.province,
        "province_upper": data.province.upper(),
        "signing_year": data.form.year,
        "title": title,
        "title_in_text": _lower_first(title),
        "directives": "; ".join(data.directives) or "[số, ngày văn bản chỉ đạo]",
        "draft_mark": f"DỰ THẢO – {state_line(data)[:-1].split(';', maxsplit=1)[0]}",
        "reporting": _reporting(data, done),
        "missing": _clean(", ".join(data.missing)),
        "figures": _figures(data),
        "commended": _said(data.commended),
        "difficulties": _said(data.narratives.get("difficulties", ())),
        "recommendations": _said(data.narratives.get("recommendations", ())),
        "drafting_unit": "Phòng GDTrH-GDTX",
        "annex_title": annex_title(data),
        "state_line": state_line(data),
        "rows": [_row(row) for row in data.rows],
    }


def _reporting(data: ProvinceData, done: int) -> str:
    late = [str(r["unit_name"]) for r in data.expected if r["status"] == "late"]
    words = f"Tính đến ngày {data.as_of:%d/%m/%Y}, Sở đã nhận báo cáo của {done}/{len(data.expected)} đơn vị"
    return _clean(words + (f", trong đó nộp muộn: {', '.join(late)}." if late else "."))


def _figures(data: ProvinceData) -> list[str]:
    """One line an indicator that has a figure, in the form's wording and units."""
    out = []
    heads = {i.code: i.label for i in data.form.section_rows}
    for row in data.rows:
        if not row.indicator or all(v is None for v in row.values.values()):
            continue
        indicator = data.form.indicator(row.indicator)
        units = {m.code: m.unit for m in indicator.measures}
        said = ", ".join(
            f"{shown(row.values[m])} {units[m]}" for m in units if row.values.get(m) is not None
        )
        head = heads.get(indicator.parent or "")
        label = row.label if head is None else f"{head} – {_lower_first(row.label)}"
        out.append(f"{label}: {said}.")
    return out


def _said(several: tuple[Gathered, ...]) -> list[dict[str, str]]:
    """One line for each thing said, with every unit that says it and the reports it stands in."""
    grouped: dict[str, list[Gathered]] = {}
    for one in several:
        grouped.setdefault(_clean(one.text).rstrip(" .;"), []).append(one)
    if not grouped:
        return [{"units": "[Chưa đơn vị nào nêu]", "text": "…", "sources": "chưa có nguồn"}]
    return [
        {
            "units": "; ".join(_clean(one.unit_name) for one in those),
            "text": text,
            "sources": _sources(those),
        }
        for text, those in grouped.items()
    ]


def _sources(those: list[Gathered]) -> str:
    numbers = [_clean(one.document_number) for one in those if one.document_number]
    words = [f"Báo cáo số {', '.join(numbers)}"] if numbers else []
    if len(numbers) < len(those):
        words.append(f"{len(those) - len(numbers)} báo cáo không số")
    return "; ".join(words)


def _row(row: Any) -> dict[str, Any]:
    from docxtpl import RichText  # noqa: PLC0415

    label = RichText(row.label, bold=row.bold, size=24, font="Times New Roman")
    return {
        "ordinal": row.ordinal,
        "label": label,
        "unit": row.unit,
        "count": shown(row.values.get("count")),
        "people": shown(row.values.get("people")),
    }


def _clean(text: str) -> str:
    """One line without characters that no XML file may hold."""
    return " ".join(_NOT_XML.sub("", text).split())


def _lower_first(text: str) -> str:
    """The text as it goes on inside a sentence; a proper name keeps its capital."""
    return text if text.startswith("Tuần lễ") else text[:1].lower() + text[1:]
