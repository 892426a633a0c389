"""What stands in names and texts of files never acts on what shows it: no terminal, page, comment or workflow."""

from __future__ import annotations

import re
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from agentgen.cli.main import main
from agentgen.codes import CODES
from agentgen.findings import Finding, Fix
from agentgen.lint.model import Linted
from agentgen.report.findings_text import findings_text
from agentgen.report.lint_github import lint_github
from agentgen.source import Source

PAYLOADS = {
    "escape": "\x1b]0;owned\x07\x1b[8mhid\x1b[0m",
    "clipboard": "\x1b]52;c;ZXZpbA==\x07",
    "c1": "\x9b31m\x9d0;owned\x9c",
    "backspace": "safe\x08\x08\x08\x08evil",
    "override": "\u202etxe.exe\u202c",
    "tags": "".join(chr(0xE0000 + ord(char)) for char in "obey"),
    "script": "<script>alert(1)</script>",
    "image": '"><img src=x onerror=alert(1)>',
    "comment": "--> <b>x</b> <!--",
    "formula": '=HYPERLINK("http://x.example","a")',
    "dde": "@SUM(1+1)*cmd|' /C calc'!A0",
    "workflow": "%0A::error file=x::owned",
    "mention": "@octo-org/everyone #1 | x | `y` [z](javascript:alert(1))",
    "rich": "[red]x[/red] [link=file:///etc/passwd]y[/link]",
    "template": "{{ 7*7 }} {% for x in y %}",
}
_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2066-\u2069\U000e0000-\U000e007f]")
TARGETS = ("--target", "claude-code", "--target", "codex", "--target", "kiro-json")
"""Markdown, TOML and JSON."""

VIEWS = (
    ["diff", "a.md", "b.md"],
    ["diff", "a.md", "b.md", "--explain"],
    ["diff", "a.md", "b.md", "--format", "markdown"],
    ["diff", "a.md", "b.md", "--format", "html"],
    ["diff", "a.md", "b.md", "--format", "json"],
    ["diff", "a.md", "b.md", "--review"],
    ["outline", "a.md"],
    ["outline", "a.md", "--format", "json"],
    ["lint", "a.md", "--as", "claude-code,gemini-cli"],
    ["lint", "a.md", "--format", "json"],
    ["lint", "a.md", "--format", "sarif"],
    ["lint", "a.md", "--format", "github"],
    ["git-textconv", "a.md"],
    ["import", "a.md", "b.md", "--profile", "me"],
    ["import", "a.md", "b.md", "--profile", "me", "--allow-hidden-text"],
    ["diff", "me", "--stat"],
    ["merge", "me", "--allow-hidden-text"],
    ["merge", "me", "--allow-hidden-text", "--format", "json"],
    ["blame", "me"],
    ["blame", "me", "--format", "json"],
    ["render", "me", *TARGETS, "--diff"],
    ["render", "me", *TARGETS],
    ["render", "me", *TARGETS, "--check", "--format", "json"],
)


def agent(payload: str) -> str:
    """A file with the payload wherever text may stand."""
    quoted = "'" + payload.replace("'", "''") + "'"
    return (
        f"---\nname: rev\ndescription: {quoted}\ntools: [Read, {quoted}]\nmodel: {quoted}\n{quoted}: {quoted}\n---\n\n"
        f"# Rules {payload}\n\n- Do {payload} well\n- Answer within 100 ms {payload}\n\n## {payload}\n\n"
        f"| {payload} | b |\n|---|---|\n| c | {payload} |\n\n```{payload}\n{payload}\n```\n\n"
        f"See [a]({payload}) and `{payload}`.\n"
    )


