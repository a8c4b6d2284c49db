# The entry for people and for continuous integration. `make help` lists the targets.

PYTHON ?= python3
VENV ?= .venv
RAW ?= data/raw
OUT ?= data/aligned
DATA ?=
DEMO ?= build/demo
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

# Python compiles a module when it is first imported. To compile all of them beforehand takes as long as the rest of
# the installation, and a run imports one in ten.
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile $(PIPFLAGS) -c constraints.txt

# Installs the checkout with the extras in brackets. One that cannot be written to is copied first, since the
# build writes into it. In the other mode of editable installations, a script beside a checkout called `synoptic`
# would import that folder.
define install
@if [ -w . ]; then $(PIP) --config-settings editable_mode=compat -e '.$(1)'; else \
	copy="$$(mktemp -d)" && cp -R pipeline synoptic pyproject.toml README.md LICENSE "$$copy" && \
	chmod -R u+w "$$copy" && $(PIP) "$$copy$(1)"; status=$$?; rm -rf "$$copy"; exit $$status; fi
endef

.PHONY: help align demo models test fuzz lint docs lock encoder clean

help:
	@echo 'make align    align the articles in $(RAW), write the corpus to $(OUT); RAW=, OUT= and ARGS= change that'
	@echo 'make demo     make a corpus in $(DEMO) that shows every kind of finding, and a review half done'
	@echo 'make models   install what other models than the embedded one need; make align ARGS="--model ..." does it too'
	@echo 'make test     run the tests'
	@echo 'make fuzz     try damaged files of every format, about ten minutes each'
	@echo 'make lint     check style, types and which way imports run'
	@echo 'make docs     build the documentation as a site in build/site, and check its links'
	@echo 'make lock     pin every package in constraints.txt to the newest version that fits'
	@echo 'make encoder  train an embedded encoder on the parallel sentences in DATA= (ARGS=--wide: sixteen languages)'
	@echo 'make clean    remove the environment and everything that can be made again; the corpus stays'

# Another model may need torch: only if there is such a model, and it is no table of vectors, is it installed.
align: $(VENV)/.run
ifneq ($(findstring --model,$(ARGS)),)
	@$(BIN)/python -m pipeline.cli.needed $(ARGS); status=$$?; \
	if [ $$status -eq 3 ]; then $(MAKE) --silent models; else exit $$status; fi
endif
	@$(BIN)/synoptic align $(ARGS) -- "$(RAW)" "$(OUT)"

demo: $(VENV)/.run
	@$(BIN)/python -m demo "$(DEMO)"

models: $(VENV)/.models

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

docs: $(VENV)/.dev
	@NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --quiet --strict
	@echo 'build/site/index.html'

# Every package that an environment with all extras gets today, in a fresh one. The pin of torch stays as it is.
lock:
	@folder="$$(mktemp -d)" && trap 'rm -rf "$$folder"' EXIT && $(PYTHON) -m venv "$$folder/venv" && \
	pip="$$folder/venv/bin/python -m pip" && grep '^torch==' constraints.txt >"$$folder/torch" && \
	$$pip install --quiet $(PIPFLAGS) -r "$$folder/torch" && \
	$$pip install --quiet $(PIPFLAGS) -c "$$folder/torch" -e '.[dev,ray]' && \
	{ echo '# Made by `make lock`: every package of a run, of other models, of a cluster and of development.'; \
	$$pip list --format=freeze --exclude-editable --exclude pip --exclude wheel | sed 's/+cpu$$//'; } >"$$folder/lock" && \
	cp "$$folder/lock" constraints.txt

encoder: $(VENV)/.dev
	@test -n "$(DATA)" || { echo 'make encoder needs DATA=, files of parallel sentences' >&2; exit 2; }
	$(BIN)/python -m training $(ARGS) -- $(DATA)

clean:
	rm -rf $(VENV) build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find pipeline synoptic training benchmarks tests -name __pycache__ -prune -exec rm -rf {} +

# The environment has three layers, so that `make align` waits neither for the tools of developers nor for torch,
# which only other models need. A stamp is newer than what it depends on only if the installation before it
# succeeded. torch comes before what needs it: the pin of constraints.txt then decides which build is taken.
$(VENV)/.run: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo 'Python 3.11 or later is needed; name one with PYTHON=' >&2; exit 2; }
	@echo 'Installing into $(VENV), once; this takes about half a minute.' >&2
	@$(PYTHON) -m venv $(VENV)
	$(call install)
	@touch $@

$(VENV)/.models: $(VENV)/.run
	@echo 'Installing PyTorch and sentence-transformers, once; this takes one to five minutes.' >&2
	@$(PIP) torch
	$(call install,[models])
	@touch $@

$(VENV)/.dev: $(VENV)/.models
	$(call install,[dev])
	@touch $@

$(NODE)/.dev: package.json
	@mkdir -p $(NODE)
	@cp package.json $(NODE)
	@$(NPM) install --prefix $(NODE) --no-package-lock --no-audit --no-fund --silent
	@touch $@
