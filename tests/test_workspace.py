"""Where profiles, templates and dist are, and which names may become paths."""

from __future__ import annotations

from pathlib import Path

import pytest

from agentgen.errors import UserError
from agentgen.workspace import (
    Workspace,
    bundled,
    bundled_profiles,
    check_name,
    find_workspace,
    is_name,
    require_workspace,
    slug,
    template_folders,
)


def test_a_workspace_is_found_from_any_folder_below_it(tmp_path: Path) -> None:
    """The nearest folder with `profiles/` is the workspace."""
    deep = tmp_path / "profiles" / "agent" / "variants"
    deep.mkdir(parents=True)
    assert find_workspace(deep) == Workspace(tmp_path)


def test_the_search_ends_at_the_repository(tmp_path: Path) -> None:
    """A `profiles/` above the repository that the folder belongs to is not taken."""
    (tmp_path / "profiles").mkdir()
    (tmp_path / "repo" / ".git").mkdir(parents=True)
    assert find_workspace(tmp_path / "repo") is None


def test_a_missing_workspace_names_the_command_that_makes_one(tmp_path: Path) -> None:
    """The error says what was looked for and what to do."""
    (tmp_path / ".git").mkdir()
    with pytest.raises(UserError, match="no workspace") as raised:
        require_workspace(tmp_path)
    assert "agentgen init" in raised.value.problems[0].hint


def test_profiles_are_listed_by_name_without_hidden_folders(tmp_path: Path) -> None:
    """Hidden folders, files and folders with impossible names are no profiles."""
    for name in ("zeta", "alpha", ".hidden", "Not A Name"):
        (tmp_path / "profiles" / name).mkdir(parents=True)
    (tmp_path / "profiles" / "note").write_text("", "utf-8")
    assert Workspace(tmp_path).profile_names() == ["alpha", "zeta"]


def test_an_unknown_profile_suggests_the_near_one(tmp_path: Path) -> None:
    """A typing error is answered with the name that was meant."""
    (tmp_path / "profiles" / "backend").mkdir(parents=True)
    with pytest.raises(UserError) as raised:
        Workspace(tmp_path).profile("bakcend")
    assert raised.value.problems[0].hint == "did you mean backend?"


def test_variants_are_files_sorted_by_name(tmp_path: Path) -> None:
    """Folders and hidden files in `variants/` are left alone."""
    folder = Workspace(tmp_path).new_profile("backend")
    assert folder.variant_files() == []
    for name in ("b.md", "a.txt", ".c.md.swp"):
        folder.variants.mkdir(parents=True, exist_ok=True)
        (folder.variants / name).write_text("", "utf-8")
    (folder.variants / "sub").mkdir()
    assert [path.name for path in folder.variant_files()] == ["a.txt", "b.md"]


@pytest.mark.parametrize(
    "name",
    ["../x", "a/b", "a\\b", "/x", "C:", "", ".", "..", "a\x00b", "a" * 65, "con", "com1", "Upper", "x y", "-x", "é"],
)
def test_a_name_that_cannot_be_a_folder_everywhere_is_refused(name: str) -> None:
    """Paths, drive letters, device names, control characters and capitals never become a folder."""
    assert not is_name(name)
    with pytest.raises(UserError, match="cannot be the name of a profile"):
        check_name(name, "profile")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("001_Claude Docs", "001-claude-docs"),
        ("Senior Backend (v2)", "senior-backend-v2"),
        ("Développeur", "developpeur"),
        ("../../etc/passwd", "etc-passwd"),
        ("NUL", "variant-nul"),
        ("专家", "variant"),
        ("x" * 200, "x" * 60),
    ],
)
def test_any_file_name_gives_a_usable_name(text: str, name: str) -> None:
    """A slug can always be the name of a variant."""
    assert slug(text) == name
    assert is_name(name)


def test_templates_are_searched_in_the_option_then_the_workspace_then_the_package(tmp_path: Path) -> None:
    """The first folder with a target of that name wins, and each tells where it comes from."""
    given = tmp_path / "given"
    given.mkdir()
    assert [folder.origin for folder in template_folders(Workspace(tmp_path), [given])] == ["option", "package"]
    (tmp_path / "templates").mkdir()
    folders = template_folders(Workspace(tmp_path), [given])
    assert [folder.origin for folder in folders] == ["option", "workspace", "package"]
    assert [folder.path for folder in folders] == [given, tmp_path / "templates", bundled("templates")]


def test_the_package_folder_is_searched_once(tmp_path: Path) -> None:
    """In a checkout the workspace's templates are the package's own."""
    checkout = Workspace(bundled("templates").parent)
    assert [folder.origin for folder in template_folders(checkout)] == ["workspace"]


def test_an_example_profile_comes_with_the_package() -> None:
    """What `init` copies: at least one profile with its variants."""
    profiles = bundled_profiles()
    assert profiles
    assert all(profile.variant_files() for profile in profiles)
