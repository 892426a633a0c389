"""What an agent is called by the place of its file.

.github/agents/tests.agent.md -> tests     .agents/skills/tests/SKILL.md -> tests     notes/tests.md -> tests
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import PurePath

from agentgen.render.targets import Targets

_PLACE = "{name}"


def named_by_file(path: str, targets: Targets) -> str:
    """The folder's name where all files of a tool have one name, else the file's without the ending a tool demands."""
    place = PurePath(path)
    fixed, endings = _demands(targets)
    if place.name in fixed and place.parent.name:
        return place.parent.name
    ending = next((one for one in endings if place.name.endswith(one)), place.suffix)
    return place.name.removesuffix(ending)


@lru_cache(maxsize=2)
def _demands(targets: Targets) -> tuple[frozenset[str], tuple[str, ...]]:
    """The names that all files of a tool have, and the endings of files, the longest first."""
    paths = [PurePath(target.path) for target in targets]
    globs = {glob.rpartition("*")[2] for target in targets for glob in target.marks.paths}
    endings = sorted((ending for ending in globs if ending.startswith(".")), key=lambda one: (-len(one), one))
    return frozenset(path.name for path in paths if path.parent.name == _PLACE), tuple(endings)
