"""The web application as a WSGI server calls it: the front (pages kept ready) before Django."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.settings")

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()
