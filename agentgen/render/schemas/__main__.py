"""Write anew what is made from types and targets: `python -m agentgen.render.schemas [docs/targets.md]`."""

from __future__ import annotations

import argparse
from pathlib import Path

from agentgen.render.matrix import matrix_markdown
from agentgen.render.targets import SCHEMA_FILE, build_schema, load_targets
from agentgen.workspace import bundled

if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("matrix", nargs="?", type=Path)
    given = parser.parse_args()
    (Path(__file__).parent / SCHEMA_FILE).write_text(build_schema(), encoding="utf-8")
    if given.matrix:
        given.matrix.write_text(matrix_markdown(load_targets([bundled("templates")])), encoding="utf-8")
