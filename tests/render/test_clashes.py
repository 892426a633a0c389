"""Two files of one render never take each other's place, on any file system."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from agentgen.errors import UserError
from agentgen.render.clashes import check_clashes, displaced, folded


@dataclass(frozen=True)
class File:
    path: str
    text: str = "x"
    profile: str = "one"
    target: str = "a"
    shared: object = None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a/Me.md", "A/me.md"),
        ("a/stra\u00dfe.md", "a/STRASSE.md"),
        ("a/\u00e9.md", "a/e\u0301.md"),
        ("a/\u00c9", "a/e\u0301"),
    ],
)
def test_paths_that_some_file_systems_take_for_one_are_refused(one: str, other: str) -> None:
    """After folding case and composing letters; the message names both profiles and both paths."""
    assert folded(one) == folded(other)
    with pytest.raises(UserError) as raised:
        check_clashes([File(one), File(other, profile="two", target="b")])
    (problem,) = raised.value.problems
    assert "the profiles" in problem.message
    for named in ("one", "two", one, other, "a and b"):
        assert named in problem.message
    assert "another `name:`" in problem.hint


def test_two_profiles_never_write_one_file_even_with_the_same_content() -> None:
    """The next change of one of them would silently be the other's."""
    with pytest.raises(UserError, match=r"the profiles one and two both write a/x.md for a"):
        check_clashes([File("a/x.md"), File("a/x.md", profile="two")])


def test_two_targets_of_one_profile_may_write_the_same_and_nothing_else() -> None:
    """A file that two tools read is one file."""
    check_clashes([File("x.md"), File("x.md", target="b")])
    with pytest.raises(UserError, match=r"a and b both write x.md, with different content"):
        check_clashes([File("x.md"), File("x.md", "y", target="b")])


def test_profiles_share_a_file_that_is_made_of_parts() -> None:
    """Each has its own part; parts for two tools do not go together."""
    check_clashes([File("x", shared=1), File("x", "y", profile="two", shared=1)])
    with pytest.raises(UserError):
        check_clashes([File("x", shared=1), File("x", "y", target="b", shared=1)])


def test_every_clash_is_told_at_once() -> None:
    """Also where they are of different kinds."""
    files = [File("x"), File("x", profile="two"), File("y"), File("Y", "z", target="b"), File("z")]
    with pytest.raises(UserError) as raised:
        check_clashes(files)
    assert len(raised.value.problems) == 2


def test_of_files_for_one_place_the_first_has_it_unless_another_was_asked_for() -> None:
    """What goes is told with the file that stays; what goes together with it stays, too."""
    first, second, same = File("x.md", "1"), File("X.md", "2", target="b"), File("x.md", "1", target="c")
    other = File("y.md")
    files = [first, second, other, same]
    assert displaced(files, lambda _: False) == [(second, first)]
    assert displaced(files, lambda file: file is second) == [(first, second), (same, second)]
    assert displaced(files, lambda file: file in (first, second)) == []
