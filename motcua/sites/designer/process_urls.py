"""Addresses of the process designer, the trial runs and the recorded tests, below ``/quan-tri/ban-nhap/<edition>/``."""

from django.urls import URLPattern, path

from motcua.sites.designer.views import process, runs, step

STEP = "quy-trinh/buoc/<str:code>/"
urlpatterns: list[URLPattern] = [
    path("quy-trinh/", process.process, name="process"),
    path("quy-trinh/them/", process.add, name="step_add"),
    path("quy-trinh/dieu-kien/", step.condition, name="condition"),
    path("quy-trinh/bpmn/", process.bpmn_file, name="bpmn"),
    path(STEP, step.step, name="step"),
    path(STEP + "chuyen/", process.move, name="step_move"),
    path(STEP + "xoa/", process.remove, name="step_remove"),
    path("chay-thu/", runs.runs, name="runs"),
    path("chay-thu/ghi/", runs.record, name="run_record"),
    path("chay-thu/bo/", runs.drop, name="run_drop"),
    path("chay-thu/<uuid:run>/nghi/", runs.retire, name="run_retire"),
]
