"""Settings: read once, never a password, and no server that has not proved itself."""

from dataclasses import replace
from pathlib import Path

import pytest

from erp_desktop.settings import ServerProfile, Settings, load_settings, save_settings


@pytest.mark.parametrize(
    "hosts", ["localhost", "127.0.0.1", "::1", "/run/postgresql", "localhost,::1"]
)
def test_this_machine_needs_no_certificate(hosts: str) -> None:
    assert ServerProfile("Here", hosts).is_local
    assert "sslmode" not in ServerProfile("Here", hosts).parameters()


@pytest.mark.parametrize(
    "hosts",
    ["erp.example.com", "localhost.example.com", "127.0.0.1.example.com", "localhost,10.0.0.7"],
)
def test_off_this_machine_the_server_proves_itself_and_only_scram_is_spoken(hosts: str) -> None:
    found = ServerProfile("Head office", hosts).parameters()

    assert found["sslmode"] == "verify-full"
    assert found["require_auth"] == "scram-sha-256"
    assert found["sslrootcert"] == "system"


def test_of_several_hosts_the_one_that_writes_is_used() -> None:
    found = ServerProfile("Head office", "a,b", ca_file="/etc/erp/ca.pem").parameters()

    assert found["target_session_attrs"] == "read-write"
    assert found["sslrootcert"] == "/etc/erp/ca.pem"


def test_settings_come_back_as_they_were_saved(tmp_path: Path) -> None:
    settings = Settings(
        tmp_path / "config",
        tmp_path / "data",
        profiles=(ServerProfile('Siège "A"', "a,b", 5433, "erp", "C:\\ca.pem"),),
        profile='Siège "A"',
        login="amina",
        language="ar",
        country="TN",
        theme="dark",
        idle_minutes=3,
        remember=True,
    )

    save_settings(settings)

    environment = {"ERP_CONFIG": str(tmp_path / "config"), "ERP_DATA": str(tmp_path / "data")}
    assert load_settings(environment) == settings
    assert load_settings({**environment, "ERP_LANGUAGE": "fr"}) == replace(settings, language="fr")


@pytest.mark.parametrize(
    "content", ["", "[[[", 'language = 7\nservers = "x"', "[[servers]]\nhost=1"]
)
def test_a_broken_file_leaves_the_defaults(tmp_path: Path, content: str) -> None:
    (tmp_path / "settings.toml").write_text(content)

    settings = load_settings({"ERP_CONFIG": str(tmp_path), "ERP_DATA": str(tmp_path)})

    assert (settings.language, settings.profiles) == ("fr", ())


def test_a_users_folder_stays_in_the_config_folder(tmp_path: Path) -> None:
    settings = Settings(tmp_path, tmp_path)

    assert settings.user_folder("../../etc").parent == tmp_path / "users"
