"""Settings come from the environment, below it from settings.env; what is unfit is said so."""

import os
from pathlib import Path

import pytest

from tcns.config import SettingError, environment, settings_from
from tcns.site.instance import prepare_instance
from tcns.site.preparation import wants_demonstration

SECRET = "s" * 64


@pytest.fixture
def instance(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An instance directory that is not there yet, and no setting but it."""
    for name in ("SECRET_KEY", "HOSTS", "PLAIN_HTTP", "DATABASE_URL", "DEMO", "PORT"):
        monkeypatch.delenv(f"TCNS_{name}", raising=False)
    monkeypatch.setenv("TCNS_INSTANCE", str(tmp_path / "instance"))
    return tmp_path / "instance"


def test_a_first_start_makes_a_secret_key_and_a_trial_on_this_machine(instance: Path) -> None:
    prepare_instance()
    settings = settings_from()
    assert settings.plain_http
    assert settings.for_flask()["TRUSTED_HOSTS"] == ["localhost", "127.0.0.1"]
    assert len(settings.secret_key) == 64
    for name in ("secret-key", "settings.env"):
        assert (instance / name).stat().st_mode & 0o777 == 0o600, name


def test_a_second_start_keeps_the_secret_key_and_the_settings(instance: Path) -> None:
    prepare_instance()
    (instance / "settings.env").write_text("TCNS_HOSTS=tocns.example.vn\n")
    key = (instance / "secret-key").read_text()
    prepare_instance()
    assert (instance / "secret-key").read_text() == key
    assert settings_from().hosts == ("tocns.example.vn",)


def test_hosts_in_the_environment_are_no_trial(
    instance: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TCNS_HOSTS", "tocns.example.vn")
    prepare_instance()
    assert not (instance / "settings.env").exists()
    assert not settings_from().plain_http


def settings_file(instance: Path, text: str) -> dict[str, str]:
    instance.mkdir()
    (instance / "settings.env").write_text(text)
    return {"TCNS_INSTANCE": str(instance)}


def test_the_environment_goes_before_the_settings_file(instance: Path) -> None:
    environ = settings_file(
        instance,
        f'# ours\n\nTCNS_SECRET_KEY="{SECRET}"\nTCNS_HOSTS=a.vn, b.vn\nTCNS_PROXIES=1\n',
    )
    assert settings_from(environ).secret_key == SECRET
    assert settings_from(environ).hosts == ("a.vn", "b.vn")
    assert settings_from(environ | {"TCNS_PROXIES": "2"}).proxies == 2


def test_a_line_that_is_no_setting_is_named_without_being_shown(instance: Path) -> None:
    environ = settings_file(instance, "TCNS_PROXIES=1\nPGPASSWORD=hunter2\n")
    with pytest.raises(SettingError, match=r"settings\.env, line 2") as refused:
        environment(environ)
    assert "hunter2" not in str(refused.value)


@pytest.mark.parametrize("name", ["instance", "tcns.sqlite3"])
def test_what_belongs_to_somebody_else_is_named_before_the_database_fails(
    instance: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    prepare_instance()
    (instance / "tcns.sqlite3").touch()
    # Tests may run as root, who may write everything.
    monkeypatch.setattr(os, "access", lambda path, _mode: Path(path).name != name)
    with pytest.raises(SettingError, match=rf"/{name} cannot be written: Permission") as refused:
        prepare_instance()
    assert "\n" not in str(refused.value)


def test_a_directory_that_cannot_be_written_is_said_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("TCNS_INSTANCE", str(tmp_path / "file" / "instance"))
    with pytest.raises(SettingError, match="cannot be written") as refused:
        prepare_instance()
    assert "\n" not in str(refused.value)


def test_a_common_postgresql_address_is_understood(instance: Path) -> None:
    url = "postgresql://tcns:secret@db.example.vn/tcns"
    environ = {"TCNS_SECRET_KEY": SECRET, "TCNS_HOSTS": "a.vn", "TCNS_DATABASE_URL": url}
    assert settings_from(environ).database_url.startswith("postgresql+psycopg://tcns:secret@")


@pytest.mark.parametrize("url", ["mysql://db/tcns", "tcns.sqlite3", "nonsense"])
def test_a_database_of_another_kind_is_refused_in_one_line(instance: Path, url: str) -> None:
    environ = {"TCNS_SECRET_KEY": SECRET, "TCNS_HOSTS": "a.vn", "TCNS_DATABASE_URL": url}
    with pytest.raises(SettingError, match="TCNS_DATABASE_URL must begin with") as refused:
        settings_from(environ)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("chosen", "wanted"),
    [
        ({}, True),
        ({"TCNS_DEMO": "0"}, False),
        ({"TCNS_HOSTS": "a.vn"}, False),
        ({"TCNS_HOSTS": "a.vn", "TCNS_DEMO": "1"}, True),
    ],
)
def test_invented_people_come_to_a_trial_and_not_to_a_real_site(
    chosen: dict[str, str], wanted: bool
) -> None:
    assert wants_demonstration(chosen) is wanted


def test_a_bucket_is_set_whole_or_not_at_all(instance: Path) -> None:
    environ = settings_file(
        instance,
        f"TCNS_SECRET_KEY={SECRET}\nTCNS_PLAIN_HTTP=1\nTCNS_S3_ENDPOINT=https://s3.example.vn\n",
    )
    with pytest.raises(SettingError, match="needs TCNS_S3_BUCKET, TCNS_S3_ACCESS_KEY"):
        settings_from(environ)
    keys = {f"TCNS_S3_{name}": "of the tests" for name in ("BUCKET", "ACCESS_KEY", "SECRET_KEY")}
    bucket = settings_from(environ | keys).bucket
    assert bucket is not None
    assert (bucket.endpoint, bucket.region) == ("https://s3.example.vn", "us-east-1")
    with pytest.raises(SettingError, match="https://"):
        settings_from(environ | keys | {"TCNS_S3_ENDPOINT": "s3.example.vn"})
