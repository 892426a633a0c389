"""Templates of strangers: nothing reaches out of the folder, into Python, or on and on. Content is never a template."""

from __future__ import annotations

import json
import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from agentgen.errors import UserError
from agentgen.profile.model import Profile, ProfileSection
from agentgen.render.engine import render_profile
from agentgen.render.environment import fill
from agentgen.render.spec import Format
from tests.render.loading import build, targets

VALUES = {"fields": {"name": "a", "list": ["x", "y"]}, "body": "b" * 1000, "name": "a", "title": "A"}
POPEN = ".__class__.__mro__[1].__subclasses__()"

ESCAPES = (
    "{{ ''.__class__.__mro__ }}",
    "{{ ''" + POPEN + " }}",
    "{{ ()" + POPEN + " }}",
    "{{ [].__class__.__base__.__subclasses__()[0].__init__.__globals__ }}",
    "{{ self.__init__.__globals__.__builtins__.__import__('os').popen('id').read() }}",
    "{{ self._TemplateReference__context.cycler.__init__.__globals__.os.popen('id').read() }}",
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "{{ joiner.__init__.__globals__.os }}",
    "{{ namespace.__init__.__globals__.os }}",
    "{{ lipsum.__globals__['os'].popen('id').read() }}",
    "{{ lipsum.__globals__.__builtins__ }}",
    "{{ config.items() }}",
    "{{ request.application.__globals__ }}",
    "{{ get_flashed_messages.__globals__ }}",
    "{{ url_for.__globals__ }}",
    "{{ dict(a=1) }}",
    "{{ range(10) }}",
    "{{ fields.__class__ }}",
    "{{ fields['__class__'].__mro__ }}",
    "{{ fields|attr('__class__') }}",
    "{{ body|attr('format') }}",
    "{{ body.format_map }}",
    "{{ '{0.__class__.__mro__}'.format(body) }}",
    "{{ '{0.__class__}'.format_map({'a': 1}) }}",
    "{{ ''['\\x5f\\x5fclass\\x5f\\x5f'].a }}",
    "{{ fields.items.__self__ }}",
    "{{ fields|map('attr', '__class__')|list }}",
    "{{ [fields]|map(attribute='__class__')|first }}",
    "{{ fields|groupby('__class__') }}",
    "{{ body|selectattr('__class__')|list }}",
    "{{ fields.update({'a': 1}) }}",
    "{{ fields.list.append('z') }}",
    "{% for x in fields %}{{ loop.__class__.__mro__ }}{% endfor %}",
    "{% for x in fields %}{{ loop._iterator.gi_frame.f_globals.a }}{% endfor %}",
    "{% set x = body.__class__ %}{{ x.__mro__ }}",
    "{% do fields.clear() %}",
    "{% debug %}",
    "{% macro m() %}{{ caller.__globals__ }}{% endmacro %}{{ m() }}",
    "{% filter attr('__class__') %}a{% endfilter %}",
    "{% with a = self %}{{ a.__init__ }}{% endwith %}",
    "{% include 'agent.j2' %}",
    "{% include '/etc/passwd' %}",
    "{% extends '../secret.j2' %}",
    "{% import '../secret.j2' as s %}",
    "{% from '../secret.j2' import s %}",
    "{{ the budget }}",
    "{{ fields|counted steps }}",
)

BOMBS = (
    "{{ 'x' * 10**9 }}",
    "{{ body * 1000000000 }}",
    "{{ 10**10**10 }}",
    "{{ 9 ** 9 ** 9 ** 9 }}",
    "{{ body|center(10**9) }}",
    "{{ body|center(1000000000) }}",
    "{{ fields|yaml_entry(1000000000) }}",
    "{{ fields|yaml_entry(indent=1000000000) }}",
    "{{ body.ljust(1000000000) }}",
    "{{ '%0999999999d' % 1 }}",
    "{{ '%0999999999d'|format(1) }}",
    "{{ '{:>999999999}'.format(1) }}",
    "{{ body|replace('b', body)|replace('b', body)|replace('b', body) }}",
    "{{ body|join(body)|join(body)|join(body) }}",
    "{{ body|indent(1000000000, true) }}",
    "{{ body|wordwrap(1) }}",
    "{{ 'x' + 'x' }}",
    "{% for x in range(1000000000) %}{% endfor %}",
    "{% for x in lipsum(n=100000) %}{% endfor %}",
    "{% for x in fields recursive %}{{ loop(fields) }}{% endfor %}",
    "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
    "{% macro m(x) %}{{ caller() }}{% endmacro %}{% call m(1) %}{% call m(1) %}{% endcall %}{% endcall %}",
    "{% for a in body %}" * 5 + "{% endfor %}" * 5,
    "{% for a in body %}{% for b in body %}{% for c in body %}{{ a }}" + "{% endfor %}" * 3,
    "{% for a in body %}{% for b in body %}{% for c in body %}" + "z" * 3000 + "{% endfor %}" * 3,
    "{% set a = body %}" + "{% set a = a ~ a %}" * 40 + "{{ a }}",
    "{% set a = [body, body] %}" + "{% set a = [a, a] %}" * 60 + "{{ a }}",
    "{% for a in body %}{% for b in body %}{% if body ~ a in body ~ body ~ b %}{% endif %}{% endfor %}{% endfor %}",
    "{% for a in body %}{% for b in body %}{% set c = fields|yaml ~ fields|json %}{% endfor %}{% endfor %}",
    "{% if fields %}" * 2000 + "{% endif %}" * 2000,
    "{% for a in body %}" * 200 + "{% endfor %}" * 200,
    "{{ " + "(" * 4000 + "body" + ")" * 4000 + " }}",
    "{{ " + "not " * 3000 + "body }}",
    "{{ fields" + "['a']" * 3000 + " }}",
    "{{ " + "9" * 5000 + " }}",
    "x" * 20_000,
)


