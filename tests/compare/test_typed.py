"""Typed evidence: what a section is, read from how it is built."""

from __future__ import annotations

import pytest

from agentgen.compare.typed import is_form, typed_parts
from agentgen.document.model import Document
from agentgen.document.read import read_document
from agentgen.source import Source


def read(text: str) -> Document:
    return read_document(Source("x.md", f"## Section\n\n{text}".encode()))


def parts(text: str) -> dict[str, float]:
    document = read(text)
    section = document.sections[0]
    return typed_parts(document.items_of(section.id), document.children(section.id))


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("1. Read it\n2. Do it\n3. Check it\n", "part/process"),
        ("### Phase 1: Look\n\n- a\n\n### Phase 2: Act\n\n- b\n", "part/process"),
        ("### 1. Look\n\n- a\n\n### 2. Act\n\n- b\n", "part/process"),
        ("- [ ] Numbers agree\n- [ ] Links work\n", "part/checklist"),
        ("- Ask `data-engineer` for rows\n- Tell **qa-expert** what is new\n", "part/collaboration"),
        ('- "Plan a trip to Rome"\n- "Find a night train"\n', "part/examples"),
        ("- Never push on Friday\n- Avoid long names\n- No magic numbers\n", "part/avoid"),
    ],
)
def test_the_build_gives_a_part_away(text: str, part: str) -> None:
    """Steps, phases, boxes, names of agents, quotations, refusals."""
    assert list(parts(text)) == [part]


@pytest.mark.parametrize(
    "text",
    [
        "- Write tests\n- Run them\n",
        "1. A single step\n",
        "- Use kebab-case for file-names\n- Prefer long-lived branches\n",
        "- Never push on Friday\n- Write tests\n- Run them\n",
        'He said "yes" twice.\n\nAnd "no" once.\n',
    ],
)
def test_other_texts_give_nothing_away(text: str) -> None:
    """Plain lists, single steps, compound words, a lone refusal, quotations inside prose."""
    assert parts(text) == {}


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("- Status: [Open or closed]\n- Owner: [Name]\n", True),
        ("- File: <path>\n- Line: {line_number}\n", True),
        ("- See [the guide](guide.md)\n- Read [more](more.md)\n", False),
        ("- [ ] Tests pass\n- [ ] Docs are there\n", False),
        ("- Use `list[int]` for ids\n- Return early\n", False),
    ],
)
def test_blanks_to_fill_in_make_a_form(text: str, form: bool) -> None:
    """Placeholders, not links, check boxes or types."""
    document = read(text)
    assert is_form(document.items) is form
