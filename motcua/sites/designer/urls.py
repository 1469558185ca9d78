"""Addresses of the designer, below ``/quan-tri/``. What belongs to the process and to its tests has its own lists."""

from django.urls import URLPattern, URLResolver, include, path

from motcua.sites.designer import process_urls
from motcua.sites.designer.views import bench, procedures

app_name = "designer"
BENCH = "ban-nhap/<uuid:edition>/"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", procedures.procedures, name="procedures"),
    path("moi/", procedures.new, name="new"),
    path("thu-tuc/<str:code>/", procedures.procedure, name="procedure"),
    path("thu-tuc/<str:code>/phien-ban-moi/", procedures.next_edition, name="next_edition"),
    path(BENCH, bench.tasks, name="bench"),
    path(BENCH, include(process_urls)),
]
