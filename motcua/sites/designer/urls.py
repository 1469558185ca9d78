"""Addresses of the designer, below ``/quan-tri/``. What belongs to the process and to its tests has its own lists."""

from django.urls import URLPattern, URLResolver, include, path

from motcua.sites.designer import once_urls, process_urls
from motcua.sites.designer.views import bench, council, form, head, preview, procedures, review

app_name = "designer"
BENCH = "ban-nhap/<uuid:edition>/"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", procedures.procedures, name="procedures"),
    path("moi/", procedures.new, name="new"),
    path("ra-soat/", include(once_urls)),
    path("muc-thu/", council.fees, name="council_fees"),
    path("nap-tep/", review.bring_in, name="bring_in"),
    path("thu-tuc/<str:code>/", procedures.procedure, name="procedure"),
    path("thu-tuc/<str:code>/phien-ban-moi/", procedures.next_edition, name="next_edition"),
    path(BENCH, bench.tasks, name="bench"),
    path(BENCH, include(process_urls)),
    path(BENCH + "thong-tin/", head.head, name="head"),
    path(BENCH + "thoi-han/", head.terms, name="terms"),
    path(BENCH + "thoi-han/cach-tinh/", head.clock, name="clock"),
    path(BENCH + "thoi-han/<str:kind>/<int:place>/", head.channel, name="channel"),
    path(BENCH + "giay-to/", head.papers, name="papers"),
    path(BENCH + "giay-to/them/", head.paper, name="paper_new"),
    path(BENCH + "giay-to/<int:place>/", head.paper, name="paper"),
    path(BENCH + "ket-qua/", head.results, name="results"),
    path(BENCH + "ket-qua/them/", head.result, name="result_new"),
    path(BENCH + "ket-qua/<int:place>/", head.result, name="result"),
    path(BENCH + "khac-biet/", review.differences, name="differences"),
    path(BENCH + "cong-bo/", review.review, name="review"),
    path(BENCH + "tep/", review.file, name="file"),
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
