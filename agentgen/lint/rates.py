"""How often each code is found in real files, as `benchmarks/lint_rates.py` measured it."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

RATES_FILE = "rates.json"


class Rate(NamedTuple):
    """In how many of `files` public agent files a code is found, each looked at as the tool that it was written for."""

    found: int
    files: int
    date: str

    def __str__(self) -> str:
        if not self.found:
            return f"in none of {self.files} public agent files ({self.date})"
        return f"in {self.found} of {self.files} public agent files, {self.found / self.files:.1%} ({self.date})"


def rate(code: str) -> Rate | None:
    """The rate of a code; None where it is none that a single file can give."""
    data = _data()
    found = data["codes"].get(code)
    return None if found is None else Rate(found, data["files"], data["date"])


@cache
def _data() -> Any:
    """The measured numbers."""
    data: Any = json.loads(files("agentgen.lint").joinpath(RATES_FILE).read_text("utf-8"))
    return data
