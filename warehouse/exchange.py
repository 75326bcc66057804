"""Values for other systems: SDMX-CSV 2.0 and a DHIS2 data value set.

SDMX-CSV 2.0 asks for STRUCTURE, STRUCTURE_ID and ACTION before the dimensions; DHIS2 imports
``dataValueSets.json`` by codes (``dataElementIdScheme=CODE``, ``orgUnitIdScheme=CODE``), the data
element being ``indicator.measure`` and the period a year.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

SDMX, DHIS2 = "tonghop.sdmx.csv", "dhis2-dataValueSets.json"

_SDMX = """
select 'dataflow' as "STRUCTURE", 'TONGHOP:' || upper(replace(campaign, '-', '_')) || '(1.0)' as "STRUCTURE_ID",
       'I' as "ACTION", ref_area as "REF_AREA", indicator as "INDICATOR", measure as "MEASURE",
       time_period as "TIME_PERIOD", obs_value as "OBS_VALUE", obs_status as "OBS_STATUS", unit_measure as "UNIT_MEASURE"
from (
  select campaign, province_code as ref_area, indicator, measure, c.time_period, value as obs_value,
         case when value is null then 'O' when provisional then 'P' else 'A' end as obs_status, unit as unit_measure
  from published.province_annex join published.dim_campaign c using (campaign)
  union all
  select campaign, unit_code, indicator, measure, time_period, obs_value, obs_status, unit_measure
  from published.fact_observation)
order by all
"""
_VALUES = """
select indicator || '.' || measure as "dataElement", cast(time_period as varchar) as "period",
       unit_code as "orgUnit", cast(obs_value as varchar) as "value", coalesce(decided_by, 'tonghop') as "storedBy",
       raw as "comment", needs_review as "followup"
from published.fact_observation where obs_value is not null order by all
"""


def write(base: Any, folder: Path) -> None:
    """Writes both files from the published tables. ``base`` is the DuckDB connection."""
    base.execute(f"copy ({_SDMX}) to '{_path(folder / SDMX)}' (format csv, header true)")
    rows = folder / "values.json"
    base.execute(f"copy ({_VALUES}) to '{_path(rows)}' (format json, array true)")
    head = {"dataElementIdScheme": "CODE", "orgUnitIdScheme": "CODE"}
    with (folder / DHIS2).open("w", encoding="utf-8") as out, rows.open(encoding="utf-8") as values:
        out.write(json.dumps(head)[:-1] + ', "dataValues": ')
        shutil.copyfileobj(values, out)
        out.write("}\n")
    rows.unlink()


def _path(path: Path) -> str:
    return str(path).replace("'", "''")
