"""The web application as a WSGI server calls it: the front (pages kept ready) before Django."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.settings")

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connection

from motcua.sites.front import Front

django_application = get_wsgi_application()


def version() -> int:
    """The catalogue's version, asked outside any request: the connection goes back to the pool at once."""
    from motcua.catalogue.queries import catalogue_version

    try:
        return catalogue_version()
    finally:
        connection.close()


application = Front(django_application, version=version, static_root=settings.STATIC_ROOT)
