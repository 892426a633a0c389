"""Any bytes are read or refused with a place; cases that once broke a promise stay read."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.database import DirectoryBasedExampleDatabase

from tests.fuzz.oracles import ORACLES, Oracle, hold

HERE = Path(__file__).parent
CASES = sorted(path for path in (HERE / "cases").glob("*/*") if path.is_file())
BY_NAME = {oracle.__name__: oracle for oracle in ORACLES}

_STARTS = {
    "profile": b"agentgen: 1\nname: a\n",
    "recipe": b"agentgen: 1\nvariants:\n- {id: a, path: a.md}\n",
    "lock": b"agentgen: 1\n",
    "target": b"name: a\nformat: markdown\n",
}
_WORDS = [
    line[1:-1].encode("ascii").decode("unicode_escape").encode("latin-1")
    for line in (HERE / "words.dict").read_text("ascii").splitlines()
    if line.startswith('"')
]
_BYTES = st.lists(st.one_of(st.sampled_from(_WORDS), st.sampled_from(_WORDS), st.binary(max_size=6)), max_size=30).map(
    b"".join
)


@pytest.mark.parametrize("oracle", ORACLES, ids=lambda oracle: oracle.__name__)
def test_any_bytes_are_read_or_refused_with_a_place(oracle: Oracle) -> None:
    """Words of the formats in any order, with stray bytes between them, behind a start that the reader knows."""

    @given(st.booleans(), _BYTES)
    @settings(max_examples=60, database=DirectoryBasedExampleDatabase(HERE / "examples"))
    def holds(start: bool, raw: bytes) -> None:
        hold(oracle, (_STARTS.get(oracle.__name__, b"") if start else b"") + raw)

    holds()


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}-{case.name}")
def test_a_case_that_was_found_stays_mended(case: Path) -> None:
    """The folder names the reader, the file says by its name what was wrong."""
    hold(BY_NAME[case.parent.name], case.read_bytes())