class _Page(HTMLParser):
    """The elements and attributes of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[tuple[str, tuple[str, ...]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, tuple(sorted(name for name, _ in attrs))))


def elements(page: str) -> set[tuple[str, tuple[str, ...]]]:
    """The kinds of elements, with the names of their attributes."""
    reader = _Page()
    reader.feed(page)
    return set(reader.seen)


@pytest.mark.parametrize("kind", PAYLOADS)
def test_no_command_shows_a_payload_as_such(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every command that shows files, in every format: no control or hidden character, no element, no command."""
    monkeypatch.chdir(tmp_path)
    payload = PAYLOADS[kind]
    Path("a.md").write_text(agent(payload), "utf-8", newline="")
    Path("b.md").write_text(agent(payload).replace("100 ms", "200 ms").replace("well", "fast"), "utf-8", newline="")
    for view in VIEWS:
        code = main(view)
        out, err = capsys.readouterr()
        assert code in (0, 1, 2), (view, err)
        assert not _FORBIDDEN.findall(out + err), view
        if "html" in view:
            assert not {("script", ()), ("img", ("onerror", "src"))} & elements(out)
            assert "<b>x</b>" not in out
        if "github" in view:
            assert all(re.match("::(error|warning|notice) file=a.md,", line) for line in out.splitlines())
        if "markdown" in view:
            _check_markdown(out)


def _check_markdown(text: str) -> None:
    """A forge that takes HTML as it is makes no foreign element, no link and no mention of it."""
    page = MarkdownIt("commonmark", {"html": True}).enable("table").render(text)
    assert {name for name, _ in elements(page)} <= {
        *(
            "p",
            "h1",
            "h2",
            "h3",
            "h4",
            "table",
            "thead",
            "tbody",
            "tr",
            "th",
            "td",
            "code",
            "pre",
            "details",
            "summary",
        ),
        *("ul", "ol", "li", "strong", "em", "del", "ins", "hr", "br", "blockquote", "sub", "kbd"),
    }
    assert "javascript:" not in "".join(re.findall(r'href="[^"]*"', page))
    assert "@octo" not in re.sub(r"<code.*?</code>", "", page, flags=re.DOTALL)


@pytest.mark.parametrize("kind", ["escape", "override", "script", "tags"])
def test_error_messages_show_names_of_files_and_options_safely(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Files that are not there, wrong codes, targets, profiles, options; and files whose names are payloads."""
    monkeypatch.chdir(tmp_path)
    payload = PAYLOADS[kind].replace("/", "-")
    Path(f"{payload}.md").write_text(agent(payload), "utf-8")
    for arguments in (
        ["lint", f"missing-{payload}.md"],
        ["lint", f"{payload}.md"],
        ["lint", f"{payload}.md", "--format", "github"],
        ["lint", f"{payload}.md", "--as", payload],
        ["explain", payload],
        ["diff", f"{payload}.md", f"{payload}"],
        ["outline", f"{payload}.md"],
        ["merge", payload],
        ["targets", payload],
        ["import", f"{payload}.md", "--profile", payload],
        ["convert", f"{payload}.md", "--to", payload],
        [payload],
        [f"--{payload}"],
    ):
        assert main(arguments) in (0, 1, 2), arguments
        assert not _FORBIDDEN.findall("".join(capsys.readouterr())), arguments


def test_a_converted_file_is_shown_safely_on_a_terminal_and_whole_in_a_pipe(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The file is the result: what goes into a file or a pipe is not changed."""
    monkeypatch.chdir(tmp_path)
    Path("a.md").write_text("---\nname: a\ndescription: Use it.\n---\n\nHi \x1b[8mthere.\n", "utf-8")
    main(["convert", "a.md", "--to", "claude-code"])
    assert "\x1b[8m" in capsys.readouterr().out
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    main(["convert", "a.md", "--to", "claude-code"])
    assert "Hi <U+001B>[8mthere." in capsys.readouterr().out


def test_a_message_of_several_lines_is_no_second_command_or_finding() -> None:
    """A line end in a value ends no workflow command and forges no finding."""
    message = "a\n::error file=x::owned\r\n::add-mask::y"
    found = Finding("hidden-text", CODES["hidden-text"].severity, "a\n::b.md", 1, 1, message, Fix("do\n::c::"))
    told = lint_github([Linted(Source("a.md", b""), {}, (found,))])
    assert told.count("\n") == 1
    assert [line for line in findings_text([found]).splitlines() if line.startswith("::")] == []
