"""The same workspace and command line as the tests of the commands have."""

from __future__ import annotations

from tests.cli.conftest import folder, run, workspace

__all__ = ["folder", "run", "workspace"]
