"""Addresses of the frame."""

from django.urls import path

from motcua.sites.frame import views

app_name = "frame"
urlpatterns = [path("khung/", views.khung, name="khung")]
