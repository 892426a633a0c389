"""How many processes share work: by default one for each core."""

from __future__ import annotations

import os
import sys

from agentgen.errors import Problem, UserError

JOBS = "AGENTGEN_JOBS"
"""The variable that says how many instead; 1 for no others."""

_MOST = 8


def jobs() -> int:
    """How many processes may share work: one for each core that this one may use, or what the environment says.

    Raises:
        UserError: the environment says no number.
    """
    said = os.environ.get(JOBS, "")
    if not said:
        usable = len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1
        return min(_MOST, usable)
    if not (said.isascii() and said.isdecimal() and int(said)):
        hint = "set it to 1 for one core, to more for more, or not at all"
        raise UserError(Problem(f"{JOBS} is {said!r}, which is no number of processes", hint=hint))
    return min(_MOST, int(said))
