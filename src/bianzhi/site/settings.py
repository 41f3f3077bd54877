"""Settings, all from the environment, each with a default for an office PC."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

from bianzhi.site.database import DEFAULT, beside, database
from bianzhi.site.environment import minutes
from bianzhi.site.signing import signing_key

DATABASES = {"default": database(os.environ.get("BIANZHI_DATABASE", DEFAULT))}
if os.environ.get("BIANZHI_TEST_POSTGRES"):
    # the test suite runs the same tests on a second engine
    DATABASES["postgres"] = database(os.environ["BIANZHI_TEST_POSTGRES"])

# Columns derived from the record, never truth: they may be deleted at any time.
CACHE_DIR = Path(os.environ.get("BIANZHI_CACHE", "var/columns"))

# The keys of the ID numbers: beside the database, never in it and in no backup.
SECRET_FILE = Path(os.environ.get("BIANZHI_SECRET_FILE") or beside(DATABASES["default"], "keys"))

# Where an office drops the licensed fonts its papers are set in.
FONT_DIR = Path(os.environ.get("BIANZHI_FONTS") or beside(DATABASES["default"], "fonts"))

DEBUG = False
# Kept in a file of its own, so that logins survive a restart and all processes agree.
SECRET_KEY = os.environ.get("BIANZHI_SECRET_KEY") or signing_key(
    beside(DATABASES["default"], "signing")
)
ALLOWED_HOSTS = os.environ.get("BIANZHI_HOSTS", "127.0.0.1,localhost,[::1]").split(",")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "axes",
    "bianzhi.record",
    "bianzhi.office.access",
    "bianzhi.office.identity",
    "bianzhi.office.papers",
    "bianzhi.office.desk",
    "bianzhi.office.checks",
    "bianzhi.office.survey",
    "bianzhi.office.ledgers",
    "bianzhi.office.intake",
    "bianzhi.office.people",
    "bianzhi.office.cases",
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
    "bianzhi.office.access.sessions.Sessions",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",  # every page, unless it says not
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",  # last, as it asks to be
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
# A folder selected file by file; the import tells its own limit (500) in its own words below this.
DATA_UPLOAD_MAX_NUMBER_FILES = 1000
# A sheet corrected column by column: Excel has 16,384 of them.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
CSRF_FAILURE_VIEW = "bianzhi.site.failures.stale"
AUTH_USER_MODEL = "access.User"
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = LOGOUT_REDIRECT_URL = "home"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
_RULES = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{_RULES}.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {
        "NAME": f"{_RULES}.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "name")},
    },
    {"NAME": f"{_RULES}.CommonPasswordValidator"},
    {"NAME": f"{_RULES}.NumericPasswordValidator"},
]
# By user name: an office behind one gateway has one address.
AXES_LOCKOUT_PARAMETERS = ["username"]
SILENCED_SYSTEM_CHECKS = ["axes.W006"]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_TEMPLATE = "access/locked.html"
AXES_ENABLE_ADMIN = AXES_VERBOSE = False
AXES_DISABLE_ACCESS_LOG = True  # the access log has it
AXES_CLIENT_IP_CALLABLE = "bianzhi.office.access.log.address_of"
OTP_TOTP_ISSUER = "编制"
SESSION_IDLE = 60 * minutes("BIANZHI_IDLE_MINUTES", 30)
SESSION_LONGEST = SESSION_COOKIE_AGE = 12 * 3600  # a long working day
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
# Set where the site stands behind HTTPS: cookies then never travel in the open.
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = bool(os.environ.get("BIANZHI_HTTPS"))
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
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
