"""Settings from ``tonghop.toml`` and ``TONGHOP_*`` variables; the variables win."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, model_validator
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
    options: dict[str, Any] = Field(default_factory=dict, repr=False)
    """For the client: host_key, key_filename, mark_seen …; ``password_env`` and ``password_file``
    name where a secret lies."""
    reply: bool = False
    """Whether a sender is told what became of the mail."""


class MailSettings(BaseModel):
    """The server that sends digests and answers; ``to`` are the officers who get the digest."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    host: str
    port: int = 25
    security: Literal["none", "starttls", "tls"] = "none"
    user: str = ""
    password: SecretStr = SecretStr("")
    sender: str
    to: tuple[str, ...] = ()


class RetentionSettings(BaseModel):
    """Days that what is no record is kept; 0 = for ever. Originals and decisions always stay."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    runs_days: int = Field(default=730, ge=0)
    mail_details_days: int = Field(default=365, ge=0)
    uploads_days: int = Field(default=30, ge=0)
    """Of files that were uploaded, taken, and left in the inbox because the site died over them."""


class MachineSettings(BaseModel):
    """Where files are read: here, on a Dask cluster, or by the workers of a Prefect pool.

    ``address`` is the scheduler's address or the pool's name; ``batch`` files go to a machine at
    once; after ``patience`` seconds without any report read, the rest is read here.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    runner: Literal["local", "dask", "pool"] = "local"
    address: str = ""
    batch: int = Field(default=25, gt=0)
    patience: float = Field(default=900.0, gt=0)

    @model_validator(mode="after")
    def _addressed(self) -> MachineSettings:
        if self.runner != "local" and not self.address:
            raise ValueError(f"machines.address is missing for runner {self.runner}")
        return self


class SignOnSettings(BaseModel):
    """The office's OpenID provider. Nobody gets in by it who has no account here, unless
    ``default_role`` says what newcomers may do."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    issuer: str
    client_id: str
    client_secret: str = ""
    label: str = ""
    default_role: Literal["", "reviewer", "approver", "analyst"] = ""


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
    deadlines: dict[str, dt.date] = Field(default_factory=dict)
    """Last day for reports by campaign, where the office sets another than the form names."""
    sources: tuple[SourceSettings, ...] = ()
    schedule: str = "0 1 * * *"
    """When the nightly run starts, as cron, by the clock of ``timezone``."""
    timezone: str = "Asia/Ho_Chi_Minh"
    max_attempts: int = Field(default=2, gt=0)
    """How often a file may kill its reading process before it is set aside."""
    machines: MachineSettings = MachineSettings()
    mail: MailSettings | None = None
    retention: RetentionSettings = RetentionSettings()
    metrics_file: Path | None = None
    """Where Prometheus' node exporter picks up a text file (``*.prom``)."""
    log_format: Literal["text", "json"] = "text"
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
    except ValidationError as error:
        # Without what was given: it may be a password.
        wrong = error.errors(include_input=False, include_url=False, include_context=False)
        told = "; ".join(f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in wrong)
        raise ConfigurationError(name="tonghop.toml", detail=told) from None
    except ValueError as error:
        raise ConfigurationError(name="tonghop.toml", detail=str(error)) from error
