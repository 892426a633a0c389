"""The page is one safe, closed document that says what the comparison holds."""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from urllib.parse import unquote

import pytest

from agentgen.compare.model import Comparison, Evidence, KeyStatus, Relation, Status
from agentgen.report.html import comparison_html
from agentgen.report.review import review
from tests.report import made

from .reading import Element, read

HOSTILE = "\"'><script>window.pwned=1</script><img src=x onerror=window.pwned=1>&lt;{{ 7*7 }}"


def shown(comparison: Comparison) -> Element:
    return read(comparison_html(comparison))


@pytest.fixture(scope="module")
def page() -> Element:
    return shown(made.two())


def hostile() -> Comparison:
    """Two variants with markup in every place that text can come from."""
    text = f"---\nname: x\n{HOSTILE}\n---\n# Agent\n\n## {HOSTILE}\n\n- {HOSTILE}\n- twice {HOSTILE}\n"
    both = [made.variant(name + HOSTILE, text + f"- alone in {name}\n") for name in "ab"]
    groups = [(Relation.EQUIVALENT, [(both[0].id, 0), (both[1].id, 1)])]
    heading = next(section.heading for section in both[0].document.sections if section.level == 2)
    assert heading is not None
    keys = [made.key("tools" + HOSTILE, KeyStatus.DIFFERENT, {one.id: (HOSTILE, one.id) for one in both})]
    conflicts = [made.conflict(HOSTILE, *((one.id, HOSTILE, f"quote {HOSTILE}") for one in both))]
    return made.comparison(both, [made.topic(both, heading, Status.EDITED, groups)], keys, conflicts)


def test_nothing_on_the_page_is_loaded_or_run(page: Element) -> None:
    """No script, image, frame, form or link leaves the page; the policy forbids all but the one style by its hash."""
    allowed = {
        "a",
        "article",
        "b",
        "blockquote",
        "body",
        "code",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "footer",
        "h1",
        "h2",
    }
    allowed |= {
        "h3",
        "head",
        "header",
        "html",
        "ins",
        "li",
        "main",
        "mark",
        "meta",
        "nav",
        "p",
        "rect",
        "section",
        "small",
    }
    allowed |= {"span", "strong", "style", "summary", "svg", "table", "tbody", "td", "tfoot", "th", "thead", "title"}
    allowed |= {"tr", "ul"}
    assert {one.name for one in page.walk()} <= allowed
    assert all(one.attributes["href"].startswith("#") for one in page.all("a"))
    assert not [one for one in page.walk() if {"style", "src", "srcset"} & one.attributes.keys()]
    assert not [name for one in page.walk() for name in one.attributes if name.startswith("on")]
    [style] = page.all("style")
    digest = base64.b64encode(hashlib.sha256(style.text.encode()).digest()).decode()
    [policy] = [one.attributes["content"] for one in page.all("meta") if "http-equiv" in one.attributes]
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    assert "url(" not in style.text
    assert "@import" not in style.text


def test_markup_in_the_files_stays_text() -> None:
    """Headings, items, names, paths, keys, values, quotes and findings are shown as they are and make no element."""
    page = shown(hostile())
    assert not page.all("script")
    assert not page.all("img")
    assert not [name for one in page.walk() for name in one.attributes if name.startswith("on")]
    for part in ("matrix", "topics", "frontmatter", "conflicts", "findings"):
        assert "<script>" in page.by_id(part).text


@pytest.mark.parametrize("comparison", [made.two(), hostile()], ids=["two", "hostile"])
def test_every_link_has_its_place_and_every_anchor_is_unique(comparison: Comparison) -> None:
    """No dead link, no anchor twice."""
    page = shown(comparison)
    anchors = Counter(one.attributes["id"] for one in page.walk() if "id" in one.attributes)
    assert max(anchors.values()) == 1
    links = [unquote(one.attributes["href"][1:]) for one in page.all("a")]
    assert set(links) <= anchors.keys()


