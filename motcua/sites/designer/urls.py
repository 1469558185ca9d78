"""Addresses of the designer, below ``/quan-tri/``. What belongs to the process and to its tests has its own lists."""

from django.urls import URLPattern, URLResolver, include, path

from motcua.sites.designer import process_urls
from motcua.sites.designer.views import bench, form, preview, procedures

app_name = "designer"
BENCH = "ban-nhap/<uuid:edition>/"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", procedures.procedures, name="procedures"),
    path("moi/", procedures.new, name="new"),
    path("thu-tuc/<str:code>/", procedures.procedure, name="procedure"),
    path("thu-tuc/<str:code>/phien-ban-moi/", procedures.next_edition, name="next_edition"),
    path(BENCH, bench.tasks, name="bench"),
    path(BENCH, include(process_urls)),
    path(BENCH + "to-khai/", form.form, name="form"),
    path(BENCH + "to-khai/quy-tac/", form.rules, name="rules"),
    path(BENCH + "to-khai/phan/", form.section, name="section_new"),
    path(BENCH + "to-khai/phan/<str:code>/", form.section, name="section"),
    path(BENCH + "to-khai/phan/<str:code>/cau-hoi/", form.add_question, name="question_new"),
    path(BENCH + "to-khai/cau-hoi/<str:path>/", form.question, name="question"),
    path(BENCH + "to-khai/cau-hoi/<str:path>/cot/", form.add_column, name="column_new"),
    path(BENCH + "xem-thu/", preview.preview, name="preview"),
    path(BENCH + "xem-thu/can-bo/", preview.officer, name="preview_officer"),
]
