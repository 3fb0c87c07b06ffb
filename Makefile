# One entry point for people and machines: `make demo` and `make test` need only Python 3.11 and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: install demo test lint typecheck imports unit bench sweep chaos soak mutants first-hour clean

install: $(STAMP)

$(STAMP): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed (found $$($(PYTHON) --version)); try: make PYTHON=python3.11"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	@touch $(STAMP)

demo: $(STAMP)
	@$(BIN)/blink-alarm demo

test: lint typecheck imports unit

lint: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

typecheck: $(STAMP)
	$(BIN)/mypy

imports: $(STAMP)
	$(BIN)/lint-imports

unit: $(STAMP)
	$(BIN)/python -m pytest -n 4 --dist worksteal

bench: $(STAMP)
	$(BIN)/python -m tests.bench

# Kills the program at every point of a story, which takes an hour; STRIDE=10 takes each tenth.
sweep: $(STAMP)
	$(BIN)/python -m tests.faults.sweep $(STRIDE)

# A thousand minutes of faults, kills and clock jumps, in half an hour; prints its seed.
chaos: $(STAMP)
	$(BIN)/python -m tests.chaos $(if $(SEED),--seed $(SEED)) --minutes $(or $(MINUTES),1000)

# A simulated year in some ten minutes: memory, files and tasks by month; prints its seed.
soak: $(STAMP)
	$(BIN)/python -m tests.soak $(if $(SEED),--seed $(SEED)) --days $(or $(DAYS),365)

# Makes small mistakes in the decisions: how many do the tests of the core notice? Those by example
# answer in ten minutes, those by property look for an hour at what is left.
mutants: $(STAMP)
	$(BIN)/python -m tests.mutants

# Lives a first hour with the program and writes what was said to docs/first-hour.md.
first-hour: $(STAMP)
	$(BIN)/python -m tests.docs.first_hour

clean:
	rm -rf $(VENV) mutants build dist *.egg-info
