"""Linting: files and the tools asked for, to what each tool sees and what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path, PurePath

from agentgen.content.characters import without_hidden
from agentgen.document.model import Document
from agentgen.document.read import read_document
from agentgen.errors import UserError
from agentgen.findings import Finding, apply_fixes
from agentgen.lint.body import body_findings
from agentgen.lint.content import content_findings
from agentgen.lint.damage import weighed
from agentgen.lint.folder import folder_findings, read_neighbours
from agentgen.lint.ignore import apply_comments
from agentgen.lint.loading import loading_findings
from agentgen.lint.metadata import metadata_findings
from agentgen.lint.model import Asked, Linted, Neighbours, Subject
from agentgen.lint.purpose import purpose_findings
from agentgen.lint.tools import tool_findings
from agentgen.render.loading.load import load
from agentgen.render.loading.model import Loaded
from agentgen.render.recognise import recognise
from agentgen.render.spec import Target
from agentgen.render.targets import Targets
from agentgen.render.unpack import Agent, unpack
from agentgen.source import Source, encode

ALL = "all"
_PASSES = 4
_CHECKS: tuple[Callable[[Subject], Iterator[Finding]], ...] = (
    loading_findings,
    metadata_findings,
    tool_findings,
    body_findings,
    purpose_findings,
    folder_findings,
)

Chosen = Callable[[str], bool]
"""Whether findings of a code are wanted."""


def lint(
    source: Source, path: Path | None, targets: Targets, names: Sequence[str] = (), chosen: Chosen = lambda _: True
) -> Linted:
    """One file as the tools `names` see it; `all` stands for every target, none for the tool that the file is for.

    `path` is where the file lies, None where it is not on disk (links and neighbours are not looked at then).

    Raises:
        UserError: a name is that of no target.
    """
    subjects = _subjects(source, path, targets, names)
    checked = [apply_comments(subject, list(_all_findings(subject))) for subject in subjects]
    several = len(subjects) > 1
    kept = [_of(subject, each, several) for subject, (left, _) in zip(subjects, checked, strict=True) for each in left]
    wanted = [each for each in dict.fromkeys(kept) if chosen(each.code)]
    asked = subjects[0].asked
    return Linted(
        source,
        {each.name: _worst([subject.loaded[each.name] for subject in subjects]) for each in asked},
        findings=tuple(sorted(wanted, key=_order)),
        ignored=tuple(sorted((each for _, left_out in checked for each in left_out), key=_order)),
        aliases={alias: each.name for each in asked for alias in each.target.aliases} if ALL in names else {},
    )


def _of(subject: Subject, found: Finding, several: bool) -> Finding:
    """A finding that says which agent of its file it is about, where there are several."""
    return found._replace(message=f"{subject.called}: {found.message}") if several else found


def _worst(loaded: Sequence[Loaded]) -> Loaded:
    """What a tool makes of a file with several agents: the first that it does not load, or else the first."""
    return next((each for each in loaded if not each.loads), loaded[0])


def fix(
    source: Source, path: Path | None, targets: Targets, names: Sequence[str] = (), chosen: Chosen = lambda _: True
) -> Source:
    """The file with every safe fix spliced in, until none is left; the same bytes where there is none.

    A round of fixes that would change what the file means to its reader is left out.
    """
    for _ in range(_PASSES):
        findings = lint(source, path, targets, names, chosen).findings
        fixes = [found.fix for found in findings if found.fix and found.fix.edits]
        mended = Source(source.path, encode(apply_fixes(source.text, fixes)))
        if mended.raw == source.raw or not _means_the_same(source, mended):
            return source
        source = mended
    return source


def _means_the_same(before: Source, after: Source) -> bool:
    return _meaning(read_document(before)) == _meaning(read_document(after))


def _meaning(document: Document) -> tuple[object, ...]:
    """Keys, values and headings, without what nobody sees: a fix may take that out."""
    values = [(without_hidden(field.key), _seen(field.value)) for field in document.frontmatter.fields]
    return values, [_seen(section.heading) for section in document.sections]


def _seen(value: object) -> object:
    if isinstance(value, str):
        return without_hidden(value)
    if isinstance(value, (list, tuple)):
        return [_seen(entry) for entry in value]
    if isinstance(value, dict):
        return {_seen(key): _seen(entry) for key, entry in value.items()}
    return value


def _order(found: Finding) -> tuple[int, int, str, str]:
    return found.line, found.column, found.code, found.message


# -- the subject ------------------------------------------------------------------------------------------------


def _subjects(source: Source, path: Path | None, targets: Targets, names: Sequence[str]) -> list[Subject]:
    """Every agent of a file: one but for those that tools share."""
    agents: Sequence[Agent | None] = _unpacked(source, targets) or (None,)
    return [_subject(source, path, targets, names, agent, place) for place, agent in enumerate(agents)]


def _subject(
    source: Source, path: Path | None, targets: Targets, names: Sequence[str], agent: Agent | None, place: int
) -> Subject:
    document = None if agent else read_document(source)
    values = agent.values if agent else document.frontmatter.values if document else {}
    body = agent.body if agent else source.slice(document.body) if document else ""
    own_name = recognise(str(path or source.path), values, targets)
    own = targets[own_name] if own_name else None
    asked, judged = _asked(own, targets, names)
    variant = path is not None and _is_variant(path)
    return Subject(
        source=source,
        document=document,
        values=values,
        body=body,
        targets=targets,
        own=own,
        asked=asked,
        judged=judged,
        variant=variant,
        page=document is not None and not values and _is_page(path or Path(source.path)),
        sure=_is_said(names) or (own is not None and _lies_in(str(path or source.path), own)),
        loaded={each.name: load(source.raw, each.target, targets.vocabulary, place) for each in asked},
        folder=_folder(path, targets) if path and not variant else None,
        root=_root(path) if path else "",
        called=agent.name if agent else "",
    )


def _unpacked(source: Source, targets: Targets) -> tuple[Agent, ...]:
    """The agents of a file that is no Markdown; none for Markdown, and for what cannot be parsed."""
    try:
        unpacked = unpack(source, targets)
    except UserError:
        return ()
    return unpacked.agents if unpacked else ()


def _asked(own: Target | None, targets: Targets, names: Sequence[str]) -> tuple[tuple[Asked, ...], tuple[Target, ...]]:
    """The tools to look at the file as, and those of them that it is meant for."""
    if ALL in names:
        everyone = tuple(Asked(target.name, target) for target in targets)
        return everyone, (own,) if own else ()
    if names:
        asked = tuple(Asked(name, targets[name]) for name in dict.fromkeys(names))
        return asked, tuple({each.target.name: each.target for each in asked}.values())
    return ((Asked(own.name, own),), (own,)) if own else ((), ())


def _is_page(path: Path) -> bool:
    """Whether a file is for people, by its name: `README.md` and the like."""
    return path.stem.isupper() or path.stem.lower() in ("readme", "index", "changelog", "contributing")


def _is_said(names: Sequence[str]) -> bool:
    return bool(names) and ALL not in names


def _lies_in(path: str, target: Target) -> bool:
    """Whether the file lies in a folder that is the tool's own, such as `.tool/agents/`."""
    folders = (pattern.partition("*")[0] for pattern in target.marks.paths if pattern.startswith("."))
    return any(f"/{folder}" in f"/{PurePath(path).as_posix()}" for folder in folders if folder.endswith("/"))


