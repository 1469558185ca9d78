"""Every address. Vietnamese without a prefix, English below ``/en/``."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("api/", include("motcua.sites.api.urls")),
    path(".well-known/", include("motcua.sites.api.well_known")),
]
urlpatterns += i18n_patterns(
    path("", include("motcua.sites.frame.urls")),
    path("can-bo/", include("motcua.sites.desk.urls")),
    path("quan-tri/", include("motcua.sites.designer.urls")),
    path("", include("motcua.sites.portal.urls")),
    prefix_default_language=False,
)
handler400 = "motcua.sites.frame.views.bad_request"
handler403 = "motcua.sites.frame.views.forbidden"
handler404 = "motcua.sites.frame.views.not_found"
handler500 = "motcua.sites.frame.views.server_error"
