"""Lines that fetch something and run it: `curl … | sh` and its relatives, packages without a version.

Each pattern is searched by itself, and what stands near what is worked out from offsets: no pattern spans a gap, so
that the time stays linear in the length of a line.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator

from agentgen.content.glance import may_hold
from agentgen.content.quoting import short
from agentgen.content.risk import Risk

_NEAR = 600  # characters between fetching and running
_SHELL = r"(?:/(?:usr/)?bin/)?(?:env[ \t]+)?(?:(?:ba|z|da|k|c|fi|a)?sh|\$\{?SHELL\}?)"
_OTHER = r"(?:python[23]?(?:\.\d+)?|node|deno|bun|perl|ruby|php|pwsh|powershell(?:\.exe)?|osascript|cmd(?:\.exe)?)"
_INTERPRETER = rf"(?:{_SHELL}|{_OTHER})"
_BEFORE = (
    r"(?:(?:sudo|doas|su|env|nohup|time|nice|exec|command|xargs)"
    r"(?:[ \t]{1,8}(?:-[ugI][ \t]{0,8}[\w{}]{1,40}|-[\w-]{1,40}(?![\w-]))){0,4}[ \t]{1,8}"
    r"|[A-Za-z_]\w{0,40}=[^\s|]{0,200}[ \t]{1,8}|[({\"'][ \t]{0,8}){0,5}"
)  # what may stand in front of an interpreter
_FETCH = re.compile(
    r"\b(?:curl|wget|aria2c|lwp-download|iwr|irm|invoke-webrequest|invoke-restmethod|downloadstring|downloadfile|"
    r"start-bitstransfer|lynx|w3m|certutil|fetch(?= -))\b",
    re.IGNORECASE,
)
_DECODE = re.compile(
    r"\b(?:base64[ \t]+(?:-d|-D|--decode)|base32[ \t]+-d|xxd[ \t]+-r|openssl[ \t]+(?:enc|base64)[ \t]|"
    r"frombase64string)",
    re.IGNORECASE,
)
_PIPED = re.compile(
    rf"\|&?[ \t]{{0,40}}(?:\r?\n[ \t]{{0,40}})?(?P<before>{_BEFORE})(?:(?P<shell>{_SHELL})|{_OTHER})(?![\w.=/-])"
    r"(?P<given>(?:[ \t]{1,8}-[\w-]*)*(?:[ \t]{1,8}[\w./-]{1,80}\.\w)?)|\|[ \t]{0,40}(?:iex|invoke-expression)\b",
    re.IGNORECASE,
)
_WRAPPED = re.compile(
    rf"(?:\b(?:eval|exec|source|iex|invoke-expression|{_INTERPRETER}[ \t]+-(?:l?c|e))|(?<![\w.])\.)[ \t(&]{{1,8}}[\"']?"
    rf"(?:\$\(|`|<\(|\()|\b{_INTERPRETER}[ \t]+<(?:<<)?[ \t]{{0,8}}[\"']?(?:\$\(|`|<\()"
    rf"|\b(?:iex|invoke-expression)[ \t]+[\"']?&?[ \t]{{0,8}}\{{?[ \t]{{0,8}}\$\(|\[scriptblock\]::create\("
    rf"|(?:^|[;&`])[ \t]{{0,8}}\$\((?=[ \t]{{0,8}}(?:curl|wget)\b)|\b{_INTERPRETER}[ \t]+<\(",
    re.IGNORECASE | re.MULTILINE,
)
_FILE_RUN = re.compile(
    rf"(?:&&|;|\|\|)[ \t]{{0,8}}{_BEFORE}(?:(?:{_INTERPRETER}|source|iex|invoke-expression|start-process|\.|"
    rf"chmod[ \t]+[\w+]{{1,8}})[ \t]{{1,8}}(?:-\w{{1,20}}[ \t]{{1,8}}){{0,4}}[\"']?(?P<file>[\w./$~{{}}-]{{1,200}})"
    rf"|(?P<own>(?:\.{{0,2}}|~)/[\w./-]{{1,200}}|[\w-]{{1,80}}\.(?:exe|bat|cmd|ps1)\b))",
    re.IGNORECASE,
)
_CODE_RUN = re.compile(r"\b(?:exec|eval)\(")
_CODE_FETCH = re.compile(r"\b(?:urlopen|urlretrieve|requests[\"'.)]{1,4}get|httpx\.get|fetch)\(")
_FROM_AFAR = re.compile(
    r"\b(?:mshta(?:\.exe)?|regsvr32(?:\.exe)?|deno[ \t]+run|bun[ \t]+run|msiexec(?:\.exe)?)[ \t][^\n|;`]{0,200}?https?://",
    re.IGNORECASE,
)  # what takes an address as its program
_POWERSHELL_CODE = re.compile(r"\bpowershell(?:\.exe)?\b|\bpwsh\b", re.IGNORECASE)
_ENCODED = re.compile(r"[ \t]-e(?:c|n[a-z]{0,20})?[ \t]+[A-Za-z0-9+/=]{16}", re.IGNORECASE)
_ADDRESS = re.compile(r"://|\$|\w\.\w|<\w")
_RUNNER = re.compile(
    r"\b(?:(?P<npx>npx|npm[ \t]+exec)|bunx|pnpm[ \t]+dlx|yarn[ \t]+dlx|uvx|pipx[ \t]+run|uv[ \t]+tool[ \t]+run)\b"
)
_DASH = r"(?:-[ \t]+[\"']?)?"  # of a list in YAML
_ARGUMENTS = re.compile(
    rf"[\"']?[\s,:\[\]\"']{{1,40}}{_DASH}(?:args[\"']?[\s:\[\"']{{1,40}}{_DASH})?"
    r"(?P<options>(?:--?[a-z][\w-]{0,30}[\"']?[\s,\"'-]{1,20}){0,6})"
    r"(?P<package>@?[A-Za-z0-9][\w./-]{0,120}(?P<version>(?:@|[=~]=)[\w.^~*+-]{1,60})?)(?![\w{<$\[-])"
)
_YES = re.compile(r"(?:^|[\s\"',])(?:-y|--yes)(?![\w-])")
_PINNED = re.compile(r"(?:@|==)v?\d+(?:\.\d+)*(?:[-+.]\w+)*\Z")
_INSTALL = re.compile(
    r"\b(?:pip3?|uv[ \t]+pip|npm|pnpm|yarn|bun|pipx|cargo|go|gem)[ \t]+(?:install|add|i)[ \t]+(?:-[\w-]+[ \t]+){0,6}"
    r"[\"']?"
    r"(?P<what>(?:git\+|--git[ \t]+)?(?:https?://|ssh://|git@|git://|github:)[^\s\"'`]{1,200})",
    re.IGNORECASE,
)
_RARER = ("start-bitstransfer", "lynx", "w3m", "certutil", "fetch -")
_SOURCES = (
    (_FETCH, ("curl", "wget", "aria2c", "iwr", "irm", "invoke-", "download", *_RARER)),
    (_DECODE, ("base64", "base32", "xxd", "openssl")),
)
_AFAR = ("mshta", "regsvr32", "deno", "bun", "msiexec")
_POWERSHELLS = ("powershell", "pwsh")
_RUNNERS = ("npx", "npm", "bunx", "yarn", "uvx", "pipx", "uv")
_ADDRESSES = ("://", "git@", "github:")
"""Words of which one stands in every text that a pattern fits."""
_COMMIT = re.compile(r"[@#][0-9a-f]{40}\b")
_CONTINUED = re.compile(r"\\(?:\r\n|\r|\n)|`(?:\r\n|\r|\n)(?=[ \t]{0,40}\|[ \t]{0,8}(?:iex|invoke-)\b)", re.IGNORECASE)


def command_risks(text: str) -> Iterator[Risk]:
    """Everything in a text that fetches and runs."""
    joined = _CONTINUED.sub(lambda match: " " * len(match[0]), text)
    yield from _fetched(joined)
    yield from _saved(joined)
    yield from _executed(joined)
    yield from _encoded(joined)
    yield from _packages(text)
    yield from _installs(text)


def _fetched(text: str) -> Iterator[Risk]:
    """What is fetched or decoded, and handed to an interpreter in the same line."""
    patterns = [pattern for pattern, words in _SOURCES if may_hold(text, words)]
    sources = sorted((match.start(), match.end()) for pattern in patterns for match in pattern.finditer(text))
    if not sources:
        return
    starts = [start for start, _ in sources]
    taken = -1
    for match in sorted((*_PIPED.finditer(text), *_WRAPPED.finditer(text)), key=lambda match: match.start()):
        piped = match[0].startswith("|")
        if piped and _reads_data(match):
            continue
        at = bisect.bisect_left(starts, match.start() if piped else match.end()) - piped
        if not 0 <= at < len(sources):
            continue
        start, end = (sources[at][0], match.end()) if piped else (match.start(), sources[at][1])
        between = text[sources[at][1] : match.start()] if piped else text[match.end() : sources[at][0]]
        if start > taken and _is_one_command(between, piped, text[sources[at][0] : sources[at][1]]):
            taken = end
            yield _risk(text, start, end)


def _reads_data(match: re.Match[str]) -> bool:
    """Whether the interpreter runs code or a file of its own: what comes through the pipe is data then."""
    if "xargs" in (match["before"] or ""):
        return False
    given = match["given"] or ""
    own = "c" if match["shell"] else "cemnpr"
    options = [word for word in given.split() if word.startswith("-") and not word.startswith("--")]
    return any(letter in option for option in options for letter in own) or "." in given


def _is_one_command(between: str, piped: bool, source: str) -> bool:
    """Whether what stands between fetching and running belongs to one command, and names something to fetch."""
    if len(between) > _NEAR or "\n" in between or "\r" in between:
        return False
    return not piped or bool(_ADDRESS.search(between)) or bool(_DECODE.match(source))


def _risk(text: str, start: int, end: int) -> Risk:
    line = _to_line_end(text, start, end)
    line = line.rstrip("` \t")  # the end of a code span
    message = f"what is fetched or decoded here is run at once, unseen: {short(line)}"
    return Risk("fetch-and-run", start, end, message, "fetch, check against a known digest, then run", short(line, 400))


def _saved(text: str) -> Iterator[Risk]:
    """A file that is fetched and run in one line."""
    if not may_hold(text, _SOURCES[0][1]):
        return
    sources = [(match.start(), match.end()) for match in _FETCH.finditer(text)]
    taken = -1
    for match in _FILE_RUN.finditer(text) if sources else ():
        at = bisect.bisect_left(sources, (match.start(), 0)) - 1
        if at < 0 or sources[at][0] <= taken:
            continue
        start, end = sources[at]
        between, before = text[end : min(match.start(), end + _NEAR + 1)], text[max(0, start - 40) : start]
        if len(between) <= _NEAR and "\n" not in between and _names_file(match, before, between):
            taken = start
            yield _risk(text, start, match.end())


def _names_file(match: re.Match[str], before: str, between: str) -> bool:
    """Whether what is run is what was fetched: a file of that name, or the variable in front."""
    name = (match["file"] or match["own"]).rstrip(".").rpartition("/")[2]
    if name.startswith("$"):
        return before.rstrip("= \t").endswith(name)
    return len(name) > 1 and bool(re.search(rf"(?<![\w.-]){re.escape(name)}(?![\w-]|\.\w)", between))


def _executed(text: str) -> Iterator[Risk]:
    """Code of a language that runs what it fetches, and programs that take an address."""
    for match in _FROM_AFAR.finditer(text) if may_hold(text, _AFAR) else ():
        yield _risk(text, match.start(), match.end())
    if not may_hold(text, ("exec(", "eval(")):
        return
    sources = [(each.start(), each.end()) for each in _CODE_FETCH.finditer(text)]
    for match in _CODE_RUN.finditer(text) if sources else ():
        at = bisect.bisect_left(sources, (match.end(), 0))
        if at < len(sources) and _goes_on(text[match.end() : min(sources[at][0], match.end() + _NEAR + 1)]):
            yield _risk(text, match.start(), sources[at][1])


def _goes_on(between: str) -> bool:
    """Whether a call that opened before this text is open behind it."""
    if len(between) > _NEAR or "\n" in between:
        return False
    depth = 0
    for char in between:
        depth += (char == "(") - (char == ")")
        if depth < 0:
            return False
    return True


def _encoded(text: str) -> Iterator[Risk]:
    """A command that is written in base64."""
    if not may_hold(text, _POWERSHELLS):
        return
    starts = [match.start() for match in _POWERSHELL_CODE.finditer(text)]
    for match in _ENCODED.finditer(text):
        at = bisect.bisect_left(starts, match.start()) - 1
        if at >= 0 and match.start() - starts[at] < _NEAR and "\n" not in text[starts[at] : match.start()]:
            yield _risk(text, starts[at], match.end())


def _to_line_end(text: str, start: int, end: int) -> str:
    stop = text.find("\n", end, start + _NEAR)
    return text[start : stop if stop >= 0 else min(len(text), max(end, start + _NEAR))]


def _packages(text: str) -> Iterator[Risk]:
    """Packages that are fetched and run without a question, in whatever version there is."""
    if not may_hold(text, _RUNNERS):
        return
    for match in _RUNNER.finditer(text):
        rest = _ARGUMENTS.match(text, match.end())
        if rest is None or (match["npx"] and not _YES.search(rest["options"])) or _PINNED.search(rest["package"]):
            continue
        written = " ".join((*match[0].split(), *(["-y"] if match["npx"] else []), rest["package"]))
        message = f"`{written}` runs whatever version of the package is there on that day, without asking"
        yield Risk("package-not-pinned", match.start(), rest.end(), message, "name the version: PACKAGE@1.2.3", written)


def _installs(text: str) -> Iterator[Risk]:
    if not may_hold(text, _ADDRESSES):
        return
    for match in _INSTALL.finditer(text):
        if not _COMMIT.search(match["what"]):
            written = short(match[0])
            message = f"`{written}` installs from an address whatever is there on that day"
            yield Risk("package-not-pinned", match.start(), match.end(), message, "name the commit: …@SHA", written)
