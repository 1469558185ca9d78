"""The web application as a WSGI server calls it: the front (pages kept ready), the gate, then Django."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.settings")

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connection, connections

from motcua.sites.front import Front
from motcua.sites.gate import Gate

django_application = get_wsgi_application()
gate = Gate(django_application, most_bytes=settings.MAX_REQUEST_BYTES, leave=connections.close_all)


def version() -> str:
    """The catalogue's stamp, asked outside any request: the connection goes back to the pool at once."""
    from motcua.catalogue.queries import catalogue_stamp

    try:
        return catalogue_stamp()
    finally:
        connection.close()


application = Front(gate, version=version, static_root=settings.STATIC_ROOT)
