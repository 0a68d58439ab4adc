.DEFAULT_GOAL := help
PYTHON := .venv/bin/python
SOURCES := config customers imports loyalty offers promotions tests conftest.py manage.py setup.py

.PHONY: help run test check engine interpreted bench faults fuzz demo lock messages format

help: ## What can be done here
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /\1|/' | column -t -s '|'

# A stamp a file of requirements: set-up costs nothing until the lock changes.
.venv/uv.stamp: requirements/uv.txt
	python3 -m venv .venv
	$(PYTHON) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/uv.txt
	@touch $@

.venv/run.stamp: requirements/run.txt .venv/uv.stamp
	@if [ -f .venv/dev.stamp ]; then $(MAKE) -s .venv/dev.stamp; else \
	.venv/bin/uv pip sync --quiet --compile-bytecode --python $(PYTHON) requirements/run.txt requirements/uv.txt; fi
	@touch $@

.venv/dev.stamp: requirements/dev.txt requirements/run.txt .venv/uv.stamp
	.venv/bin/uv pip sync --quiet --compile-bytecode --python $(PYTHON) requirements/dev.txt requirements/uv.txt
	@touch $@ .venv/run.stamp

.env:
	@printf 'DEBUG=1\nENVIRONMENT=Demo\nSECRET_KEY=%s\n' "$$(python3 -c 'import secrets; print(secrets.token_urlsafe(50))')" > $@

run: .venv/run.stamp .env ## Start everything on 127.0.0.1:8000 (PORT= changes it), with demo data
	@$(PYTHON) manage.py up --port $(or $(PORT),8000)

fuzz: .venv/dev.stamp ## Try the API out with many random requests (EXAMPLES= an operation, else 500)
	EXAMPLES=$(or $(EXAMPLES),500) $(PYTHON) -m pytest tests/config/api_schema -n auto

demo: .venv/run.stamp .env ## Fill an empty database with demo data, or add customers to it (CUSTOMERS=)
	@$(PYTHON) manage.py migrate --verbosity 0
	@$(PYTHON) manage.py demo $(if $(CUSTOMERS),--customers $(CUSTOMERS))

test: .venv/dev.stamp ## Run the whole test suite
	$(PYTHON) -m pytest -n auto --dist worksteal

check: .venv/dev.stamp .env ## Format, lint, types, layers, missing migrations
	.venv/bin/ruff format --check $(SOURCES)
	.venv/bin/ruff check $(SOURCES)
	.venv/bin/django-upgrade --target-version 5.2 $$(git ls-files '*.py')
	.venv/bin/mypy
	.venv/bin/lint-imports
	$(PYTHON) manage.py makemigrations --check --dry-run

format: .venv/dev.stamp ## Format the code and mend what the linter can
	.venv/bin/ruff format $(SOURCES)
	.venv/bin/ruff check --fix $(SOURCES)

engine: .venv/dev.stamp ## Compile the engine, so that a quote takes half as long (a minute; needs a C compiler)
	CFLAGS=-g0 $(PYTHON) setup.py --quiet build_ext

interpreted: ## Remove the compiled engine: the source is used again
	@rm -rf build promotions_engine__mypyc.*.so promotions/engine/compiled.sha256
	@find promotions/engine -name '*.so' -delete

bench: engine ## Run the benchmarks, each beside what it is compared with
	$(PYTHON) -m tests.bench

faults: .venv/dev.stamp ## Run the fault suite: killed workers, restarted databases
	$(PYTHON) -m pytest -m faults -n 4

lock: .venv/uv.stamp ## Lock the requirements anew
	@for part in uv run build dev; do .venv/bin/uv pip compile --quiet --upgrade --universal --python-version 3.11 \
	--generate-hashes --no-header --no-emit-index-url --no-emit-find-links \
	requirements/$$part.in -o requirements/$$part.txt; done

messages: .venv/dev.stamp .env ## Collect and compile the translations
	DEBUG=1 $(PYTHON) manage.py makemessages --locale pl --no-location --no-obsolete --ignore .venv --ignore var --ignore tests
	DEBUG=1 $(PYTHON) manage.py compilemessages --locale pl --ignore .venv --ignore var
