"""The table of finding codes: what each means, how bad it is, and an example.

A code is a stable kebab-case name that people put into ignore lists; it keeps its meaning for ever. The example shows
the smallest input that gives the finding.
"""

from __future__ import annotations

from agentgen.codes import body, content, files, linting, loading, merging, rendering
from agentgen.codes.model import Code as Code
from agentgen.codes.model import Severity as Severity

_PARTS = (files, body, content, rendering, merging, loading, linting)

CODES: dict[str, Code] = {code.code: code for part in _PARTS for code in part.TABLE}
