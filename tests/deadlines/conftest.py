"""Property tests here must not fail because a shared machine was busy: no time limit an example."""

from hypothesis import settings

settings.register_profile("patient", deadline=None)
settings.load_profile("patient")
