"""The house stands: each floor imports only from floors below, and starting up loads nothing heavy.

Imports are read from the syntax tree, so those inside functions and under `TYPE_CHECKING` count as well.
"""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "agentgen"

GROUND = {"errors", "findings", "codes", "source", "toolrefs", "content", "jobs"}
FLOORS: dict[str, set[str]] = {
    **dict.fromkeys(GROUND, GROUND),
    "document": GROUND,
    "profile": GROUND,
    "workspace": {"errors"},
    "compare": GROUND | {"document"},
    "merge": GROUND | {"document", "compare", "profile"},
    "render": GROUND | {"profile", "workspace"},
    "lint": GROUND | {"document", "profile", "render", "workspace"},
    "discover": GROUND | {"document", "compare", "render", "workspace"},
    "report": GROUND | {"document", "compare", "profile", "merge", "render", "lint", "discover"},
    "cli": GROUND | {"document", "profile", "workspace", "compare", "merge", "render", "lint", "discover", "report"},
    "__main__": {"cli"},
}
"""What each floor may import besides itself."""

READ_BACK = {"render/readback.py", "render/absorb_body.py"}
"""The parts of render that read documents: what was rendered, to check it and to take an edit of it back."""

HEAVY = (
    "jinja2",
    "yaml",
    "ruamel",
    "deepdiff",
    "rapidfuzz",
    "rich",
    "pydantic",
    "markdown_it",
    "click",
    "asyncio",
    "multiprocessing",
    "rensa",
)
"""What no start-up may load."""

TERMINAL = {"cli"}
"""The floors that know a terminal, the arguments of the command line or how to end the process."""


def modules() -> list[Path]:
    """Every module of the package."""
    found = sorted(PACKAGE.rglob("*.py"))
    assert len(found) > 30
    return found


def floor(path: Path) -> str:
    """The floor that a module stands on: its folder below the package, or its own name."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports(path: Path) -> Iterator[tuple[int, str]]:
    """Line and dotted name of everything that a module imports, relative imports resolved."""
    here = ("agentgen", *path.relative_to(PACKAGE).parent.parts)
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(here[: len(here) - node.level + 1]) if node.level else ""
            module = ".".join(part for part in (base, node.module) if part)
            yield from ((node.lineno, f"{module}.{alias.name}") for alias in node.names)


def places(path: Path, allowed: set[str]) -> Iterator[str]:
    """The lines of a module that import from a floor that is not allowed."""
    for line, name in imports(path):
        parts = name.split(".")
        if parts[0] == "agentgen" and parts[1] not in allowed | {floor(path), "__version__"}:
            yield f"{path.relative_to(ROOT)}:{line}: {floor(path)} may not import {name}"


def test_every_module_stands_on_a_floor() -> None:
    """A new top-level module or folder needs a row in the table of floors."""
    assert {floor(path) for path in modules()} - {"__init__"} == set(FLOORS)


def test_each_floor_imports_only_from_floors_below() -> None:
    """The message names the file and the line that breaks a layer."""
    broken = [
        place
        for path in modules()
        if path.name != "__init__.py" or path.parent != PACKAGE
        for place in places(path, _allowed(path))
    ]
    assert not broken, "\n".join(broken)


def _allowed(path: Path) -> set[str]:
    extra = {"document"} if path.relative_to(PACKAGE).as_posix() in READ_BACK else set()
    return FLOORS[floor(path)] | extra


def test_a_broken_layer_is_found_with_its_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Imports inside a function, relative ones and `import a.b` are all seen."""
    package = tmp_path / "agentgen"
    (package / "compare").mkdir(parents=True)
    path = package / "compare" / "engine.py"
    path.write_text("from ..render import plan\n\ndef f():\n    import agentgen.cli.main\n", "utf-8")
    monkeypatch.setattr(sys.modules[__name__], "PACKAGE", package)
    monkeypatch.setattr(sys.modules[__name__], "ROOT", tmp_path)
    assert list(places(path, FLOORS["compare"])) == [
        "agentgen/compare/engine.py:1: compare may not import agentgen.render.plan",
        "agentgen/compare/engine.py:4: compare may not import agentgen.cli.main",
    ]


