"""Settings of Django for one headquarters; its folder is named by ``MUSTER_HQ_FOLDER``."""

import os
from pathlib import Path
from typing import Any

from muster.hq.database import addresses
from muster.hq.folder import COLLECTED, SITE_KEY_NAME, VARIABLE, read_secrets

_HERE = Path(__file__).parent
_FOLDER = Path(os.environ[VARIABLE])
_SECRETS = read_secrets(_FOLDER)
_ADDRESSES = addresses(_FOLDER)


def _database(conninfo: dict[str, Any]) -> dict[str, Any]:
    """What Django is told of a connection; all that it has no name for, such as sslmode, goes to libpq as it is."""
    named = {"dbname", "user", "password", "host", "port"}
    told = {name: value for name, value in conninfo.items() if name not in named}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": conninfo["dbname"],
        "USER": conninfo["user"],
        "PASSWORD": conninfo.get("password", ""),
        "HOST": conninfo.get("host", ""),
        "PORT": conninfo.get("port", ""),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {**told, "options": "-c search_path=hq"},
    }


SECRET_KEY = _SECRETS.session_key
CONTEXT_KEY = _SECRETS.context_key
SITE_KEY = _FOLDER / SITE_KEY_NAME
SITE = os.environ.get("MUSTER_HQ_SITE", "PAR")
JOBS_AT_ONCE = int(os.environ.get("MUSTER_HQ_JOBS", "1"))
DEBUG = False
ALLOWED_HOSTS = os.environ.get("MUSTER_HQ_HOSTS", "localhost,127.0.0.1").split(",")
ROOT_URLCONF = "muster.hq.urls"
WSGI_APPLICATION = "muster.hq.wsgi.application"
DATABASES = {
    "default": _database(_ADDRESSES.application),
    "owner": _database(_ADDRESSES.owner),
    "sync": _database(_ADDRESSES.sync),
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "muster.hq.boundary",
    "muster.hq.people",
    "muster.hq.records",
    "muster.hq.scenario",
    "muster.hq.notices",
    "muster.hq.jobs",
    "muster.hq.plans",
    "muster.hq.access",
    "muster.hq.saved",
]
MIDDLEWARE = [
    "muster.hq.boundary.middleware.headers",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "muster.hq.people.middleware.SignedIn",
    "muster.hq.access.middleware.programs",
    "muster.hq.boundary.middleware.plain_text",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "muster.hq.people.middleware.lasting_session",
    "muster.hq.people.middleware.first_things",
    "muster.hq.people.middleware.boundary",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [_HERE / "templates"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.i18n",
                "django.template.context_processors.request",
                "muster.hq.head.counts",
            ],
            "string_if_invalid": "",
        },
    }
]
STATIC_URL = "static/"
STATIC_ROOT = _FOLDER / COLLECTED
STORAGES = {"staticfiles": {"BACKEND": "muster.hq.static_files.CollectedStaticFiles"}}
STATICFILES_DIRS = [_HERE / "static"]
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 0
WHITENOISE_ALLOW_ALL_ORIGINS = False

AUTH_USER_MODEL = "people.Account"
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "sign-in"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 15}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "muster.hq.people.password_words.WordsOfThisWork"},
]

ROWS_AN_HOUR = int(os.environ.get("MUSTER_HQ_ROWS_AN_HOUR", "100000"))
"""Rows that a post outside the headquarters may take out in an hour."""

SESSION_COOKIE_AGE = 12 * 3600
IDLE_MINUTES = int(os.environ.get("MUSTER_HQ_IDLE_MIN", "30"))
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Strict"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = os.environ.get("MUSTER_HQ_TLS", "") == "1"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("fr", "Français"), ("uk", "Українська")]
LANGUAGE_COOKIE_NAME = "muster_language"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Strict"
LANGUAGE_COOKIE_SECURE = SESSION_COOKIE_SECURE
LOCALE_PATHS = [_HERE / "locale"]
FORMAT_MODULE_PATH = "muster.hq.formats"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"places": {"()": "muster.hq.places_only.PlacesOnly"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "places"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