def test_hidden_characters_are_made_visible() -> None:
    """Zero-width, bidi, control characters and stray bytes become labels, in text and in attributes."""
    text = "# Agent\n\n## Sec\u200burity\n\n- Do \u202eevil\u202c and \x1b[31mred \udce9\n"
    both = [made.variant(name, text) for name in "ab"]
    html = comparison_html(made.comparison(both, [made.topic(both, "Sec\u200burity", Status.EDITED)]))
    assert not set("\u200b\u202e\u202c\x1b\udce9") & set(html)
    labels = [one.text for one in read(html).all("span", "hidden")]
    assert {"U+200B", "U+202E", "U+202C", "U+001B", "\\xe9"} <= set(labels)
    html.encode("utf-8")


def test_the_verdict_comes_first(page: Element) -> None:
    """One sentence with the figures of the comparison, and the files."""
    [sentence] = page.all("p", "verdict")
    assert sentence.text == (
        "2 variants: 3 of 4 topics in more than one, 4 of 7 items said by more than one, 1 conflict, "
        "1 frontmatter key different."
    )
    [files] = page.all("ul", "files")
    assert "left left.md (4 sections, 4 items, tool-of-left)" in files.text


def test_every_cell_of_the_matrix_leads_to_its_row(page: Element) -> None:
    """Shared topics are rows with a linked cell for each variant; the last line leads to the topics of one variant."""
    [matrix] = page.all("table", "matrix")
    rows = [row for row in matrix.all("tr") if row.all("td")]
    told = {
        row.all("th")[0].text: [(cell.text, cell.all("a")[0].attributes["href"]) for cell in row.all("td") if cell.text]
        for row in rows
    }
    assert told == {
        "Security": [("≈1/2", "#t-security"), ("≈1/2", "#t-security")],
        "Agent": [("heading", "#t-agent"), ("heading", "#t-agent")],
        "Style": [("=1/1", "#t-style"), ("=1/1", "#t-style")],
        "Only in one": [("1", "#only-left")],
    }
    assert "Notes" in page.by_id("alone").text


def test_absent_and_conflicting_cells_are_told_in_words() -> None:
    """A cell without a section says so to a screen reader; one that is quoted in a conflict carries a flag."""
    three = [made.variant(name, "# Agent\n\n## Speed\n\n- p95 below 100 ms\n") for name in "ab"]
    three.append(made.variant("c", "# Agent\n"))
    conflict = made.conflict("p95", ("a", "100 ms", "p95 below 100 ms"), ("b", "50 ms", "p95 below 50 ms"))
    quoted = conflict._replace(members=tuple(member._replace(item=0) for member in conflict.members))
    page = shown(made.comparison(three, [made.topic(three, "Speed", Status.PARTIAL)], (), [quoted]))
    [matrix] = page.all("table", "matrix")
    labels = [one.attributes.get("aria-label") or one.attributes["title"] for one in matrix.all("a") if one.all("span")]
    assert labels == [
        "“Speed” in a: 0 of 1 item said by others too, 1 alone, 1 conflict",
        "“Speed” in b: 0 of 1 item said by others too, 1 alone, 1 conflict",
        "Speed: not in c",
    ]
    assert [len(cell.all("b", "flag")) for cell in matrix.all("td")] == [1, 1, 0]
    assert page.by_id("t-speed").all("a", "flag")[0].attributes["href"] == "#c-p95"


def test_a_row_sets_the_wordings_side_by_side(page: Element) -> None:
    """A column for each variant; the words that not all have are marked; what one says alone stands below."""
    row = page.by_id("t-security")
    assert [one.text for one in row.all("th") if one.attributes.get("scope") == "col"] == [
        "leftSecurity, lines 3–6",
        "rightSecurity, lines 3–6",
    ]
    [together] = row.all("tbody", "equivalent")
    assert [cell.text for cell in together.all("td")] == [
        "leftValidate every input at the boundaryline 5",
        "rightCheck every input at the boundaryline 5",
    ]
    assert [one.text for one in together.all("mark")] == ["Validate", "Check"]
    [alone] = row.all("tbody", "only")
    assert [cell.text for cell in alone.all("td")] == ["leftRotate keys monthlyline 6", "rightLog each loginline 6"]


