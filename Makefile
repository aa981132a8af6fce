# Two commands for everybody: make run, make test. One for builders: make check.
PYTHON ?= python3
BIN := .venv/bin
.DEFAULT_GOAL := help
# What is compiled once is read by every process after it, also where the surroundings say otherwise.
unexport PYTHONDONTWRITEBYTECODE

help:
	@echo "make run    set up and run the cooperative here"
	@echo "make test   set up and pass the tests"
	@echo "make check  style, types, contracts, migrations, lock, then the tests"

.venv/.run: requirements.lock.txt
	@$(PYTHON) coop/embedded/install.py requirements.lock.txt .venv/.run

.venv/.dev: requirements-dev.lock.txt
	@$(PYTHON) coop/embedded/install.py requirements-dev.lock.txt .venv/.dev

run: .venv/.run
	@exec $(BIN)/python manage.py up

test: .venv/.dev
	@$(BIN)/python -m pytest -n 3 -q -rs

check: .venv/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy .
	$(BIN)/lint-imports
	$(BIN)/python manage.py makemigrations --check --dry-run
	$(MAKE) test

.PHONY: help run test check
