# Set-up is one step: each target makes .venv if it is missing or pyproject.toml has changed.
.PHONY: totals test check format docs golden bench deep clean

PYTHON ?= python3
BIN := .venv/bin
INSTALLED := .venv/installed

totals: $(INSTALLED)
	@$(BIN)/reformcalc totals

test: $(INSTALLED)
	@$(BIN)/python -m pytest -q -n auto --dist worksteal $(PYTEST)

check: $(INSTALLED)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/python docs/generate.py --check
	$(BIN)/reformcalc validate --strict

format: $(INSTALLED)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# Writes the generated parts of the documents anew.
docs: $(INSTALLED)
	$(BIN)/python docs/generate.py

# Writes the golden files anew: read the difference before committing it.
golden: $(INSTALLED)
	UPDATE_GOLDEN=1 $(BIN)/python -m pytest -q tests/test_golden.py

# How long the commands take, beside others': writes the tables in docs/performance.md.
bench: $(INSTALLED)
	@$(BIN)/python -m pip install -q --disable-pip-version-check -e ".[dev,bench]"
	@$(BIN)/python -m bench.speed

# What takes hours, on one's own machine: docs/hardness.md says what each part is for.
DEEP ?= 2000
RUNS ?= 200000
deep: $(INSTALLED)
	@$(BIN)/python -m pip install -q --disable-pip-version-check -e ".[dev,deep]"
	DEEP=$(DEEP) $(BIN)/python -m pytest -q tests/deep tests/oracle
	$(BIN)/python -m tests.oracle 0 $(DEEP)
	for target in amount date quotation record; do $(BIN)/python tests/deep/fuzz.py $$target $(RUNS) || exit 1; done
	$(BIN)/python tests/deep/versions.py
	$(BIN)/python tests/deep/mutants.py

$(INSTALLED): pyproject.toml
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install -q --disable-pip-version-check -e ".[dev]"
	@$(BIN)/python -m compileall -q src # or the first run of each command does it
	@touch $(INSTALLED)

clean:
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache .coverage dist
