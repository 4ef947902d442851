# One command each. `make` alone says which there are.

PYTHON ?=
PORT ?= 8000
# Tests at once: one more than a small machine has cores, for many of them wait most of the time.
JOBS ?= 3

PY := .venv/bin/python
STAMP := .venv/installed
NPM := web/client/npm
MODULES := web/client/node_modules/installed
PACKAGES := game protocol bots web tests

# The tests start servers and bots by the hundred: what these import is compiled once.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help setup play test page-test chromium check page gallery records bench lock clean

help:
	@echo 'make play      plays on this machine, at http://127.0.0.1:$(PORT) (PORT=… for another)'
	@echo 'make setup     makes .venv with everything that the other commands need'
	@echo 'make test      checks and tests everything (JOBS=… at once)'
	@echo 'make check     checks style, types, who imports whom, and generated files'
	@echo 'make page      builds the page that the browser gets, web/static'
	@echo 'make gallery   shows how every game looks, for those who draw tables'
	@echo 'make records   rewrites golden and generated files, to be read as a diff'
	@echo 'make bench     measures, and writes docs/performance.md'
	@echo 'make lock      renews requirements.lock'
	@echo 'make clean     removes what the others made, but not the matches in data/'

setup: $(STAMP)

# The first Python that is new enough, unless PYTHON names one. A .venv that no longer runs is made anew.
$(STAMP): requirements.lock pyproject.toml
	@set -e; new_enough='import sys; sys.exit(sys.version_info < (3, 11))'; \
	if ! $(PY) -c "$$new_enough" 2>/dev/null; then \
	  for python in $(or $(PYTHON),python3 python3.13 python3.12 python3.11 python); do \
	    if "$$python" -c "$$new_enough" 2>/dev/null; then found=$$python; break; fi; \
	  done; \
	  if [ -z "$${found:-}" ]; then \
	    echo 'Parlour needs Python 3.11 or newer, and there is none on the PATH.' >&2; \
	    echo 'Install one, or name it: make setup PYTHON=/path/to/python3' >&2; exit 1; \
	  fi; \
	  echo "making .venv with $$($$found --version)"; \
	  $$found -m venv --clear .venv || { echo 'On Debian and Ubuntu: apt install python3-venv' >&2; exit 1; }; \
	fi
	@echo 'installing'
	@$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(PY) -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

# Tools for the page, which only those need who change it or check it.
$(MODULES): web/client/package-lock.json | setup
	@echo 'installing what builds the page'
	@$(NPM) ci --silent
	@touch $@

# The server and, beside it, the bots one can ask for, who wait for it by themselves. Ctrl-C stops both.
play: setup
	@mkdir -p data
	@$(PY) -m web --port $(PORT) & server=$$!; \
	$(PY) -m bots attend --url ws://127.0.0.1:$(PORT)/ws --bots 'Lucky Lotte (random)=random,Pensive Pim (minimax)=minimax' & bots=$$!; \
	trap 'kill $$server $$bots 2>/dev/null' INT TERM HUP; \
	wait $$server; ended=$$?; \
	kill $$bots 2>/dev/null; wait; exit $$ended

# What failed is run once more, alone: docs/decisions/what-failed-is-run-once-more-alone.md
test: setup $(MODULES)
	@$(MAKE) --no-print-directory --jobs 2 check page-test chromium
	$(PY) -m pytest -n $(JOBS) || $(PY) -m pytest --last-failed --last-failed-no-failures none --maxfail 3

page-test: setup $(MODULES)
	$(NPM) test --silent

chromium: setup
	$(PY) -m tests.browser.chromium

check: setup $(MODULES)
	$(PY) -m ruff check
	$(PY) -m ruff format --check
	$(PY) -m mypy
	.venv/bin/lint-imports --no-logo
	$(PY) -m tests.protocol.readme
	$(PY) -m tests.protocol.transcripts
	$(PY) -m tests.page
	$(NPM) run --silent check
	@set -e; built=$$(mktemp -d); trap 'rm -rf "$$built"' EXIT; \
	$(NPM) run --silent build -- --logLevel warn --outDir "$$built"; \
	diff -r --brief "$$built" web/static || { echo 'web/static is not what its sources make: make page' >&2; exit 1; }

page: setup $(MODULES)
	$(NPM) run --silent build

# Drawn anew while one edits the renderer.
gallery: setup $(MODULES)
	$(PY) -m tests.tables
	$(NPM) exec -- vite gallery --config gallery/vite.config.ts

# All but the playthroughs and the list of OpenSpiel's games are compared by check; those are by the tests.
records: setup $(MODULES)
	$(PY) -m tests.protocol.readme --write
	$(PY) -m tests.protocol.transcripts --write
	$(PY) -m tests.rules.playthrough --write
	$(PY) -m tests.rules.open_spiel.selection --write
	$(PY) -m tests.page --write
	$(NPM) run --silent build

bench: setup
	$(PY) -m tests.benchmarks

lock: setup
	@$(PY) -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' || \
	  { echo 'requirements.lock is made on Python 3.11: make clean setup PYTHON=python3.11' >&2; exit 1; }
	$(PY) -m piptools compile --upgrade pyproject.toml

clean:
	rm -rf .venv web/client/node_modules tests/browser/screenshots test-results build dist *.egg-info .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache
	find $(PACKAGES) -name __pycache__ -type d -prune -exec rm -rf {} +
