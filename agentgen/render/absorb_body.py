"""Edits of a rendered body, put back into the sections that they stand in.

    ## Safety                    sections:
                                   - title: Safety
    - Wash your hands       ->       body: |
    - Wear gloves  (new)               - Wash your hands
                                       - Wear gloves

The headings tell which text belongs to which section. One of them may get another wording; sections come, go and move
in `profile.yaml` only.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from itertools import groupby
from typing import NamedTuple

from agentgen.document.read import read_document
from agentgen.profile.body import (
    AT_END,
    BETWEEN,
    BLANK_LINE,
    ROLE,
    Part,
    default_heading,
    render_pieces,
    split_edges,
    walk,
)
from agentgen.profile.model import Layout, Profile, ProfileSection
from agentgen.source import Source, encode

_FRONT = "---\nname: x\n---\n"
"""Put above a body so that a rule at its top is not taken for the frontmatter's fence."""


class Refusal(NamedTuple):
    """An edit that has no place in the profile: the 1-based line of the body, what is wrong, what to do."""

    line: int
    message: str
    hint: str = "undo this edit, and make it in profile.yaml"


class _Heading(NamedTuple):
    """A heading in a body: offsets of its text without the last line end, as written and as read."""

    start: int
    end: int
    text: str
    title: str
    level: int


class _Stretch(NamedTuple):
    """What belongs to one section (or the role): its heading, and all from behind that to the next one."""

    owner: str
    start: int
    heading: str
    rest: str


def absorb_body(text: str, profile: Profile, cut: Profile, target: str) -> tuple[Profile, tuple[Refusal, ...]]:
    """The profile with the edits of a body; as it is, and why, where one of them has no section to go to.

    `text` is the body as `render_body` writes it, with edits; `cut` the profile with the targets' own names in it.
    """
    before = _stretches(cut, target)
    old = _headings("".join(each.heading + each.rest for each in before))
    new = _headings(text)
    pairs, refusals = _paired(old, new, text)
    found = {heading.start: index for index, heading in enumerate(old)}
    headed = [each for each in before if each.owner != ROLE]
    unread = [each for each in headed if each.start not in found]
    if unread:
        refusals = [Refusal(1, f"the heading {each.heading!r} is not read as one") for each in unread]
    gone = [old[found[each.start]] for each in headed if each.start in found and found[each.start] not in pairs]
    refusals += [
        Refusal(_line_near(heading, old, pairs, text), f"the heading {heading.text!r} is gone") for heading in gone
    ]
    if refusals:
        return profile, tuple(refusals)
    return _applied(profile, before, [pairs[found[each.start]] for each in headed], text), ()


def _applied(profile: Profile, before: Sequence[_Stretch], headings: Sequence[_Heading], text: str) -> Profile:
    """The profile with each section as it stands under its heading."""
    known = {section.id: section for section in walk(profile.sections)}
    ends = [*(heading.start for heading in headings), len(text)]
    role = next((each for each in before if each.owner == ROLE), _Stretch(ROLE, 0, "", ""))
    sections = [each for each in before if each.owner != ROLE]
    profile = _role(profile, role, text[: ends[0]], followed=bool(headings))
    edited = {
        each.owner: _section(known[each.owner], each, heading, text[heading.end : end], followed=end < len(text))
        for each, heading, end in zip(sections, headings, ends[1:], strict=True)
    }
    return replace(profile, sections=_replaced(profile.sections, edited))


def _stretches(profile: Profile, target: str) -> list[_Stretch]:
    result: list[_Stretch] = []
    start = 0
    for owner, group in groupby(render_pieces(profile, target), key=lambda piece: piece.owner):
        pieces = list(group)
        heading = "".join(piece.text for piece in pieces if piece.part is Part.HEADING)
        rest = "".join(piece.text for piece in pieces if piece.part is not Part.HEADING)
        result.append(_Stretch(owner, start, heading, rest))
        start += len(heading) + len(rest)
    return result


