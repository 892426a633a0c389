"""Templates run in a sandbox, see values only, and fail with their name and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from agentgen.errors import UserError
from agentgen.render.environment import fill
from tests.render.loading import build

VALUES = {"fields": {"name": "a"}, "body": "{{ 7*7 }}", "name": "a", "title": "A"}


def filled(folder: Path, template: str) -> str:
    return fill(build(folder, {"agent.j2": template}), "agent.j2", VALUES)


def test_a_value_is_never_compiled(tmp_path: Path) -> None:
    """What looks like a template in a profile's text is text."""
    assert filled(tmp_path, "{{ body }}") == "{{ 7*7 }}"


@pytest.mark.parametrize(
    "template",
    [
        "{{ missing }}",
        "{% if %}",
        "{{ fields.__class__.__mro__ }}",
        "{{ ''.__class__ }}",
        "{{ fields.update({'a': 1}) }}",
        "{% include '../secret.txt' %}",
        "{{ range(3) }}",
        "{{ 1 / 0 }}",
        "{{ body | nosuchfilter }}",
    ],
)
def test_a_wrong_or_sly_template_is_an_error_with_its_line(tmp_path: Path, template: str) -> None:
    """Unknown names, broken syntax, ways out of the sandbox and out of the folder all stop with the template's line."""
    (tmp_path / "secret.txt").write_text("secret", "utf-8")
    with pytest.raises(UserError) as caught:
        filled(tmp_path / "target", "first line\n" + template)
    (problem,) = caught.value.problems
    if "include" not in template:
        assert (problem.path.endswith("agent.j2"), problem.line) == (True, 2)


def test_a_template_that_is_missing_is_named(tmp_path: Path) -> None:
    """The folder and the file stand in the message."""
    with pytest.raises(UserError, match=r"agent\.j2"):
        fill(tmp_path, "agent.j2", VALUES)
