"""A target as data: every fact about one tool that reads agent files.

`templates/<name>/target.yaml` holds it, `agentgen.render.targets` reads and checks it. The docstrings below say what
the keys of the file mean; its JSON Schema is made from these types.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Format(StrEnum):
    """How a file of the tool is written."""

    MARKDOWN = "markdown"  # frontmatter between two lines `---`, then Markdown
    PLAIN = "plain"  # Markdown alone
    TOML = "toml"
    JSON = "json"
    YAML = "yaml"


class Form(StrEnum):
    """How a value of the canonical form is written under its key."""

    TEXT = "text"
    COMMAS = "commas"  # one string, `a, b`
    BLANKS = "blanks"  # one string, `a b`
    LIST = "list"
    NUMBER = "number"
    FLAG = "flag"
    GIVEN = "given"  # as it is, whatever its type
    SERVER_NAMES = "server-names"  # MCP servers: names alone
    SERVER_LIST = "server-list"  # MCP servers: names, or mappings of one name to its settings
    SERVER_MAP = "server-map"  # MCP servers: name to settings


class Loader(StrEnum):
    """What the tool does with frontmatter, named by behaviour."""

    STRICT = "strict"  # a YAML error rejects the file
    STRICT_TYPED = "strict-typed"  # besides, a wrong type in a known field does
    QUOTE_RETRY = "quote-retry"  # quotes suspicious lines and tries once more
    BLOCK_RETRY = "block-retry"  # turns lines with a colon into block scalars and tries once more
    LINE_FALLBACK = "line-fallback"  # splits each line at its first colon where YAML fails
    SIMPLE_LINES = "simple-lines"  # the same, with lists and numbers
    RAW_LINES = "raw-lines"  # never YAML: each line is split at its first colon, quotes stay
    FIELD_DEFAULTS = "field-defaults"  # YAML, an unusable field falls back to its default
    UNKNOWN = "unknown"
    NONE = "none"  # no frontmatter at all


class UnknownKeys(StrEnum):
    """What a key that the tool does not know does to a file."""

    IGNORED = "ignored"
    PASSED_ON = "passed-on"  # sent to the model's provider
    REJECTED = "rejected"  # the file does not load
    UNKNOWN = "unknown"


class ToolStyle(StrEnum):
    """How a tool list is written."""

    NAMES = "names"
    PERMISSIONS = "permissions"  # a map from name to allow, ask or deny
    NONE = "none"  # the file cannot limit tools


class Patterns(StrEnum):
    """What becomes of the pattern in `Bash(git diff:*)`."""

    DROPPED = "dropped"
    WRITTEN = "written"  # stays in the file and limits nothing
    ENFORCED = "enforced"


class Over(StrEnum):
    """What the tool does with a text that is too long."""

    WARN = "warn"
    REJECT = "reject"


class Without(StrEnum):
    """What a file without frontmatter is to the tool."""

    NO_FRONTMATTER = "no-frontmatter"
    REJECTED = "rejected"


class Refusal(StrEnum):
    """What a value that the tool does not take does to the file."""

    REJECTED = "rejected"
    PARSED = "parsed-but-schema-rejected"  # the file is parsed and then refused
    DISCARDED = "schema-rejected"  # the whole frontmatter is discarded


class Strict:
    """Keys that a type does not name are mistakes."""

    __slots__ = ()
    __pydantic_config__ = {"extra": "forbid"}  # noqa: RUF012


@dataclass(frozen=True, slots=True)
class Citation(Strict):
    """Where facts come from: a page, or a package with its version."""

    ref: str
    date: str = ""


@dataclass(frozen=True, slots=True)
class Need(Strict):
    """A field has an effect only where `key` is written with a value other than those of `unless`."""

    key: str
    unless: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FieldSpec(Strict):
    """What happens to one field of the canonical form. Either `key`, or `reason` why the tool has no place for it.

    `values` maps canonical values to the tool's without loss, `approximate` with loss. A value in neither is kept as it
    is where `open` is true and dropped otherwise. `omit` lists canonical values that leaving the key out says.
    `fixed` is written whatever the profile says. `also_read` are older spellings of the key. `inert` is true where the
    tool reads the value and does nothing with it. `accepts` is a pattern of values that are kept as they are although
    `open` is false. `server_keys` are the settings that an MCP server may have (empty: any), `server_types` the values
    of its `type`, `server_defaults` the settings that a server with a command must have.
    """

    key: str | None = None
    form: Form = Form.TEXT
    required: bool = False
    values: Mapping[str, str] = field(default_factory=dict)
    approximate: Mapping[str, str] = field(default_factory=dict)
    open: bool = True
    accepts: str | None = None
    omit: tuple[str, ...] = ()
    fixed: str | None = None
    also_read: tuple[str, ...] = ()
    max_chars: int | None = None
    over: Over = Over.WARN
    inert: bool = False
    last_segment: bool = False  # of `category/name` entries only the name can be said
    server_keys: tuple[str, ...] = ()
    server_types: tuple[str, ...] = ()
    server_defaults: Mapping[str, Any] = field(default_factory=dict)
    needs: Need | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class DeadKey(Strict):
    """A key that people write and the tool never reads: the field that they meant, and why it has no effect."""

    field: str
    reason: str


@dataclass(frozen=True, slots=True)
class Mcp(Strict):
    """How MCP tools are named: patterns with `{server}` and `{tool}`; None where it cannot be said.

    `servers_grant` is true where naming a server in the field `mcp_servers` gives all its tools.
    """

    tool: str | None = None
    server: str | None = None
    all: str | None = None
    server_pattern: str | None = None
    servers_grant: bool = False


@dataclass(frozen=True, slots=True)
class ToolSpec(Strict):
    """The tool list: how it is written and what each name means.

    `names` maps canonical tools to the tool's own name or names; `approximate` the same with loss. `also` lists own
    names without a canonical one, `aliases` maps other spellings to own names, `categories` one word to canonical
    tools, `reads_as` an own name to the canonical tools it is read as (where that is not every one whose name it is).
    `always` are own names that every agent has. `grants` adds capabilities that an own name has beyond the canonical
    tools it stands for. `unrestricted` is what an agent without a list may do. `restricts` is false where a list is a
    hint only. `all` is how "every tool" is written (empty: by leaving the key out). An empty list means no tool where
    `empty` is true; otherwise `idle`, an own name that lets the agent do nothing, stands for it (None: it cannot be
    said). `unknown` is true where names that nobody knows may be written. `pattern_names` are own names whose command
    patterns are enforced, `expand` the patterns to write for an own name that is allowed. `rule` is the setting that
    holds a pattern where an entry of the list may be `[name, {setting: pattern}]`; such a pattern is a regular
    expression, `Tool(regex:…)` in the canonical form. With `exclusive` a file holds either a list of allowed or one of
    denied tools.
    """

    style: ToolStyle = ToolStyle.NAMES
    restricts: bool = True
    names: Mapping[str, str | tuple[str, ...]] = field(default_factory=dict)
    approximate: Mapping[str, str] = field(default_factory=dict)
    also: tuple[str, ...] = ()
    aliases: Mapping[str, str] = field(default_factory=dict)
    categories: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    always: tuple[str, ...] = ()
    grants: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    unrestricted: tuple[str, ...] = ()
    all: tuple[str, ...] = ()
    exclusive: bool = False
    empty: bool = False
    idle: str | None = None
    unknown: bool = False
    patterns: Patterns = Patterns.DROPPED
    pattern_names: tuple[str, ...] = ()
    reads_as: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    expand: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    rule: str | None = None
    mcp: Mcp = Mcp()


@dataclass(frozen=True, slots=True)
class ModelSpec(Strict):
    """Models: `names` maps inherit, tiers and families to the tool's names, `approximate` the same with loss.

    `accepts` are patterns of the ids it takes as they are; `prefixes` maps the start of an id to what stands before it.
    `known` maps ids to the efforts that they support, `retired` ids (without the date behind them) that no longer work,
    or soon will not, to what happened to them.
    """

    names: Mapping[str, str] = field(default_factory=dict)
    approximate: Mapping[str, str] = field(default_factory=dict)
    accepts: tuple[str, ...] = ()
    prefixes: Mapping[str, str] = field(default_factory=dict)
    known: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    retired: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Limit(Strict):
    """A key that takes capabilities away: written where the profile allows none of `denies`.

    `holds` is false where the documentation says so and the version that was checked does otherwise: the key is
    written for the versions that obey it, and counts for nothing.
    """

    key: str
    value: Any
    denies: tuple[str, ...]
    reason: str = ""
    holds: bool = True


@dataclass(frozen=True, slots=True)
class NameSpec(Strict):
    """Which names the tool takes."""

    pattern: str | None = None
    reserved: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BodySpec(Strict):
    """Where the prompt stands: below the frontmatter, or under `key`."""

    key: str | None = None
    required: bool = False
    min_chars: int = 0
    max_chars: int | None = None
    over: Over = Over.WARN


@dataclass(frozen=True, slots=True)
class Shared(Strict):
    """The file holds more than one agent: the list under `list`, entries told apart by `key`; or, where `list` is None,
    a part of a Markdown file between two marks."""

    list: str | None = None
    key: str | None = None


@dataclass(frozen=True, slots=True)
class Reading(Strict):
    """What the tool does with a file beyond its `loader`.

    `bom` is true where a byte-order mark does not hide the frontmatter. `without` says what a file without
    frontmatter is, `bare` is true where it becomes an agent all the same. `duplicates` is true where a key may
    stand twice, `dates` where an unquoted date is no text, `tabs` where tabs at the left edge are no error.
    `breaks` are keys in which the two characters `\\n` are a line break, `lists` keys that a reader by lines takes
    as lists. `types` are the types of keys: text, number, flag, list, texts (a list of texts), map, date, empty;
    `values` patterns that the text of a key must match; `required` keys must be there and not be empty; with
    `known_tools` every tool in the list must be known. Where one of these does not hold, `refusal` says what the
    tool does, `consequence` in words. `tidies` is true where the tool shows texts trimmed and tools as a list.
    `bodyless` is true where an agent without a prompt is one all the same, whatever `body` says of writing.
    `budget` is how many tokens the descriptions of all agents may have together, `builtin` names agents that the
    tool brings along.
    """

    bom: bool = True
    without: Without = Without.REJECTED
    bare: bool = False
    duplicates: bool = False
    dates: bool = False
    tabs: bool = False
    tags: bool = False
    indented: bool = False
    exact: bool = False
    breaks: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()
    types: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    values: Mapping[str, str] = field(default_factory=dict)
    required: tuple[str, ...] = ()
    known_tools: bool = False
    refusal: Refusal = Refusal.REJECTED
    consequence: str = ""
    tidies: bool = False
    bodyless: bool = False
    budget: int | None = None
    builtin: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Search(Strict):
    """Where the tool looks for agents besides the project's folder, and which of two files with one name it takes.

    `user` are globs in the user's folder, beginning with `~/`. `order` lists `project` and `user`, the one that wins
    first; it is empty where that is not known. `nearest` is true where of two folders inside each other the inner one
    wins, false where that is not known.
    """

    user: tuple[str, ...] = ()
    order: tuple[str, ...] = ()
    nearest: bool = False


@dataclass(frozen=True, slots=True)
class Marks(Strict):
    """What only files for this tool hold: paths (globs), frontmatter keys, tool names, and values of keys."""

    paths: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    tools: tuple[str, ...] = ()
    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Target(Strict):
    """One tool that reads agent files. `title` is its name for people, `version` what the facts were checked against.

    `path` is where a file goes, with `{name}`; `confidence` is A (the vendor's code), B (its documentation) or C (a
    third party); `rank` orders targets where a file could be for several (small wins). `constants` are keys that every
    file gets, where `{title}` is the agent's name in words. `extra_keys` are keys that the tool knows and the canonical
    form does not. `limits` are keys that take capabilities away.
    """

    target: int
    name: str
    title: str
    date: str
    version: str
    confidence: str
    sources: tuple[Citation, ...]
    format: Format
    path: str
    fields: Mapping[str, FieldSpec]
    tools: ToolSpec
    aliases: tuple[str, ...] = ()
    rank: int = 50
    template: str = "agent.j2"
    loader: Loader = Loader.UNKNOWN
    reading: Reading = Reading()
    unknown_keys: UnknownKeys = UnknownKeys.UNKNOWN
    identity: NameSpec = NameSpec()
    body: BodySpec = BodySpec()
    models: ModelSpec = ModelSpec()
    limits: tuple[Limit, ...] = ()
    constants: Mapping[str, Any] = field(default_factory=dict)
    extra_keys: tuple[str, ...] = ()
    dead_keys: Mapping[str, DeadKey] = field(default_factory=dict)
    shared: Shared | None = None
    marks: Marks = Marks()
    search: Search = Search()
    notes: tuple[str, ...] = ()

    @property
    def experimental(self) -> bool:
        """True where the facts come from a third party only."""
        return self.confidence == "C"

    @property
    def source(self) -> str:
        """The first source, in one line."""
        first = self.sources[0]
        return f"{first.ref} ({first.date})" if first.date else first.ref
