# The things one does. `just` lists them; each is one command that also works by hand.

default:
    @just --list

# set up the environment with every extra
setup:
    uv sync

# everything CI does
ci:
    bash .ci/run

test *args:
    uv run pytest {{args}}

check:
    uv run ruff check . && uv run ruff format --check . && uv run mypy && uv run lint-imports

format:
    uv run ruff format . && uv run ruff check --fix .

# move the pinned resolution (edit exclude-newer in pyproject.toml first)
lock:
    uv export --quiet --no-header --no-emit-project --format requirements-txt > requirements.lock

docs:
    uv run python docs/make_reference.py
