"""Settings of the app: one frozen object, read from the environment in one place and passed down."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from data.settings import DataSettings, settings_from


@dataclass(frozen=True)
class OpenIdProvider:
    """A service that says who somebody is, over OpenID Connect."""

    url: str
    client_id: str
    client_secret: str = field(repr=False)


@dataclass(frozen=True)
class Settings:
    host: str = "127.0.0.1"
    port: int = 7860
    data: DataSettings = field(default_factory=DataSettings)  # where things are kept
    frame_scale: float = 1.0  # of every clip's size; below 1 for slow machines and tests
    demo: bool = True  # an empty place is given a dozen posts by demo members
    secure_cookies: bool = False  # behind https, and inside the frame of a Space
    hugging_face: OpenIdProvider | None = None  # people may sign in with their account there
    origins: tuple[str, ...] = ()  # where people find the app when a proxy stands before it: https://clips.example.org

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> "Settings":
        """Settings from HIBARI_* variables; on a Space (SPACE_ID is set) open to the outside. Raises ValueError."""
        space = "SPACE_ID" in environment
        listed = [text.strip().rstrip("/") for text in environment.get("HIBARI_ORIGINS", "").split(",")]
        if "SPACE_HOST" in environment:
            listed.append(f"https://{environment['SPACE_HOST']}")
        return cls(
            host=environment.get("HIBARI_HOST", "0.0.0.0" if space else cls.host),
            port=_number(environment, "HIBARI_PORT", int, cls.port, 1, 65535),
            data=settings_from(environment),
            frame_scale=_number(environment, "HIBARI_FRAME_SCALE", float, cls.frame_scale, 0.2, 2.0),
            demo=environment.get("HIBARI_DEMO", "1") not in ("0", "no", "off"),
            secure_cookies=space,
            hugging_face=_hugging_face(environment),
            origins=tuple(_origin(text) for text in listed if text),
        )


def _hugging_face(environment: Mapping[str, str]) -> OpenIdProvider | None:
    """What a Space is told when its front matter asks for `hf_oauth`."""
    client_id, secret = environment.get("OAUTH_CLIENT_ID"), environment.get("OAUTH_CLIENT_SECRET")
    if not client_id or not secret:
        return None
    return OpenIdProvider(environment.get("OPENID_PROVIDER_URL") or "https://huggingface.co", client_id, secret)


def _number(environment: Mapping[str, str], name: str, kind: type, default: float, low: float, high: float):
    text = environment.get(name, str(default))
    try:
        value = kind(text)
    except ValueError:
        value = None
    if value is None or not low <= value <= high:
        raise ValueError(f"{name} must be a number from {low} to {high}; it is {text!r}.")
    return value


def _origin(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.netloc or parts.path:
        raise ValueError(f"HIBARI_ORIGINS lists addresses such as https://clips.example.org; {text!r} is none.")
    return text
