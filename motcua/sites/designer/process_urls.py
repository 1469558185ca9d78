"""Addresses of the process designer, the trial runs and the recorded tests, below ``/quan-tri/ban-nhap/<edition>/``."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
