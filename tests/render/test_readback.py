"""A file that its tool would read otherwise than it was meant is not written, whatever made it so."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from agentgen.findings import Severity
from agentgen.profile.model import Profile
from agentgen.render.engine import render_profile
from agentgen.render.model import Rendering
from agentgen.render.targets import load_targets

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
MARKDOWN = "---\n{{ fields | yaml }}---\n{{ body }}\n"


def rendered(folder: Path, target: str, template: str) -> Rendering:
    """A small profile for a bundled target that has another template."""
    shutil.copytree(TEMPLATES / target, folder / target)
    (folder / target / "agent.j2").write_text(template, "utf-8")
    profile = Profile({"name": "reviewer", "description": "Reads changes. Use for reviews."}, "You read changes.")
    return render_profile(profile, target, load_targets([folder, TEMPLATES]))


@pytest.mark.parametrize(
    ("target", "template", "reason"),
    [
        ("claude-code", "---\nmore: [\n{{ fields | yaml }}---\n{{ body }}\n", "not strict YAML"),
        ("claude-code", "---\n{{ fields | yaml }}more: 1\n---\n{{ body }}\n", "it reads back otherwise: more"),
        ("claude-code", "---\nname: other\n---\n{{ body }}\n", "it reads back otherwise: description, name"),
        ("claude-code", MARKDOWN + "\nAnd more.\n", "the body is not the one that was meant"),
        ("cursor", "---\n{{ fields | yaml }}more: 1\n---\n{{ body }}\n", "the lines read back as"),
        ("cursor", MARKDOWN + "\nAnd more.\n", "the body is not the one that was meant"),
        ("agents-md", "Something else.\n", "the body is not the one that was meant"),
        ("codex", "{{ fields | toml }}\nmore = 1\n", "it reads back otherwise: more"),
        ("codex", "{{ fields | toml }}\n= 1\n", "Invalid"),
        ("kiro-json", "[{{ fields | json }}]\n", "no keys and values"),
        ("kiro-json", "{{ fields | json }},\n", "Extra data"),
        ("roo-code", "customModes: 1\n", "there is no list 'customModes' with one entry"),
        ("roo-code", "customModes:\n  - name: other\n", "it reads back otherwise: groups"),
        ("roo-code", "customModes: [\n", "expected"),
    ],
)
def test_a_template_that_changes_what_was_meant_is_stopped(
    tmp_path: Path, target: str, template: str, reason: str
) -> None:
    """Another key, another value, another body, another shape, or a file that no reader of the format takes."""
    rendering = rendered(tmp_path, target, template)
    assert rendering.blocked
    found = [finding for finding in rendering.findings if finding.code == "output-not-read-back"]
    assert any(reason in finding.message for finding in found), rendering.findings
    assert all(finding.severity is Severity.ERROR for finding in found)


@pytest.mark.parametrize("target", ["claude-code", "cursor", "agents-md", "codex", "kiro-json", "roo-code"])
def test_the_template_as_it_is_passes(tmp_path: Path, target: str) -> None:
    """The same profile, the template of the target itself."""
    rendering = rendered(tmp_path, target, (TEMPLATES / target / "agent.j2").read_text("utf-8"))
    assert not [finding for finding in rendering.findings if finding.code == "output-not-read-back"]
