"""Settings from ``tonghop.toml`` and ``TONGHOP_*`` variables; the variables win."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from schemas.errors import ConfigurationError


class SourceSettings(BaseModel):
    """One place reports come from: any address fsspec opens, or ``imap://`` for a mailbox."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    url: str
    stable_seconds: float = 2.0
    move_taken_to: str | None = None
    options: dict[str, Any] = Field(default_factory=dict)


class SignOnSettings(BaseModel):
    """The office's OpenID provider. Nobody gets in by it who has no account here, unless
    ``default_role`` says what newcomers may do."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    issuer: str
    client_id: str
    client_secret: str = ""
    label: str = ""
    default_role: str = ""


class ReviewSettings(BaseModel):
    """The review site. ``public_url`` is how browsers reach it, where a proxy stands before it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    public_url: str = ""
    language: str = "vi"
    idle_minutes: int = Field(default=120, gt=0)
    absolute_hours: int = Field(default=12, gt=0)
    upload_megabytes: int = Field(default=40, gt=0)
    trusted_proxies: str = ""
    sign_on: SignOnSettings | None = None


class Settings(BaseSettings):
    """Everything that may differ from one office to the next. Nothing is opened here."""

    model_config = SettingsConfigDict(
        env_prefix="TONGHOP_",
        env_nested_delimiter="__",
        toml_file="tonghop.toml",
        extra="forbid",
        frozen=True,
    )

    home: Path = Path("data")
    database_url: str = ""
    archive_url: str = ""
    archive_options: dict[str, Any] = Field(default_factory=dict, repr=False)
    """What the archive's file system asks for: endpoint, keys, time limits."""
    province: str = "33"
    workers: int = 0
    """Processes that read files; 0 = one a core."""
    pictures: bool = True
    """Whether page pictures are drawn after loading, for the review site."""
    sources: tuple[SourceSettings, ...] = ()
    review: ReviewSettings = ReviewSettings()

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls)

    @property
    def warehouse_url(self) -> str:
        """The SQLAlchemy address: the one set, else a SQLite file under ``home``."""
        return self.database_url or f"sqlite:///{self.home / 'warehouse.sqlite'}"

    @property
    def archive_root(self) -> str:
        """Where originals and stage files lie: an fsspec address."""
        return self.archive_url or str(self.home / "archive")


def load_settings(**overrides: Any) -> Settings:
    """Reads the settings. Raises ConfigurationError naming the key that is wrong."""
    try:
        return Settings(**overrides)
    except (ValidationError, ValueError) as error:
        raise ConfigurationError(name="tonghop.toml", detail=str(error)) from error
