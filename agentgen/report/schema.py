"""The JSON Schemas that ship with the package: of what commands print, and of the files that people edit."""

from __future__ import annotations

from importlib import resources

_ENDING = ".schema.json"
_FOLDERS = ("agentgen.report", "agentgen.profile", "agentgen.render", "agentgen.cli")


def schema_names() -> list[str]:
    """`diff`, `profile`, …: every schema that there is, sorted."""
    folders = (resources.files(package) / "schemas" for package in _FOLDERS)
    files = (entry.name for folder in folders for entry in folder.iterdir())
    return sorted(name.removesuffix(_ENDING) for name in files if name.endswith(_ENDING))


def schema_text(name: str) -> str:
    """The JSON Schema of that name, as text. Raises KeyError where there is none."""
    for package in _FOLDERS:
        found = resources.files(package) / "schemas" / f"{name}{_ENDING}"
        if name in schema_names() and found.is_file():
            return found.read_text("utf-8")
    raise KeyError(name)
