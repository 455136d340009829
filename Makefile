# make run · make test · make bench · make fuzz · make pictures
# Each sets up what it needs; a fresh machine needs only git, make and Python 3.11 or newer.

PORT ?= 8501
PYTHON ?= python3
BIN := .venv/bin
# The browser that tests, bench and pictures use; found or installed by the script.
WITH_CHROMIUM = CHROMIUM="$$(sh scripts/find_chromium.sh $(BIN)/python)"
# The proxy that one test of the deployment runs.
WITH_NGINX = NGINX="$$(sh scripts/find_nginx.sh)"

.PHONY: run test lint bench fuzz axe looks pictures leg-model clean

run: .venv/app
	$(BIN)/streamlit run asgi.py --server.port $(PORT) --server.headless true

test: lint
	$(WITH_CHROMIUM) $(WITH_NGINX) $(BIN)/pytest -n 2 --dist loadgroup

lint: .venv/dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: .venv/dev
	$(WITH_CHROMIUM) $(BIN)/python -m benchmarks

fuzz: .venv/dev
	$(BIN)/python -m tests.fuzz

axe: .venv/dev
	AXE=all $(WITH_CHROMIUM) $(BIN)/pytest tests/browser/test_accessibility.py -p no:cacheprovider

looks: .venv/dev
	$(WITH_CHROMIUM) $(BIN)/python -m tests.browser.looks

pictures: .venv/dev
	$(WITH_CHROMIUM) $(BIN)/python -m scripts.pictures

# Needs MuJoCo, which the app does not: an environment of its own.
leg-model: .venv-leg-model/done
	.venv-leg-model/bin/python scripts/build_musculoskeletal.py $(OPTIONS)

.venv-leg-model/done: scripts/requirements-musculoskeletal.txt
	sh scripts/make_venv.sh $(PYTHON) .venv-leg-model
	.venv-leg-model/bin/python -m pip install --quiet --disable-pip-version-check -r $<
	@touch $@

.venv/app: requirements.txt | .venv/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

.venv/dev: requirements-dev.txt requirements.txt | .venv/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@ .venv/app

.venv/bin/python:
	sh scripts/make_venv.sh $(PYTHON)

clean:
	rm -rf .venv .venv-leg-model
