"""The page in a real browser: silent, alone, as wide as the window, readable in both schemes, usable by keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from agentgen.report.html import comparison_html
from agentgen.report.review import review
from tests.report import made

from .browser import CHROMIUM, Page, browser
from .test_page import hostile

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine"),
    pytest.mark.xdist_group("browser"),
]

WIDTHS = [400, 768, 1440]

FAINT_TEXT = """
(() => {
  const channel = c => (c /= 255) <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  const light = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
  const parse = text => { const n = text.match(/[\\d.]+/g).map(Number); return n.length < 4 ? [...n, 1] : n; };
  const over = (top, below) => top.slice(0, 3).map((c, i) => c * top[3] + below[i] * (1 - top[3]));
  const grounds = new Map([[null, [255, 255, 255]]]);
  const behind = node => {
    if (!grounds.has(node))
      grounds.set(node, over(parse(getComputedStyle(node).backgroundColor), behind(node.parentElement)));
    return grounds.get(node);
  };
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !node.checkVisibility()) continue;
    const [ink, paper] = [parse(getComputedStyle(node).color), behind(node)].map(c => light(c));
    const ratio = (Math.max(ink, paper) + 0.05) / (Math.min(ink, paper) + 0.05);
    if (ratio < 4.5) found.push([node.className || node.tagName, walker.currentNode.data.slice(0, 30), ratio]);
  }
  return found;
})()
"""

CUT_OFF = """
[...document.querySelectorAll('body *')].filter(node => {
  const box = node.getBoundingClientRect();
  return box.width && node.checkVisibility() && !node.closest('.skip, .scroll')
    && (box.right > innerWidth + 1 || box.left < -1);
}).map(node => [node.tagName, node.className, node.textContent.slice(0, 30)])
"""


@pytest.fixture(scope="module")
def tab() -> Iterator[Page]:
    """One browser for the module; its log is cleared by whoever looks at it."""
    with browser() as page:
        yield page


@pytest.fixture
def two(tmp_path: Path) -> Path:
    comparison = made.two()
    return written(comparison_html(comparison, review(comparison, "left", "right")), tmp_path)


def written(html: str, folder: Path) -> Path:
    path = folder / "report.html"
    path.write_text(html, encoding="utf-8")
    return path


def assert_fits(tab: Page, path: Path, width: int, *, dark: bool) -> None:
    tab.open(path, width=width, dark=dark)
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    assert tab.evaluate(CUT_OFF) == []
    assert tab.evaluate(FAINT_TEXT) == []


def test_the_page_loads_in_silence_and_asks_for_nothing(tab: Page, two: Path) -> None:
    """No message on the console, no breach of the policy, no request but the file itself."""
    tab.logged.clear()
    tab.requested.clear()
    tab.open(two, width=1440)
    assert tab.evaluate("document.querySelectorAll('h2').length") >= 6
    assert tab.evaluate("getComputedStyle(document.querySelector('main')).display") == "grid"
    assert tab.logged == []
    assert tab.requested == [two.as_uri()]


def test_the_policy_is_in_force(tab: Page, two: Path) -> None:
    """A script, a style attribute or an image that somebody managed to put in would be refused by the browser."""
    smuggled = "<script>window.pwned=1</script><p style='color:red' id=red>x</p><img src='file:///x.png'></body>"
    two.write_text(two.read_text(encoding="utf-8").replace("</body>", smuggled), encoding="utf-8")
    tab.logged.clear()
    tab.open(two, width=1440)
    assert tab.evaluate("typeof window.pwned") == "undefined"
    assert tab.evaluate("getComputedStyle(document.getElementById('red')).color") != "rgb(255, 0, 0)"
    refused = [line for line in tab.logged if "Content Security Policy" in line]
    assert [line.split()[:3] for line in refused] == [
        ["Executing", "inline", "script"],
        ["Applying", "inline", "style"],
        ["Loading", "the", "image"],
    ]


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_the_page_fits_the_window_and_can_be_read(tab: Page, two: Path, width: int, dark: bool) -> None:
    """Nothing sticks out sideways, and every text stands out from its ground by at least 4.5 to 1."""
    assert_fits(tab, two, width, dark=dark)


@pytest.mark.parametrize("width", WIDTHS)
def test_unbreakable_and_hostile_text_does_not_burst_the_page(tab: Page, tmp_path: Path, width: int) -> None:
    """Names, headings and items of 300 letters without a blank, and markup, stay inside; nothing of it runs."""
    long = "x" * 300
    text = f"# Agent\n\n## {long}\n\n- {long}\n\n```\n{long}\n```\n"
    both = [made.variant(name + long, text) for name in "ab"]
    topic = made.topic(both, long, made.Status.EDITED)
    keys = [made.key(long, made.KeyStatus.DIFFERENT, {one.id: (long, one.id) for one in both})]
    conflicts = [made.conflict(long, *((one.id, long, long) for one in both))]
    for comparison in (made.comparison(both, [topic], keys, conflicts), hostile()):
        assert_fits(tab, written(comparison_html(comparison), tmp_path), width, dark=False)
        assert tab.evaluate("typeof window.pwned") == "undefined"


def test_many_variants_scroll_inside_their_tables(tab: Page, tmp_path: Path) -> None:
    """Twenty columns do not make the page wider; their tables scroll by themselves."""
    many = [made.variant(f"variant-{number:02}", "# Agent\n\n- Be kind\n") for number in range(20)]
    topics = [made.topic(many, "Agent", made.Status.EDITED)]
    path = written(comparison_html(made.comparison(many, topics)), tmp_path)
    assert_fits(tab, path, 400, dark=False)
    assert tab.evaluate("[...document.querySelectorAll('.scroll')].some(one => one.scrollWidth > one.clientWidth)")


def test_the_keyboard_reaches_the_comparison_at_once(tab: Page, two: Path) -> None:
    """The first stop is the way past the navigation; it is visible while it has the focus, and Enter follows it."""
    tab.open(two, width=1440)
    tab.press("Tab", 9)
    assert tab.evaluate("document.activeElement.className") == "skip"
    assert tab.evaluate("document.activeElement.getBoundingClientRect().left") >= 0
    assert tab.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    tab.evaluate("document.activeElement.click()")
    assert tab.evaluate("location.hash") == "#main"


def test_a_link_opens_the_closed_row_it_leads_to(tab: Page, two: Path) -> None:
    """Rows that agree are closed; following their cell opens them below the bar on top."""
    tab.open(two, width=1440, height=500)
    assert not tab.evaluate("document.getElementById('t-style').checkVisibility()")
    tab.go(two.as_uri() + "#t-style")
    assert tab.evaluate("document.getElementById('t-style').checkVisibility()")
    heading = "document.querySelector('details:has(#t-style) > summary').getBoundingClientRect().top"
    assert tab.evaluate(heading) >= tab.evaluate("document.querySelector('nav').getBoundingClientRect().bottom")


def test_print_shows_what_is_folded_on_the_screen(tab: Page, two: Path) -> None:
    """On paper nothing can be opened, so everything is; the navigation is left out."""
    tab.open(two, width=800, print_=True)
    folded: list[Any] = tab.evaluate(
        "[...document.querySelectorAll('details:not([open]) > :not(summary)')].map(one => one.offsetHeight)"
    )
    assert folded
    assert all(folded)
    assert tab.evaluate("getComputedStyle(document.querySelector('nav')).display") == "none"
