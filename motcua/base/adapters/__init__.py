"""Providers behind the floor's ports."""
