"""Random profiles, hostile ones among them."""

from __future__ import annotations

import os

from hypothesis import strategies as st

from agentgen.profile.model import Approval, Profile, ProfileSection
from agentgen.workspace import is_name
from tests.render.loading import targets

TOOLS = (*targets().vocabulary.tools, "Bash(git diff:*)", "mcp__docs", "mcp__docs__search", "mcp__a__b", "Frobnicate")
NASTY = ("{{ 7*7 }}", "{% raw %}", "{#", "---", "\n---\n", ": ", " #", '"', "'", "\\", "`" * 3, "'''", '"""', "${x}")
NASTY_WORDS = (
    "yes",
    "1:30",
    "2024-01-01",
    "010",
    "null",
    "~",
    "*",
    "&a",
    "!t",
    "@x",
    "%x",
    "[a",
    "{a",
    "a: b",
    "é\u2028\x85",
)


def examples(few: int) -> int:
    """How many examples a property is tried on: few in every run, AGENTGEN_EXAMPLES of them in a thorough one."""
    return int(os.environ.get("AGENTGEN_EXAMPLES") or few)


words = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=12)
prose = st.lists(st.one_of(st.sampled_from(NASTY), st.sampled_from(NASTY_WORDS), words), min_size=1, max_size=6).map(
    "".join
)
tool_lists = st.none() | st.lists(st.sampled_from(TOOLS), max_size=6, unique=True).map(tuple)
names = st.from_regex(r"[a-z][a-z0-9]{1,8}(-[a-z0-9]{1,5})?", fullmatch=True).filter(is_name)


def _line(text: str) -> str:
    """Text that can be a section's body: no blank lines at its edges."""
    return text.strip() or "x"


optional = {
    "disallowed_tools": st.lists(st.sampled_from(TOOLS), min_size=1, max_size=3, unique=True).map(tuple),
    "model": st.sampled_from(
        ["inherit", "fast", "balanced", "deep", "sonnet", "opus", "claude-opus-5", "gpt-9", "x/y"]
    ),
    "effort": st.sampled_from(["minimal", "low", "medium", "high", "xhigh", "max", "dynamic"]),
    "color": st.sampled_from(["red", "cyan", "#123456", "no"]),
    "skills": st.lists(st.sampled_from(["a", "b/c", "d: e"]), min_size=1, max_size=3, unique=True).map(tuple),
    "mcp_servers": st.sampled_from([{"docs": {}}, {"docs": {"command": "d", "args": ["yes"]}, "a": {}}]),
    "max_turns": st.integers(1, 99),
    "permission_mode": st.sampled_from(["plan", "default", "acceptEdits", "bypassPermissions"]),
    "background": st.booleans(),
    "hooks": st.just({"Stop": [{"hooks": [{"type": "command", "command": "echo '---'"}]}]}),
    "memory": st.just("project"),
    "isolation": st.just("worktree"),
    "temperature": st.just(0.5),
    "initial_prompt": prose,
}
sections = st.lists(
    st.builds(
        ProfileSection,
        id=names,
        title=words.map(_line),
        body=prose.map(_line),
        targets=st.sampled_from([(), (), ("droid",)]),
    ),
    max_size=3,
    unique_by=lambda section: section.id,
).map(tuple)


@st.composite
def profiles(draw: st.DrawFn) -> Profile:
    """A profile that is complete enough for any target."""
    fields: dict[str, object] = {"name": draw(names), "description": draw(prose)}
    tools = draw(tool_lists)
    if tools is not None:
        fields["tools"] = tools
    fields |= draw(st.fixed_dictionaries({}, optional=optional))
    extensions = draw(
        st.sampled_from([{}, {"droid": {"version": "1"}}, {"claude-code": {"observer": "yes", "odd": 1}}])
    )
    role = "You are an agent. " + draw(prose).strip()
    return Profile(fields, role, sections=draw(sections), extensions=extensions)


approvals = st.lists(
    st.builds(
        Approval,
        target=st.sampled_from([target.name for target in targets()]),
        field=st.sampled_from(["tools", "disallowed_tools", "permission_mode", "color"]),
        kind=st.sampled_from(["widening", "drop"]),
        values=st.sampled_from([(), ("execute",), ("Bash",), ("delegate", "mcp")]),
    ),
    max_size=2,
).map(tuple)
