"""Edits made by hand in a rendered file, put back into the profile that it was rendered from.

The law: what comes out is a profile that renders to exactly the edited file, or nothing and the reasons. So whatever
the steps below make of an edit, a last rendering decides.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from difflib import SequenceMatcher
from typing import NamedTuple

from agentgen.codes import Severity
from agentgen.errors import Problem
from agentgen.profile.body import render_body
from agentgen.profile.model import Profile
from agentgen.render.absorb_body import absorb_body
from agentgen.render.absorb_fields import KeyEdits, absorb_fields
from agentgen.render.absorb_read import CannotReadError, Parts, read_parts
from agentgen.render.engine import for_target, render_profile
from agentgen.render.model import Rendering
from agentgen.render.prose_names import names_back, with_names
from agentgen.render.splice import CannotSpliceError, own_part, part_of, put_part
from agentgen.render.targets import Targets
from agentgen.source import split_lines

_BY_HAND = "undo this edit, and make it in profile.yaml"


class Absorbed(NamedTuple):
    """The profile with all edits (as it was where one is refused), and the edits that are refused."""

    profile: Profile
    refusals: tuple[Problem, ...] = ()


def absorb(text: str, path: str, profile: Profile, name: str, targets: Targets) -> Absorbed:
    """Take the edits of a file over into the profile that it was rendered from for the target `name`.

    `text` is the whole file; of one that others write to as well only the profile's own part counts. `path` is shown.

    Raises:
        UserError: no such target, its template is wrong, or the file is no valid TOML, JSON or YAML.
    """
    base = render_profile(profile, name, targets)
    try:
        edited = _alone(text, base)
        if edited == base.text:
            return Absorbed(profile)
        _check_characters(edited, path)
        found = _Absorbing(profile, base, edited, path, targets).run()
        _check_whole(text, path, found, name, targets)
        return _moved(found, _lines_above(text, edited, base))
    except CannotReadError as error:
        return Absorbed(profile, (error.problem,))
    except CannotSpliceError as error:
        return Absorbed(profile, (Problem(str(error), path, hint=_BY_HAND),))


def rendered_part(rendering: Rendering) -> str:
    """What of a rendering stands in a file: all of it, or the profile's own part."""
    return part_of(rendering.text, rendering.shared) if rendering.shared else rendering.text


def _alone(text: str, base: Rendering) -> str:
    """The edited file as it would be with our own part alone."""
    if base.shared is None:
        return text
    ours, part = part_of(base.text, base.shared), own_part(text, base.shared)
    if part is None:
        raise CannotSpliceError("the part that was rendered is not in the file any more")
    if base.shared.list is not None:
        return base.text.removesuffix(ours) + part
    inner = part.partition("\n")[2].rpartition("\n<!-- ")[0]
    return inner + base.text[len(base.text.rstrip()) :]


def _lines_above(text: str, edited: str, base: Rendering) -> int:
    """How many lines of the file stand above the first one of the edited text."""
    if base.shared is None:
        return 0
    first = part_of(base.text, base.shared).partition("\n")[0].strip()
    above = text[: max(text.find(first), 0)].count("\n")
    return above + 1 if base.shared.list is None else above - edited[: max(edited.find(first), 0)].count("\n")


def _check_whole(text: str, path: str, absorbed: Absorbed, name: str, targets: Targets) -> None:
    """A file that others write to as well must come out whole, too, when our part is put back."""
    made = render_profile(absorbed.profile, name, targets)
    if made.shared and not absorbed.refusals and put_part(text, made.shared, rendered_part(made)) != text:
        raise CannotReadError(
            Problem("blank lines or line ends at the edge of the part were edited", path, hint=_BY_HAND)
        )


def _moved(absorbed: Absorbed, lines: int) -> Absorbed:
    """The same with the lines of the whole file."""
    moved = (each._replace(line=each.line + lines) if each.line else each for each in absorbed.refusals)
    return absorbed._replace(refusals=tuple(moved))