@pytest.mark.parametrize("template", [*ESCAPES, *BOMBS], ids=lambda text: text[:60])
def test_a_sly_template_is_refused_with_its_file_and_line(tmp_path: Path, template: str) -> None:
    """No output, no clock: the work is counted."""
    (tmp_path / "secret.j2").write_text("secret", "utf-8")
    folder = build(tmp_path / "target", {"agent.j2": "first line\n" + template})
    with pytest.raises(UserError) as caught:
        fill(folder, "agent.j2", VALUES)
    (problem,) = caught.value.problems
    assert problem.path == str(folder / "agent.j2")
    assert problem.hint
    assert problem.line == 2 or len(template) > 3000, problem


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("{% for key, value in fields|items %}{{ key }}={{ value }};{% endfor %}", "name=a;list=['x', 'y'];"),
        ("{% if fields.name == 'a' and fields.no is not defined %}yes{% else %}no{% endif %}", "yes"),
        ("{% set t = title ~ '!' %}{{ t|upper }}", "A!"),
        ("{% for x in fields.list %}{{ loop.index }}{{ x }}{% if not loop.last %},{% endif %}{% endfor %}", "1x,2y"),
        ("{{ fields.model|default('none') }}", "none"),
        ("{{ fields.name if fields.name in ('a', 'b') else '' }}", "a"),
        ("{{ fields.items|default('no key of that name') }}", "no key of that name"),
        ("{{ fields|yaml_entry(2) }}", "  - name: a\n    list:\n      - x\n      - y\n"),
    ],
)
def test_what_a_template_needs_it_has(tmp_path: Path, template: str, text: str) -> None:
    """Conditions, loops, names and filters: the refusals leave a language to write targets in."""
    assert fill(build(tmp_path, {"agent.j2": template}), "agent.j2", VALUES) == text


@pytest.mark.parametrize("way", ["link", "path", "absolute", "folder"])
def test_a_template_outside_its_folder_is_not_read(tmp_path: Path, way: str) -> None:
    """Neither through a link nor by its name: the secret is in no message and no output."""
    (tmp_path / "secret.j2").write_text("the secret", "utf-8")
    folder = tmp_path / "target"
    folder.mkdir()
    (folder / "agent.j2").symlink_to(tmp_path / "secret.j2")
    (folder / "sub").symlink_to(tmp_path)
    name = {"link": "agent.j2", "path": "../secret.j2", "absolute": str(tmp_path / "secret.j2")}.get(
        way, "sub/secret.j2"
    )
    with pytest.raises(UserError, match="outside its target's folder") as caught:
        fill(folder, name, VALUES)
    assert "the secret" not in str(caught.value)


def _profile(code: str) -> Profile:
    """The code in every field that holds text, in tool names, extensions, role, title and body."""
    fields: dict[str, Any] = {
        "name": "a",
        "description": f"d {code} d",
        "tools": ("Read", f"mcp__{code}__x"),
        "disallowed_tools": (f"x{code}",),
        "model": f"m {code}",
        "effort": f"e {code}",
        "color": f"c {code}",
        "skills": (f"s {code}",),
        "memory": f"y {code}",
        "permission_mode": f"p {code}",
        "isolation": f"i {code}",
        "initial_prompt": f"q {code}",
    }
    own = {target.name: {"x-own": f"o {code}"} for target in targets()}
    section = ProfileSection("s", f"T {code}", f"B {code} B", (ProfileSection("t", f"U {code}", f"C {code}"),))
    return Profile(fields, f"You are {code}.", sections=(section,), extensions=own)


def _values(text: str, form: Format) -> str:
    """All texts of a rendered file as its own format's parser reads them."""
    if form is Format.TOML:
        return json.dumps(tomllib.loads(text), ensure_ascii=False)
    if form is Format.JSON:
        return json.dumps(json.loads(text), ensure_ascii=False)
    if form is Format.YAML:
        return json.dumps(yaml.safe_load(text), ensure_ascii=False)
    return text


NAMES = [target.name for target in targets()]


@pytest.mark.parametrize("name", NAMES)
def test_no_escape_in_content_is_ever_compiled(name: str) -> None:
    """Each payload comes out as it went in, in title, body and role, and as often as any harmless word does."""
    target = targets()[name]
    harmless = _values(render_profile(_profile("harmless"), name, targets()).text, target.format).count("harmless")
    assert harmless >= 5
    for code in (*ESCAPES, "{{ 7*7 }}", "{% raw %}", "${7*7}", "<%= 7*7 %>", "#{7*7}"):
        text = _values(render_profile(_profile(code), name, targets()).text, target.format)
        shown = code if text.count(code) >= 5 else json.dumps(code)[1:-1]
        assert text.count(shown) >= 5, (code, text)
        assert "49" not in text


PIECES = (*ESCAPES, "{{", "}}", "{%", "%}", "{#", "#}", "{{ body }}", "{% endraw %}", "\n", " ", "x")


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=6).map("".join), st.sampled_from(NAMES))
@settings(max_examples=60)
def test_any_mix_of_payloads_is_text(code: str, name: str) -> None:
    """The body of a Markdown file holds it literally."""
    base = Profile({"name": "a", "description": "d"}, f"x{code}x")
    rendering = render_profile(replace(base, fields={**base.fields, "description": code}), name, targets())
    if targets()[name].format in (Format.MARKDOWN, Format.PLAIN):
        assert f"x{code}x" in rendering.text
