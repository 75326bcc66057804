"""Published tables as typed pandas frames, for notebooks: long as stored, wide as printed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd


def table(out: Path, name: str) -> pd.DataFrame:
    """One table of the edition in ``out``, its types as in the Parquet file.

    Columns as in ``docs/data-dictionary.md``; integers and truth values are nullable types, so a
    blank stays a blank. FileNotFoundError for a name that was not published.
    """
    import pandas as pd  # noqa: PLC0415

    path = out / "parquet" / f"{name}.parquet"
    return pd.read_parquet(path, dtype_backend="numpy_nullable")


def unit_table(out: Path, campaign: str) -> pd.DataFrame:
    """One row a unit, one column an ``indicator.measure``; blank where the unit gave no value."""
    facts = table(out, "fact_observation")
    facts = facts[(facts["campaign"] == campaign) & facts["obs_value"].notna()]
    cells = facts["indicator"] + "." + facts["measure"]
    wide = facts.assign(cell=cells).pivot_table(
        index="unit_code", columns="cell", values="obs_value", aggfunc="sum", min_count=1
    )
    return wide.astype("Int64").rename_axis(columns=None)
