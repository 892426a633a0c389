"""What tests of rendering share: the targets that come with agentgen, cases, and folders made from a mapping."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from agentgen.profile.model import Profile
from agentgen.profile.store import load_profile
from agentgen.render.targets import Targets, load_targets
from agentgen.source import Source, read_source
from agentgen.workspace import bundled

CASES = Path(__file__).parent / "cases"


@cache
def targets() -> Targets:
    """The targets that come with agentgen."""
    return load_targets([bundled("templates")])


def case_names() -> list[str]:
    """The cases: folders with a profile written by hand."""
    names = sorted(path.parent.name for path in CASES.glob("*/profile.yaml"))
    assert len(names) >= 4
    return names


def case(name: str) -> Profile:
    """The profile of a case."""
    return load_profile(read_source(CASES / name / "profile.yaml"))


def profile(text: str) -> Profile:
    """A profile from its YAML without the first line."""
    return load_profile(Source("profile.yaml", f"agentgen: 1\n{text}".encode()))


def build(root: Path, files: Mapping[str, str]) -> Path:
    """A tree of files below a folder."""
    for path, text in files.items():
        place = root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(text.encode())
    return root
