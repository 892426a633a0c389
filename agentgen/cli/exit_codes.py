"""How a run can end. Nothing else is returned, but for 130 after an interrupt.

`agentgen git-merge-driver` alone ends as git wants it: with the number of conflicts.
"""

OK = 0
"""Done; for comparisons and checks: nothing differs."""

DIFFERENT = 1
"""Done, with something to look at: a difference, drift, a loss or a conflict that nobody approved."""

USER_ERROR = 2
"""Not done: the input or the options are wrong. The message says where and what to do."""

FAULT = 3
"""Not done, and it is our fault. The message names a log file."""

INTERRUPTED = 130
"""Stopped by the user."""
