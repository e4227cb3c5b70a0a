# One command each: run, test, conformance, bench, crash, fuzz, properties. Everything lives in .venv and ./var; nothing is installed on
# the machine.
PYTHON ?= python3
MINUTES ?= 10
BIN := .venv/bin
FRONT := hatch_build.py webui/package-lock.json $(shell find webui -type f \( -path 'webui/assets/*' -o -name '*.html' -o -name '*.po' \) -not -path '*/node_modules/*' 2>/dev/null)

.PHONY: run test conformance bench crash fuzz properties install clean

run: install
	@$(BIN)/zhenggai serve

test: install
	@$(BIN)/ruff check && $(BIN)/ruff format --check && $(BIN)/mypy
	@$(BIN)/pytest -n 2 --dist loadfile

conformance: install
	@$(BIN)/python -m tests.conformance

bench: install
	@$(BIN)/python -m tests.bench

crash: install
	@$(BIN)/python -m tests.bench.crash

fuzz: install
	@$(BIN)/uv pip install -q --python $(BIN)/python -c requirements.lock --only-binary atheris -r pyproject.toml --extra fuzz || echo "No atheris for this Python and machine: hypothesis alone."
	@$(BIN)/python -m tests.fuzz --minutes $(MINUTES)

properties: install
	@$(BIN)/pytest -q tests/kernel/test_properties.py tests/engine/test_consistency.py --hypothesis-profile=long

install: .venv/.dependencies .venv/.front-end

.venv/bin/uv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or later is needed: say which with 'make run PYTHON=python3.12'."; exit 1; }
	@$(PYTHON) -m venv .venv || { echo "Python's venv module is missing: install it (on Debian: apt-get install python3-venv) and try again."; exit 1; }
	@$(BIN)/python -m pip install -q --disable-pip-version-check uv || { echo "The package index cannot be reached: check the network and try again."; exit 1; }

.venv/.dependencies: pyproject.toml requirements.lock | .venv/bin/uv
	@$(BIN)/uv pip install -q --python $(BIN)/python -c requirements.lock -e '.[dev]' || { echo "The installation stopped: check the network and the lines above, then try again."; exit 1; }
	@touch $@ .venv/.front-end

.venv/.front-end: $(FRONT) | .venv/.dependencies
	@$(BIN)/uv pip install -q --python $(BIN)/python --no-deps -e . || { echo "The pages could not be built: check the network and the lines above, then try again."; exit 1; }
	@env -u PYTHONDONTWRITEBYTECODE $(BIN)/python -c "from webui import cli, server; from webui.faces import faces; faces()"  # compiled once, for quick starts
	@touch $@

clean:
	rm -rf .venv webui/node_modules webui/static/build
