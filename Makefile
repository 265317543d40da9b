# Every target makes what it needs first; nothing has to be installed by hand but python3 and make.
#   make demo ARGS=--once      make serve CONFIG=mailbridge.toml      make test T=tests/policy      QUICK=1 make bench
.DEFAULT_GOAL := help
.PHONY: help demo serve test test-slow check coverage format bench fuzz lock setup setup-dev peers clean

CONFIG ?= mailbridge.toml
T ?= tests
SECONDS ?= 600
# Two workers: most of the suite waits for servers it started, the rest fills the two cores it is sized for.
PYTEST = .venv/bin/python -m pytest -n 2 --dist loadgroup

help: ## what can be made
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 12

demo: setup ## play a conversation between a buyer and a seller, then stay up (ARGS=--once: stop after it)
	@.venv/bin/mailbridge demo $(ARGS)

serve: setup ## run the bridge with the settings in CONFIG
	@.venv/bin/mailbridge serve --config $(CONFIG) $(ARGS)

test: setup-dev peers ## all tests but the slow ones (T=tests/policy: only those)
	@$(PYTEST) -m "not slow" $(ARGS) $(T)

test-slow: setup-dev peers ## the slow ones: kill runs, data sweeps, long conversations
	@$(PYTEST) -m slow $(ARGS) $(T)

check: setup-dev ## format, lint, types, import contracts
	@.venv/bin/ruff format --check
	@.venv/bin/ruff check
	@.venv/bin/mypy
	@.venv/bin/lint-imports --verbose

coverage: setup-dev ## branch coverage of the core by its own tests; 100 % is the aim
	@.venv/bin/coverage erase
	@.venv/bin/coverage run -m pytest -q -m "not slow" $(wildcard tests/domain tests/message tests/policy)
	@.venv/bin/coverage combine --quiet
	@.venv/bin/coverage report --include='mailbridge/domain/*,mailbridge/message/*,mailbridge/policy/*'

format: setup-dev ## lay out the code and mend what ruff can
	@.venv/bin/ruff check --fix-only --quiet
	@.venv/bin/ruff format

bench: setup-dev ## measure beside Postfix (QUICK=1: under four minutes); the last line is one JSON object
	@scripts/peers postfix
	@.venv/bin/python -m bench $(ARGS)

fuzz: setup-dev ## fuzz each target by coverage (TARGETS="mask gate" SECONDS=600); what breaks stays in .fuzz/
	@for target in $${TARGETS:-$$(.venv/bin/python -c 'from tests.fuzz.targets import TARGETS; print(*TARGETS)')}; do .venv/bin/python -m tests.fuzz $$target --seconds $(SECONDS) $(ARGS) || exit 1; done

lock: ## regenerate the locks (ARGS=--upgrade: newest of everything)
	@scripts/lock $(ARGS)

setup: ## make .venv with what the bridge needs to run
	@scripts/bootstrap runtime

setup-dev:
	@scripts/bootstrap dev

peers:
	@scripts/peers

clean: ## remove everything that was made
	rm -rf .venv .venv-lock dist .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis htmlcov .coverage*
