# Every target makes its own .venv from Python 3.11 and pip; nothing else is needed.
PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
INSTALLED := $(VENV)/.installed
SEEDS ?= 300
STEPS ?= 1000
FROM ?= 0
FRAMES ?= 1000000
CASES ?= 100000
REQUESTS ?= 1000000
KILLS ?= 200
MUTATIONS ?= 300
ROUNDS ?= 3
IMAGES ?= 10000
CACHE ?= $(HOME)/.cache/hobnob-bench

.PHONY: demo test check simulate sealing shrink mutants mutations fuzz crash kill kill-screen laws load tables coverage bench bench-screen evaluate tour clean

# Where Debian's Python 3.11 is only called python3, that is taken.
$(INSTALLED): pyproject.toml constraints.txt
	@command -v $(PYTHON) >/dev/null && py=$(PYTHON) || py=python3; $$py -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	@touch $@

$(READY): $(INSTALLED)
	$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $@

# FROM=DIR shows another archive in the interchange format.
demo: $(INSTALLED)
	$(BIN)/hobnob demo $(if $(filter-out 0,$(FROM)),--from $(FROM))

# Hundreds of programs are started: each module is compiled once, whatever the environment says.
test: $(READY)
	env -u PYTHONDONTWRITEBYTECODE $(BIN)/python -m compileall -q protocol sync server client
	env -u PYTHONDONTWRITEBYTECODE $(BIN)/python -m pytest -q -n 4 --dist worksteal

check: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/basedpyright
	$(BIN)/lint-imports

simulate: $(READY)
	$(BIN)/python -m tests.simulation.campaign --seeds $(SEEDS) --steps $(STEPS) --from $(FROM)

# A world in two has an evil hub, none with HONEST=1; STEPS counts over all worlds, 250 in each.
sealing: $(READY)
	$(BIN)/python -m tests.simulation.sealing.campaign --steps $(STEPS) --from $(FROM) $(if $(HONEST),--honest)

crash: $(READY)
	$(BIN)/python -m tests.crash.campaign --images $(IMAGES)

kill: $(READY)
	$(BIN)/python -m tests.crash.kill --kills $(KILLS)

kill-screen: $(READY)
	$(BIN)/python -m tests.crash.screen --kills $(KILLS)

shrink: $(READY)
	$(BIN)/python -m tests.simulation.shrink $(if $(SEED),--seed $(SEED)) --fault "$(FAULT)"

mutants: $(READY)
	$(BIN)/python -m tests.simulation.mutants

mutations: $(READY)
	$(BIN)/python -m tests.mutation --mutations $(MUTATIONS)

fuzz: $(READY)
	$(BIN)/python -m tests.fuzz.codec --frames $(FRAMES)

laws: $(READY)
	$(BIN)/python -m tests.sync.laws --cases $(CASES)

load: $(READY)
	$(BIN)/python -m tests.server.engines.load.campaign --requests $(REQUESTS)

tables: $(READY)
	$(BIN)/python -m tests.protocol.specification
	$(BIN)/python -m tests.protocol.make_vectors
	$(BIN)/python -m tests.server.manual
	$(BIN)/python -m tests.client.tui.manual
	$(BIN)/python -m tests.terminal.matrix

coverage: $(READY)
	$(BIN)/coverage run -m pytest -q tests/protocol tests/sync tests/contract tests/fuzz
	$(BIN)/coverage report

# Peers beyond the C relay are measured where they are installed: apt-get install inspircd ngircd.
bench: $(READY)
	$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev,bench]'
	$(BIN)/python -m tests.benchmarks --rounds $(ROUNDS)

# DATA=DIR is an archive in the interchange format; ENGINE="feed boards" evaluates these alone,
# JSON=FILE keeps the rows.
evaluate: $(READY)
	$(BIN)/python -m tests.evaluation --data $(DATA) $(if $(ENGINE),--engine $(ENGINE)) $(if $(JSON),--json $(JSON)) $(if $(SEED),--seed $(SEED))

# The pictures of README.md; SNAPSHOTS=1 writes what is compared line by line.
tour: $(READY)
	$(BIN)/python -m tests.tour $(if $(SNAPSHOTS),--snapshots) $(if $(CHECK),--check)

# CACHE keeps what takes minutes to make: a replica of a million messages. WeeChat is measured beside
# where it is installed: apt-get install weechat-curses weechat-headless.
bench-screen: $(READY)
	$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev,bench]'
	$(BIN)/python -m tests.benchmarks --parts screen --cache $(CACHE)

clean:
	rm -rf $(VENV)
