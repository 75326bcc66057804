"""The province's documents of one campaign, each written whole and then renamed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from pipelines.province.annex_docx import write_annex_docx
from pipelines.province.annex_xlsx import write_annex_xlsx
from pipelines.province.dashboard import write_dashboard
from pipelines.province.data import ProvinceData, load_data
from schemas.form import Form
from schemas.registry_index import AdminUnits

_WRITERS: tuple[tuple[str, Callable[[ProvinceData, Path], None]], ...] = (
    ("phu-luc-{campaign}.xlsx", write_annex_xlsx),
    ("phu-luc-{campaign}.docx", write_annex_docx),
    ("tong-quan-{campaign}.html", write_dashboard),
)


def write_province(
    connection: Any, form: Form, province: str, units: AdminUnits, out: Path
) -> list[Path]:
    """Annex as XLSX and DOCX, and the overview page; their paths."""
    data = load_data(connection, form, province, units)
    out.mkdir(parents=True, exist_ok=True)
    written = []
    for name, write in _WRITERS:
        target = out / name.format(campaign=form.campaign)
        part = target.with_name(f".part-{target.name}")
        write(data, part)
        part.replace(target)
        written.append(target)
    return written
