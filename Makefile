# `make demo` installs and runs the main job; `make test` installs and passes every check.
PYTHON ?= python3
ARGS ?=
BIN := .venv/bin
UV := $(BIN)/uv
CLIENTS := looker-sdk-26 looker-sdk-23 spectacles-2.4 spectacles-2.2 datahub dagster
NODE_CLIENTS := tests/contract/node-4.0 tests/contract/node-3.1

.PHONY: demo test fast docs lock clean

demo: .venv/.installed
	$(BIN)/lookalike demo demo $(ARGS)

test: .venv/.installed .clients/.installed
	./check

fast: .venv/.installed
	./check fast

.venv/.installed: requirements/bootstrap.lock requirements/dev.lock pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/bootstrap.lock
	$(UV) pip install --quiet --python $(BIN)/python --require-hashes -r requirements/dev.lock
	$(UV) pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	@touch $@

docs: .venv/.installed
	$(BIN)/python -m tests.house.reference

# The official clients that the contract tests drive, each in an environment of its own, as their registries give them.
.clients/.installed: .venv/.installed $(CLIENTS:%=requirements/clients/%.lock) $(NODE_CLIENTS:%=%/package-lock.json)
	set -e; for client in $(CLIENTS); do \
	  $(UV) venv --quiet --allow-existing .clients/$$client; \
	  $(UV) pip install --quiet --python .clients/$$client/bin/python --require-hashes -r requirements/clients/$$client.lock; \
	done
	set -e; if command -v npm >/dev/null; then \
	  for client in $(NODE_CLIENTS); do npm ci --prefix $$client --silent --no-audit --no-fund; done; \
	fi
	@touch $@

lock: .venv/.installed
	set -e; for name in bootstrap $(CLIENTS:%=clients/%); do \
	  $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header requirements/$$name.in -o requirements/$$name.lock; \
	done
	$(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --group dev pyproject.toml -o requirements/dev.lock

clean:
	rm -rf .venv .clients demo build dist $(NODE_CLIENTS:%=%/node_modules)
