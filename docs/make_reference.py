"""Write what is documented from the code: schemas of the records, options of the commands, keys of the configuration.

    python docs/make_reference.py            # write
    python docs/make_reference.py --check    # say what is out of step, exit 1

Words written by hand stay: only what stands between `<!-- from the code: NAME -->` and `<!-- end -->` is replaced.
`tests/docs` runs the check, so that an undocumented command or key fails.
"""

from __future__ import annotations

import dataclasses
import inspect
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

DOCS = Path(__file__).resolve().parent
_BLOCK = "<!-- from the code: {name} -->\n{body}<!-- end -->\n"


def schemas() -> dict[str, str]:
    """File name under `docs/reference/` to content, one for each record of the model."""
    from observance import model

    found = {}
    for name in sorted(model.__all__):
        kind = getattr(model, name)
        if isinstance(kind, type) and dataclasses.is_dataclass(kind):
            schema = model.json_schema(kind)
            found[f"{name}.json"] = json.dumps(schema, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    return found


def reference_index(names: list[str]) -> str:
    """The landing page of the schemas."""
    from observance import model

    lines = [
        "# Records as JSON Schema",
        "",
        "Written by `python docs/make_reference.py` from `observance.model`; a test holds them in step.",
        "Absent values are left out of the JSON; times are UTC with a `Z`; ids are hashes of content.",
        "",
        "| record | what |",
        "| --- | --- |",
    ]
    for name in names:
        first = (inspect.getdoc(getattr(model, name.removesuffix(".json"))) or "").splitlines()[0]
        lines.append(f"| [{name.removesuffix('.json')}]({name}) | {first} |")
    return "\n".join(lines) + "\n"


def commands() -> Iterator[tuple[str, Any]]:
    """Every command by its full name, sub-commands too, in the order of the flow."""
    import typer.main

    from observance.cli.main import app

    yield from _walk("observance", typer.main.get_command(app))


def _walk(name: str, command: Any) -> Iterator[tuple[str, Any]]:
    children = getattr(command, "commands", None)
    if children is None:
        yield name, command
        return
    for child, inner in children.items():
        if not inner.hidden:
            yield from _walk(f"{name} {child}", inner)


def command_block(name: str, command: Any) -> str:
    """Help, arguments and options of a command."""
    text = " ".join((command.help or "").split())
    usage = " ".join([name, *(_argument(param) for param in _arguments(command)), "[OPTIONS]"])
    lines = [text, "", f"    {usage}", ""]
    rows = [
        (", ".join(f"`{opt}`" for opt in (*param.opts, *param.secondary_opts)), " ".join((param.help or "").split()))
        for param in command.params
        if param.param_type_name == "option" and not getattr(param, "hidden", False)
    ]
    if rows:
        lines.extend(
            (
                "| option | what |",
                "| --- | --- |",
                *(f"| {opt} | {what.replace('|', '&#124;')} |" for opt, what in rows),
                "",
            )
        )
    return "\n".join(lines)


def _arguments(command: Any) -> list[Any]:
    return [param for param in command.params if param.param_type_name == "argument"]


def _argument(param: Any) -> str:
    word = param.metavar or param.name.upper()
    many = "..." if param.nargs == -1 and "..." not in word else ""
    return f"{word}{many}" if param.required else f"[{word}{many}]"


def configuration_block() -> str:
    """Keys of `observance.toml` with their defaults, from the dataclass and its docstring."""
    from observance.store.config import Config

    text = inspect.getdoc(Config) or ""
    attributes = text.partition("Attributes:\n")[2]
    told = dict(re.findall(r"^    (\w+): (.+?)(?=\n    \w+: |\Z)", attributes, re.DOTALL | re.MULTILINE))
    lines = ["| key | default | what |", "| --- | --- | --- |"]
    for field in dataclasses.fields(Config):
        default = json.dumps(list(field.default) if isinstance(field.default, tuple) else field.default)
        lines.append(f"| `{field.name}` | `{default}` | {' '.join(told.get(field.name, '').split())} |")
    return "\n".join([*lines, ""])


def with_block(text: str, name: str, body: str, *, heading: str = "") -> str:
    """The page with the block replaced, or added at the end under its heading."""
    block = _BLOCK.format(name=name, body=body if body.endswith("\n") else body + "\n")
    pattern = re.compile(rf"<!-- from the code: {re.escape(name)} -->\n.*?<!-- end -->\n", re.DOTALL)
    if pattern.search(text):
        return pattern.sub(lambda _: block, text)
    return f"{text.rstrip()}\n\n{heading}{block}"


def pages() -> dict[Path, str]:
    """Every file that follows from the code, with the content that it should have."""
    written = {DOCS / "reference" / name: content for name, content in schemas().items()}
    written[DOCS / "reference" / "README.md"] = reference_index([path.name for path in written])
    text = (DOCS / "commands.md").read_text(encoding="utf-8")
    known = dict(commands())
    for name, command in known.items():
        text = with_block(text, name, command_block(name, command), heading=f"## {name}\n\n")
    # A command that is gone takes its section along.
    for name in re.findall(r"^## (observance .+)$", text, re.MULTILINE):
        if name not in known:
            text = re.sub(rf"^## {re.escape(name)}\n.*?(?=^## |\Z)", "", text, flags=re.DOTALL | re.MULTILINE)
    written[DOCS / "commands.md"] = text
    configuration = (DOCS / "configuration.md").read_text(encoding="utf-8")
    written[DOCS / "configuration.md"] = with_block(configuration, "configuration", configuration_block())
    index = (DOCS / "index.md").read_text(encoding="utf-8")
    written[DOCS / "index.md"] = with_block(index, "pages", pages_block())
    return written


def pages_block() -> str:
    """Every page of this folder by its first heading."""
    rows = []
    for path in sorted(DOCS.glob("*.md")):
        if path.name != "index.md":
            heading = path.read_text(encoding="utf-8").splitlines()[0].lstrip("# ").strip()
            rows.append(f"| [{heading}]({path.name}) |")
    return "\n".join(["| page |", "| --- |", *rows, ""])


def out_of_step() -> list[str]:
    """Files that differ from what the code says, and schemas of records that are gone."""
    wanted = pages()
    faults = [
        str(path.relative_to(DOCS))
        for path, content in wanted.items()
        if not path.exists() or path.read_text(encoding="utf-8") != content
    ]
    gone = (path for path in (DOCS / "reference").glob("*.json") if path not in wanted)
    return sorted([*faults, *(f"{path.relative_to(DOCS)} (no such record)" for path in gone)])


def main() -> None:
    """Write, or check."""
    if "--check" in sys.argv:
        faults = out_of_step()
        if faults:
            sys.stderr.write(
                "out of step with the code: " + ", ".join(faults) + "\nrun python docs/make_reference.py\n"
            )
            raise SystemExit(1)
        return
    for path, content in pages().items():
        path.parent.mkdir(exist_ok=True)
        path.write_text(content, encoding="utf-8")
    for path in (DOCS / "reference").glob("*.json"):
        if path not in pages():
            path.unlink()


if __name__ == "__main__":
    main()
