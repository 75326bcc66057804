"""The province's documents of one campaign, each written whole and then renamed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from pipelines.province.annex_docx import write_annex_docx
from pipelines.province.annex_xlsx import write_annex_xlsx
from pipelines.province.dashboard import write_dashboard
from pipelines.province.data import ProvinceData, load_data
from pipelines.province.report_docx import TEMPLATE, write_report_docx
from schemas.form import Form
from schemas.registry_index import AdminUnits

_WRITERS: tuple[tuple[str, Callable[[ProvinceData, Path], None]], ...] = (
    ("phu-luc-{campaign}.xlsx", write_annex_xlsx),
    ("phu-luc-{campaign}.docx", write_annex_docx),
    ("tong-quan-{campaign}.html", write_dashboard),
)


def write_province(
    connection: Any,
    form: Form,
    province: str,
    units: AdminUnits,
    out: Path,
    templates: Path | None = None,
) -> list[Path]:
    """Annex as XLSX and DOCX, the draft report, and the overview page; their paths.

    A template of the same name under ``templates`` takes the place of the packaged one.
    """
    data = load_data(connection, form, province, units)
    out.mkdir(parents=True, exist_ok=True)
    written = []
    for name, write in _WRITERS:
        target = out / name.format(campaign=form.campaign)
        part = target.with_name(f".part-{target.name}")
        write(data, part)
        part.replace(target)
        written.append(target)
    own = templates / TEMPLATE if templates is not None else None
    draft = out / f"bao-cao-{form.campaign}-du-thao.docx"
    write_report_docx(data, draft, own if own is not None and own.exists() else None)
    return [*written, draft]
