# Everything a fresh machine needs is Python 3.11+, make and pip; `make run` does the rest.
PYTHON ?= python3
UV_VERSION := 0.13.9
TORCH_VERSION := 2.13.0
VENV := .venv
BIN := $(VENV)/bin
UV := $(BIN)/uv
# PyTorch's CPU build: from the folder of wheels that PIP_FIND_LINKS names where there is
# one, else from PyTorch's own index. On macOS the ordinary wheel is the CPU build.
TORCH := torch==$(TORCH_VERSION)$(if $(filter Darwin,$(shell uname -s)),,+cpu)
LOCK_FLAGS := --universal --python-version 3.11 --no-emit-package torch --no-header --no-annotate --quiet
EVAL := .maavi/eval
HOST ?= localhost
PORT ?= 8000

.DEFAULT_GOAL := help
.PHONY: help setup setup-dev run test lint bench eval eval-baseline lock clean corpus

help: ## the commands
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

setup: $(VENV)/.runtime ## the environment in .venv
setup-dev: $(VENV)/.dev

run: setup ## ingest corpus/ and open the chat on http://localhost:8000
	@$(BIN)/maavi ingest; code=$$?; [ $$code -eq 0 ] || [ $$code -eq 3 ]
	@$(BIN)/maavi serve --host $(HOST) --port $(PORT)

test: setup-dev lint ## lint and all tests (installs Chromium and PostgreSQL from Debian where it may)
	@sh tests/install-chromium.sh
	@sh tests/install-postgresql.sh
	$(BIN)/python -m pytest

lint: setup-dev ## ruff and mypy --strict
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: setup-dev ## speed and memory, as ratios measured in one run
	$(BIN)/python -m evals.bench
	$(BIN)/python -m tests.browser.line

eval: setup-dev ## how good the answers are, and whether they got worse; figures and report in .maavi/eval
	@mkdir -p $(EVAL)
	@$(BIN)/maavi eval --json --gate --report $(EVAL)/rapport.html > $(EVAL)/maaling.json; code=$$?; \
	$(BIN)/python -m evals.printing $(EVAL)/maaling.json; exit $$code

eval-baseline: setup-dev ## renew evals/baseline.json and docs/quality.md; say why in the commit
	@mkdir -p $(EVAL)
	$(BIN)/maavi eval --json > $(EVAL)/maaling.json
	$(BIN)/python -m evals.quality $(EVAL)/maaling.json

corpus: setup-dev ## typeset corpus/sources/ to the PDFs in corpus/
	$(BIN)/python corpus/sources/build.py

lock: $(UV) ## resolve exact versions anew
	@$(call with_torch,pip compile pyproject.toml $(LOCK_FLAGS) --override $(VENV)/torch.txt -o requirements.lock)
	@$(call with_torch,pip compile pyproject.toml --extra dev $(LOCK_FLAGS) --override $(VENV)/torch.txt --constraint requirements.lock -o requirements-dev.lock)

clean: ## remove the environment, the index and caches
	rm -rf $(VENV) .maavi .pytest_cache .mypy_cache .ruff_cache .hypothesis build *.egg-info

# $(call with_torch,ARGUMENTS): uv with the first place that has PyTorch's CPU build.
with_torch = { [ -n "$$PIP_FIND_LINKS" ] && $(UV) $(1) --find-links "$$PIP_FIND_LINKS"; } || $(UV) $(1) --torch-backend cpu

$(UV):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Må vi? needs Python 3.11 or newer; $(PYTHON) is older. Try: make run PYTHON=python3.11"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)
	@echo "$(TORCH)" > $(VENV)/torch.txt

$(VENV)/.runtime: $(UV) requirements.lock pyproject.toml
	@$(call with_torch,pip install --quiet --python $(BIN)/python "$(TORCH)" --constraint requirements.lock)
	$(UV) pip install --quiet --python $(BIN)/python -r requirements.lock
	$(UV) pip install --quiet --python $(BIN)/python --no-deps --editable .
	@touch $@

$(VENV)/.dev: $(VENV)/.runtime requirements-dev.lock
	$(UV) pip install --quiet --python $(BIN)/python -r requirements-dev.lock
	@touch $@
