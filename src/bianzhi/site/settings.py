"""Settings, all from the environment, each with a default for an office PC."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from bianzhi.site.database import DEFAULT, beside, database

DATABASES = {"default": database(os.environ.get("BIANZHI_DATABASE", DEFAULT))}
if os.environ.get("BIANZHI_TEST_POSTGRES"):
    # the test suite runs the same tests on a second engine
    DATABASES["postgres"] = database(os.environ["BIANZHI_TEST_POSTGRES"])

# Columns derived from the record, never truth: they may be deleted at any time.
CACHE_DIR = Path(os.environ.get("BIANZHI_CACHE", "var/columns"))

# The keys of the ID numbers: beside the database, never in it and in no backup.
SECRET_FILE = Path(os.environ.get("BIANZHI_SECRET_FILE") or beside(DATABASES["default"], "keys"))

DEBUG = False
# Nothing is signed that outlives a start yet, so a fresh key each start is the safe default.
SECRET_KEY = os.environ.get("BIANZHI_SECRET_KEY") or secrets.token_urlsafe(48)
ALLOWED_HOSTS = os.environ.get("BIANZHI_HOSTS", "127.0.0.1,localhost,[::1]").split(",")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "bianzhi.record",
    "bianzhi.office.access",
    "bianzhi.office.identity",
    "bianzhi.office.desk",
    "bianzhi.office.ledgers",
    "bianzhi.office.intake",
    "bianzhi.office.people",
    "bianzhi.site",
]
MIDDLEWARE = [
    "bianzhi.site.middleware.Strict",  # first, so that no answer leaves without it
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",  # every page, unless it says not
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]
ROOT_URLCONF = "bianzhi.site.urls"
WSGI_APPLICATION = "bianzhi.site.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]
# What fails inside goes to standard error for whoever runs the server; people get a page in words.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"stderr": {"class": "logging.StreamHandler", "level": "ERROR"}},
    "loggers": {"django.request": {"handlers": ["stderr"], "propagate": False}},
}
AUTH_USER_MODEL = "access.User"
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = LOGOUT_REDIRECT_URL = "home"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Served by this process straight from the packages; an address changes when its file does, so a
# browser may keep it for good.
STATIC_URL = "static/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "bianzhi.site.static_files.StaticFiles"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 365 * 24 * 3600
WHITENOISE_IMMUTABLE_FILE_TEST = "(?!)"  # the digest is in the query, not in the name

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
