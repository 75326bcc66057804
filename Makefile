# make run · make test · make review · make bench: each sets up what it needs.
.PHONY: run test review screenshots bench lint setup setup-test chaos sbom
BIN = .venv/bin

setup:
	@sh tools/setup.sh

setup-test:
	@sh tools/setup.sh test

run: setup
	@$(BIN)/python -m pipelines.demo samples

review: setup
	@$(BIN)/python -m pipelines.cli ingest samples || true
	@$(BIN)/python -m pipelines.cli review --demo

test: setup-test
	$(BIN)/python -m pytest -q -n 2 --dist loadfile --no-loadscope-reorder

screenshots: setup-test
	$(BIN)/python -m tools.screenshots

bench: setup-test
	$(BIN)/python -m tools.bench

.PHONY: fuzz
fuzz: setup-test
	$(BIN)/python -m tools.fuzz

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# N random kills of the nightly run (CHAOS_KILLS, default 200); nothing may be lost or doubled.
chaos: setup-test
	$(BIN)/python -m tools.chaos

# What the program is made of, with licences; known weaknesses where their list can be had.
sbom: setup-test
	$(BIN)/python -m tools.sbom out
