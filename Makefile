# Every command of the house. `make run` needs Python 3.11+ alone; `make test` needs npm and chromium too.
.DEFAULT_GOAL := help
.PHONY: help install run demo test prove bench fit screenshots release lint fmt lock dev clients

PYTHON ?= python3
OF ?= mcp
export PYTHON

ifdef TEXT # handed on as it was typed: make would read its dollars
override TEXT := $(value TEXT)
export TEXT
endif

help: ## list these commands
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' Makefile | expand -t 20

install: ## set up .venv from the hashed lock
	@sh scripts/install.sh runtime

run: install ## serve web and worker; PORT=8001 serves elsewhere
	@exec .venv/bin/polis serve

demo: install ## test a text in the terminal; TEXT="…" tests yours
	@sh scripts/venv.sh .venv-clients/mcp2 requirements/clients-mcp2.txt
	@exec .venv/bin/polis demo

test: dev clients ## everything: format, lint, types, layers, migrations, behaviour
	@exec .venv/bin/python -m pytest -n 2 --dist worksteal -p tests.house.could_not_run $(ARGS)

prove: export POLIS_ROUNDS = full
prove: test ## the same tests at their full number of rounds, and a table of what was measured; what is not shown fails

bench: dev ## how fast it is; ARGS="--peers …" puts others beside it, OF=oauth is about tokens, OF=dashboard about pages, OF=panel about panels, OF=crowd about many people, OF=start, growth and soak about running it
	@sh scripts/venv.sh .venv-bench requirements/runtime.txt
	@exec .venv/bin/python bench/$(OF).py --python .venv-bench/bin/python $(ARGS)

fit: ## the heads anew from human choices, and how often they are right; DATA=folder
	@sh scripts/venv.sh .venv-fitting requirements/runtime.txt requirements/fitting.txt
	@.venv-fitting/bin/python -m fitting "$(DATA)"
	@.venv-fitting/bin/python bench/validity.py "$(DATA)"

screenshots: dev clients ## a picture of every page, both widths and themes, in build/screenshots
	@.venv/bin/python -m tests.browser.screenshots build/screenshots

release: ## pack what is committed as build/polis-VERSION.tar.gz, to be installed elsewhere
	@sh scripts/release.sh

lint: dev ## the quick half of the tests
	@.venv/bin/ruff format --check .
	@.venv/bin/ruff check .
	@.venv/bin/mypy
	@.venv/bin/lint-imports

fmt: dev ## format the code and mend what can be mended
	@.venv/bin/ruff format .
	@.venv/bin/ruff check --fix .

lock: dev ## renew every lock from what is asked for in requirements/*.in
	@sh scripts/lock.sh
	@sh tests/clients/lock.sh

dev:
	@sh scripts/install.sh runtime dev

clients:
	@sh tests/clients/install.sh || \
		echo "polis: some clients are missing; the tests that need them will say so." >&2
