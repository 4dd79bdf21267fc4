# The commands of the project; each does all it needs first, and nothing twice.
#   make run     the whole room on this machine, until Ctrl-C
#   make test    every test against real servers and a real browser; ARGS="-k prices" narrows it
#   make check   formatter, linter, types, import contracts
#   make bench   the benchmarks of the screens; make bench-ingest those of what is taken in
#   make fmt     format the code
#   make screenshots   the pictures in docs/
#   make clean   remove everything made here, the private database included

SHELL := /bin/sh
PYTHON ?= python3
BIN := .venv/bin

.PHONY: run test check bench bench-ingest fmt screenshots clean setup setup-dev python

run: setup
	@exec $(BIN)/python -m deploy.local run

test: setup-dev
	@$(BIN)/python -m deploy.local fetch
	@exec $(BIN)/python -m pytest $(ARGS)

check: setup-dev
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

bench: setup-dev
	@$(BIN)/python -m deploy.local fetch
	@exec $(BIN)/python -m tests.bench $(ARGS)

bench-ingest: setup-dev
	@$(BIN)/python -m deploy.local fetch
	@exec $(BIN)/python -m tests.bench.ingest $(ARGS)

screenshots: setup-dev
	@$(BIN)/python -m deploy.local fetch
	@exec $(BIN)/python -m tests.screenshots $(ARGS)

fmt: setup-dev
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

setup: python
	@$(PYTHON) -m deploy.local.setup run

setup-dev: python
	@$(PYTHON) -m deploy.local.setup dev $(if $(filter test bench screenshots,$(MAKECMDGOALS)),--chromium)

python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python >= 3.11 is needed, $(PYTHON) is `$(PYTHON) --version 2>&1`: say PYTHON=/path/to/python3.11" >&2; exit 1; }

clean:
	@[ ! -e .runtime/room.lock ] || flock -n .runtime/room.lock true || \
		{ echo "a room runs in .runtime: stop it first" >&2; exit 1; }
	@rm -rf .venv .runtime .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
