"""Write the schemas anew: `python -m agentgen.profile.schemas`."""

from __future__ import annotations

from pathlib import Path

from agentgen.profile.store import build_schema
from agentgen.profile.validate import SCHEMAS

if __name__ == "__main__":
    for kind, name in SCHEMAS.items():
        (Path(__file__).parent / name).write_text(build_schema(kind), encoding="utf-8")
