# The entry for people and for continuous integration. `make help` lists the targets.

PYTHON ?= python3
VENV ?= .venv
RAW ?= data/raw
OUT ?= data/aligned
DATA ?=
# Anything else for the command, as in `make align ARGS="--languages it,pl"`.
ARGS ?=
# Anything else for pip, as in another package index.
PIPFLAGS ?=

BIN := $(VENV)/bin
# Checks the script of the review page where it is there; `make lint NPM=` goes without.
NPM ?= $(shell command -v npm 2>/dev/null)
NODE := $(VENV)/node

# What `make fuzz` tries, ten minutes each: formats of raw files, and what else reads what people send.
FUZZED ?= txt md mdx rst html feed json jsonl csv docx odt fodt rtf hwp hwpx epub mhtml eml warc check apply server

PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check $(PIPFLAGS) -c constraints.txt

.PHONY: help align test fuzz lint encoder clean

help:
	@echo 'make align    align the articles in $(RAW), write the corpus to $(OUT); RAW=, OUT= and ARGS= change that'
	@echo 'make test     run the tests'
	@echo 'make fuzz     try damaged files of every format, about ten minutes each'
	@echo 'make lint     check style, types and which way imports run'
	@echo 'make encoder  train the embedded encoder on the parallel sentences in DATA='
	@echo 'make clean    remove the environment and everything that can be made again; the corpus stays'

align: $(VENV)/.run
	@$(BIN)/synoptic align $(ARGS) -- "$(RAW)" "$(OUT)"

test: $(VENV)/.dev
	$(BIN)/python -m pytest

fuzz: $(VENV)/.dev
	$(BIN)/python -m pytest --hypothesis-profile=fuzz tests/ingestion/test_fuzz.py tests/ingestion/test_mutations.py
	@if $(BIN)/python -c 'import atheris' 2>/dev/null; then \
		for target in $(FUZZED); do \
			$(BIN)/python -m tests.fuzz $$target .fuzz/$$target -max_total_time=600 || exit 1; \
		done; \
	else \
		echo 'atheris is not installed, so nothing was fuzzed by coverage: pip install atheris' >&2; \
	fi

lint: $(VENV)/.dev $(if $(NPM),$(NODE)/.dev)
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
ifneq ($(NPM),)
	NODE_PATH="$(abspath $(NODE)/node_modules)" $(NODE)/node_modules/.bin/eslint eslint.config.js pipeline
	$(NODE)/node_modules/.bin/tsc
else
	@echo 'npm is not here, so the script of the review page has not been checked' >&2
endif

encoder: $(VENV)/.dev
	@test -n "$(DATA)" || { echo 'make encoder needs DATA=, a file of parallel sentences' >&2; exit 2; }
	$(BIN)/python -m training $(ARGS) -- "$(DATA)"

clean:
	rm -rf $(VENV) build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find pipeline synoptic training benchmarks tests -name __pycache__ -prune -exec rm -rf {} +

# The environment has two layers, so that `make align` does not wait for the tools of developers. A stamp is
# newer than what it depends on only if the installation before it succeeded. torch comes first and alone: the
# pin of constraints.txt then decides which build of it is taken, and nothing after it asks for another.
$(VENV)/.run: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo 'Python 3.11 or later is needed; name one with PYTHON=' >&2; exit 2; }
	@echo 'Installing into $(VENV), once; this takes two to five minutes.' >&2
	@$(PYTHON) -m venv $(VENV)
	@$(PIP) torch
	@$(PIP) -e .
	@touch $@

$(VENV)/.dev: $(VENV)/.run
	@$(PIP) -e '.[dev]'
	@touch $@

$(NODE)/.dev: package.json
	@mkdir -p $(NODE)
	@cp package.json $(NODE)
	@$(NPM) install --prefix $(NODE) --no-package-lock --no-audit --no-fund --silent
	@touch $@
