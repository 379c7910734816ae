"""Documents are tests: an undocumented command, option or key, a stale schema or a dead link fails."""

import dataclasses
import importlib.util
import json
import re
from pathlib import Path

import jsonschema
import pytest

from observance.model import to_plain
from observance.store.config import Config
from tests.report.case import ALLEGED, BELIEVED, EVENT, MATCH, O_MINISTER, evidence, finding

ROOT = Path(__file__).resolve().parents[2]
PAGES = [
    ROOT / "README.md",
    ROOT / "CONTRIBUTING.md",
    ROOT / "CHANGELOG.md",
    *sorted(path for path in (ROOT / "docs").rglob("*.md")),
]


def load():
    spec = importlib.util.spec_from_file_location("make_reference", ROOT / "docs/make_reference.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_what_is_written_from_the_code_is_in_step_with_it():
    assert load().out_of_step() == [], "run python docs/make_reference.py"


def test_every_command_and_every_option_is_documented():
    text = (ROOT / "docs/commands.md").read_text(encoding="utf-8")
    for name, command in load().commands():
        section = re.search(rf"^## {re.escape(name)}\n(.*?)(?=^## |\Z)", text, re.DOTALL | re.MULTILINE)
        assert section, f"{name} has no section in docs/commands.md"
        for param in command.params:
            for option in param.opts if param.param_type_name == "option" else ():
                assert f"`{option}`" in section[1], f"{name} {option}"


def test_every_command_speaks_json():
    silent = [
        name
        for name, command in load().commands()
        if "--json" not in {option for param in command.params for option in param.opts}
    ]
    assert silent == []


def test_every_key_of_the_configuration_is_documented_with_words():
    text = (ROOT / "docs/configuration.md").read_text(encoding="utf-8")
    for field in dataclasses.fields(Config):
        row = re.search(rf"^\| `{field.name}` \| .+ \| (.*) \|$", text, re.MULTILINE)
        assert row, f"{field.name} is not in docs/configuration.md"
        assert row[1].strip(), f"{field.name} has no words in docs/configuration.md"


@pytest.mark.parametrize(
    "record",
    [BELIEVED, MATCH, EVENT, O_MINISTER, evidence("wire"), finding(ALLEGED, "a")],
    ids=lambda one: type(one).__name__,
)
def test_a_record_as_json_fits_its_published_schema(record):
    schema = json.loads((ROOT / f"docs/reference/{type(record).__name__}.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(to_plain(record), schema)


@pytest.mark.parametrize("page", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_link_inside_the_documents_is_dead(page):
    text = page.read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", text):
        if not re.match(r"[a-z]+:", target):
            assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_the_two_commands_of_the_readme_stand_in_the_readme():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "pip install uv && uv run observance demo" in text
    assert "uv run pytest" in text
