"""Hostile input: read in linear time, without recursion, and never expanded."""

from __future__ import annotations

import sys
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from agentgen.document.read import read_document
from agentgen.source import Source

_SECONDS = 4.0 * (5 if sys.gettrace() else 1)
"""Twice what is promised, for busy machines, and more where coverage is traced; quadratic work would take minutes."""


def _seconds(raw: bytes) -> float:
    start = time.process_time()
    document = read_document(Source("a.md", raw))
    taken = time.process_time() - start
    assert document.segments[-1].span.end == len(document.source.text)
    return taken


_BIG: dict[str, Callable[[], bytes]] = {
    "one line of ten megabytes": lambda: b"x" * 10_000_000,
    "blanks before one letter": lambda: b" " * 3_000_000 + b"x",
    "50,000 headings": lambda: b"# a\n" * 50_000,
    "headings whose slugs collide": lambda: b"".join(b"# a-%d\n# a\n" % at for at in range(20_000)),
    "a list 3,000 deep": lambda: b"".join(b" " * (2 * at) + b"- a\n" for at in range(3_000)),
    "markers in one line": lambda: b"- " * 300_000 + b"x",
    "quotes in one line": lambda: b"> " * 300_000 + b"x",
    "brackets": lambda: b"# " + b"[" * 300_000 + b"](x" * 300_000,
    "stars": lambda: b"# " + b"*a " * 200_000,
    "back quotes": lambda: b"# " + b"".join(b"`" * (at % 50 + 1) + b"a" for at in range(20_000)),
    "pipes": lambda: b"|" * 500_000 + b"\n" + b"|-" * 500_000 + b"x\n",
    "dashes": lambda: b"- " * 500_000 + b"x",
    "tags": lambda: b"<a " * 500_000,
    "open comments": lambda: b"<!--\n" * 50_000,
    "bare fences": lambda: b"```\n" * 50_000,
    "fences that open in fences": lambda: b"```a\n## x\n\n" * 1_990,
    "underlines": lambda: b"a\n---\n" * 30_000,
    "bold lines far from any text": lambda: (b"**a**\n" + b"\n" * 300) * 300,
    "numbers": lambda: b"1" * 500_000 + b". x",
    "an unclosed frontmatter": lambda: b"---\n" + b"a: b\n" * 60_000,
    "a frontmatter of 500,000 characters": lambda: b"---\n" + b"a: b: c\n" * 60_000 + b"---\n",
    "broken quotes in every key": lambda: b"---\n" + b'description: "x\n' * 20_000 + b"---\n",
    "prose with colons": lambda: b"---\ndescription: a: b\n" + b"Foo: a\n" * 50_000 + b"---\n",
    "drive letters": lambda: b"---\ndescription: \\n" + b"C:\\" * 100_000 + b": x\n---\n",
}


@pytest.mark.parametrize("name", _BIG)
def test_big_input_is_read_in_linear_time(name: str) -> None:
    """Each within seconds of processor time."""
    assert _seconds(_BIG[name]()) < _SECONDS


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
def test_yaml_bombs_are_refused_quickly(name: str) -> None:
    """With a finding on a line of the block; no value is larger than the file, and the body is read."""
    raw = b"---\nname: a\n" + _BOMBS[name] + b"---\n# A\n"
    assert _seconds(raw) < _SECONDS / 20
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
def test_no_real_file_takes_long(corpus: list[Path]) -> None:
    """At most 0.2 seconds of processor time each."""
    slowest = max(_seconds(path.read_bytes()) for path in corpus if path.stat().st_size)
    assert slowest < 0.2 * _SECONDS / 4
