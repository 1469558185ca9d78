"""The administrator's face, below ``/quan-tri/``: procedures drawn, tried, reviewed and published in the browser."""
