"""Lists of hundreds of tools: the work grows like the lists, and what is said of them stays short."""

from __future__ import annotations

import pytest

from agentgen.profile.model import Profile
from agentgen.render.engine import render_profile
from tests.counted import calls
from tests.render.loading import targets

LISTS = {
    "tools of servers": ("mcp__r{}__t", "mcp__s{}__t"),
    "patterns": ("Bash(git x{}:*)", "Bash(rm x{}:*)"),
    "names": ("Tool{}", "Toll{}"),
    "two tools of one name": ("Edit(x{})", "Write(x{})"),
}


def profile(kind: str, count: int) -> Profile:
    """A profile that allows so many tools and denies as many others."""
    allowed, denied = (tuple(form.format(number) for number in range(count)) for form in LISTS[kind])
    return Profile({"name": "a", "description": "d", "tools": allowed, "disallowed_tools": denied})


@pytest.mark.parametrize("kind", LISTS)
@pytest.mark.parametrize("target", [target.name for target in targets()])
def test_work_grows_like_the_lists(kind: str, target: str) -> None:
    """Four times the tools make some four times the work; all pairs would make sixteen times, all triples sixty."""
    many, more = profile(kind, 150), profile(kind, 600)
    assert calls(lambda: render_profile(more, target, targets())) < 7 * calls(
        lambda: render_profile(many, target, targets())
    )


def test_of_many_tools_that_share_a_name_a_few_are_told() -> None:
    """Where a denied tool goes by the name of hundreds that are allowed."""
    found = [
        entry.reason
        for target in targets()
        for entry in render_profile(profile("two tools of one name", 300), target.name, targets()).ledger.entries
        if "its name here also stands for" in entry.reason
    ]
    assert found
    assert max(map(len, found)) < 150
    assert all(", …, which is allowed" in reason for reason in found)


@pytest.mark.parametrize(("denied", "leave_out"), [(3, ("Bash(git diff:*)",)), (10_000, ())])
def test_a_way_out_is_looked_for_in_any_list_that_people_have(denied: int, leave_out: tuple[str, ...]) -> None:
    """The tools without which nothing too much is given; of lists beyond all measure only the refusal is told."""
    names = tuple(f"Toll{number}" for number in range(denied))
    fields = {"name": "a", "description": "d", "tools": ("Read", "Bash(git diff:*)"), "disallowed_tools": names}
    refused = render_profile(Profile(fields), "droid", targets())
    assert refused.blocked
    assert [each.leave_out for each in refused.ledger.widenings] == [leave_out]
