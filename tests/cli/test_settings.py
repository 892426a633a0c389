"""Settings: where they are found, what they do, and how a mistake in them is told."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import jsonschema
import pytest

from agentgen.cli.settings import SETTINGS, Settings, read_settings
from agentgen.cli.settings_read import SCHEMA_FILE, build_schema
from agentgen.cli.toml_places import places
from agentgen.errors import UserError
from agentgen.workspace import bundled

from .agents import two_variants, write
from .conftest import Run
from .test_render import HOLDS, rendered

SCHEMA = bundled("agentgen") / "cli" / "schemas" / SCHEMA_FILE
EVERYTHING = """\
targets = ["droid", "all"]
strategy = "consensus=2"
workspaces = ["services/*"]

[lint]
tools = ["droid"]
select = ["frontmatter-*"]
ignore = ["description-long"]
level = "error"

[profiles.reviewer]
targets = ["droid"]
strategy = "base=left"
"""


def settings(folder: Path, text: str, name: str = SETTINGS) -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path


@pytest.fixture
def merged(run: Run, workspace: Path) -> Path:
    """A workspace with one merged profile."""
    two_variants(workspace)
    assert run("merge", "reviewer", "--quiet").code == 0
    return workspace


# -- what they do ----------------------------------------------------------------------------------------------


def test_a_profile_has_targets_of_its_own(run: Run, merged: Path) -> None:
    """`[profiles.NAME]` wins over what holds for all; the command line wins over both."""
    settings(merged, f'targets = ["{HOLDS[0]}"]\n[profiles.reviewer]\ntargets = ["{HOLDS[1]}"]\n')
    assert run("render").code == 0
    assert {path.split("/")[0] for path in rendered(merged / "dist")} == {HOLDS[1]}
    assert run("render", "--target", HOLDS[0]).code == 0
    assert {path.split("/")[0] for path in rendered(merged / "dist")} == {HOLDS[0], HOLDS[1]}


def test_a_first_recipe_follows_the_strategy_of_the_settings(run: Run, workspace: Path) -> None:
    """That of the profile before that for all; the command line wins over both."""
    folder = two_variants(workspace)
    settings(workspace, 'strategy = "consensus"\n[profiles.reviewer]\nstrategy = "base=left"\n')
    assert run("merge").code == 0
    assert "strategy: base=left" in (folder / "recipe.yaml").read_text("utf-8")
    (folder / "recipe.yaml").unlink()
    assert run("merge", "--strategy", "base=right", "--discard-edits").code == 0
    assert "strategy: base=right" in (folder / "recipe.yaml").read_text("utf-8")


def test_a_strategy_that_does_not_fit_the_variants_names_the_settings(run: Run, workspace: Path) -> None:
    """Whoever reads the error must know that it does not come from the command line."""
    two_variants(workspace)
    settings(workspace, 'strategy = "base=nobody"\n')
    shown = run("merge")
    assert shown.code == 2
    assert "agentgen.toml: error: no strategy 'base=nobody'" in shown.err


def test_lint_takes_its_codes_tools_and_level_from_the_settings(run: Run, folder: Path) -> None:
    """An option on the command line takes the place of its setting."""
    (path,) = write(folder, a="---\nname: a\ndescription: x: y\n---\nBody.\n")
    assert run("lint", path).code == 1
    settings(folder, '[lint]\nignore = ["*"]\n')
    quiet = run("lint", path)
    assert (quiet.code, "a.md:" in quiet.out) == (0, False)
    assert run("lint", path, "--ignore", "link-broken").code == 1
    settings(folder, f'[lint]\nselect = ["link-*"]\ntools = ["{HOLDS[0]}"]\n')
    assert run("lint", path).code == 0
    assert HOLDS[0] in run("lint", path, "--format", "json").out
    settings(folder, '[lint]\nselect = ["description-no-trigger"]\nlevel = "info"\n')
    assert run("lint", path).code == 1
    assert run("lint", path, "--level", "error").code == 0


# -- where they are --------------------------------------------------------------------------------------------


def test_a_table_of_the_project_file_holds_settings_as_well(run: Run, merged: Path) -> None:
    """`[tool.agentgen]`, with the same keys."""
    settings(merged, f'[project]\nname = "x"\n[tool.agentgen]\ntargets = ["{HOLDS[1]}"]\n', "pyproject.toml")
    assert run("render").code == 0
    assert {path.split("/")[0] for path in rendered(merged / "dist")} == {HOLDS[1]}


def test_the_file_of_its_own_wins_whole_and_the_other_place_is_named(run: Run, merged: Path) -> None:
    """Two places for settings are a mistake that is told at every run, also with --quiet."""
    settings(merged, f'[tool.agentgen]\ntargets = ["{HOLDS[1]}"]\nstrategy = "consensus"\n', "pyproject.toml")
    settings(merged, f'targets = ["{HOLDS[0]}"]\n')
    shown = run("render", "--quiet")
    assert shown.err == "pyproject.toml: [tool.agentgen] does not count beside agentgen.toml; keep one of them\n"
    assert {path.split("/")[0] for path in rendered(merged / "dist")} == {HOLDS[0]}
    assert read_settings(merged).strategy_of("reviewer") == "union"


def test_a_project_file_without_settings_is_no_place_for_them(folder: Path) -> None:
    """Not even where it is no TOML: it is another tool's business then."""
    settings(folder, '[project]\nname = "x"\n[tool.other]\ntargets = 3\n', "pyproject.toml")
    assert read_settings(folder) == Settings()
    settings(folder, "[project\n", "pyproject.toml")
    assert read_settings(folder) == Settings()


