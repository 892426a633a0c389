"""The sandbox in which target templates run.

Only files of a target's own folder are ever compiled. A profile's text reaches a template as a value: what it holds is
written out and never looked at, so `{{ 7*7 }}` stays `{{ 7*7 }}`.
"""

from __future__ import annotations

import traceback
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from jinja2 import FileSystemLoader, StrictUndefined, TemplateError, TemplateSyntaxError
from jinja2.exceptions import TemplateNotFound
from jinja2.sandbox import ImmutableSandboxedEnvironment

from agentgen.errors import Problem, UserError
from agentgen.render import formats

FILTERS = {
    "yaml": formats.yaml_block,
    "yaml_entry": formats.yaml_entry,
    "toml": formats.toml_text,
    "json": formats.json_text,
    "raw_lines": formats.raw_lines,
}
"""The filters that a template has for writing `fields`, besides Jinja2's own."""


def fill(folder: Path, template: str, values: Mapping[str, object]) -> str:
    """The text that a template gives for the values.

    Raises:
        UserError: the template is wrong, with its name and line.
    """
    try:
        return _environment(folder).get_template(template).render(values)
    except TemplateSyntaxError as error:
        shown = error.filename or str(folder / template)
        raise UserError(Problem(f"template error: {error.message}", shown, error.lineno)) from None
    except TemplateNotFound as error:
        raise UserError(Problem(f"there is no template {error.name!r}", str(folder), hint="add the file")) from None
    except (TemplateError, TypeError, ValueError, AttributeError, LookupError, ArithmeticError) as error:
        path, line = _place(error, folder / template)
        raise UserError(Problem(f"template error: {error}", path, line, hint=_HINT)) from None


_HINT = "a template has `fields`, `body`, `name` and `title`, and the filters yaml, yaml_entry, toml, json, raw_lines"


@cache
def _environment(folder: Path) -> ImmutableSandboxedEnvironment:
    environment = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(folder),
        undefined=StrictUndefined,
        autoescape=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.clear()
    environment.filters.update(FILTERS)
    return environment


def _place(error: BaseException, template: Path) -> tuple[str, int | None]:
    """The innermost line of a template that the error passed through."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename.endswith(template.suffix)]
    return (frames[-1].filename, frames[-1].lineno) if frames else (str(template), None)
