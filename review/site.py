"""What every page of the site stands on: settings, warehouse, archive."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from fastapi import Depends, Request

from reconcile.desk import Desk
from review.intake import Intake
from review.pictures import PictureBook
from schemas.settings import Settings
from warehouse.access import Lifetime
from warehouse.archive import Archive
from warehouse.engine import Warehouse


@dataclass(frozen=True, slots=True)
class Site:
    """Made once by ``create_app``; routes take it as ``TheSite``."""

    settings: Settings
    warehouse: Warehouse
    archive: Archive
    intake: Intake
    desk: Desk
    pictures: PictureBook

    @property
    def lifetime(self) -> Lifetime:
        """How long a session lasts."""
        review = self.settings.review
        return Lifetime(
            dt.timedelta(minutes=review.idle_minutes), dt.timedelta(hours=review.absolute_hours)
        )

    @property
    def published(self) -> Path:
        """Where ``publish`` writes."""
        return self.settings.home / "published"


def the_site(request: Request) -> Site:
    """The site a request came to."""
    site: Site = request.app.state.site
    return site


TheSite = Annotated[Site, Depends(the_site)]