def test_reports_know_results_not_engines() -> None:
    """A report takes a finished value: of the floors below it imports types, and the rules for words and spans."""
    types = {"model", "recipe", "lock", "spec", "worddiff"}
    engines = [
        f"{path.relative_to(ROOT)}:{line}: report may import types only, not {name}"
        for path in modules()
        if floor(path) == "report"
        for line, name in imports(path)
        if name.split(".")[0] == "agentgen"
        and name.split(".")[1] not in GROUND | {"report", "__version__"}
        and not types.intersection(name.split(".")[2:])
    ]
    assert not engines, "\n".join(engines)


def test_the_ground_floor_needs_only_the_standard_library() -> None:
    """Errors, findings, sources and the workspace load nothing that must be installed."""
    foreign = [
        f"{path.relative_to(ROOT)}:{line}: {name}"
        for path in modules()
        if floor(path) in GROUND | {"workspace"}
        for line, name in imports(path)
        if name.split(".")[0] not in sys.stdlib_module_names | {"agentgen"}
    ]
    assert not foreign, "\n".join(foreign)


def test_every_library_that_is_imported_is_declared() -> None:
    """What a fresh machine installs is what the code needs, and nothing is installed that no code needs.

    An extra for users brings what one option needs; that of the developers brings nothing that the code imports alone.
    """
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = [entry for name, entries in project["optional-dependencies"].items() if name != "dev" for entry in entries]
    listed = [*project["dependencies"], *extras]
    declared = {re.split(r"[<>=!~\[ ]", entry)[0] for entry in listed}
    names = {name.split(".")[0] for path in modules() for _, name in imports(path)}
    foreign = names - sys.stdlib_module_names - {"agentgen"}
    used = {_normal(distribution) for name in foreign for distribution in packages_distributions()[name]}
    assert used - {"pydantic-core"} == declared  # pydantic's own core comes with it


def _normal(distribution: str) -> str:
    return re.sub(r"[-_.]+", "-", distribution).lower()


def test_only_the_command_line_ends_the_process_or_reads_its_arguments() -> None:
    """`sys.argv`, `sys.exit`, `sys.stdout` and `os.environ` are the command line's own."""
    used = [
        f"{path.relative_to(ROOT)}:{node.lineno}: {node.value.id}.{node.attr}"
        for path in modules()
        if floor(path) not in TERMINAL
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and (node.value.id, node.attr) in {("sys", "argv"), ("sys", "exit"), ("sys", "stdout"), ("os", "environ")}
    ]
    assert not used, "\n".join(used)


@pytest.mark.parametrize("arguments", [["--version"], ["--help"], ["merge", "--help"]], ids=" ".join)
def test_starting_up_loads_nothing_heavy(arguments: list[str]) -> None:
    """A fresh interpreter that shows the version or the help has loaded none of the heavy libraries."""
    program = (
        "import sys\n"
        "from agentgen.cli.main import main\n"
        f"assert main({arguments!r}) == 0\n"
        f"print(sorted(set({HEAVY!r}) & set(sys.modules)), file=sys.stderr)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout
    assert done.stderr.strip() == "[]"


def test_the_version_needs_no_command_line_library() -> None:
    """`--version` is what scripts and editors ask first: it does not even load the library that parses options."""
    program = "import sys; from agentgen.cli.main import main; main(['--version']); assert 'typer' not in sys.modules"
    subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)


def test_a_command_loads_no_other_command() -> None:
    """Only help and completion need them all; each of the others would be loaded for nothing."""
    program = (
        "import sys\n"
        "from agentgen.cli.main import main\n"
        "assert main(['--quiet', 'explain', 'not-loaded']) == 0\n"
        "print(sorted(set(sys.modules) & {'agentgen.cli.' + each for each in ('diff', 'lint', 'render')}))\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.endswith("[]\n")
