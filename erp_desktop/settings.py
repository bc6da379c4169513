"""Settings of this workstation: read once, from a file and the environment; never a password.

Nothing heavy is imported here: the sign-in window waits for it.
"""

import json
import os
import sys
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

_APP = "erp-desktop"
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True, slots=True)
class ServerProfile:
    """How to reach one head office.

    Attributes:
        name: What the user picks at sign-in.
        hosts: One host, or several with commas: the one that writes is used.
        port: One port for all hosts.
        ca_file: Authority that signed the server's certificate; empty for the system's.
    """

    name: str
    hosts: str
    port: int = 5432
    database: str = "erp"
    ca_file: str = ""

    @property
    def is_local(self) -> bool:
        """Whether every host is this very machine."""
        hosts = [host.strip() for host in self.hosts.split(",")]
        return all(host in _LOOPBACK or host.startswith(("/", "@")) for host in hosts)

    def parameters(self) -> dict[str, str]:
        """Return libpq's parameters, without user and password.

        Off this machine the server must prove who it is, and only SCRAM is spoken: `prefer` and
        `require` would hand the password to a rogue server.
        """
        found = {"host": self.hosts, "port": str(self.port), "dbname": self.database}
        if "," in self.hosts:
            found["target_session_attrs"] = "read-write"
        if not self.is_local:
            found["sslmode"] = "verify-full"
            found["sslrootcert"] = self.ca_file or "system"
            found["require_auth"] = "scram-sha-256"
        return found


@dataclass(frozen=True, slots=True)
class Settings:
    """What this workstation is set to.

    Attributes:
        config_folder: Settings, profiles and what users prefer.
        data_folder: Journal, replica, logs.
        profiles: Servers to choose from at sign-in.
        profile: Name of the one chosen last.
        login: Who signed in last; never a password.
        language: Of the sign-in window: ar, fr or en.
        country: DZ, MA or TN: how numbers and dates are written.
        theme: light, dark or system, until a user chooses.
        remember: The user asked for the password to be kept in the keyring.
        idle_minutes: After so long without a key the window locks; 0 for never.
    """

    config_folder: Path
    data_folder: Path
    profiles: tuple[ServerProfile, ...] = ()
    profile: str = ""
    login: str = ""
    language: str = "fr"
    country: str = "DZ"
    theme: str = "system"
    idle_minutes: int = 10
    remember: bool = False

    def chosen(self) -> ServerProfile | None:
        """Return the server chosen last, or the first."""
        named = [profile for profile in self.profiles if profile.name == self.profile]
        return next(iter([*named, *self.profiles]), None)

    def user_folder(self, login: str) -> Path:
        """Return where one user's preferences and drafts are kept."""
        safe = "".join(letter if letter.isalnum() else "_" for letter in login)
        return self.config_folder / "users" / safe


@dataclass(frozen=True, slots=True)
class SettingsFile:
    """The TOML file behind the settings."""

    path: Path
    _kept: tuple[str, ...] = field(
        default=(
            "profile",
            "login",
            "language",
            "country",
            "theme",
            "idle_minutes",
            "remember",
        ),
        repr=False,
    )

    def read(self, base: Settings) -> Settings:
        """Return `base` with what the file says; what it says wrongly is left out."""
        try:
            found = tomllib.loads(self.path.read_text("utf-8"))
        except (OSError, ValueError):
            return base
        values = {
            name: found[name]
            for name in self._kept
            if isinstance(found.get(name), type(getattr(base, name)))
        }
        profiles = tuple(_profiles(found.get("servers")))
        return replace(base, **values, profiles=profiles or base.profiles)

    def write(self, settings: Settings) -> None:
        """Write the settings, whole or not at all."""
        lines = [f"{name} = {_toml(getattr(settings, name))}" for name in self._kept]
        for profile in settings.profiles:
            lines += ["", "[[servers]]"]
            for name in ("name", "hosts", "port", "database", "ca_file"):
                lines.append(f"{name} = {_toml(getattr(profile, name))}")
        self.path.parent.mkdir(parents=True, exist_ok=True)
        half = self.path.with_suffix(".half")
        half.write_text("\n".join(lines) + "\n", "utf-8")
        half.replace(self.path)


def load_settings(environment: Mapping[str, str] = os.environ) -> Settings:
    """Return the settings of this workstation.

    `ERP_CONFIG`, `ERP_DATA`, `ERP_LANGUAGE`, `ERP_THEME` and `ERP_IDLE_MINUTES` overrule the file.
    """
    config = Path(environment.get("ERP_CONFIG") or _default_folder("config", environment))
    data = Path(environment.get("ERP_DATA") or _default_folder("data", environment))
    language = environment.get("LANG", "")[:2]
    base = Settings(config, data, language=language if language in {"ar", "fr", "en"} else "fr")
    settings = SettingsFile(config / "settings.toml").read(base)
    changes: dict[str, Any] = {
        name: environment[variable]
        for name, variable in (("language", "ERP_LANGUAGE"), ("theme", "ERP_THEME"))
        if environment.get(variable)
    }
    if environment.get("ERP_IDLE_MINUTES", "").isdigit():
        changes["idle_minutes"] = int(environment["ERP_IDLE_MINUTES"])
    return replace(settings, **changes)


def save_settings(settings: Settings) -> None:
    """Keep the settings for the next start."""
    SettingsFile(settings.config_folder / "settings.toml").write(settings)


def _default_folder(kind: str, environment: Mapping[str, str]) -> Path:
    """Return the system's folder for this program, as platformdirs would, without its import."""
    home = Path.home()
    if sys.platform == "win32":
        variable = "APPDATA" if kind == "config" else "LOCALAPPDATA"
        return Path(environment.get(variable) or home) / _APP
    if sys.platform == "darwin":
        return home / "Library" / "Application Support" / _APP
    fallback = home / (".config" if kind == "config" else ".local/share")
    variable = "XDG_CONFIG_HOME" if kind == "config" else "XDG_DATA_HOME"
    return Path(environment.get(variable) or fallback) / _APP


def _profiles(found: Any) -> list[ServerProfile]:
    profiles = []
    for each in found if isinstance(found, list) else ():
        try:
            profiles.append(ServerProfile(**each))
        except TypeError:
            continue
    return profiles


def _toml(value: str | int) -> str:
    return json.dumps(value, ensure_ascii=False)
