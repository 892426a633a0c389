"""The targets that come with agentgen."""

from __future__ import annotations

import pytest

from agentgen.render.targets import Targets, load_targets
from agentgen.workspace import bundled


@pytest.fixture(scope="session")
def targets() -> Targets:
    return load_targets([bundled("templates")])