def test_equal_words_are_shown_once_with_all_who_say_them(page: Element) -> None:
    """What agrees takes one cell across all columns, and its row is closed."""
    [cell] = page.by_id("t-style").all("td")
    assert cell.text == "Short functionsleft line 10, right line 10"
    closed = [one for one in page.all("details", "topic") if "open" not in one.attributes]
    assert [one.all("h3")[0].text for one in closed] == ["Notes", "Style", "Agent"]


def test_an_item_compared_elsewhere_is_shown_with_the_way_there() -> None:
    """A moved statement stands in the row of its group with the topic it comes from, and is pointed to from there."""
    left = made.variant("a", "# Agent\n\n## Api\n\n- Allow known origins\n\n## Safety\n\n- Hash passwords\n")
    right = made.variant("b", "# Agent\n\n## Api\n\n- Use nouns\n\n## Safety\n\n- Only allow known origins\n")
    both = [left, right]
    api = made.topic(both, "Api", Status.EDITED, [(Relation.EQUIVALENT, [("a", 0), ("b", 1)])])
    api = api._replace(items=(api.items[0]._replace(moved=True), *api.items[1:]))
    safety = made.topic(both, "Safety", Status.EDITED)
    safety = safety._replace(items=tuple(group for group in safety.items if group.members[0].variant == "a"))
    page = shown(made.comparison(both, [api, safety]))
    assert "Only allow known originsline 9 under Safety" in page.by_id("t-api").text
    [pointer] = page.by_id("t-safety").all("tbody", "elsewhere")
    assert "Only allow known originsline 9 under Api" in pointer.text
    assert pointer.all("a")[0].attributes["href"] == "#t-api"


def test_a_row_says_why_it_was_made() -> None:
    """Evidence with its weight, how sure the row is, and what else is near."""
    both = [made.variant(name, "# Agent\n\n## Speed\n\n- Be quick\n\n## Cost\n\n- Be cheap\n") for name in "ab"]
    speed = made.topic(both, "Speed", Status.SAME)._replace(
        evidence=(Evidence("heading", 0.9, "speed"), Evidence("words", 0.42)),
        confidence=0.876,
        see_also=("cost",),
    )
    page = shown(made.comparison(both, [speed, made.topic(both, "Cost", Status.SAME)]))
    [why] = page.by_id("t-speed").all("p", "why")
    assert why.text.startswith("One row because of heading 90 % (speed); words 42 %: 88 % sure. See also Cost. ")


def test_the_frontmatter_marks_what_not_all_have(page: Element) -> None:
    """Permissions first, entries of a list marked one by one, equal values once."""
    [table] = page.all("table", "keys")
    first, second = table.all("tbody")[0].all("tr")
    assert first.all("th")[0].text == "tools differentpermission"
    assert [one.text for one in first.all("mark")] == ["Grep", "Bash"]
    assert second.all("th")[0].text == "model same"
    assert [cell.attributes["colspan"] for cell in second.all("td")] == ["2"]


def test_a_long_list_is_folded_behind_its_first_entries() -> None:
    """All entries are on the page; those beyond a dozen wait in a fold."""
    both = [made.variant(name, "# Agent\n") for name in "ab"]
    values = {"a": tuple(f"Tool{number}" for number in range(40)), "b": ("Tool0",)}
    page = shown(
        made.comparison(
            both, [made.topic(both, "Agent", Status.SAME)], [made.key("tools", KeyStatus.DIFFERENT, values)]
        )
    )
    [table] = page.all("table", "keys")
    [fold] = table.all("details")
    assert fold.text.startswith("and 28 more")
    assert len(table.all("li")) == 41


