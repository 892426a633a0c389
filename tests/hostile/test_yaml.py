"""YAML that would grow, hang or build things is refused by every reader, with its place, in bounded memory."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

from agentgen.document.read import read_document
from agentgen.errors import UserError
from agentgen.profile.store import load_lock, load_profile, load_recipe
from agentgen.profile.yaml_read import MAX_LINE, MAX_PROBLEMS, MAX_VALUES
from agentgen.render.border import read_model_names, read_target, read_vocabulary
from agentgen.source import MAX_BYTES, MAX_LINES, Source, read_source
from tests.cli.conftest import Run

READERS: dict[str, Callable[[Source], object]] = {
    "profile": load_profile,
    "recipe": load_recipe,
    "lock": load_lock,
    "target": read_target,
    "vocabulary": read_vocabulary,
    "models": read_model_names,
}


def _bomb(first: str, line: str) -> str:
    letters = "abcdefghi"
    return first + "".join(line.format(now, now, ",".join([f"*{was}"] * 9)) for was, now in pairwise(letters))


REFUSED = {
    "aliases": (_bomb("a: &a [x, x]\n", "{}: &{} [{}]\n"), 1, "alias"),
    "merge keys": (_bomb("a: &a {{x: 1}}\n".format(), "{}: &{} {{<<: [{}]}}\n"), 1, "alias"),
    "itself": ("name: &a [*a]\n", 1, "alias"),
    "deep lists": ("agentgen: 1\nname: " + "[" * 100_000, 2, "nested too deeply"),
    "deep mappings": ("agentgen: 1\nname: " + "{a: " * 100_000, 2, "nested too deeply"),
    "deep blocks": ("".join(" " * depth + "a:\n" for depth in range(3000)), 101, "nested too deeply"),
    "deep dashes": ("- " * 100_000, 1, "nested too deeply"),
    "deep keys": ("? " * 100_000, 1, "nested too deeply"),
    "python object": ("agentgen: 1\nname: !!python/object/apply:os.system ['id']\n", 2, "tag"),
    "python name": ("agentgen: 1\nname: !!python/name:os.system\n", 2, "tag"),
    "own tag": ("agentgen: 1\nname: !x y\n", 2, "tag"),
    "binary": ("agentgen: 1\nname: !!binary aWQ=\n", 2, "tag"),
    "tag in full": ("agentgen: 1\nname: !<tag:x> y\n", 2, "tag"),
    "duplicate": ("agentgen: 1\nname: a\nname: b\n", 3, "given twice"),
    "list as key": ("agentgen: 1\n? [a]\n: b\n", 2, "a key must be a word"),
    "two documents": ("agentgen: 1\n---\nname: a\n", 2, "another document"),
    "many keys": (
        "a: {" + ",\n".join(f"k{number}: 1" for number in range(90_000)) + "," * MAX_VALUES + "}",
        0,
        "values",
    ),
    "many in a line": ("\n".join(["- " * 90 + "x"] * 50_000), 0, f"more than {MAX_VALUES} values"),
    "long line": ("name: " + "x" * (MAX_LINE + 1), 1, "a line of"),
    "long number": ("agentgen: " + "9" * (MAX_LINE + 1), 1, "a line of"),
    "not UTF-8": ("agentgen: 1\nname: \udcff\n", 2, "not UTF-8"),
    "NUL": ("agentgen: 1\nname: a\0b\n", 2, "U+0000"),
    "conflicts": ("<<<<<<< a\n" * 90_000, 1, "conflict"),
}


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("payload", REFUSED)
def test_refused_with_its_place(reader: str, payload: str) -> None:
    """By profile, recipe, lock, target, vocabulary and models alike; never more than a readable number of mistakes."""
    text, line, words = REFUSED[payload]
    with pytest.raises(UserError) as caught:
        READERS[reader](Source("file.yaml", text.encode("utf-8", "surrogateescape")))
    found = [problem for problem in caught.value.problems if words in problem.message]
    assert found, caught.value.problems[:3]
    assert (found[0].path, found[0].column is not None) == ("file.yaml", True)
    assert line in (0, *(problem.line for problem in found))
    assert len(caught.value.problems) <= 2 * MAX_PROBLEMS


@pytest.mark.parametrize(
    ("text", "value"),
    [("9" * 5000, "9" * 5000), ("0x" + "f" * 5000, "0x" + "f" * 5000), ("2024-01-01", "2024-01-01"), ("1:30", "1:30")],
)
def test_read_as_it_is_written(text: str, value: str) -> None:
    """Numbers nobody can hold, dates and sexagesimals stay the text that somebody typed."""
    profile = load_profile(Source("profile.yaml", f"agentgen: 1\nname: a\nmodel: {text}\n".encode()))
    assert profile.fields["model"] == value


@pytest.mark.parametrize("number", [".nan", ".inf", "-.inf", "1e999"])
def test_numbers_that_are_none(number: str) -> None:
    """As a version they are refused; anywhere else they are text or a number, never a crash."""
    with pytest.raises(UserError, match="agentgen is"):
        load_profile(Source("profile.yaml", f"agentgen: {number}\nname: a\n".encode()))


@pytest.mark.parametrize("payload", REFUSED)
def test_frontmatter_follows_none_of_it(payload: str) -> None:
    """An agent file is read all the same: a text where others build, and a finding where a parser would follow."""
    text = REFUSED[payload][0]
    raw = f"---\n{text}\n---\n\nYou are.\n".encode("utf-8", "surrogateescape")
    document = read_document(Source("a.md", raw))
    assert len(json.dumps(document.frontmatter.values, default=str)) < 4 * len(text) + 1000
    if payload in ("aliases", "merge keys", "deep lists", "python object", "own tag"):
        assert "frontmatter-unsafe-yaml" in {finding.code for finding in document.findings}


# Not `getrusage`: its peak counts what the process held that started this one.
_MEASURE = """
import re, sys
from pathlib import Path
def peak():
    return int(re.search(r"VmHWM:\\s*(\\d+) kB", Path("/proc/self/status").read_text())[1])
