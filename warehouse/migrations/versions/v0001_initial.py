"""Tables and views of the first release."""

from __future__ import annotations

from alembic import op

from warehouse.tables import metadata
from warehouse.views import ALL

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Creates every table and view."""
    bind = op.get_bind()
    metadata.create_all(bind)
    for view in ALL:
        op.execute(view)
