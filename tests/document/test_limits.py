"""Hostile input: read with work that grows like its size, without recursion, and never expanded."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from agentgen.document.model import Document
from agentgen.document.read import read_document
from agentgen.source import Source
from tests.counted import calls


def _calls(raw: bytes) -> int:
    """How many functions are called to read it to its end."""
    read: list[Document] = []
    called = calls(lambda: read.append(read_document(Source("a.md", raw))))
    assert read[0].segments[-1].span.end == len(read[0].source.text)
    return called


_BIG: dict[str, tuple[int, Callable[[int], bytes]]] = {
    "one line of ten megabytes": (10_000_000, lambda size: b"x" * size),
    "blanks before one letter": (3_000_000, lambda size: b" " * size + b"x"),
    "headings": (50_000, lambda size: b"# a\n" * size),
    "headings whose slugs collide": (20_000, lambda size: b"".join(b"# a-%d\n# a\n" % at for at in range(size))),
    "a deep list": (3_000, lambda size: b"".join(b" " * (2 * at) + b"- a\n" for at in range(size))),
    "markers in one line": (300_000, lambda size: b"- " * size + b"x"),
    "quotes in one line": (300_000, lambda size: b"> " * size + b"x"),
    "brackets": (300_000, lambda size: b"# " + b"[" * size + b"](x" * size),
    "stars": (200_000, lambda size: b"# " + b"*a " * size),
    "back quotes": (20_000, lambda size: b"# " + b"".join(b"`" * (at % 50 + 1) + b"a" for at in range(size))),
    "pipes": (500_000, lambda size: b"|" * size + b"\n" + b"|-" * size + b"x\n"),
    "dashes": (500_000, lambda size: b"- " * size + b"x"),
    "tags": (500_000, lambda size: b"<a " * size),
    "open comments": (50_000, lambda size: b"<!--\n" * size),
    "bare fences": (50_000, lambda size: b"```\n" * size),
    "fences that open in fences": (1_990, lambda size: b"```a\n## x\n\n" * size),
    "underlines": (30_000, lambda size: b"a\n---\n" * size),
    "bold lines far from any text": (300, lambda size: (b"**a**\n" + b"\n" * 300) * size),
    "numbers": (500_000, lambda size: b"1" * size + b". x"),
    "an unclosed frontmatter": (60_000, lambda size: b"---\n" + b"a: b\n" * size),
    "a long frontmatter": (60_000, lambda size: b"---\n" + b"a: b: c\n" * size + b"---\n"),
    "broken quotes in every key": (20_000, lambda size: b"---\n" + b'description: "x\n' * size + b"---\n"),
    "prose with colons": (50_000, lambda size: b"---\ndescription: a: b\n" + b"Foo: a\n" * size + b"---\n"),
    "drive letters": (100_000, lambda size: b"---\ndescription: \\n" + b"C:\\" * size + b": x\n---\n"),
}
"""How often the unit of each stands in it at its worst, and the file for any number of units."""


@pytest.mark.parametrize("name", _BIG)
def test_big_input_is_read_to_its_end(name: str) -> None:
    """At full size; a pattern that goes back and forth would take longer than any test may."""
    size, made = _BIG[name]
    assert _calls(made(size))


@pytest.mark.parametrize("name", _BIG)
def test_work_grows_like_the_input(name: str) -> None:
    """Four times the input makes at most some four times the work; trying all pairs would make sixteen times."""
    size, made = _BIG[name]
    assert _calls(made(size // 2)) < 5 * _calls(made(size // 8)) + 2_000


_BOMBS = {
    "aliases": b"a: &a [x, x]\n"
    + b"".join(b"%c: &%c [*%c, *%c]\n" % (98 + at, 98 + at, 97 + at, 97 + at) for at in range(9)),
    "an alias to itself": b"a: &a [*a]\n",
    "nesting in brackets": b"a: " + b"[" * 100_000 + b"\n",
    "nesting by indentation": b"a:\n" + b"".join(b" " * at + b"b:\n" for at in range(1, 400)),
    "mappings in mappings": b"a: " + b"{b: " * 50_000 + b"\n",
    "tags": b"a: !!python/object/apply:os.system [x]\n",
    "many values": b"a: [" + b"x, " * 100_000 + b"]\n",
    "a huge scalar": b"a: " + b"x" * 600_000 + b"\n",
}


@pytest.mark.parametrize("name", _BOMBS)
def test_yaml_bombs_are_refused_unopened(name: str) -> None:
    """With a finding on a line of the block, and work like that of its size; no value is larger than the file, and the
    body is read.
    """
    raw = b"---\nname: a\n" + _BOMBS[name] + b"---\n# A\n"
    assert _calls(raw) < 10 * len(raw) + 5_000
    document = read_document(Source("a.md", raw))
    assert document.findings
    assert all(found.code.startswith("frontmatter") for found in document.findings)
    assert len(repr(document.frontmatter.values)) < 2 * len(raw) + 100
    assert document.sections[0].heading == "A"


@pytest.mark.parametrize("name", _BOMBS)
def test_yaml_bombs_take_little_memory(name: str) -> None:
    """Nothing is expanded: at most 64 MB at any moment."""
    raw = b"---\nname: a\n" + _BOMBS[name] + b"---\n# A\n"
    tracemalloc.start()
    read_document(Source("a.md", raw))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 64 * 1024 * 1024


def test_more_fences_than_are_weighed_are_read_as_commonmark_does() -> None:
    """No more work and no guess: as many code blocks as the reference parser sees."""
    text = "```markdown\n```sh\nx\n```\n```\n\n" * 900
    blocks = [token for token in MarkdownIt("commonmark").parse(text) if token.type == "fence"]
    assert len(read_document(Source("a.md", text.encode())).items) == len(blocks)


@pytest.mark.corpus
def test_no_real_file_makes_much_work(corpus: list[Path]) -> None:
    """At most some calls for each of its bytes, and what loading a module takes where it is needed first."""
    texts = [raw for path in corpus if (raw := path.read_bytes())]
    assert [len(raw) for raw in texts if _calls(raw) > 10 * len(raw) + 25_000] == []
