"""Settings, from the environment; the application refuses to start when one is missing or weak.

What the environment does not say is read from `settings.env` in the instance directory, so that
the server and every command see the same settings without anything being exported by hand. A
default stands here only where it is right in production and may be public.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SHORTEST_SECRET = 32
ENGINES = ("sqlite://", "postgresql+psycopg://")
# The only hosts that answer without TLS and without being named: this machine itself.
LOOPBACK = ("localhost", "127.0.0.1")
LARGEST_REQUEST_BYTES = 2 * 1024 * 1024


class SettingError(SystemExit):
    """A setting is missing or unfit: the process ends with a line that says what to do."""


@dataclass(frozen=True)
class Bucket:
    """A bucket of an S3 service: its address, its name, and the keys to it."""

    endpoint: str
    name: str
    access_key: str
    secret_key: str = field(repr=False)
    region: str


@dataclass(frozen=True)
class Settings:
    """What a deployment decides.

    `database_url` SQLAlchemy URL; `secret_key` signs cookies; `hosts` the names the site answers
    to, this machine alone when empty; `proxies` how many reverse proxies stand in front;
    `plain_http` whether cookies may travel without TLS, for a trial on loopback;
    `commune_team_size` and `village_team_size` the sizes above which pages warn,
    `commune_team_least` and `village_team_least` those below which they do; `team_name_vi`,
    `team_name_en` what the province calls a team; `lock_wait_seconds` how long whoever saves waits
    for another who is saving, before they are asked to send it again; `files_directory` where
    files that people hand in are kept, on every host the same, unless they are kept in `bucket`;
    `upload_days` how many days an
    uploaded list is kept once it was imported or left, `import_days` how many days its rows are;
    `log_file` where log lines go instead of stderr; `log_requests` whether requests that went well
    leave one too; `personal_rows_a_day` how many rows with names and phones an account may export
    in a day: the whole register of a province twice; `closing_day` the day of the month on which
    reporting periods close: the 14th, which Decree 09/2019/NĐ-CP is understood to set for periodic
    reports (not confirmed; a report prints its days); `photographs_asked` whether whoever reviews a
    session is told that it has no photograph; `open_data` whether figures without personal data are
    shown to everybody; `silent_days` after how many days without a session pages speak of a silent
    team, and again after twice and three times as many; `counts_pending` whether figures count a
    session from the day it is submitted, or only once it is approved.
    """

    database_url: str
    secret_key: str
    hosts: tuple[str, ...] = ()
    proxies: int = 0
    plain_http: bool = False
    commune_team_size: int = 10
    village_team_size: int = 5
    commune_team_least: int = 3
    village_team_least: int = 3
    team_name_vi: str = "Tổ công nghệ số cộng đồng"
    team_name_en: str = "Community digital-technology team"
    lock_wait_seconds: int = 5
    files_directory: Path = ROOT / "instance" / "files"
    bucket: Bucket | None = None
    upload_days: int = 1
    import_days: int = 30
    log_file: str = ""
    log_requests: bool = False
    personal_rows_a_day: int = 25_000
    closing_day: int = 14
    photographs_asked: bool = False
    open_data: bool = False
    silent_days: int = 30
    counts_pending: bool = True

    def __post_init__(self) -> None:
        if len(self.secret_key) < SHORTEST_SECRET:
            raise SettingError(
                f"TCNS_SECRET_KEY must have at least {SHORTEST_SECRET} characters; "
                "make one with: python3 -c 'import secrets; print(secrets.token_hex(32))'"
            )
        if not self.plain_http and not self.hosts:
            raise SettingError(
                "TCNS_HOSTS must name the host the site is served under, e.g. tocns.example.gov.vn "
                "(or set TCNS_PLAIN_HTTP=1 for a trial on this machine only)"
            )

        if self.closing_day not in range(1, 32):
            raise SettingError("TCNS_CLOSING_DAY must be a day of the month, from 1 to 31")
        if self.silent_days < 1:
            raise SettingError("TCNS_SILENT_DAYS must be at least one day")

    def for_flask(self) -> dict[str, object]:
        """The settings in Flask's and its extensions' words."""
        secure = not self.plain_http
        return {
            "SECRET_KEY": self.secret_key,
            "SQLALCHEMY_DATABASE_URI": self.database_url,
            "TRUSTED_HOSTS": list(self.hosts or LOOPBACK),
            "MAX_CONTENT_LENGTH": LARGEST_REQUEST_BYTES,
            "MAX_FORM_MEMORY_SIZE": LARGEST_REQUEST_BYTES,
            "SESSION_COOKIE_NAME": "__Host-session" if secure else "session",
            "SESSION_COOKIE_SECURE": secure,
            "SESSION_COOKIE_HTTPONLY": True,
            "SESSION_COOKIE_SAMESITE": "Lax",
            "SESSION_REFRESH_EACH_REQUEST": False,
            "WTF_CSRF_TIME_LIMIT": None,
            "BABEL_DEFAULT_LOCALE": "vi",
            "BABEL_TRANSLATION_DIRECTORIES": str(ROOT / "translations"),
            "BOOTSTRAP_SERVE_LOCAL": True,
            "COMPRESS_MIN_SIZE": 1000,
            # Half the time of the usual 4, for pages that are a twentieth larger.
            "COMPRESS_BR_LEVEL": 3,
            "PERMANENT_SESSION_LIFETIME": timedelta(days=180),
        }


def instance_directory(environ: Mapping[str, str] = os.environ) -> Path:
    """Where the embedded database, the secret key and the demonstration accounts lie."""
    return Path(environ.get("TCNS_INSTANCE", ROOT / "instance")).absolute()


def environment(environ: Mapping[str, str] = os.environ) -> dict[str, str]:
    """The environment, and below it what `settings.env` of the instance directory says."""
    path = instance_directory(environ) / "settings.env"
    return (_read_settings(path) if path.exists() else {}) | dict(environ)


def settings_from(environ: Mapping[str, str] = os.environ) -> Settings:
    """Read the settings; raises SettingError with what to do about it."""
    instance, environ = instance_directory(environ), environment(environ)
    return Settings(
        database_url=_database_url(environ, instance),
        secret_key=environ.get("TCNS_SECRET_KEY") or _read_secret(instance / "secret-key"),
        hosts=tuple(environ.get("TCNS_HOSTS", "").replace(",", " ").split()),
        proxies=_number(environ, "TCNS_PROXIES", 0),
        plain_http=environ.get("TCNS_PLAIN_HTTP", "0") == "1",
        commune_team_size=_number(environ, "TCNS_COMMUNE_TEAM_SIZE", 10),
        village_team_size=_number(environ, "TCNS_VILLAGE_TEAM_SIZE", 5),
        commune_team_least=_number(environ, "TCNS_COMMUNE_TEAM_LEAST", 3),
        village_team_least=_number(environ, "TCNS_VILLAGE_TEAM_LEAST", 3),
        team_name_vi=environ.get("TCNS_TEAM_NAME_VI", Settings.team_name_vi),
        team_name_en=environ.get("TCNS_TEAM_NAME_EN", Settings.team_name_en),
        lock_wait_seconds=_number(environ, "TCNS_LOCK_WAIT_SECONDS", Settings.lock_wait_seconds),
        files_directory=Path(environ.get("TCNS_FILES", instance / "files")).absolute(),
        bucket=_bucket(environ),
        upload_days=_number(environ, "TCNS_UPLOAD_DAYS", 1),
        import_days=_number(environ, "TCNS_IMPORT_DAYS", 30),
        log_file=environ.get("TCNS_LOG_FILE", ""),
        log_requests=environ.get("TCNS_LOG_REQUESTS", "0") == "1",
        personal_rows_a_day=_number(
            environ, "TCNS_PERSONAL_ROWS_A_DAY", Settings.personal_rows_a_day
        ),
        closing_day=_number(environ, "TCNS_CLOSING_DAY", Settings.closing_day),
        photographs_asked=environ.get("TCNS_PHOTOGRAPHS_ASKED", "0") == "1",
        open_data=environ.get("TCNS_OPEN_DATA", "0") == "1",
        silent_days=_number(environ, "TCNS_SILENT_DAYS", Settings.silent_days),
        counts_pending=environ.get("TCNS_COUNT_PENDING", "1") == "1",
    )


def _read_settings(path: Path) -> dict[str, str]:
    """The lines NAME=value of a settings file, as systemd reads them; # begins a comment."""
    settings = {}
    for number, line in enumerate(_read(path).splitlines(), start=1):
        name, equals, text = line.strip().partition("=")
        if name and not name.startswith("#"):
            if not equals or not name.startswith("TCNS_"):
                raise SettingError(f"{path}, line {number}: write a setting as TCNS_NAME=value")
            settings[name] = text.strip("\"'")
    return settings