def _headings(text: str) -> list[_Heading]:
    document = read_document(Source("", encode(_FRONT + text)))
    result = []
    for section in document.sections:
        if section.heading is not None:
            span = section.heading_span
            written = document.source.slice(span).removesuffix("\n")
            start = span.start - len(_FRONT)
            result.append(_Heading(start, start + len(written), written, section.heading, section.level))
    return result


def _paired(old: Sequence[_Heading], new: Sequence[_Heading], text: str) -> tuple[dict[int, _Heading], list[Refusal]]:
    """For the index of each old heading the one that it is now, and the headings that are new."""
    texts, texts_now = [each.text for each in old], [each.text for each in new]
    pairs: dict[int, _Heading] = {}
    refusals: list[Refusal] = []
    for kind, i1, i2, j1, j2 in SequenceMatcher(None, texts, texts_now, autojunk=False).get_opcodes():
        if kind == "equal" or (kind == "replace" and i2 - i1 == j2 - j1):
            for index, heading in zip(range(i1, i2), new[j1:j2], strict=True):
                pairs[index] = heading
                refusals += _renaming(old[index], heading, texts, text)
        else:
            refusals += [Refusal(_line(each.start, text), f"the heading {each.text!r} is new") for each in new[j1:j2]]
    return pairs, refusals


def _renaming(old: _Heading, new: _Heading, texts: Sequence[str], text: str) -> Iterator[Refusal]:
    line = _line(new.start, text)
    if old.text != new.text and texts.count(old.text) > 1:
        yield Refusal(line, f"several sections have the heading {old.text!r}: it is not clear which one was renamed")
    elif old.level != new.level:
        yield Refusal(line, f"the heading {new.text!r} has another level")


def _line(offset: int, text: str) -> int:
    return text.count("\n", 0, offset) + 1


def _line_near(heading: _Heading, old: Sequence[_Heading], pairs: Mapping[int, _Heading], text: str) -> int:
    """Where a heading that is gone should be: behind the last one above it that is still there."""
    above = [pairs[index].start for index, each in enumerate(old) if each.start < heading.start and index in pairs]
    return _line(above[-1], text) if above else 1


def _role(profile: Profile, before: _Stretch, rest: str, *, followed: bool) -> Profile:
    if rest == before.rest:
        return profile
    below, body, after = split_edges(rest)
    if not body:
        return replace(profile, role="", role_layout=Layout(below=None if after == BLANK_LINE else after))
    layout = _gaps(profile.role_layout, split_edges(before.rest), (below, body, after), followed=followed)
    return replace(profile, role=body, role_layout=layout)


def _section(
    section: ProfileSection, before: _Stretch, heading: _Heading, rest: str, *, followed: bool
) -> ProfileSection:
    if heading.text != before.heading:
        written = None if heading.text == default_heading(heading.title, heading.level) else heading.text
        section = replace(section, title=heading.title, layout=replace(section.layout, heading=written))
    if rest == before.rest:
        return section
    parts = _parts(rest)
    layout = _gaps(section.layout, _parts(before.rest), parts, followed=followed)
    return replace(section, body=parts[1], layout=layout)


def _parts(rest: str) -> tuple[str, str, str]:
    """What stands below a heading: blank lines, body, blank lines; without a body all is the last."""
    below, body, after = split_edges(rest.removeprefix("\n"))
    return (below, body, after) if body else ("", "", rest)


def _gaps(layout: Layout, old: tuple[str, str, str], new: tuple[str, str, str], *, followed: bool) -> Layout:
    """The layout with those gaps changed that a hand changed."""
    default = BETWEEN if followed else AT_END
    same = bool(old[1]) == bool(new[1])
    below, after = layout.below, layout.after
    if not same or old[0] != new[0]:
        below = None if not new[1] or new[0] == BLANK_LINE else new[0]
    if not same or old[2] != new[2]:
        after = None if new[2] == default else new[2]
    return replace(layout, below=below, after=after)


def _replaced(sections: tuple[ProfileSection, ...], edited: Mapping[str, ProfileSection]) -> tuple[ProfileSection, ...]:
    return tuple(
        replace(edited.get(section.id, section), sections=_replaced(section.sections, edited)) for section in sections
    )
