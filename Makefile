# Every target makes its own virtual environment, .venv, when it needs one.
# Another Python: make run PYTHON=python3.13. Some tests only: make test ARGS="-k document".
# Tests run in two processes, each with a server and a browser of its own: make test WORKERS=4.

PYTHON ?= python3
WORKERS ?= 2
BIN := .venv/bin
PYTEST := $(BIN)/pytest -n $(WORKERS) --dist worksteal

.PHONY: run test check web web-check site bench soak

run: .venv/.run
	@echo "mlpviz: starting; it opens in your browser, else open the address below. Stop it with Ctrl+C."
	@$(BIN)/python -m mlpviz

# the arrays are tiny: more threads only get into each other's way
test check: export OMP_NUM_THREADS := 1

test: .venv/.dev
	$(PYTEST) $(ARGS)

check: .venv/.dev web-check
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(PYTEST) $(ARGS)

# The browser's program, from mlpviz/web: after every change there. Node and npm are needed for it, never for running.
web: node_modules/.installed
	npm run --silent build

web-check: node_modules/.installed
	npm run --silent check

# The pages as static files for any web space, in build/site; another folder, or a copy of Pyodide: make site OUT=public
# PYODIDE=folder. docs/homes.md says what to do with it.
site: .venv/.run
	$(BIN)/python -m mlpviz site $(or $(OUT),build/site) $(if $(PYODIDE),--pyodide $(PYODIDE))

# What takes too long for every check: replicas behind nginx and HAProxy, a far server, a full disk, a clock that jumps
# (Debian's nginx-light and haproxy); then 50 visitors who edit and 10 who train: make soak MINUTES=10.
soak: export OMP_NUM_THREADS := 1
soak: .venv/.dev
	$(BIN)/pytest -m soak -s tests/e2e
	$(BIN)/python -m benchmarks.soak $(or $(MINUTES),30)

bench: .venv/.dev
	$(BIN)/python -m benchmarks.engine
	$(BIN)/python -m benchmarks.edit
	$(BIN)/python -m benchmarks.first_paint
	$(BIN)/python -m benchmarks.explanation
	$(BIN)/python -m benchmarks.latency
	$(BIN)/python -m benchmarks.training
	$(BIN)/python -m benchmarks.mnist

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit("mlpviz needs Python 3.11 or newer: make PYTHON=python3.13" if sys.version_info < (3, 11) else 0)'
	@echo "mlpviz: making a Python environment of its own in .venv (a few seconds) ..."
	@$(PYTHON) -m venv .venv

# stamps: installed again only when the list changes
.venv/.run: requirements.txt requirements-formats.txt | $(BIN)/python
	@echo "mlpviz: fetching what it needs, once: Streamlit, NumPy, PyTorch and others. About 2 minutes on a good line."
	@$(BIN)/python -m pip install --disable-pip-version-check -r requirements.txt -r requirements-formats.txt
	@touch $@

.venv/.dev: requirements-dev.txt .venv/.run
	@echo "mlpviz: fetching what its tests and checks need, once ..."
	@$(BIN)/python -m pip install --disable-pip-version-check -r requirements-dev.txt
	@touch $@

node_modules/.installed: package.json package-lock.json
	@command -v npm >/dev/null || { echo "the checks of the JavaScript need Node 20 or newer, with npm" >&2; exit 1; }
	npm ci --silent
	@touch $@
