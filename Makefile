# `make demo` installs and runs the main job; `make test` installs and passes every check.
PYTHON ?= python3
ARGS ?=
BIN := .venv/bin
UV := $(BIN)/uv

.PHONY: demo test fast lock clean

demo: .venv/.installed
	$(BIN)/lookalike demo demo $(ARGS)

test: .venv/.installed
	./check

fast: .venv/.installed
	./check fast

.venv/.installed: requirements/bootstrap.lock requirements/dev.lock pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/bootstrap.lock
	$(UV) pip install --quiet --python $(BIN)/python --require-hashes -r requirements/dev.lock
	$(UV) pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	@touch $@

lock:
	$(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header requirements/bootstrap.in -o requirements/bootstrap.lock
	$(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --group dev pyproject.toml -o requirements/dev.lock

clean:
	rm -rf .venv demo build dist