def _check_characters(text: str, path: str) -> None:
    for at, line in enumerate(split_lines(text), start=1):
        if line.rstrip("\n") != line.rstrip("\r\n"):
            hint = "save the file with plain line feeds"
            raise CannotReadError(Problem("this line does not end in a line feed alone", path, at, hint=hint))
        if any("\ud800" <= character <= "\udfff" for character in line):
            raise CannotReadError(Problem("there are bytes here that are not UTF-8", path, at, hint="save it as UTF-8"))


class _Absorbing(NamedTuple):
    """One file on its way back."""

    profile: Profile
    base: Rendering
    edited: str
    path: str
    targets: Targets

    def run(self) -> Absorbed:
        before, after = self._parts(self.base.text), self._parts(self.edited)
        target, vocabulary = self.targets[self.base.target], self.targets.vocabulary
        keys = KeyEdits(before.values, after.values, self.edited, self.path)
        profile, refused = absorb_fields(keys, self.profile, self.base.ledger, target, vocabulary)
        profile, refused_body = self._with_body(profile, before, after)
        problems = [*refused, *refused_body]
        problems += self._left_over(profile, after, {problem.line for problem in problems}, whole=not problems)
        problems.sort(key=lambda problem: problem.line or 0)
        return Absorbed(self.profile, tuple(problems)) if problems else Absorbed(profile)

    def _parts(self, text: str) -> Parts:
        target = self.targets[self.base.target]
        return read_parts(text, self.base.text, for_target(self.profile, target), target, self.targets, self.path)

    def _with_body(self, profile: Profile, before: Parts, after: Parts) -> tuple[Profile, list[Problem]]:
        cut = for_target(self.profile, self.targets[self.base.target])
        target, vocabulary = self.targets[self.base.target], self.targets.vocabulary
        body = render_body(cut, target.name)
        whole = with_names(cut, body, target, vocabulary)
        missing = whole.removesuffix(before.body) if whole.endswith(before.body) else ""
        text = missing + after.body
        text = names_back(text, body, target, vocabulary) if whole != body else text
        profile, refusals = absorb_body(text, profile, cut, target.name)
        first = None if after.line is None else after.line - missing.count("\n") - 1
        problems = [
            Problem(each.message, self.path, None if first is None else first + each.line, hint=each.hint)
            for each in refusals
        ]
        return profile, problems

    def _left_over(self, profile: Profile, after: Parts, said: Collection[int | None], *, whole: bool) -> list[Problem]:
        """What the new profile would still not render as it stands in the file, or why it would not be rendered."""
        made = render_profile(profile, self.base.target, self.targets)
        lines = split_lines(self.edited)
        end = len(lines) if whole else (after.line or 1) - 1
        found = [] if made.text == self.edited else list(_differences(made.text, self.edited, self.path))
        problems = [problem for problem in found if problem.line not in said and (problem.line or 1) <= max(end, 0)]
        return [*problems, *self._blocked(made)]

    def _blocked(self, made: Rendering) -> Iterator[Problem]:
        """Why the tool's file would not be written any more."""
        known = {found.message for found in self.base.findings}
        for found in made.findings:
            if found.severity is Severity.ERROR and found.message not in known:
                yield Problem(found.message, self.path, hint=_BY_HAND)
        refused = {(each.field, each.gained) for each in self.base.ledger.widenings}
        for each in made.ledger.widenings:
            if not each.approved and (each.field, each.gained) not in refused:
                gained = ", ".join(each.gained)
                message = f"with this edit the agent could do more than {each.field} allows ({gained}): {each.reason}"
                yield Problem(message, self.path, hint=_BY_HAND)


def _differences(made: str, edited: str, path: str) -> Iterator[Problem]:
    """A problem for each stretch of lines that would be rendered otherwise than it stands in the file."""
    before, after = split_lines(made), split_lines(edited)
    for kind, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        stands = _shown("".join(after[j1:j2]))
        wanted = _shown("".join(before[i1:i2]))
        message = f"this would be rendered as {wanted}, not as {stands}: the profile cannot hold the edit"
        yield Problem(message, path, min(j1, max(len(after) - 1, 0)) + 1, hint=_BY_HAND)


def _shown(text: str) -> str:
    if not text:
        return "nothing"
    line = text.strip() or text
    return repr(line if len(line) <= 60 else line[:57] + "...")