def _database_url(environ: Mapping[str, str], instance: Path) -> str:
    """The database's address: the embedded one unless another is set; PostgreSQL by psycopg 3."""
    url = environ.get("TCNS_DATABASE_URL") or f"sqlite:///{instance / 'tcns.sqlite3'}"
    url = url.replace("postgresql://", "postgresql+psycopg://", 1)
    if not url.startswith(ENGINES):
        raise SettingError(
            "TCNS_DATABASE_URL must begin with postgresql:// or sqlite:///, e.g. postgresql:///tcns"
        )
    return url


def _bucket(environ: Mapping[str, str]) -> Bucket | None:
    """The bucket of an S3 service, if one is set: then all there is to know of it."""
    names = ("ENDPOINT", "BUCKET", "ACCESS_KEY", "SECRET_KEY")
    known = {name: environ.get(f"TCNS_S3_{name}", "") for name in names}
    missing = [f"TCNS_S3_{name}" for name, text in known.items() if not text]
    if len(missing) == len(names):
        return None
    if missing:
        raise SettingError(f"a bucket needs {', '.join(missing)} as well")
    if not known["ENDPOINT"].startswith(("https://", "http://")):
        raise SettingError("TCNS_S3_ENDPOINT must begin with https://, e.g. https://s3.example.vn")
    return Bucket(
        endpoint=known["ENDPOINT"],
        name=known["BUCKET"],
        access_key=known["ACCESS_KEY"],
        secret_key=known["SECRET_KEY"],
        region=environ.get("TCNS_S3_REGION", "us-east-1"),
    )


def _read_secret(path: Path) -> str:
    """The secret key kept in the instance directory, which `make prepare` writes."""
    if not path.exists():
        raise SettingError(
            f"no TCNS_SECRET_KEY is set and {path} does not exist; run: make prepare"
        )
    return _read(path).strip()


def _read(path: Path) -> str:
    """A file of the instance directory, readable by the user the site runs as and nobody else."""
    try:
        return path.read_text("utf-8")
    except PermissionError as error:
        raise SettingError(f"{path} cannot be read; run this as the user that owns it") from error


def _number(environ: Mapping[str, str], name: str, default: int) -> int:
    """A setting that is a whole number, zero or more."""
    text = environ.get(name, str(default))
    if not text.isdigit():
        raise SettingError(f"{name} must be a whole number, not {text!r}")
    return int(text)
