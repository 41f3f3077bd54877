"""Settings, all from the environment, each with a default for an office PC."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from bianzhi.site.database import DEFAULT, database

DATABASES = {"default": database(os.environ.get("BIANZHI_DATABASE", DEFAULT))}
if os.environ.get("BIANZHI_TEST_POSTGRES"):
    # the test suite runs the same tests on a second engine
    DATABASES["postgres"] = database(os.environ["BIANZHI_TEST_POSTGRES"])

# Columns derived from the record, never truth: they may be deleted at any time.
CACHE_DIR = Path(os.environ.get("BIANZHI_CACHE", "var/columns"))

DEBUG = False
# Nothing is signed that outlives a start yet, so a fresh key each start is the safe default.
SECRET_KEY = os.environ.get("BIANZHI_SECRET_KEY") or secrets.token_urlsafe(48)
ALLOWED_HOSTS = os.environ.get("BIANZHI_HOSTS", "127.0.0.1,localhost,[::1]").split(",")

INSTALLED_APPS = ["bianzhi.record", "bianzhi.site"]
MIDDLEWARE = [
    "bianzhi.site.middleware.Strict",  # first, so that no answer leaves without it
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "bianzhi.site.urls"
WSGI_APPLICATION = "bianzhi.site.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {},
    }
]
# What fails inside goes to standard error for whoever runs the server; people get a page in words.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"stderr": {"class": "logging.StreamHandler", "level": "ERROR"}},
    "loggers": {"django.request": {"handlers": ["stderr"], "propagate": False}},
}
LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