from agentgen.errors import UserError
from agentgen.profile.store import load_profile
from agentgen.source import Source, read_source
try:
    load_profile(Source("w", b"agentgen: 1"))
except UserError:
    pass
base = peak()
try:
    load_profile(read_source(Path(sys.argv[1])))
except UserError:
    print((peak() - base) // 1024)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="reads the peak of memory in /proc")
@pytest.mark.parametrize(
    "payload", ["aliases", "deep lists", "python object", "many in a line", "long line", "million"]
)
def test_memory_stays_bounded(tmp_path: Path, payload: str) -> None:
    """At most 64 MiB more than a small file takes, in a process of its own."""
    text = "".join(f"k{number}: 1\n" for number in range(1_000_000)) if payload == "million" else REFUSED[payload][0]
    path = tmp_path / "profile.yaml"
    path.write_text(text, "utf-8")
    line = [sys.executable, "-c", _MEASURE, str(path)]
    done = subprocess.run(line, capture_output=True, text=True, check=True)
    assert int(done.stdout) <= 64


def test_a_file_beyond_the_limits_is_not_read(tmp_path: Path) -> None:
    """By size without opening it, by lines without building any; the limit stands in the message."""
    sparse = tmp_path / "sparse.md"
    with sparse.open("wb") as file:
        file.truncate(1 << 30)
    with pytest.raises(UserError, match=f"at most {MAX_BYTES} are read"):
        read_source(sparse)
    lines = tmp_path / "lines.md"
    for end in ("\n", "\r", "\r\n"):
        lines.write_bytes((end * (MAX_LINES + 1)).encode())
        with pytest.raises(UserError, match=f"{MAX_LINES + 1} lines; at most {MAX_LINES} are read"):
            read_source(lines)
        lines.write_bytes((end * MAX_LINES).encode())
        assert read_source(lines).line_count == MAX_LINES


@pytest.mark.parametrize("text", ["a = " + "[" * 5000, "a." * 3000 + "b = 1", "a = " + "9" * 5000, "a = {" * 3000])
def test_settings_beyond_sense(run: Run, workspace: Path, text: str) -> None:
    """TOML nested without end or with a number that nobody can hold: exit code 2."""
    (workspace / "agentgen.toml").write_text(text)
    (workspace / "profiles/p/variants").mkdir(parents=True)
    (workspace / "profiles/p/variants/a.md").write_text("---\nname: a\ndescription: d\n---\nYou are.\n")
    shown = run("build")
    assert shown.code == 2
    assert "agentgen.toml" in shown.err


AGENTS = {
    "aliases": _bomb("a: &a [x, x]\n", "{}: &{} [{}]\n"),
    "merge keys": _bomb("a: &a {x: 1}\n", "{}: &{} {{<<: [{}]}}\n"),
    "itself": "a: &a [*a]\n",
    "merged into itself": "a: &a {b: &b {<<: [*a]}, <<: [*b]}\n",
}


@pytest.mark.parametrize("kind", AGENTS)
def test_aliases_in_an_agent_of_a_tool_are_refused_before_they_grow(run: Run, folder: Path, kind: str) -> None:
    """By every command that reads it; a file of a few modes that share a list is none of that."""
    (folder / "x.yaml").write_text(f"name: x\ndescription: d\n{AGENTS[kind]}")
    for command in (["convert", "x.yaml", "--from", "cline", "--to", "droid"], ["import", "x.yaml", "--profile", "p"]):
        shown = run(*command)
        assert shown.code == 2
        assert "x.yaml:" in shown.err
    assert run("lint", "x.yaml", "--as", "cline").code == 1


def test_an_alias_in_an_agent_stands_for_what_it_names(run: Run, folder: Path) -> None:
    """Two modes share their groups."""
    modes = "customModes:\n- {slug: a, name: A, roleDefinition: do, groups: &g [read]}\n"
    (folder / ".roomodes").write_text(f"{modes}- {{slug: b, name: B, roleDefinition: be, groups: *g}}\n")
    shown = run("diff", ".roomodes", "--format", "json")
    assert shown.code in (0, 1)
    assert [variant["id"] for variant in json.loads(shown.out)["variants"]] == ["a", "b"]
