"""A console that plays keys from a list, and sessions run by it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from agentgen.merge.journal import Entry
from agentgen.merge.model import View
from agentgen.merge.session import Session, run


@dataclass
class Script:
    """Gives the keys one by one (then quits), and `text` as what the editor made; keeps every view and entry."""

    keys: str
    text: str | None = None
    views: list[View] = field(default_factory=list)
    drafts: list[str] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._left: Iterator[str] = iter(self.keys)

    def show(self, view: View) -> None:
        self.views.append(view)

    def read_key(self) -> str:
        return next(self._left, "q")

    def edit(self, text: str) -> str | None:
        self.drafts.append(text)
        return self.text

    def play(self, session: Session) -> Session:
        """The session after all keys."""
        after, _ = run(session, self, self.entries.append)
        return after

    @property
    def asked(self) -> list[str]:
        """The questions shown, each once, in order."""
        return list(dict.fromkeys(view.question.id for view in self.views))
