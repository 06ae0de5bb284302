# Assay. `make demo` and `make test` set up what they need. Settings: DATA, PORT, ONCE=1, SPEECH=1, TORCH=cpu|cuda|pypi.
SHELL := /bin/sh
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

DATA  ?= $(or $(ASSAY_DATA),data)
PORT  ?= 8000
UV    := $(or $(shell command -v uv),.tools/uv/bin/uv)
NPM   := $(shell command -v npm)
TORCH ?= $(if $(filter Darwin,$(shell uname -s)),pypi,$(if $(shell command -v nvidia-smi),cuda,cpu))
LINKS := $(or $(PIP_FIND_LINKS),https://download.pytorch.org/whl/cpu/torch/)
BIN   := .venv/bin
BASE  := .venv/.base
ALL   := .venv/.all
NODE  := frontend/node_modules/.stamp
PAGES := frontend/dist/.stamp
SPEECH_SIZE := $(if $(filter cuda,$(TORCH)),6 GB,2.5 GB)
ENV   := $(if $(filter-out 0,$(SPEECH)),$(ALL),$(BASE))

# Python keeps what it has compiled, whatever the environment says: commands, workers and tests start in about half the time.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help setup demo test check .types .rules bench quality format e2e size
help: ## this list
	@awk -F ':.*## ' '/^[a-z0-9]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' Makefile
	@echo "  settings      DATA=folder PORT=8000 ONCE=1 (demo ends when all is analysed) SPEECH=1 (adds NeMo, pyannote, transformers)"

setup: size $(ENV) $(PAGES) ## install everything that runs; SPEECH=1 adds the speech engines
	@echo "Set up. Next: make demo"

demo: size $(ENV) $(PAGES) ## a demo account with sample calls, analysed before your eyes
	@ASSAY_DATA="$(DATA)" PORT="$(PORT)" ONCE="$(or $(ONCE),0)" $(BIN)/assay demo

test: $(ALL) $(PAGES) ## set up and run every check and every test
	@$(MAKE) --no-print-directory check
	$(NPM) --prefix frontend run test
	@export OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1; \
	 $(BIN)/pytest -n 2 --dist worksteal --cov --cov-report=term:skip-covered \
	 || { echo "Once more, alone, what failed beside others: what fails again is broken, what passes now depends on the machine's load."; \
	      $(BIN)/pytest --last-failed --last-failed-no-failures none; }
	@$(MAKE) --no-print-directory e2e

check: $(ALL) $(NODE) ## format, lint, types, import order, generated files
	@$(MAKE) --no-print-directory -j 2 .types .rules

.types: # takes longer than all the others together
	$(BIN)/mypy

.rules:
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/python scripts/settings_table --check
	$(BIN)/python scripts/language_table --check
	$(BIN)/python scripts/export_schema --check
	$(NPM) --prefix frontend run codegen:check
	$(NPM) --prefix frontend run lint
	$(NPM) --prefix frontend run types

e2e: $(ALL) $(PAGES) ## journeys in a real browser
	@[ -f e2e/package-lock.json ] || { echo "e2e: no journeys here"; exit 0; }; \
	 $(NPM) --prefix e2e ci --no-audit --no-fund --silent && CHROMIUM="$$(scripts/browser)" $(NPM) --prefix e2e test

bench: $(BASE) ## benchmarks, with the figures they are held against
	@OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(BIN)/python -m bench

LABELLED ?= ../shared/data
quality: $(ALL) ## word, speaker, sentiment, topic and call-out errors on labelled data (LABELLED=folder)
	@OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(BIN)/python -m bench.quality "$(LABELLED)"

format: $(ALL) $(NODE) ## write everything as the checks want it
	$(BIN)/ruff check --fix --quiet . || true
	$(BIN)/ruff format --quiet .
	$(NPM) --prefix frontend run format

size:
	@if [ "$(ENV)" = "$(ALL)" ] && [ ! -f $(ALL) ]; then \
	  echo "SPEECH=1 adds NeMo, pyannote and transformers with the $(TORCH) build of torch: about $(SPEECH_SIZE) on the disk."; fi

# uv, from the PATH or from the package registry; Python's own ways differ between machines.
.tools/uv/bin/uv:
	@PY=$$(command -v python3.11 || command -v python3) || { echo "Assay needs Python 3.11 or newer: install it."; exit 1; }; \
	 $$PY -m venv .tools/uv 2>/dev/null && .tools/uv/bin/pip install --quiet --disable-pip-version-check uv==0.13.9 \
	 || $$PY -m pip install --quiet --target .tools/uv uv==0.13.9 \
	 || { echo "uv could not be installed: get it from https://docs.astral.sh/uv and put it on the PATH."; exit 1; }

$(BASE): uv.lock pyproject.toml | $(UV)
	@$(UV) sync --quiet --frozen --no-dev --inexact
	@touch $@

$(ALL): uv.lock pyproject.toml scripts/torch | $(UV)
	@scripts/torch $(UV) $(TORCH) "$(LINKS)"
	@touch $@ $(BASE)

$(NODE): frontend/package-lock.json
	@[ -n "$(NPM)" ] || { echo "The pages need Node 20.19 or newer with npm: install it."; exit 1; }
	@node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)' \
	 || { echo "The pages need Node 20.19 or newer; here is $$(node --version)."; exit 1; }
	@$(NPM) --prefix frontend ci --no-audit --no-fund --silent
	@touch $@

# A release that brings its pages needs no Node.
SOURCES := $(shell find frontend/src frontend/public frontend/scripts -type f 2>/dev/null) \
           $(wildcard frontend/index.html frontend/vite.config.ts frontend/tsconfig.json) backend/schema.graphql
ifeq ($(NPM)$(wildcard frontend/dist/index.html),frontend/dist/index.html)
$(PAGES):
	@touch $@
else
$(PAGES): $(NODE) $(SOURCES)
	@$(NPM) --prefix frontend run --silent build
	@touch $@
endif
