"""A profile's folder in memory: change a variant or the profile, merge again, look at the result."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass, field

from agentgen.compare.engine import compare_variants
from agentgen.compare.model import Comparison
from agentgen.merge.refresh import Files, Refreshed, Settings, refresh
from agentgen.profile.body import render_body
from agentgen.profile.model import Profile
from agentgen.profile.recipe import Recipe
from agentgen.profile.store import load_profile, load_recipe
from agentgen.source import Source, encode
from tests.merge.helpers import variant


@dataclass
class Workshop:
    """Variants by id as dedented texts, their frontmatter by id, and the three files as text."""

    variants: dict[str, str]
    fields: dict[str, dict[str, object]] = field(default_factory=dict)
    recipe: str | None = None
    profile: str | None = None
    lock: str | None = None

    def merge(self, **settings: object) -> Refreshed:
        """Merge, and keep the three files."""
        comparison = self.compare()
        files = Files(*(_source(name, text) for name, text in self.files().items()))
        result = refresh(comparison, files, Settings(**settings))  # type: ignore[arg-type]
        self.recipe, self.profile, self.lock = result.recipe, result.profile, result.lock
        return result

    def compare(self) -> Comparison:
        pins = [topic.sections for topic in self.decisions().topics] if self.recipe else []
        names = sorted(self.variants)
        return compare_variants(
            [variant(name, textwrap.dedent(self.variants[name]), **self.fields.get(name, {})) for name in names],
            pins=pins,
        )

    def files(self) -> dict[str, str | None]:
        return {"recipe.yaml": self.recipe, "profile.yaml": self.profile, "profile.lock.yaml": self.lock}

    def decisions(self) -> Recipe:
        assert self.recipe is not None
        return load_recipe(Source("recipe.yaml", encode(self.recipe)))

    def result(self) -> Profile:
        assert self.profile is not None
        return load_profile(Source("profile.yaml", encode(self.profile)))

    def body(self) -> str:
        return render_body(self.result())

    def replace(self, name: str, old: str, new: str) -> None:
        """Change a variant, or `recipe` or `profile`."""
        place = self.variants if name in self.variants else self.__dict__
        assert place[name].count(old) == 1, (old, place[name])
        place[name] = place[name].replace(old, new)


def codes(result: Refreshed) -> list[str]:
    return [found.code for found in result.merged.findings]


def _source(name: str, text: str | None) -> Source | None:
    return None if text is None else Source(name, encode(text))
