# Everything starts here: each target makes its own environment first, from any Python >= 3.11.
#   make PYTHON=/path/to/python3.12 …   to choose the interpreter

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help demo test test-all coverage lint fix lock clean

LOCK := .ci/requirements.txt
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

help: ## Show the targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## */\t/' | expand -t 12

demo: $(READY) ## Replay the incident, then audit what made it possible
	@$(BIN)/pizzaguard demo

test: $(READY) ## Run the fast tests
	$(BIN)/python -m pytest -n 2 -m "not slow and not service and not corpus and not browser"

test-all: $(READY) ## Run every test: also slow ones, and those with services, real applications or a browser
	$(BIN)/python -m pytest -n 2

coverage: $(READY) ## Run the fast tests and show which branches they do not reach
	$(BIN)/python -m pytest -n 2 -m "not slow and not service and not corpus and not browser" --cov --cov-branch

lint: $(READY) ## Check style, types and layers
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

fix: $(READY) ## Format, and apply the linter's safe fixes
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

# Extras stay in the lock: without them pip looks past the pin of `coverage[toml]` as soon as a newer one is out.
lock: ## Compile the locked requirements anew (needs uv)
	uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --upgrade --generate-hashes \
		--no-strip-extras --no-header --no-annotate --no-emit-index-url --no-emit-find-links --quiet --output-file $(LOCK)

clean: ## Remove the environment and what the tools leave behind
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage .coverage.*

# The build back end comes from the lock too, hence no build isolation.
$(READY): $(BIN)/python $(LOCK) pyproject.toml
	@echo "installing the locked requirements into $(VENV) (once)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-input --require-hashes -r $(LOCK)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-input --no-deps --no-build-isolation -e .
	@touch $@

# A name on the PATH may be a shim without an interpreter behind it, or a Python without ensurepip: each is tried.
$(BIN)/python:
	@for python in $(PYTHON) python3.13 python3.12 python3.11 python3; do \
		if $$python -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then \
			echo "making $(VENV) with $$($$python --version)"; \
			exec $$python -m venv --clear $(VENV); \
		fi; \
	done; \
	echo "no Python >= 3.11 with venv and ensurepip found (on Debian: apt install python3-venv); \
	see also make PYTHON=…" >&2; exit 1
