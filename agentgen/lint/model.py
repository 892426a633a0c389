"""What a check sees of a file, and what comes out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from agentgen.codes import CODES, Severity
from agentgen.document.model import Document
from agentgen.findings import Finding, Fix, finding
from agentgen.render.loading.model import Loaded
from agentgen.render.spec import Target
from agentgen.render.targets import Targets
from agentgen.source import Source


class Asked(NamedTuple):
    """A target under the name that somebody used for it."""

    name: str
    target: Target


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The agents of a folder, put together once for all its files.

    `count` is how many there are, `called` the names that they go by in lower case, `stems` the files' names without
    extension by the agents' names, `tokens` how long all descriptions are together.
    """

    count: int
    called: frozenset[str]
    stems: Mapping[str, tuple[str, ...]]
    tokens: int


class Subject(NamedTuple):
    """One file with all that checks need.

    `values` is the frontmatter as its author meant it, `own` the tool that the file was written for, `asked` the tools
    for which it is looked at, `judged` those of them that it is meant for: findings about values speak of these. `sure`
    is False where only the content lets one guess so, and not the path or a person. `variant` is True
    for a variant of a profile, whose file has a name of its own, `page` for a file without frontmatter that is no agent
    by its name, such as `README.md`. `loaded` maps the names of `asked`
    to what the tool sees. `document` is None for TOML and JSON. `folder` is None where the file stands alone, `root` is
    the project's folder, empty where there is none. `called` is what the agent is called in a file of several.
    """

    source: Source
    document: Document | None
    values: Mapping[str, object]
    body: str
    targets: Targets
    own: Target | None
    asked: tuple[Asked, ...]
    judged: tuple[Target, ...]
    sure: bool
    variant: bool
    page: bool
    loaded: Mapping[str, Loaded]
    folder: Neighbours | None = None
    root: str = ""
    called: str = ""

    @property
    def name(self) -> str:
        """The agent's name; empty where the file gives none."""
        value = self.values.get(self.key("name"))
        return value.strip() if isinstance(value, str) else ""

    @property
    def description(self) -> str:
        """The agent's description; empty where the file gives none."""
        value = self.values.get(self.key("description"))
        return value.strip() if isinstance(value, str) else ""

    def key(self, field: str) -> str:
        """The key under which the file says a canonical field: the tool's own, where it is known and used."""
        own = self.own.fields[field].key if self.own else None
        return own if own is not None and own in self.values else field

    def place(self, key: str) -> int:
        """The offset of a frontmatter key; the beginning of the file where it is not there."""
        fields = self.document.frontmatter.fields if self.document else ()
        return next((entry.span.start for entry in fields if entry.key == key), 0)

    def found(
        self, code: str, start: int, message: str, *, fix: Fix | None = None, severity: Severity | None = None
    ) -> Finding:
        """A finding at an offset of the file."""
        made = finding(self.source, code, start, message, fix=fix)
        if severity is None or severity is CODES[code].severity:
            return made
        return Finding(made.code, severity, made.path, made.line, made.column, message, fix, made.end_line)

    def at_line(self, code: str, line: int, message: str, severity: Severity | None = None) -> Finding:
        """A finding at the beginning of a 1-based line."""
        last = max(1, self.source.line_count)
        start = self.source.line_starts[min(line, last) - 1] if self.source.line_starts else 0
        return self.found(code, start, message, severity=severity)


@dataclass(frozen=True, slots=True)
class Linted:
    """One file's result: what each tool asked for sees, under the name it was asked by, and the findings in file
    order. `ignored` are those that the file itself says to ignore. `aliases` maps other names to those of `loaders`."""

    source: Source
    loaders: Mapping[str, Loaded]
    findings: tuple[Finding, ...]
    ignored: tuple[Finding, ...] = ()
    aliases: Mapping[str, str] = field(default_factory=dict)