def read_folders(paths: Iterable[Path], targets: Targets) -> None:
    """Read the folders of files, and remember them for when the files are linted."""
    for path in paths:
        if not _is_variant(path):
            _folder(path, targets)


@cache
def _neighbours(folder: Path, suffix: str, targets: Targets) -> Neighbours:
    return read_neighbours(folder / f"any{suffix}", targets)


def _is_variant(path: Path) -> bool:
    """Whether the file is a profile's variant: these have names of their own and are all the same agent."""
    return [folder.name for folder in path.resolve().parents[:3:2]] == ["variants", "profiles"]


def _folder(path: Path, targets: Targets) -> Neighbours:
    return _neighbours(path.resolve().parent, path.suffix, targets)


def _root(path: Path) -> str:
    """The project's root: the nearest folder above with a repository, else the file's own folder."""
    folders = path.resolve().parents
    return str(next((folder for folder in folders if (folder / ".git").exists()), folders[0]))


# -- the findings -----------------------------------------------------------------------------------------------


def _all_findings(subject: Subject) -> Iterator[Finding]:
    if subject.document is not None:
        seen = [subject.loaded[asked.name] for asked in subject.asked if asked.target in subject.judged]
        yield from weighed(subject.document, subject.values, subject.judged, seen)
    yield from content_findings(subject)
    for check in _CHECKS if not subject.page else ():
        yield from check(subject)