def test_settings_hold_for_the_folders_below_up_to_the_repository(folder: Path) -> None:
    """The nearest count; what lies above the repository does not."""
    settings(folder, 'strategy = "consensus"\n')
    inner = folder / "a" / "b"
    inner.mkdir(parents=True)
    assert read_settings(inner).root == folder
    settings(inner.parent, 'strategy = "consensus=2"\n')
    assert read_settings(inner).strategy_of("x") == "consensus=2"
    (inner / ".git").mkdir()
    assert read_settings(inner) == Settings()


def test_the_workspace_is_found_by_its_profiles_wherever_the_settings_are(run: Run, merged: Path) -> None:
    """From a folder below, and with the settings in the project file."""
    settings(merged, f'[tool.agentgen]\ntargets = ["{HOLDS[0]}"]\n', "pyproject.toml")
    below = merged / "profiles" / "reviewer"
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(below)
        assert run("render").code == 0
    assert {path.split("/")[0] for path in rendered(merged / "dist")} == {HOLDS[0]}


# -- mistakes --------------------------------------------------------------------------------------------------


MIXED = """\
target = ["x"]
strategy = "best"
[profiles.reviewr]
targets = []
"""
WRONG = """\
targets = "droid"
stategy = "union"
workspaces = ["../elsewhere", 3]

[lint]
level = "fatal"
"""
STRANGE = """\
targets = []
strategy = "best"
workspaces = ["../elsewhere"]
lint.select = ["frontmatter-*", "descripton-long"]
[profiles]
  reviewer.strategy = "base"
"""


def test_every_mistake_is_told_at_once_with_its_place(run: Run, merged: Path) -> None:
    """Wrong keys come with the key that is near, wrong values with what they can be."""
    settings(merged, WRONG)
    shown = run("render")
    assert (shown.code, shown.out) == (2, "")
    for told in (
        "agentgen.toml:1:11: error: targets must be a list\n",
        "agentgen.toml:2:1: error: unknown key 'stategy'\n  did you mean 'strategy'?\n",
        "agentgen.toml:3:31: error: workspaces[1] must be text\n",
        "agentgen.toml:6:9: error: lint.level is 'fatal'\n  it can be 'error', 'warning' or 'info'\n",
        "4 errors\n",
    ):
        assert told in shown.err


