"""The one settings file. Everything that differs between machines comes from the environment.

`make run` writes a `.env` with DEBUG on; without DEBUG the process refuses to start until what
production needs is set (`config/production.py` says what). docs/configuration.md lists the names.
"""

import logging
import os
import sys
from pathlib import Path
from typing import Any

import environ
from csp.constants import NONE, SELF
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from config import log, production
from config.backoffice import navigation
from config.postgres import Cluster

BASE_DIR = Path(__file__).resolve().parent.parent
TESTING = "pytest" in sys.modules
XDIST_WORKER = os.environ.get("PYTEST_XDIST_WORKER", "")

env = environ.Env()
if not TESTING:
    env.read_env(BASE_DIR / ".env")

DEBUG = env.bool("DEBUG", default=False)
ENVIRONMENT = env.str("ENVIRONMENT", default="Test" if TESTING else "Production")
SECRET_KEY = env.str("SECRET_KEY", default="only-for-tests" if TESTING else "")
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
ALLOWED_HOSTS = env.list(
    "ALLOWED_HOSTS", default=["127.0.0.1", "localhost", ".localhost"] if DEBUG or TESTING else []
)
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
PRODUCTION = not (DEBUG or TESTING)
if PRODUCTION:
    production.refuse_unsafe(secret_key=SECRET_KEY, allowed_hosts=ALLOWED_HOSTS, env=env)

# Database, pictures and import files that this installation owns.
STATE_DIR = Path(env.str("STATE_DIR", default=str(BASE_DIR / "var")))

INSTALLED_APPS = [
    "config.apps.SiteConfig",
    "unfold.apps.BasicAppConfig",
    "unfold.contrib.filters",
    "unfold.contrib.forms",
    "config.apps.BackofficeConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_filters",
    "django_prometheus",
    "imports",  # before import_export, whose commands have the same names
    "import_export",
    "ninja",
    "pgtrigger",
    "pghistory",
    "procrastinate.contrib.django",
    "customers",
    "promotions",
    "offers",
    "loyalty",
]

