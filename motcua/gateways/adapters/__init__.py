"""One provider a file; all pass tests/payments/test_conformance.py."""
