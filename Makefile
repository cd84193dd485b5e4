# The four commands of the repository: run, test, check, bench (and test-all, which is test plus the slow ones).
PORT ?= 8000
HOST ?= 127.0.0.1
PYTHON ?= python3
JOBS ?= 2
BIN := .venv/bin
EDITOR := webui/static/editor/yasqe.min.js

.PHONY: run test test-all check bench clean

run: .venv/installed $(EDITOR)
	$(BIN)/kbs build --no-booklets
	$(BIN)/kbs booklet --all & $(BIN)/kbs serve --host $(HOST) --port $(PORT)

test: .venv/installed-test
	$(BIN)/pytest -m "not slow" -n $(JOBS) --dist loadfile

test-all: .venv/installed-test $(EDITOR)
	$(BIN)/pytest -n $(JOBS) --dist loadfile

check: .venv/installed-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/kbs check --lang en --quiet
	$(BIN)/kbs texts --lang en
	$(BIN)/kbs search-check --fresh --lang en

bench: .venv/installed-test
	$(BIN)/kbs build
	$(BIN)/python -m tests.bench

clean:
	rm -rf .venv .pytest_cache .ruff_cache .mypy_cache

.venv/installed: pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --editable .
	touch $@

.venv/installed-test: .venv/installed
	$(BIN)/pip install --quiet --disable-pip-version-check --editable '.[test]'
	touch $@

# The editor of the query page comes from npm. Where that is not there or fails, the page keeps its plain field.
$(EDITOR): webui/editor/package-lock.json
	@command -v npm > /dev/null && mkdir -p .venv/editor $(@D) && cp webui/editor/package*.json .venv/editor \
	&& npm ci --prefix .venv/editor --ignore-scripts --no-audit --no-fund --silent --fetch-retries 1 --fetch-timeout 30000 \
	&& cp .venv/editor/node_modules/@zazuko/yasqe/build/yasqe.min.css $(@D) \
	&& cp .venv/editor/node_modules/@zazuko/yasqe/build/yasqe.min.js $@ \
	|| echo "The query page keeps its plain field: its editor needs npm and a network."