def test_mistakes_in_shape_and_in_meaning_are_told_together(run: Run, merged: Path) -> None:
    """A misspelt key hides no other mistake."""
    settings(merged, MIXED)
    shown = run("render").err
    for place, told in (("1:1", "unknown key 'target'"), ("2:12", "no strategy 'best'"), ("4:11", "names no target")):
        assert f"agentgen.toml:{place}: error: " in shown
        assert told in shown
    assert "agentgen.toml:3:11: error: there is no profile 'reviewr'\n  did you mean reviewer?" in shown
    assert shown.endswith("4 errors\n")


def test_values_that_mean_nothing_are_told_at_once_with_their_place(run: Run, merged: Path) -> None:
    """Dotted keys and tables are found as well."""
    settings(merged, STRANGE)
    shown = run("build")
    assert (shown.code, shown.out) == (2, "")
    for told in (
        "agentgen.toml:1:11: error: `targets` names no target",
        "agentgen.toml:2:12: error: no strategy 'best'",
        "agentgen.toml:3:15: error: '../elsewhere' leads out of this folder",
        "agentgen.toml:4:33: error: there is no code 'descripton-long'\n  did you mean description-long?",
        "agentgen.toml:6:23: error: no strategy 'base'",
        "5 errors\n",
    ):
        assert told in shown.err


def test_names_of_targets_and_profiles_that_are_not_there_are_told_with_their_place(run: Run, merged: Path) -> None:
    """Also below the table of a project file."""
    path = settings(merged, '[tool.agentgen.profiles.reviewr]\ntargets = ["x"]\n', "pyproject.toml")
    told = "pyproject.toml:1:25: error: there is no profile 'reviewr'\n  did you mean reviewer?\n"
    assert run("render").err == told
    path.write_text(
        f'[tool.agentgen]\nlint.tools = ["{HOLDS[0]}", "{HOLDS[0]}x"]\ntargets = ["all", "nosuch"]\n', "utf-8"
    )
    shown = run("render")
    assert shown.code == 2
    assert f"pyproject.toml:2:{18 + len(HOLDS[0]) + 1}: error: no target '{HOLDS[0]}x'" in shown.err
    assert "pyproject.toml:3:19: error: no target 'nosuch'" in shown.err


@pytest.mark.parametrize(
    ("text", "place"),
    [("targets = [\n", "1:13"), ("a = 1\na = 2\n", "2:6"), ("a = \n", "1:5"), ("\ufefftargets = x\n", "1:11")],
)
def test_a_file_that_is_no_toml_is_told_with_its_place(run: Run, merged: Path, text: str, place: str) -> None:
    """Line and column stand where every error has them."""
    settings(merged, text)
    shown = run("render")
    assert shown.code == 2
    assert f"agentgen.toml:{place}" in shown.err
    assert "is not TOML" in shown.err
    assert "(at" not in shown.err


def test_a_byte_order_mark_is_no_mistake(folder: Path) -> None:
    """Editors on Windows write one."""
    settings(folder, '\ufeffstrategy = "consensus"\n')
    assert read_settings(folder).strategy_of("x") == "consensus"


def test_an_unreadable_settings_file_is_a_clear_error(folder: Path) -> None:
    """Bytes that are no text, and settings that are no table."""
    (folder / SETTINGS).write_bytes(b'strategy = "\xff"\n')
    with pytest.raises(UserError, match="no strategy"):
        read_settings(folder)
    (folder / SETTINGS).unlink()
    settings(folder, "[tool]\nagentgen = 3\n", "pyproject.toml")
    with pytest.raises(UserError, match="the file must be a mapping"):
        read_settings(folder)


# -- the schema ------------------------------------------------------------------------------------------------


def test_the_schema_that_ships_is_up_to_date() -> None:
    """Refresh it with `python -m agentgen.cli.schemas`."""
    assert SCHEMA.read_text("utf-8") == build_schema()


