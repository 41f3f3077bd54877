"""The site as a WSGI application, for ``bianzhi serve`` and any other server."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bianzhi.site.settings")
application = get_wsgi_application()
