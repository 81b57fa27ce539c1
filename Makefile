# Set-up is one step: each target makes .venv if it is missing, or pyproject.toml or the lock has changed.
.PHONY: totals test check format docs picture golden newest lock bench deep clean

PYTHON ?= python3
VENV ?= .venv
LOCK ?= constraints.txt
BIN := $(VENV)/bin
PROGRAM := $(VENV)/program
INSTALLED := $(VENV)/installed
# The lock holds for what is installed, and for what builds it.
PIP := PIP_CONSTRAINT=$(LOCK) PIP_BUILD_CONSTRAINT=$(LOCK) \
	$(BIN)/python -m pip install -q --disable-pip-version-check

totals: $(PROGRAM)
	@$(BIN)/reformcalc totals

# Where nothing may be kept of what was compiled, half a minute goes by compiling it for each process.
test: $(INSTALLED)
	@PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest -q -n auto --dist worksteal $(PYTEST)

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

# Draws the README's picture of the report anew: needs chromium.
picture: $(INSTALLED)
	$(BIN)/python docs/picture.py

# Writes the golden files anew: read the difference before committing it.
golden: $(INSTALLED)
	UPDATE_GOLDEN=1 $(BIN)/python -m pytest -q tests/test_golden.py tests/test_totals_screen.py \
		tests/test_councils_of_the_record.py

# The tests with the newest version of everything, in an environment of their own.
newest:
	@rm -rf .newest
	@$(MAKE) test VENV=.newest LOCK=

# Writes the lock anew: the newest versions that go together, for every Python that is supported.
lock: $(INSTALLED)
	@$(PIP) uv
	@$(BIN)/uv pip compile -q --universal --python-version 3.11 --upgrade --system-certs \
		--all-extras --group dev --group deep --group bench --no-annotate --custom-compile-command "make lock" \
		--output-file $(LOCK) pyproject.toml

# How long the commands take, beside others': writes the tables in docs/performance.md.
bench: $(INSTALLED)
	@$(PIP) --group bench
	@$(BIN)/python -m bench.speed

# What takes hours, on one's own machine: docs/hardness.md says what each part is for.
DEEP ?= 2000
RUNS ?= 200000
deep: $(INSTALLED)
	@$(PIP) --group deep
	DEEP=$(DEEP) $(BIN)/python -m pytest -q tests/deep tests/oracle tests/property
	$(BIN)/python -m tests.oracle 0 $(DEEP)
	for target in $$($(BIN)/python tests/deep/fuzz.py); do $(BIN)/python tests/deep/fuzz.py $$target $(RUNS) || exit 1; done
	$(BIN)/python tests/deep/versions.py
	$(BIN)/python -m tests.deep.mutants

$(PROGRAM): pyproject.toml $(LOCK)
	@test -x $(BIN)/pip || $(PYTHON) -m venv --clear $(VENV)
	@$(PIP) -e .
	@$(BIN)/python -m compileall -q src # or the first run of each command does it
	@touch $@

# The developer's tools, beside what the program needs. The pip of Python 3.11 knows no groups.
$(INSTALLED): $(PROGRAM)
	@$(PIP) "pip>=25.1"
	@$(PIP) --group dev
	@touch $@

clean:
	rm -rf .venv .newest .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache .coverage dist
