"""`agentgen convert`: one agent file straight to another tool, with its ledger; other formats come in as well."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest

from agentgen.render.model import Outcome
from agentgen.render.spec import Format, ToolStyle
from agentgen.render.targets import load_targets
from agentgen.workspace import bundled

from .agents import LEFT, write
from .conftest import Run

TARGETS = load_targets([bundled("templates")])
PLAIN = "---\nname: helper\ndescription: Helps with everything\n---\nYou help where you can.\n\n## Rules\n\n- Be kind\n"
HOLDS = [target for target in TARGETS if target.tools.style is ToolStyle.NAMES and target.tools.restricts]
CANNOT = next(target.name for target in TARGETS if target.tools.style is ToolStyle.NONE)


def test_the_file_goes_to_standard_output_and_the_ledger_to_standard_error(run: Run, folder: Path) -> None:
    """So that it can be piped; a loss ends with 1."""
    write(folder, left=LEFT)
    target = next(target for target in HOLDS if target.fields["color"].key is None and not target.experimental)
    shown = run("convert", "left.md", "--to", target.name)
    assert shown.code == 1
    assert "- Functions stay short" in shown.out
    assert "color" not in shown.out
    assert f"reviewer → {target.name}" in shown.err
    assert "color: red" in shown.err


def test_a_conversion_without_a_loss_ends_with_0(run: Run, folder: Path) -> None:
    """Also with --quiet, where nothing but the file is shown."""
    write(folder, plain=PLAIN)
    shown = run("convert", "plain.md", "--to", HOLDS[0].name, "--quiet")
    assert (shown.code, shown.err) == (0, "")
    assert "You help where you can." in shown.out


@pytest.mark.parametrize(
    "path", ["helper.md", ".github/agents/helper.agent.md", "helper.chatmode.md", ".devin/agents/helper/AGENT.md"]
)
def test_a_file_without_a_name_is_called_as_its_tool_calls_it(run: Run, folder: Path, path: str) -> None:
    """By its file, without the ending that the tool demands, or by its folder."""
    (folder / path).parent.mkdir(parents=True, exist_ok=True)
    (folder / path).write_text(PLAIN.replace("name: helper\n", ""))
    shown = run("convert", path, "--to", "universal", "--quiet")
    assert (shown.code, shown.out.splitlines()[1]) == (0, "name: helper")


def test_a_name_that_nobody_gave_cannot_be_lost(run: Run, folder: Path) -> None:
    """A file of plain Markdown has none, and comes out as it is, with 0."""
    plain = "# Our rules\n\n- Be kind\n"
    (folder / "AGENTS.md").write_text(plain)
    shown = run("convert", "AGENTS.md", "--to", "agents-md")
    assert (shown.code, shown.out) == (0, plain)
    (folder / "named.md").write_text(PLAIN)
    assert run("convert", "named.md", "--to", "agents-md").code == 1


def test_a_refused_widening_writes_nothing(run: Run, folder: Path) -> None:
    """Neither to standard output nor to a file."""
    write(folder, left=LEFT)
    shown = run("convert", "left.md", "--to", CANNOT, "--out", "out.md")
    assert (shown.code, shown.out) == (1, "")
    assert f"not written for {CANNOT}" in shown.err
    assert not (folder / "out.md").exists()


def test_file_and_ledger_can_be_written(run: Run, folder: Path) -> None:
    """The ledger as JSON balances with its sums."""
    write(folder, left=LEFT)
    shown = run("convert", "left.md", "--to", HOLDS[0].name, "--out", "sub/out.md", "--ledger", "sub/ledger.json")
    assert shown.out == ""
    assert "- Functions stay short" in (folder / "sub/out.md").read_text("utf-8")
    ledger = json.loads((folder / "sub/ledger.json").read_text("utf-8"))
    assert sum(ledger["counts"].values()) == len(ledger["entries"])
    assert set(ledger["counts"]) == {outcome.value for outcome in Outcome}


@pytest.mark.parametrize("form", [Format.TOML, Format.JSON])
def test_other_formats_come_back_as_they_went(run: Run, folder: Path, form: Format) -> None:
    """Converted to such a tool, imported from there and rendered to where it came from, the text is the same."""
    write(folder, plain=PLAIN)
    target = next(target for target in TARGETS if target.format is form and target.shared is None)
    assert run("convert", "plain.md", "--to", target.name, "--out", f"agent.{form.value}").code == 0
    assert run("import", f"agent.{form.value}", "--profile", "back", "--from", target.name).code == 0
    assert run("merge", "back").code == 0
    assert run("render", "back", "--target", HOLDS[0].name).code == 0
    (path,) = [path for path in (folder / "dist" / HOLDS[0].name).rglob("*") if path.is_file()]
    assert path.read_text("utf-8") == run("convert", "plain.md", "--to", HOLDS[0].name).out


def test_a_broken_file_of_another_format_is_named_with_its_place(run: Run, folder: Path) -> None:
    """Line and column of the mistake."""
    (folder / "agent.toml").write_text('name = "a"\nbroken\n', "utf-8")
    with pytest.raises(tomllib.TOMLDecodeError):
        tomllib.loads((folder / "agent.toml").read_text("utf-8"))
    shown = run("convert", "agent.toml", "--to", HOLDS[0].name)
    assert shown.code == 2
    assert "agent.toml:2:" in shown.err


def test_a_file_of_several_agents_is_imported_rather_than_converted(run: Run, folder: Path) -> None:
    """Each becomes a variant of its own name."""
    target = next(target for target in TARGETS if target.shared and target.shared.list and target.format is Format.YAML)
    assert target.shared
    key, body = target.fields["name"].key, target.body.key
    entries = "".join(f"  - {key}: {name}\n    {body}: You are {name}.\n" for name in ("first", "second"))
    (folder / "shared.yaml").write_text(f"{target.shared.list}:\n{entries}", "utf-8")
    assert "agentgen import" in run("convert", "shared.yaml", "--to", HOLDS[0].name).err
    assert run("import", "shared.yaml", "--profile", "both", "--from", target.name).code == 0
    names = sorted(path.name for path in (folder / "profiles/both/variants").glob("*.md"))
    assert names == ["first.md", "second.md"]