def test_the_schema_knows_what_the_reader_knows(folder: Path) -> None:
    """It takes every setting, and refuses the mistakes in the shape that the reader refuses."""
    schema = json.loads(SCHEMA.read_text("utf-8"))
    jsonschema.validate(tomllib.loads(EVERYTHING), schema)
    settings(folder, EVERYTHING)
    assert read_settings(folder).targets_of("reviewer") == ("droid",)
    lines = WRONG.replace("[lint]\n", "lint.").split("\n")
    for wrong in filter(None, lines):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(tomllib.loads(wrong), schema)


def test_every_setting_has_a_description() -> None:
    """Editors show it."""
    schema = json.loads(SCHEMA.read_text("utf-8"))
    tables = [schema, *schema["$defs"].values()]
    told = [
        key for table in tables for key, each in table.get("properties", {}).items() if not _described(each, schema)
    ]
    assert not told


def _described(entry: dict[str, str], schema: dict[str, dict[str, dict[str, str]]]) -> bool:
    name = entry.get("$ref", "").rpartition("/")[2]
    return "description" in entry or "description" in schema["$defs"].get(name, {})


# -- places ----------------------------------------------------------------------------------------------------


def test_the_place_of_every_key_and_value_is_found() -> None:
    """In all of TOML's spellings: dotted and quoted keys, inline tables, arrays of tables, strings over lines."""
    text = "\n".join(
        [
            "# a comment with [brackets] = 1",
            "a.b = 1 # and another = 2",
            '"c d" = { e = [1, "x#]", 3], f.g = true }',
            "[t.u] # table",
            'm = """',
            'h = 1 "quoted" \\"""',
            '"""',
            "n = '''",
            "[no.table]'''",
            "[[w]]",
            "d = 1979-05-27 07:32:00",
            "[[w]]",
            "k = [",
            "  # comment ]",
            "  'y',",
            "]",
            "",
        ]
    )
    found = places(text)
    assert flat(tomllib.loads(text)) <= set(found.values)
    assert text[found.keys["a", "b"]] == "b"
    assert text[found.keys["c d",]] == '"'
    assert text[found.values["c d", "e", 1] :].startswith('"x#]"')
    assert text[found.values["c d", "f", "g"] :].startswith("true")
    assert text[found.values["t", "u", "n"] :].startswith("'''\n[no")
    assert text[found.values["w", 0, "d"] :].startswith("1979")
    assert text[found.values["w", 1, "k", 0] :].startswith("'y'")
    assert ("h",) not in found.keys


def flat(value: object, path: tuple[str | int, ...] = ()) -> set[tuple[str | int, ...]]:
    """The paths of all plain values."""
    if isinstance(value, dict):
        return {each for key, inner in value.items() for each in flat(inner, (*path, key))}
    if isinstance(value, list):
        return {each for at, inner in enumerate(value) for each in flat(inner, (*path, at))}
    return {path}


def test_an_unfinished_text_ends_the_search_and_nothing_else() -> None:
    """What was found so far is kept."""
    assert places("a = 1\nb = [").values == {("a",): 4, ("b",): 10}
    assert places("a = 1\n= 2").values == {("a",): 4}
    assert places("a = {").values == {("a",): 4}


def test_only_targets_that_a_render_needs_are_asked_for(folder: Path) -> None:
    """Those named in the command or for the profile, and those that settings name besides; none where all are."""
    (folder / SETTINGS).write_text(
        'targets = ["droid"]\n[lint]\ntools = ["kiro"]\n[profiles.wide]\ntargets = ["all"]\n', "utf-8"
    )
    settings = read_settings(folder)
    assert settings.targets_needed(["one"], []) == {"droid", "kiro"}
    assert settings.targets_needed(["one"], ["goose"]) == {"droid", "kiro", "goose"}
    assert settings.targets_needed(["one", "wide"], []) == set()
    assert Settings().targets_needed(["one"], []) == set()