MIDDLEWARE = [
    "config.health.Health",
    "django_prometheus.middleware.PrometheusBeforeMiddleware",
    "config.middleware.ContentSecurityPolicy",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "promotions.media.StoredPictures",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "config.backoffice.session.StaffSession",
    "config.backoffice.gate.BackofficeGate",
    "config.backoffice.clock.BackofficeClock",
    "pghistory.middleware.HistoryMiddleware",
    "config.middleware.MethodsOfTheApi",
    "django_prometheus.middleware.PrometheusAfterMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# PostgreSQL: our own beside the process unless DATABASE_URL names another.
DATABASE_URL = env.str("DATABASE_URL", default="")
EMBEDDED_POSTGRES = None
if DATABASE_URL:
    DATABASES = {"default": env.db_url_config(DATABASE_URL)}
    DATABASES["default"]["ENGINE"] = "django.db.backends.postgresql"
else:
    EMBEDDED_POSTGRES = Cluster(
        STATE_DIR / ("postgres-test" if TESTING else "postgres"), durable=not TESTING
    )
    DATABASES = {
        "default": {"ENGINE": "config.database", **EMBEDDED_POSTGRES.connection_settings()}
    }
DATABASES["default"]["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=0 if DEBUG else 600)
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
# Only what customers/planned.py asks for is planned ahead. PLAN_AHEAD=0 for a pooler that can't.
DATABASES["default"]["OPTIONS"] = {
    "connect_timeout": 5,  # seconds, after which pages say that the database is away
    **DATABASES["default"].get("OPTIONS", {}),
    "prepare_threshold": sys.maxsize if env.bool("PLAN_AHEAD", default=True) else None,
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Limits on sign-in attempts must hold over all processes, so the cache is shared.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        # Django's 300 would let a flood of other addresses push the limits out.
        "OPTIONS": {"MAX_ENTRIES": 200_000},
    }
}

PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
if TESTING:
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# --- who signs in, and for how long -------------------------------------------------------------
AUTH_USER_MODEL = "customers.User"
AUTHENTICATION_BACKENDS = ["customers.sessions.UserBackend"]
SESSION_ENGINE = "customers.sessions"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
STAFF_SESSION_SECONDS = env.int("STAFF_SESSION_SECONDS", default=30 * 60)
STAFF_MFA_REQUIRED = env.bool("STAFF_MFA_REQUIRED", default=PRODUCTION)
LOGIN_URL = reverse_lazy("account_request_login_code")
LOGIN_REDIRECT_URL = "/account/offers/"
LOGOUT_REDIRECT_URL = LOGIN_URL
SESSION_COOKIE_AGE = 14 * 24 * 3600

ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=1 if PRODUCTION else 0)
ACCOUNT_ADAPTER = "customers.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_FORMAT = {"numeric": True, "length": 6, "dashed": False}
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 10 * 60
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 5
# An address is guessed at 60 times an hour at most: 12 codes of a million, 5 attempts each.
ACCOUNT_RATE_LIMITS = {
    "request_login_code": "20/m/ip,3/m/key,12/h/key",
    "confirm_login_code": "30/m/ip,5/h/key",
    "login_failed": "10/m/ip,5/5m/key",
    "reset_password": "10/m/ip,3/m/key,6/h/key",
}
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105 no password
ACCOUNT_FORMS = {
    "login": "config.backoffice.sign_in.StaffSignInForm",
    "reset_password": "config.backoffice.sign_in.StaffPasswordResetForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "Bespoke"
MFA_TOTP_TOLERANCE = 1
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PRODUCTION

PGHISTORY_MIDDLEWARE_METHODS = ("POST", "PUT", "PATCH", "DELETE")

# --- languages and time -------------------------------------------------------------------------
LANGUAGE_CODE = env.str("LANGUAGE_CODE", default="en")
LANGUAGES = [("en", _("English")), ("pl", _("Polish"))]
# The second holds what the libraries say wrong or not at all; it is kept by hand.
LOCALE_PATHS = [BASE_DIR / "locale", BASE_DIR / "locale" / "others"]
TIME_ZONE = "UTC"
USE_TZ = True

# --- files --------------------------------------------------------------------------------------
STATIC_URL = "static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", default=str(BASE_DIR / "staticfiles")))
MEDIA_URL = "media/"
MEDIA_ROOT = STATE_DIR / ("media-test" if TESTING else "media")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    # Uploaded lists and rejects hold personal data: no URL leads to them.
    "private": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {
            "location": STATE_DIR / (f"private-test{XDIST_WORKER}" if TESTING else "private"),
            "base_url": None,
            "file_permissions_mode": 0o600,
            "directory_permissions_mode": 0o700,
        },
    },
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = not PRODUCTION
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.TemporaryFileUploadHandler"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
IMPORT_FILES_KEPT_DAYS = env.int("IMPORT_FILES_KEPT_DAYS", default=30)

# --- promotions ---------------------------------------------------------------------------------
MARGIN_FLOOR_PERCENT = env.int("MARGIN_FLOOR_PERCENT", default=50)

# --- mail ---------------------------------------------------------------------------------------
EMAIL_CONFIG = env.email_url("EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="Bespoke <offers@localhost>")

# --- background jobs ----------------------------------------------------------------------------
# A worker that died is noticed by its heart-beat, and its job runs again within a minute.
PROCRASTINATE_WORKER_DEFAULTS: dict[str, Any] = {
    "update_heartbeat_interval": 3.0,
    "stalled_worker_timeout": 12.0,
    # Asked for each second, not listened for: the listener's end would end the worker whenever
    # the database is restarted, and it needs a connection that no pooler may share.
    "listen_notify": False,
    "fetch_job_polling_interval": 1.0,
    "concurrency": 2,
    # Jobs get these seconds to finish in when the worker is told to stop; then they are rolled
    # back and wait in the queue for the next worker.
    "shutdown_graceful_timeout": 2.0,
    "delete_jobs": "successful",
}

# --- headers ------------------------------------------------------------------------------------
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
        "frame-ancestors": [SELF],
        "frame-src": [SELF],
        "manifest-src": [SELF],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
CSRF_COOKIE_HTTPONLY = True
if PRODUCTION:
    SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=365 * 24 * 3600)
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True

METRICS_TOKEN = env.str("METRICS_TOKEN", default="")

# An address of the network is personal data too.
DJANGO_STRUCTLOG_IP_LOGGING_ENABLED = False
DJANGO_STRUCTLOG_STATUS_START_LOG_LEVEL = logging.DEBUG
LOGGING = log.configuration(json=PRODUCTION, level=env.str("LOG_LEVEL", default="INFO"))

# --- the back-office theme ----------------------------------------------------------------------
UNFOLD = navigation.unfold(ENVIRONMENT)
