"""Linting takes any text: no input makes it fail, and its fixes come to an end."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from agentgen.lint.engine import fix, lint
from agentgen.report.json_text import json_text
from agentgen.report.lint_json import lint_json
from agentgen.source import Source
from tests.render.loading import targets

LINES = """name: a
name: [
description: a: b
description: |
  - x
tools: *
\ttools:
---
```
# A
##B
hooks: {a: 1}
a: &x [*x]
color: on
<!-- agentgen: ignore
model: 1.0
a #b
'
\ufeff"""
WORDS = st.sampled_from([*LINES.split("\n"), "", '"'])
TEXTS = st.one_of(
    st.lists(WORDS, max_size=14).map("\n".join),
    st.lists(WORDS, max_size=8).map(lambda lines: "---\r\n" + "\r\n".join(lines) + "\r\n---\r\nText"),
    st.text(max_size=80).map(lambda text: f"---\n{text}\n---\n"),
)
LIMITS = settings(max_examples=120)


@LIMITS
@given(TEXTS)
def test_every_text_has_a_result_in_every_tool(text: str) -> None:
    """With a status for each, findings whose lines exist, and JSON that can be written."""
    source = Source("agent.md", text.encode("utf-8", "surrogatepass"))
    result = lint(source, None, targets(), ["all"])
    assert set(result.loaders) == {target.name for target in targets()}
    assert all(1 <= found.line <= max(1, source.line_count) for found in result.findings)
    assert json_text(lint_json([result]))


@LIMITS
@given(TEXTS)
def test_a_second_run_of_fix_changes_nothing(text: str) -> None:
    """What is mended once is mended for good."""
    once = fix(Source("agent.md", text.encode("utf-8", "surrogatepass")), None, targets())
    assert fix(once, None, targets()).raw == once.raw
