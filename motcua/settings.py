"""Settings: one file, read from the environment, loud when a value is wrong. See docs/settings.md for each variable."""

import os
import secrets
from pathlib import Path

from csp.constants import NONE, SELF

from motcua.base import database


def text(name: str, default: str = "") -> str:
    """The variable ``name``, or ``default`` when it is not set or empty."""
    return os.environ.get(name, "").strip() or default


def flag(name: str, default: bool = False) -> bool:
    """A yes/no variable; anything but 1/0/true/false/yes/no raises ``ValueError``."""
    value = text(name, str(default)).lower()
    if value not in {"1", "0", "true", "false", "yes", "no"}:
        raise ValueError(f"{name} must be yes or no, not {value!r}")
    return value in {"1", "true", "yes"}


def number(name: str, default: int) -> int:
    """A whole number; anything else raises ``ValueError``."""
    return int(text(name, str(default)))


def secret_key(var: Path) -> str:
    """``MOTCUA_SECRET_KEY``, or one made once and kept, readable by the owner alone, in the data folder."""
    if given := text("MOTCUA_SECRET_KEY"):
        return given
    kept = var / "secret-key"
    if not kept.exists():
        var.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(50))
    return kept.read_text()


ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "data"
VAR = Path(text("MOTCUA_VAR", str(ROOT / "var"))).resolve()
DATABASE_URL = text("DATABASE_URL")

DEMO = flag("MOTCUA_DEMO")
DEBUG = flag("MOTCUA_DEBUG")
SECRET_KEY = secret_key(VAR)
ALLOWED_HOSTS = text("MOTCUA_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [origin for origin in text("MOTCUA_ORIGINS").split(",") if origin]
NODE = text("MOTCUA_NODE", "H99")  # the agency code of this node; stands in every fact
SITE_ADDRESS = text("MOTCUA_ADDRESS", "http://127.0.0.1:8000")  # what QR codes and letters point to

PARTS = [
    "Base", "Deadlines", "People", "Mandates", "Catalogue", "Results", "Payments", "Notices", "Opinions", "Dossiers",
    "Vault", "Corrections", "Certifying", "Drafts", "Desks", "Surveys", "Reorganisation", "Frame", "Portal", "Desk",
    "Designer", "Api",
]  # fmt: skip
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_cotton",
    "django_htmx",
    *(f"motcua.apps.{part}" for part in PARTS),
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "motcua.sites.frame.middleware.RefusalMiddleware",
]
ROOT_URLCONF = "motcua.urls"
WSGI_APPLICATION = "motcua.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATABASES = {"default": database.settings_for(DATABASE_URL, VAR)}
if name := text("MOTCUA_TEST_DATABASE"):
    DATABASES["default"]["TEST"] = {"NAME": name}

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "motcua.sites.frame.context.frame",
            ],
        },
    }
]

AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = ["motcua.people.queries.Sessions"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 8}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "/dang-nhap/"
CSRF_FAILURE_VIEW = "motcua.sites.frame.views.csrf_failure"
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 8 * 3600
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = flag("MOTCUA_HTTPS")
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if flag("MOTCUA_HTTPS") else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True
USE_I18N = True
LOCALE_PATHS = [ROOT / "motcua/sites/frame/locale"]

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
MADE_ROOT = VAR / "made"  # fonts cut to our letters, the operator's colours
SITE_TOKENS = text("MOTCUA_SITE_TOKENS")  # a YAML file with the operator's name and colours
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "motcua.sites.frame.assets.MadeFinder",
]
MAX_FILE_BYTES = number("MOTCUA_MAX_FILE_MB", 20) * 1024 * 1024
MAX_REQUEST_BYTES = 5 * MAX_FILE_BYTES + 2 * 1024 * 1024  # all files of one request together
FILE_UPLOAD_HANDLERS = [
    "motcua.sites.frame.uploads.Bounded",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
DATA_UPLOAD_MAX_NUMBER_FILES = 20
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILES_BUCKET = text("MOTCUA_FILES_BUCKET")  # an S3 bucket; empty: files on disk in VAR/files
CREDENTIAL_KEYS = Path(text("MOTCUA_CREDENTIAL_KEYS", str(VAR / "credential-keys.json")))  # made once when missing
CLAMAV_SOCKET = text("MOTCUA_CLAMAV_SOCKET")
ON_DISK = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": VAR / "files"}}
IN_BUCKET = {
    "BACKEND": "storages.backends.s3.S3Storage",
    "OPTIONS": {"bucket_name": FILES_BUCKET, "file_overwrite": False},
}
STORAGES = {
    "default": IN_BUCKET if FILES_BUCKET else ON_DISK,
    "staticfiles": {"BACKEND": "motcua.sites.frame.assets.HashedStorage"},
}
PROVIDERS = text("MOTCUA_PROVIDERS")  # a YAML file: the ways to pay and the contracts of agencies
REGISTERS = text("MOTCUA_REGISTERS")  # a YAML file: the registers that can be asked what a person has
SIGNING = text("MOTCUA_SIGNING")  # a YAML file: keys, whom to trust, who stamps the time
EMAIL_BACKEND = text("MOTCUA_EMAIL_BACKEND", "django.core.mail.backends.dummy.EmailBackend")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    # What a stranger's file makes these say is in the report of the file; their traces are not for the log.
    "loggers": {name: {"level": "CRITICAL"} for name in ("pyhanko", "pyhanko_certvalidator")},
    "root": {"handlers": ["console"], "level": text("MOTCUA_LOG", "WARNING")},
}
