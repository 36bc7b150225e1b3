# What one does with this project; `make help` lists it.

# The first Python new enough; `make PYTHON=/path/to/python3` names another.
PYTHON ?= $(shell for name in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& echo $$name && break; done)
BIN := .venv/bin
RUNTIME := .venv/runtime-installed
DEV := .venv/dev-installed
CATALOGUES := $(patsubst %.po,%.mo,$(wildcard translations/*/LC_MESSAGES/*.po))
LANGUAGES := vi en
TEMPLATE := build/messages.pot

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help setup prepare run dev test torture lint fix bench catalogues compiled constraints

help: ## List what can be made
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' Makefile

setup: $(RUNTIME) ## Make the environment (.venv) and install the pinned dependencies in it

prepare: $(RUNTIME) $(CATALOGUES) ## Bring secret key, database and catalogues up to date
	@$(BIN)/python -m tcns.site prepare

run: $(RUNTIME) $(CATALOGUES) ## Prepare, then serve on http://127.0.0.1:8000 (PORT=…)
	@$(BIN)/python -m tcns.site run

dev: $(DEV) $(CATALOGUES) ## Serve what is being changed: reload, debugger, queries at the foot of each page
	@$(BIN)/python -m tcns.site dev

# Tests start the site dozens of times and read the migrations hundreds of times: where bytecode is
# told not to be kept, each would compile all of it anew.
test torture: export PYTHONDONTWRITEBYTECODE =

test: $(DEV) $(CATALOGUES) ## Run all tests (ARGS='-k coverage' runs some)
	@$(BIN)/python -m pytest -n auto $(ARGS)

torture: $(DEV) $(CATALOGUES) ## Run all tests in their long forms (50 rounds of each race, 20,000 bad rows)
	@TCNS_TORTURE=1 $(BIN)/python -m pytest -n auto $(ARGS)

lint: $(DEV) ## Check format, code, types, imports between packages, templates
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo
	@$(BIN)/djlint --quiet --lint --profile=jinja --ignore=H043 templates

fix: $(DEV) ## Mend what can be mended by itself, and format
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

bench: $(DEV) $(CATALOGUES) ## Measure pages and logging beside their floors (under 10 minutes; ARGS=nation: at national size)
	@$(BIN)/python -m benchmarks $(ARGS)

catalogues: $(DEV) ## Extract the messages, update the catalogues, compile them
	@mkdir -p $(dir $(TEMPLATE))
	@$(BIN)/pybabel -q extract -F babel.cfg -k _l -k lazy_gettext -k lazy_ngettext:1,2 \
		--add-location=file --sort-output --project=tcns -o $(TEMPLATE) .
	@for language in $(LANGUAGES); do \
		$(BIN)/pybabel -q update -i $(TEMPLATE) -d translations -l $$language --init-missing \
			--no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date || exit 1; \
	done
	@$(MAKE) --no-print-directory compiled

compiled: $(CATALOGUES)

constraints: $(DEV) ## Pin the newest versions that setup.cfg allows (constraints.txt)
	@$(BIN)/uv pip compile --quiet --universal --upgrade --extra dev --no-annotate --no-header \
		--no-emit-index-url --no-emit-find-links --output-file constraints.txt setup.cfg

# An empty PYTHON means that none was found.
INPUTS := setup.cfg pyproject.toml constraints.txt
NEEDS_PYTHON = $(if $(PYTHON),,$(error Python 3.11 or newer is needed: apt install python3 python3-venv))

$(RUNTIME): $(INPUTS)
	$(NEEDS_PYTHON)@$(PYTHON) tcns/site/environment.py runtime

$(DEV): $(INPUTS)
	$(NEEDS_PYTHON)@$(PYTHON) tcns/site/environment.py dev

%.mo: %.po | $(RUNTIME)
	@$(BIN)/pybabel -q compile -i $< -o $@
