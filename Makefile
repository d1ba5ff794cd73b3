# Everything runs in .venv, made from lock files with hashes. `make site` and `make test` need Python 3.11+, make and git.
PYTHON ?= python3
BIN := .venv/bin
APT_PACKAGES := chromium fonts-noto-cjk nginx caddy rsync npm default-jre-headless
# LibreOffice opens what staff get and hand back: 400 MB, for `make nightly` alone.
OFFICE_PACKAGES := libreoffice-calc
# What npm fetches by a lock: three engines that judge accessibility, and the linter of workflow files.
ENGINES := tests/browser/accessibility tests/district/actionlint

.PHONY: site test lint bench bench-province serve nightly messages lock clean browser office pictures

site: .venv/site.stamp
	$(BIN)/mingge build datasets --output site

serve: .venv/site.stamp
	$(BIN)/mingge serve datasets --output site

# Files are tested in their order, so that no long one is left for the end. Hundreds of programs start: they read what is compiled.
test: .venv/test.stamp browser lint
	PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest -m "not nightly" -n auto --dist loadfile --no-loadscope-reorder

nightly: .venv/test.stamp browser office
	$(BIN)/python -m pytest

# The pictures of the staff guide, taken anew: docs/images/staff-*.png.
pictures: .venv/test.stamp browser office
	MINGGE_PICTURES=1 $(BIN)/python -m pytest tests/browser/test_pictures.py

lint: .venv/test.stamp
	$(BIN)/ruff check builder tests
	$(BIN)/mypy

bench: .venv/test.stamp
	$(BIN)/python -m tests.bench.bench --write docs/benchmarks.md

# The real areas of a province, fetched by npm: half an hour, 15 GB of disk, not for CI.
bench-province: .venv/test.stamp
	$(BIN)/python -m tests.bench.province --write docs/benchmarks-province.md

# Browser tests need Chromium, a Chinese font, nginx and Caddy, tests of publishing rsync, and three engines that judge
# accessibility npm, which fetches them by their lock, and Java: installed when we may, named when we may not. The servers are
# not to start by themselves: RUNLEVEL=1 says so where no init system runs, and where one does, `systemctl disable --now nginx caddy`.
PROGRAMS := chromium npm java rsync caddy
browser:
	@if test -z "$$(for program in $(PROGRAMS); do command -v $$program >/dev/null || echo $$program; done)" && fc-list 2>/dev/null | grep -qi 'noto.*cjk' && { command -v nginx || test -x /usr/sbin/nginx; } >/dev/null; then :; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		apt-get update -q && DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 apt-get install -y -q --no-install-recommends $(APT_PACKAGES) fontconfig; \
	else echo "Browser tests will be skipped. To run them: sudo apt-get install $(APT_PACKAGES) fontconfig"; fi
	@if command -v npm >/dev/null; then for engines in $(ENGINES); do \
		cmp -s $$engines/package-lock.json $$engines/node_modules/.installed || { \
		npm ci --prefix $$engines --ignore-scripts --no-audit --no-fund --silent && cp $$engines/package-lock.json $$engines/node_modules/.installed; } || exit 1; done; fi

office:
	@if command -v soffice >/dev/null; then :; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $(OFFICE_PACKAGES); \
	else echo "Tests with LibreOffice will be skipped. To run them: sudo apt-get install $(OFFICE_PACKAGES)"; fi

.venv/site.stamp: requirements.txt pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install -q --require-hashes -r requirements.txt
	$(BIN)/python -m pip install -q --no-deps --no-build-isolation -e .
	touch $@

.venv/test.stamp: requirements-test.txt .venv/site.stamp
	$(BIN)/python -m pip install -q --require-hashes -r requirements-test.txt
	touch $@

# After a message id changed: extract, then complete builder/locale/zh by hand (a test names what is missing).
messages: .venv/site.stamp
	$(BIN)/pybabel -q extract -F babel.cfg -k mark --no-location --sort-output -o .venv/mingge.pot .
	$(BIN)/pybabel -q update -N --no-wrap --omit-header --ignore-obsolete -i .venv/mingge.pot -d builder/locale -D mingge -l zh

# Needs uv (https://docs.astral.sh/uv/); the index is not written into the files.
LOCK := uv pip compile -q --universal --generate-hashes --python-version 3.11 --no-header --no-annotate --no-emit-index-url
lock:
	$(LOCK) --extra build pyproject.toml -o requirements.txt
	$(LOCK) --extra build --extra dask --extra test -c requirements.txt pyproject.toml -o requirements-test.txt

clean:
	rm -rf .venv site build .mingge_cache *.egg-info .mypy_cache .ruff_cache .pytest_cache