def test_a_conflict_shows_value_quote_and_place_of_each_side(page: Element) -> None:
    """The value is marked inside the quote."""
    side = page.by_id("c-p95-latency").all("li")[0]
    assert side.text == "left100 msp95 < 100 msline 7"
    assert [one.text for one in side.all("mark")] == ["100 ms"]


def test_nearness_and_tokens_are_given_for_every_variant(page: Element) -> None:
    """Four of seven items are shared between the two; the bars carry the totals."""
    [table] = page.all("table", "nearness")
    assert [cell.text for cell in table.all("td") if "near" in cell.classes] == ["57%", "57%"]
    [bars] = page.all("ul", "bars")
    assert len(bars.all("li")) == 2
    [tokens] = page.all("table", "tokens")
    columns = list(zip(*([int(cell.text or 0) for cell in row.all("td")] for row in tokens.all("tr")[1:]), strict=True))
    assert [sum(column) for column in columns] == [int(one.text) for one in bars.all("b")]


def test_what_is_not_there_has_no_empty_part() -> None:
    """Without frontmatter, conflicts, findings and lone topics their parts and their links are left out."""
    twins = [made.variant(name, "# Agent\n\n- Be kind\n") for name in "ab"]
    page = shown(
        made.comparison(twins, [made.topic(twins, "Agent", Status.SAME, [(Relation.SAME, [("a", 0), ("b", 0)])])])
    )
    [nav] = page.all("nav")
    parts = [one.attributes["href"][1:] for one in nav.all("a")]
    assert parts == ["matrix", "nearness", "tokens", "topics", "tokens-by-topic"]
    assert [one.attributes["id"] for one in page.all("section")] == parts


def test_many_variants_scroll_inside_their_tables() -> None:
    """With more columns than fit, each wide table sits in a region of its own that the keyboard reaches."""
    many = [made.variant(f"v{number:02}", "# Agent\n\n- Be kind\n") for number in range(20)]
    groups = [(Relation.SAME, [(one.id, 0) for one in many])]
    page = shown(made.comparison(many, [made.topic(many, "Agent", Status.SAME, groups)]))
    regions = page.all("div", "scroll")
    assert {"Who says what", "Nearness", "Agent", "Tokens by topic"} == {
        one.attributes["aria-label"] for one in regions
    }
    assert {one.attributes["tabindex"] for one in regions} == {"0"}


def test_one_variant_alone_is_shown_too() -> None:
    """There is nobody to be near to, but its topics are there."""
    one = [made.variant("a", "# Agent\n\n- Be kind\n")]
    page = shown(made.comparison(one, [made.topic(one, "Agent", Status.ONLY)]))
    assert "nearness" not in {part.attributes["id"] for part in page.all("section")}
    assert "Be kind" in page.by_id("t-agent").text


def test_a_review_comes_first_with_deleted_and_inserted_words() -> None:
    """Permissions on top, then the rules by what happened to them; the comparison follows."""
    comparison = made.two()
    page = read(comparison_html(comparison, review(comparison, "left", "right")))
    [nav] = page.all("nav")
    assert nav.all("a")[0].attributes["href"] == "#changes"
    changes = page.by_id("changes")
    assert [one.text for one in changes.all("h3")] == [
        "What the agent may do 1",
        "Rules removed 2",
        "Rules added 1",
        "Rules reworded 1",
        "Sections 1",
    ]
    tools, *_, reworded, section = changes.all("li")
    assert [(one.name, one.text) for one in tools.walk() if one.name in ("ins", "del")] == [
        ("ins", "Bash"),
        ("del", "Grep"),
    ]
    assert "the agent may do more here and less there" in tools.text
    assert [one.text for one in (*reworded.all("del"), *reworded.all("ins"))] == ["Validate", "Check"]
    assert section.text == "removed: Notes, line 12"
