"""The sandbox in which target templates run.

Only files of a target's own folder are ever compiled, and only as far as `template_language` lets them. A profile's
text reaches a template as a value: what it holds is written out and never looked at, so `{{ 7*7 }}` stays `{{ 7*7 }}`.
"""

from __future__ import annotations

import traceback
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import StrictUndefined, Template, TemplateError, TemplateSyntaxError
from jinja2.runtime import LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment

from agentgen.errors import Problem, UserError
from agentgen.render import formats
from agentgen.render.template_language import BUDGET, CHARGING, LONGEST, LOOP, OWN_FILTERS, TESTS, Budget, guarded
from agentgen.source import read_source
from agentgen.workspace import real

FILTERS = {
    "yaml": formats.yaml_block,
    "yaml_entry": formats.yaml_entry,
    "toml": formats.toml_text,
    "json": formats.json_text,
    "raw_lines": formats.raw_lines,
}
"""The filters that a template has for writing `fields`."""


def fill(folder: Path, template: str, values: Mapping[str, object]) -> str:
    """The text that a template gives for the values.

    Raises:
        UserError: the template is wrong or wants too much, with its name and line.
    """
    path = folder / template
    try:
        return "".join(_pieces(_compiled(path, _text(folder, template)), values))
    except TemplateSyntaxError as error:
        raise UserError(Problem(f"template error: {error.message}", str(path), error.lineno, hint=_HINT)) from None
    except (
        *(TemplateError, TypeError, ValueError, AttributeError, LookupError),
        *(ArithmeticError, RecursionError, SyntaxError, MemoryError),
    ) as error:
        raise UserError(Problem(f"template error: {error}", str(path), _line(error, path), hint=_HINT)) from None


_HINT = "a template has `fields`, `body`, `name` and `title`, `if`, `for` and `set`, and the filters " + ", ".join(
    (*FILTERS, *OWN_FILTERS)
)


def _pieces(template: Template, values: Mapping[str, object]) -> Iterator[str]:
    budget = Budget()
    for piece in template.generate({**values, BUDGET: budget}):
        budget.write(piece)
        yield piece


def _text(folder: Path, template: str) -> str:
    """The template as it stands on disk. A link may lead to a file of the same folder only."""
    path = folder / template
    if real(folder) not in real(path).parents:
        raise UserError(Problem("this template lies outside its target's folder", str(path), hint="put it there"))
    text = read_source(path).text
    if len(text) > LONGEST:
        raise UserError(Problem(f"this template is longer than {LONGEST} characters", str(path), hint="shorten it"))
    return text


class _Environment(ImmutableSandboxedEnvironment):
    """A sandbox in which a dot means a key: `fields.name` is `fields["name"]`, and no object shows anything else."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        counts = isinstance(obj, LoopContext) and attribute in LOOP
        return super().getattr(obj, attribute) if counts else self.getitem(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        try:
            return obj[argument]
        except (TypeError, LookupError, AttributeError):
            return self.undefined(obj=obj, name=argument)


@cache
def _compiled(path: Path, text: str) -> Template:
    environment = _environment()
    tree = guarded(environment.parse(text, filename=str(path)), (*FILTERS, *OWN_FILTERS))
    code = environment.compile(tree, path.name, str(path))
    return Template.from_code(environment, code, environment.make_globals(None))


@cache
def _environment() -> _Environment:
    environment = _Environment(undefined=StrictUndefined, autoescape=False, trim_blocks=True, lstrip_blocks=True)
    environment.globals.clear()
    own = {name: environment.filters[name] for name in OWN_FILTERS}
    environment.filters.clear()
    environment.filters.update(own | FILTERS | dict(CHARGING))
    environment.tests = {name: environment.tests[name] for name in TESTS}
    return environment


def _line(error: BaseException, template: Path) -> int | None:
    """The innermost line of the template that the error passed through."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename == str(template)]
    return frames[-1].lineno if frames else None
