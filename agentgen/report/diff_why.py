"""Why the sections of a topic are in one row, and which other rows are near."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import RenderableType
from rich.text import Text

from agentgen.compare.model import Evidence, Topic
from agentgen.report.terminal import QUIET, one_line


def why(topic: Topic, *, explain: bool) -> Iterator[RenderableType]:
    """One line of evidence and how sure the row is; `explain` gives each piece of evidence a line with what it saw."""
    if len(topic.sections) > 1:
        reasons = ", ".join(f"{part.kind} {part.weight:.2f}" for part in topic.evidence)
        yield Text(f"  in one row by {reasons or 'decision'}; sure {topic.confidence:.0%}", QUIET)
        yield from (_line(part) for part in topic.evidence if explain and part.detail)
    if topic.see_also:
        yield Text("  see also ", QUIET).append_text(one_line(", ".join(topic.see_also), QUIET))


def _line(part: Evidence) -> Text:
    return Text(f"    {part.kind}: ", QUIET).append_text(one_line(part.detail, QUIET))
