# The few commands of this project. `make` alone says what there is.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help setup demo test lint bench

PG ?= 18
ARGS ?=

export PATH := $(CURDIR)/.tools/bin:$(PATH)
run := uv run --frozen --no-sync

help: ## Say what there is
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 10
	@echo "PG=18|16|15 chooses PostgreSQL for the tests; ARGS=... goes to the command."

setup: ## Install what is missing: system libraries, fonts, uv, .venv
	@bash .ci/setup $(PG)

demo: setup ## Show the program with a company in it (offscreen without a display)
	$(run) erp-desktop demo $(ARGS)

ifeq ($(PG),18)
test: lint ## Check everything
	$(run) pytest $(ARGS)
else
test: setup
	$(run) pytest -m database $(ARGS)
endif

lint: setup ## Check form, types and import rules
	$(run) ruff format --check
	$(run) ruff check
	$(run) mypy
	$(run) lint-imports

bench: setup ## Measure what it costs, as ratios
	@for bench in tests/benchmarks/bench_*.py; do \
		echo "$$bench"; $(run) python "$$bench" $(ARGS); \
	done

test bench: export ERP_TEST_PG := $(PG)
test bench: export QT_QPA_PLATFORM ?= offscreen
