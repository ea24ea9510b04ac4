"""Where data are kept: one frozen object, read from the environment in this place alone."""

import os
import pathlib
from collections.abc import Mapping
from dataclasses import dataclass

ROOT = pathlib.Path(__file__).parents[1]


class SettingsError(ValueError):
    """A setting is missing or wrong; the message names it."""


@dataclass(frozen=True)
class DataSettings:
    """Everything that data needs to know. The default is a folder beside the code and no network."""

    folder: pathlib.Path = ROOT / "var"  # what is made at run time
    postgres_folder: pathlib.Path = ROOT / "var" / "postgres"
    media_folder: pathlib.Path = ROOT / "var" / "media"
    database_url: str | None = None  # a Postgres of one's own, reached directly
    supabase_url: str | None = None  # a Supabase project, reached over HTTPS
    supabase_key: str | None = None  # its publishable (anon) key
    supabase_service_key: str | None = None  # its secret key: for the worker and media, never for browsers
    media_bucket: str = "media"

    @property
    def embedded(self) -> bool:
        """Whether the app brings its own Postgres."""
        return self.database_url is None and self.supabase_url is None


def settings_from(environment: Mapping[str, str] = os.environ, *, visitors: bool = True) -> DataSettings:
    """The settings that these environment variables ask for. Raises SettingsError.

    visitors: whether people will be served, which needs the publishable key; a worker alone does without.
    """
    folder = pathlib.Path(environment.get("HIBARI_FOLDER") or ROOT / "var").expanduser().absolute()
    settings = DataSettings(
        folder=folder,
        postgres_folder=_path(environment, "HIBARI_POSTGRES_FOLDER", folder / "postgres"),
        media_folder=_path(environment, "HIBARI_MEDIA_FOLDER", folder / "media"),
        database_url=environment.get("HIBARI_DATABASE_URL") or None,
        supabase_url=environment.get("SUPABASE_URL") or None,
        supabase_key=environment.get("SUPABASE_KEY") or None,
        supabase_service_key=environment.get("SUPABASE_SERVICE_KEY") or None,
        media_bucket=environment.get("HIBARI_MEDIA_BUCKET") or "media",
    )
    if settings.supabase_url and not settings.supabase_key and visitors:
        raise SettingsError(
            "SUPABASE_URL is set but SUPABASE_KEY is not. Both stand under Project Settings → API keys."
        )
    if settings.supabase_url and not settings.supabase_url.startswith(("https://", "http://")):
        raise SettingsError(f"SUPABASE_URL must begin with https://; {settings.supabase_url!r} does not.")
    return settings


def _path(environment: Mapping[str, str], name: str, default: pathlib.Path) -> pathlib.Path:
    return pathlib.Path(environment.get(name) or default).expanduser().absolute()
