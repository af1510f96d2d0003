# Every command a developer needs. A fresh Debian 12 or 13 with python3 (>= 3.11), python3-venv and make is enough:
# Node comes from PyPI into the environment. `make help` lists the targets.

PYTHON ?= python3
VENV ?= .venv
PORT ?= 8000
# Where `fast` and `journeys` leave their machine-readable results, for `.ci/run`.
REPORTS ?= .ci/out
# `make mutants MUTANTS=--short` runs the short form.
MUTANTS ?=

# The environment's own python, node and npm come first in every recipe.
export PATH := $(CURDIR)/$(VENV)/bin:$(PATH)
export PORT
export SUOJA_TEST_PARTIAL

# A later `make env` has nothing to do while these are newer than what they are made from.
PYTHON_READY := $(VENV)/.python-ready
NODE_READY := node_modules/.suoja-ready
FRONTEND_READY := suoja/static/suoja/manifest.json
CATALOGUES_READY := $(VENV)/.catalogues-ready

FRONTEND_SOURCES := $(shell find frontend -type f -not -name '*.test.ts' 2>/dev/null)
CATALOGUES := $(shell find suoja -name '*.po')

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help env build demo test check static fast typescript-tests python-tests faults short-faults journeys browsers \
	format format-check lint types imports frontend-check sizes mutants bench screenshots wheel wheel-check requirements clean

help: ## This list.
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 16

# ---- the environment -------------------------------------------------------------------------------------------

env: $(PYTHON_READY) $(NODE_READY) ## The Python environment, Node, and the front end's packages.

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Suoja needs Python 3.11 or newer."; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(PYTHON_READY): requirements/dev.txt pyproject.toml | $(VENV)/bin/python
	$(VENV)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	$(VENV)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(NODE_READY): package.json package-lock.json .npmrc | $(PYTHON_READY)
	npm ci --no-progress --loglevel=error
	@touch $@

# ---- building --------------------------------------------------------------------------------------------------

build: env $(FRONTEND_READY) $(CATALOGUES_READY) ## The front end and the message catalogues, when a source changed.

$(FRONTEND_READY): $(FRONTEND_SOURCES) $(NODE_READY) pyproject.toml
	node frontend/build.mjs

$(CATALOGUES_READY): $(CATALOGUES) scripts/catalogues.py $(PYTHON_READY)
	$(VENV)/bin/python scripts/catalogues.py
	@touch $@

wheel: env ## dist/*.whl, complete with the built front end, in an isolated build.
	$(VENV)/bin/python -m build --wheel

wheel-check: wheel
	$(VENV)/bin/python scripts/check_wheel.py

# ---- running ---------------------------------------------------------------------------------------------------

demo: build ## Everything with demo data, on http://127.0.0.1:$PORT (8000).
	@exec $(VENV)/bin/suoja demo

# ---- checking --------------------------------------------------------------------------------------------------

check: static fast ## Before each commit: format, lint, types, house rules, fast tests.

static: format-check lint types frontend-check sizes

fast: typescript-tests python-tests

typescript-tests: build
	@mkdir -p $(REPORTS)
	npx --no-install vitest run --reporter=default --reporter=json --outputFile.json=$(REPORTS)/vitest.json

python-tests: build
	@mkdir -p $(REPORTS)
	$(VENV)/bin/pytest -m "not journey and not fault" --junitxml=$(REPORTS)/fast.xml

journeys: build browsers ## The stories in real browsers alone.
	@mkdir -p $(REPORTS)
	$(VENV)/bin/pytest -m journey --junitxml=$(REPORTS)/journeys.xml

faults: build ## The service under faults, long: 400 talks, 100 kills; docs/reliability.md ends with the figures.
	SUOJA_FAULT_TALKS=400 SUOJA_FAULT_KILLS=100 SUOJA_FAULT_REPORT=docs/reliability.md $(VENV)/bin/pytest -m fault

# What the continuous integration runs: the tests' own numbers.
short-faults: build
	@mkdir -p $(REPORTS)
	$(VENV)/bin/pytest -m fault --junitxml=$(REPORTS)/faults.xml

test: fast short-faults journeys ## The whole suite, browsers included.

browsers:
	@bash scripts/browsers.sh

format: env ## Rewrites the sources in the house's format.
	$(VENV)/bin/ruff format .
	$(VENV)/bin/ruff check --fix-only --quiet .
	npx --no-install biome check --write .

format-check: env
	$(VENV)/bin/ruff format --check .

lint: env
	$(VENV)/bin/ruff check .

types: env
	$(VENV)/bin/mypy

imports: env ## The import rules alone, with their chains (`check` holds them by tests/rules).
	$(VENV)/bin/lint-imports

frontend-check: env
	npx --no-install biome check --error-on-warnings .
	npx --no-install tsc --noEmit

sizes: build
	node frontend/sizes.mjs

mutants: build ## Plants breaks in the rules and demands that a named test catches each.
	$(VENV)/bin/python tests/mutants.py $(MUTANTS)

bench: build ## What a talk costs, beside baselines, into docs/performance.json (BENCH_SHORT=1: only that it works).
	$(VENV)/bin/python -m bench

screenshots: build browsers ## Pictures of every state into docs/screens.
	$(VENV)/bin/python tests/screenshots.py

# ---- keeping house ---------------------------------------------------------------------------------------------

requirements: ## Pins anew (needs uv, which nobody else needs).
	for set in base dev; do \
	  extra=$$( [ $$set = dev ] && echo "--extra dev" ); \
	  uv pip compile pyproject.toml $$extra --universal --python-version 3.11 --generate-hashes --no-header \
	    --no-annotate --no-emit-index-url --quiet -o requirements/$$set.txt || exit 1; \
	done

clean: ## Removes what was built and the environment; keeps var/.
	rm -rf $(VENV) node_modules suoja/static/suoja dist build .ci/out *.egg-info
	rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name '__pycache__' -type d -prune -exec rm -rf {} +
	find suoja -name '*.mo' -delete
