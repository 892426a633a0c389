"""Small agent files for the tests of the commands."""

from __future__ import annotations

from pathlib import Path

LEFT = """---
name: reviewer
description: Reads changes and says what is wrong
tools: Read, Grep
color: red
---

You are a careful reviewer.

## Security

- Check that every input is validated at the boundary
- Secrets never stand in the code

## Style

- Functions stay short
"""

RIGHT = """---
name: reviewer
description: Reviews a change before it lands
tools: Read, Grep, Bash
---

You are a reviewer who helps.

## Security

- Check that every input is validated at the boundary
- Every login attempt is logged

## Tests

- A change comes with a test that fails without it
"""


def write(folder: Path, **texts: str) -> list[Path]:
    """Agent files in a folder, by name without the extension."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"{name}.md" for name in texts]
    for path, text in zip(paths, texts.values(), strict=True):
        path.write_bytes(text.encode("utf-8"))
    return paths


def two_variants(workspace: Path, profile: str = "reviewer") -> Path:
    """A profile with the variants `left` and `right`, not merged yet; its folder."""
    folder = workspace / "profiles" / profile
    write(folder / "variants", left=LEFT, right=RIGHT)
    return folder
