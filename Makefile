# Muster: every target sets up first what is missing. Needs python3, python3-venv, make and git; installs nothing globally.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SYNCED := $(VENV)/.synced
OUT ?= out/mnf-u-base
FORCE ?= out/mnf-u-force
HQ ?= out/hq
PORT ?= 8000
SITES ?= out/sites
SOURCES := src tests tools benchmarks conftest.py
export UV_PYTHON_DOWNLOADS := never
export UV_PROJECT_ENVIRONMENT := $(VENV)

.DEFAULT_GOAL := help
.PHONY: help setup front demo demo-stop demo-sites demo-sites-stop test check format proofs bench sbom audit docs browser screenshots clean

help: ## show the targets
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

$(SYNCED): pyproject.toml uv.lock
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@test -x $(BIN)/uv || $(BIN)/python -m pip install --quiet --disable-pip-version-check "uv>=0.13"
	$(BIN)/uv sync --locked --inexact --all-extras --quiet
	@touch $@

setup: $(SYNCED) ## make .venv with the locked environment, and the languages of the pages
	@$(BIN)/python -m tools.messages compile

front: setup ## build what the pages of the headquarters need in the browser
	@$(BIN)/python -m tools.build_front

demo: setup ## match, plan and report the notional Multinational Force Ukraine, and serve its headquarters
	-@$(BIN)/python -m tools.build_front # without it the headquarters serves its pages without the map
	$(BIN)/muster check scenarios/mnf-u
	$(BIN)/muster forces match scenarios/mnf-u --case base --time-limit-s 15 --answers-s 45 --seed 1 --out $(FORCE)
	$(BIN)/muster movement plan scenarios/mnf-u --case base --time-limit-s 60 --seed 1 --out $(OUT)
	$(BIN)/muster movement check $(OUT)
	$(BIN)/muster movement report $(OUT)
	@$(BIN)/muster hq stop $(HQ) 2>/dev/null || true
	@rm -rf $(HQ)
	$(BIN)/muster hq init $(HQ) --scenario scenarios/mnf-u --plan $(FORCE) --plan $(OUT) --second-factor offered
	$(BIN)/muster hq serve $(HQ) --port $(PORT) --background
	@echo "Force: $(abspath $(FORCE))/report.html"
	@echo "Plan: $(abspath $(OUT))/report.html"

demo-stop: setup ## stop the headquarters that the demo serves
	$(BIN)/muster hq stop $(HQ)

demo-sites: setup ## serve Paris, London and a cell in Kyiv, each with its own database, and say what to try
	-@$(BIN)/python -m tools.build_front
	@for site in par lon kyi; do $(BIN)/muster hq stop $(SITES)/$$site 2>/dev/null || true; done
	@rm -rf $(SITES) && mkdir -p $(SITES)
	$(BIN)/muster hq init $(SITES)/par --scenario scenarios/mnf-u --second-factor offered --give COS --give J5-PLANS --give LNO-FRA
	$(BIN)/muster hq sites describe $(SITES)/par --out $(SITES)/like.json
	$(BIN)/muster hq sites join $(SITES)/lon LON --like $(SITES)/like.json --second-factor offered --give COS --give J5-PLANS --give LNO-FRA
	$(BIN)/muster hq sites join $(SITES)/kyi KYI --like $(SITES)/like.json --may-hold UKR --highest restricted --second-factor offered --give COS --give LNO-FRA
	$(BIN)/muster hq sites add $(SITES)/par LON --key $(SITES)/lon/site.pub
	$(BIN)/muster hq sites add $(SITES)/kyi LON --key $(SITES)/lon/site.pub
	$(BIN)/muster hq sites add $(SITES)/par KYI --key $(SITES)/kyi/site.pub --may-hold UKR --highest restricted
	$(BIN)/muster hq sites add $(SITES)/lon KYI --key $(SITES)/kyi/site.pub --may-hold UKR --highest restricted
	$(BIN)/muster hq journal export $(SITES)/par --to LON --out $(SITES)/par-lon.zip
	$(BIN)/muster hq journal import $(SITES)/lon $(SITES)/par-lon.zip
	$(BIN)/muster hq journal export $(SITES)/par --to KYI --out $(SITES)/par-kyi.zip
	$(BIN)/muster hq journal import $(SITES)/kyi $(SITES)/par-kyi.zip
	$(BIN)/muster hq serve $(SITES)/par --port 8001 --background
	$(BIN)/muster hq serve $(SITES)/lon --port 8002 --background
	$(BIN)/muster hq serve $(SITES)/kyi --port 8003 --background
	@echo "Try: edit an offer of France in Paris and in London, then carry both ways and look at Scenario, Conflicts:"
	@echo "  muster hq journal export $(SITES)/lon --to PAR --out $(SITES)/back.zip && muster hq journal import $(SITES)/par $(SITES)/back.zip"
	@echo "Or move the seat: sign in as COS, and open Sites. Stop all with: make demo-sites-stop"

demo-sites-stop: setup ## stop the three sites
	@for site in par lon kyi; do $(BIN)/muster hq stop $(SITES)/$$site; done

browser: setup
	@$(BIN)/python tools/fetch_browser.py

test: setup browser front ## run all tests
	$(BIN)/pytest -n 2 -m "not proofs"

screenshots: setup browser front ## write pictures of the main pages of a headquarters into docs/_static/hq
	$(BIN)/pytest -q tests/journeys/screenshots.py

check: setup ## format, lint, types, import contracts
	$(BIN)/ruff format --check $(SOURCES)
	$(BIN)/ruff check $(SOURCES)
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m tools.build_front --types

format: setup ## write the format and the fixes that are safe
	$(BIN)/ruff check --fix $(SOURCES)
	$(BIN)/ruff format $(SOURCES)

proofs: setup ## run the full proof matrices
	$(BIN)/pytest -n 2 -m proofs

bench: setup ## measure, and write docs/benchmarks
	$(BIN)/python -m benchmarks.movement
	$(BIN)/python -m benchmarks.frontier
	$(BIN)/python -m benchmarks.small
	$(BIN)/python -m benchmarks.matching
	$(BIN)/python -m benchmarks.risk
	$(BIN)/python -m benchmarks.replan
	$(BIN)/python -m benchmarks.deconflict
	$(BIN)/python -m benchmarks.validation.run
	$(BIN)/python -m benchmarks.hq_load
	$(BIN)/python -m benchmarks.hq_sites
	$(BIN)/python -m benchmarks.board

sbom: setup ## write the list of components that run, with their hashes (CycloneDX), to out/sbom.cdx.json
	@mkdir -p out
	$(BIN)/uv export --quiet --locked --all-extras --no-dev --no-emit-project --preview-features sbom-export --format cyclonedx1.5 --output-file out/sbom.cdx.json > /dev/null

audit: setup ## ask for known vulnerabilities of what is locked; needs the network, and says so
	$(BIN)/python -m tools.audit

docs: setup ## build the documentation into docs/_build/html
	$(BIN)/uv sync --locked --inexact --all-extras --quiet --group docs
	$(BIN)/sphinx-build -W --keep-going -b html docs docs/_build/html

clean: ## remove what the targets made
	rm -rf $(VENV) .cache out docs/_build front/node_modules src/muster/hq/static/dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
