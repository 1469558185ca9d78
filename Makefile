# make demo: see it.  make test: trust it.  make check: what a reviewer runs.  make bench: every speed claim.
PYTHON ?= python3.11
PORT ?= 8000
BIN := .venv/bin

.PHONY: setup demo test check bench bench-search screens clean

demo: .venv/run
	@$(BIN)/motcua demo --port $(PORT)

test: .venv/dev
	@$(BIN)/pytest

check: .venv/dev
	@$(BIN)/python -m tests.check

bench: .venv/dev
	@$(BIN)/python -m bench

bench-search: .venv/dev
	@$(BIN)/python -m bench.search

screens: .venv/dev
	@MOTCUA_SCREENS=1 $(BIN)/pytest tests/browser --ignore tests/browser/test_every_page.py

setup: .venv/dev

.venv/run: requirements.lock pyproject.toml
	@test -d .venv || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --no-deps -e . 
	@touch $@

.venv/dev: requirements-dev.lock pyproject.toml
	@test -d .venv || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --no-deps -e .
	@touch .venv/run $@

clean:
	rm -rf .venv var
