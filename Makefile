# `make` lists the targets. Each sets up what it needs inside the checkout (.venv), from hash-locked requirements;
# nothing outside the checkout is changed. Python 3.11 or newer: `make PYTHON=python3.12 test` names another one.

PYTHON ?= python3
VENV := .venv
RUN := $(VENV)/bin/python
PIP := $(RUN) -m pip --disable-pip-version-check --quiet
UV := uv==0.13.9
COMPILE := $(VENV)/bin/uv pip compile pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes \
	--no-header $(if $(UPGRADE),--upgrade)

.DEFAULT_GOAL := help
.NOTPARALLEL:
.DELETE_ON_ERROR:
.PHONY: help demo test check generate conformance interop pages bench prove docs lock

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-12s %s\n", $$1, $$2}' $(firstword $(MAKEFILE_LIST))

demo: $(VENV)/run-ready ## seal samples and issue three courses with a fresh test seal, verify, forge, verify again
	$(RUN) examples/demo.py

test: $(VENV)/dev-ready ## run the tests that need neither a network nor other programs
	$(RUN) -m pytest -m "not interop" --numprocesses auto --dist worksteal

check: $(VENV)/dev-ready ## format, lint, types, and the arrows between the rooms
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/ruff check .
	$(VENV)/bin/mypy --strict
	$(VENV)/bin/lint-imports

generate: $(VENV)/dev-ready ## write all that is derived: schemas, reference pages; `git diff` then shows what was stale
	$(RUN) -m tools.generate

docs: $(VENV)/dev-ready ## write the generated pages of docs/ only
	$(RUN) -m tools.generate docs

conformance: $(VENV)/dev-ready ## compare with published artefacts and print the counts
	$(RUN) -m pytest tests/conformance -rA

interop: $(VENV)/dev-ready ## let other people's programs judge our seals, and ours theirs (Java 17, Maven, npm)
	EDC_MICROCRED_REQUIRE_INTEROP=1 $(RUN) -m pytest tests/interop -m interop -s

pages: $(VENV)/browser-ready ## look at certificate pages in a browser and as PDF (Chromium, npm, Java 17, Maven)
	EDC_MICROCRED_REQUIRE_INTEROP=1 $(RUN) -m pytest tests/e2e/test_pages.py tests/interop/test_pdf_pages.py -m interop

bench: $(VENV)/bench-ready ## measure speed beside other programs in the same run
	$(RUN) -m benchmarks.run $(BENCH)

prove: $(VENV)/browser-ready $(VENV)/bench-ready ## one table: what was to show, what was measured, met or not
	$(RUN) -m tests.prove $(PROVE)

lock: $(VENV)/made ## write requirements/*.txt anew from pyproject.toml (UPGRADE=1 takes newer versions)
	$(PIP) install $(UV)
	$(COMPILE) --all-extras --group build -o requirements/run.txt
	$(COMPILE) --all-extras --group dev -o requirements/dev.txt
	$(COMPILE) --all-extras --group dev --group browser -o requirements/browser.txt
	$(COMPILE) --all-extras --group dev --group bench -o requirements/bench.txt

# What follows runs once: each file is a stamp, older than its sources when they change.

$(VENV)/made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "Python 3.11 or newer is needed; $(PYTHON) is: $$($(PYTHON) --version 2>&1)." >&2; \
		echo "  Name another one:  make PYTHON=python3.12 TARGET" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
		echo "$(PYTHON) cannot make a virtual environment (no ensurepip)." >&2; \
		echo "  On Debian and Ubuntu:  apt-get install python3-venv" >&2; exit 1; }
	@test -x $(VENV)/bin/pip || { echo "Making $(VENV) ..."; $(PYTHON) -m venv $(VENV); }
	@touch $@

$(VENV)/run-ready: requirements/run.txt pyproject.toml $(VENV)/made
	@echo "Installing the library and what it runs on into $(VENV) ..."
	@$(PIP) install --require-hashes -r requirements/run.txt
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/dev-ready: requirements/dev.txt pyproject.toml $(VENV)/made
	@echo "Installing the library and its development tools into $(VENV) ..."
	@$(PIP) install --require-hashes -r requirements/dev.txt
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@ $(VENV)/run-ready

$(VENV)/browser-ready: requirements/browser.txt $(VENV)/dev-ready
	@$(PIP) install --require-hashes -r requirements/browser.txt
	@touch $@

# Not every machine has a wheel of these; the benchmark then says what it left out.
$(VENV)/bench-ready: requirements/bench.txt $(VENV)/dev-ready
	@$(PIP) install --require-hashes --only-binary pyoxigraph,pyrudof -r requirements/bench.txt || \
		echo "What is measured beside is not to be had here; its lines are left out." >&2
	@touch $@
