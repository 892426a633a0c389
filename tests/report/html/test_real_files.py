"""The page of real agent files: small, complete, and readable in a real browser."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from urllib.parse import unquote

import pytest

from agentgen.compare.engine import compare_variants
from agentgen.compare.model import Comparison, Variant
from agentgen.document.read import read_document
from agentgen.report.html import comparison_html
from agentgen.report.visible import pieces
from agentgen.source import read_source

from .browser import CHROMIUM, browser
from .reading import read
from .test_browser import assert_fits

pytestmark = pytest.mark.corpus


def compared(paths: Sequence[Path]) -> Comparison:
    documents = {path.name: read_document(read_source(path, path.name)) for path in paths}
    variants = [Variant(name, document, None, document.frontmatter.values) for name, document in documents.items()]
    return compare_variants(variants)


def families(shared: Path) -> list[Path]:
    found = sorted(path for path in (shared / "corpus" / "families").iterdir() if path.is_dir())
    assert found
    return found


def test_the_seeds_fit_into_300_kilobytes(seeds: list[Path]) -> None:
    """Small enough to send around."""
    assert 50_000 < len(comparison_html(compared(seeds)).encode()) < 300_000


def test_every_statement_of_the_files_is_on_the_page(seeds: list[Path]) -> None:
    """Each item's text stands under its topic, and each link leads somewhere."""
    comparison = compared(seeds)
    page = read(comparison_html(comparison))
    anchors = {one.attributes["id"] for one in page.walk() if "id" in one.attributes}
    assert {unquote(one.attributes["href"][1:]) for one in page.all("a")} <= anchors
    for topic in comparison.topics:
        told = page.by_id(f"t-{topic.id}").text
        for group in topic.items:
            assert "".join(piece.text for piece in pieces(group.members[0].text)) in told


def test_the_same_files_give_the_same_page_in_any_order(seeds: list[Path]) -> None:
    """Nothing depends on who was named first."""
    assert comparison_html(compared(seeds)) == comparison_html(compared(seeds[::-1]))


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")
def test_seeds_and_families_fit_the_window_and_can_be_read(seeds: list[Path], shared: Path, tmp_path: Path) -> None:
    """At both widths and in both schemes, without a word on the console."""
    pages = [seeds, *(sorted(family.glob("*")) for family in families(shared))]
    with browser() as tab:
        for number, paths in enumerate(pages):
            path = tmp_path / f"{number}.html"
            path.write_text(comparison_html(compared(paths)), encoding="utf-8")
            assert_fits(tab, path, 400, dark=bool(number % 2))
            assert_fits(tab, path, 1440, dark=not number % 2)
        assert tab.logged == []
