"""`--fix`: splices alone, the same meaning, and nothing left to do the second time."""

from __future__ import annotations

from pathlib import Path

import pytest

from agentgen.document.read import read_document
from agentgen.lint.engine import fix, lint
from agentgen.source import Source, read_source
from tests.lint.helpers import PLAIN, agent, mended
from tests.render.loading import targets


def test_only_the_line_at_fault_changes() -> None:
    """Comments, blanks at line ends, CRLF and the missing last line end stay."""
    text = "---\r\nname: a  # mine\r\ndescription: Use when: x  \r\n---\r\n\r\nYou.\t\r\nNo end"
    assert mended(text) == text.replace("description: Use when: x", 'description: "Use when: x"').replace('x"  ', 'x"')


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("\ufeff" + PLAIN, PLAIN),
        (agent("model: 4.5"), agent('model: "4.5"')),
        (agent(body="##Rules\n"), agent(body="## Rules\n")),
        (agent(body="```markdown\n```js\nx\n```\n```\n"), agent(body="````markdown\n```js\nx\n```\n````\n")),
    ],
    ids=["byte-order mark", "bare value", "heading", "fence"],
)
def test_what_is_safe_is_mended(before: str, after: str) -> None:
    """Each fix does what it says, and no more."""
    assert mended(before, "claude-code") == after


@pytest.mark.parametrize("text", [PLAIN, agent("tools: Read, MultiEdit"), agent("reasoning_effort: high")])
def test_what_a_person_must_decide_is_left(text: str) -> None:
    """A key that would begin to have an effect, a tool that the agent would get: not ours to change."""
    assert mended(text, "droid") == text


def test_what_is_not_chosen_is_not_mended() -> None:
    """`--select` and `--ignore` count for fixes as well."""
    source = Source("a.md", ("\ufeff" + agent("model: 4.5")).encode())
    assert fix(source, None, targets(), (), lambda code: code == "file-bom").text == agent("model: 4.5")


@pytest.mark.corpus
def test_real_files_keep_their_meaning_and_need_no_second_run(corpus: list[Path]) -> None:
    """Values and headings are those that were meant before; what is mended is mended for good."""
    changed = 0
    for path in corpus:
        source = read_source(path)
        once = fix(source, None, targets())
        changed += once.raw != source.raw
        before, after = read_document(source), read_document(once)
        assert dict(before.frontmatter.values) == dict(after.frontmatter.values), path
        assert [s.heading for s in before.sections] == [s.heading for s in after.sections], path
        assert fix(once, None, targets()).raw == once.raw, path
    assert changed > 50


@pytest.mark.corpus
def test_mended_files_load(corpus: list[Path]) -> None:
    """Many that the tool does not load it loads afterwards."""
    repaired = 0
    for path in corpus:
        source = read_source(path)
        before = lint(source, None, targets(), ["claude-code"])
        if not before.loaders["claude-code"].loads:
            after = lint(fix(source, None, targets(), ["claude-code"]), None, targets(), ["claude-code"])
            repaired += after.loaders["claude-code"].loads
    assert repaired >= 10
