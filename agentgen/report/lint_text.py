"""The result of `lint` for people: what each tool makes of a file, the findings, and how many there are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from agentgen.lint.model import Linted
from agentgen.render.loading.model import Loaded, Status
from agentgen.report.findings_text import findings_line, findings_text
from agentgen.report.visible import visible

_MOST = 110


def lint_text(results: Sequence[Linted], *, loaders: bool) -> str:
    """The findings of all files; with `loaders` also what each tool makes of each file."""
    parts = [part for result in results for part in _file(result, loaders=loaders)]
    return "".join(parts) + _closing(results)


def _file(result: Linted, *, loaders: bool) -> Iterator[str]:
    if loaders:
        yield visible(f"{result.source.path}\n")
        yield from _loaders(result)
    yield findings_text(result.findings)
    if loaders and result.findings:
        yield "\n"


def _loaders(result: Linted) -> Iterator[str]:
    """One line for each outcome, with the tools that share it."""
    groups: dict[tuple[str, str], list[str]] = defaultdict(list)
    for name, loaded in result.loaders.items():
        groups[_outcome(loaded), _reason(loaded)].append(name)
    for (outcome, reason), names in groups.items():
        yield visible(f"  {outcome}: {', '.join(names)}{f' ({reason})' if reason else ''}\n")


def _outcome(loaded: Loaded) -> str:
    if not loaded.loads:
        return "does not load"
    return "loads after a repair of its own" if loaded.status is Status.OK_AFTER_RETRY else "loads"


def _reason(loaded: Loaded) -> str:
    text = " ".join(loaded.reason.split())
    return text if len(text) <= _MOST else text[: _MOST - 1] + "…"


def _closing(results: Sequence[Linted]) -> str:
    counted = findings_line([found for result in results for found in result.findings]) or "no findings"
    files = f"{len(results)} file" + ("" if len(results) == 1 else "s")
    fixes = sum(bool(found.fix and found.fix.edits) for result in results for found in result.findings)
    ignored = sum(len(result.ignored) for result in results)
    more = [f"{fixes} can be mended with --fix"] if fixes else []
    more += [f"{ignored} ignored by the files themselves"] if ignored else []
    return "; ".join([f"{files}: {counted}", *more]) + "\n"
