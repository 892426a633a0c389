"""Write the schema anew: `python -m agentgen.cli.schemas`."""

from __future__ import annotations

from pathlib import Path

from agentgen.cli.settings_read import SCHEMA_FILE, build_schema

if __name__ == "__main__":
    (Path(__file__).parent / SCHEMA_FILE).write_text(build_schema(), encoding="utf-8")
