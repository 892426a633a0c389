"""Promise 2: files are read as their authors meant, and each repair is a finding with its place and its fix."""

from __future__ import annotations

import string
from pathlib import Path

import pytest
import yaml
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from agentgen.document.model import Dialect, Document, ItemKind, SectionKind
from agentgen.document.read import read_document
from agentgen.findings import apply_fixes
from agentgen.source import Source, encode, read_source
from tests.conftest import corpus_paths, seed_paths

_many = settings(max_examples=300)

_SENTENCES = st.text(
    alphabet=string.ascii_letters + string.digits + " .,:;'\"#*&!?-_()[]{}<>@%|`/é", min_size=1, max_size=60
)


def _read(text: str) -> Document:
    return read_document(Source("a.md", encode(text)))


def _mended(document: Document) -> Document:
    """The document after all fixes of its frontmatter."""
    found = [each for each in document.findings if each.code.startswith("frontmatter")]
    return _read(apply_fixes(document.source.text, [each.fix for each in found if each.fix]))


@_many
@given(_SENTENCES)
@example("Ask: it")
@example('Says "hello" twice')
@example("*")
@example("{{NAME}}")
@example("a #12 b")
def test_an_unquoted_description_is_read_as_it_was_written(sentence: str) -> None:
    """Whatever stands behind the colon is the description, as long as no YAML syntax of its own is meant."""
    written = sentence.strip()
    assume(written and written not in ("null", "~") and not _means_yaml(written))
    document = _read(f"---\nname: a\ndescription: {written}\nmodel: sonnet\n---\n# A\n")
    assert document.frontmatter.values == {"name": "a", "description": written, "model": "sonnet"}
    mended = _mended(document)
    assert mended.frontmatter.dialect is Dialect.STRICT
    assert mended.frontmatter.values == document.frontmatter.values
    strict = yaml.safe_load(mended.source.text.split("---\n")[1])["description"]
    assert strict == written or not isinstance(strict, str)  # a number or a date that needs no repair here


def _means_yaml(text: str) -> bool:
    """A comment, quotes around all, a flow collection, a block scalar, a tag or an anchor: YAML that may be meant."""
    return " # " in text or text.endswith(" #") or text[0] in "\"'[{|>!&#" or text.startswith(("- ", "? "))


@given(st.lists(_SENTENCES, min_size=1, max_size=4))
def test_written_line_breaks_are_line_breaks(sentences: list[str]) -> None:
    """The two characters `\\n` between sentences give as many lines."""
    lines = [f"word {sentence.strip()}".strip() for sentence in sentences]
    assume(not any("#" in line for line in lines))
    document = _read("---\ndescription: " + "\\n".join(lines) + "\n---\n")
    assert document.frontmatter.values["description"] == "\n".join(lines)
    assert _mended(document).frontmatter.values == document.frontmatter.values


_KEY_LINES = (
    *(
        "name: a",
        "description: b: c",
        "description: x\\ny",
        'description: "a" b',
        "description: a #1",
        "description: >",
    ),
    *("tools: [x", "tools: *", "- z", "  - y", "key:", "  more", "Foo: bar", "user: x", "# c", "## H", "text", ""),
    *(
        "name:a",
        "model: @x",
        "desc: |",
        "  l1: l2",
        "l1",
        "'q",
        "a: 'b",
        "{{x}}: y",
        "? a",
        "\tx",
        "é: ü",
        "skills: [a]",
    ),
    *("x: {a: b", "\u2028", "model: \x07", "---", "-----", "...", "<!-- c -->", "```markdown", "<!--", "-->"),
)
_BLOCK = st.lists(st.sampled_from(_KEY_LINES), max_size=10).map(lambda lines: "".join(f"{line}\n" for line in lines))
_ABOVE = st.sampled_from(("---\n", "---\n", "", "\n---\n", "<!-- x -->\n---\n", "```md\n---\n", "<!--\n---\n"))


@_many
@given(st.tuples(_ABOVE, _BLOCK, st.sampled_from(("---\n", "-----\n", "")), _BLOCK).map("".join))
def test_the_fixes_of_any_frontmatter_give_strict_yaml_with_the_same_values(text: str) -> None:
    """Wherever every finding offers a fix; what is refused as unsafe is left to a person."""
    document = _read(text)
    found = [each for each in document.findings if each.code.startswith("frontmatter")]
    repairs = [each for each in found if each.code not in ("frontmatter-duplicate-key", "frontmatter-second-block")]
    assert bool(repairs) == (document.frontmatter.dialect is Dialect.REPAIRED)
    if all(each.fix and each.fix.edits for each in repairs):
        mended = _mended(document)
        assert mended.frontmatter.values == document.frontmatter.values
        assert mended.frontmatter.dialect is not Dialect.REPAIRED


_LABELS = st.sampled_from(("Run:", "**Output:**", "## Result"))
_LANGUAGES = st.sampled_from(("sh", "json", "yaml", "[language]"))
_SAMPLES = st.tuples(_LABELS, _LANGUAGES, st.lists(st.sampled_from(("a", "b: c", "{}")), min_size=1, max_size=3)).map(
    lambda sample: f"{sample[0]}\n```{sample[1]}\n" + "\n".join(sample[2]) + "\n```\n\n"
)


@given(st.lists(_SAMPLES, min_size=1, max_size=5), st.integers(0, 3), st.integers(0, 3))
def test_a_template_that_holds_samples_is_one_item(samples: list[str], before: int, after: int) -> None:
    """However many samples it holds and whatever stands around it, the sections behind it are read."""
    block = "```sh\nls\n```\n\n"
    above = "".join(f"## Before {at}\n\n{block}" for at in range(before))
    below = "".join(f"## After {at}\n\n{block}" for at in range(after))
    template = "```markdown\n# Report\n\n" + "".join(samples) + "## End\n\n- done\n```\n\n"
    document = _read(f"# A\n\n{above}## Template\n\n{template}{below}# Z\n")
    headings = [
        "A",
        *(f"Before {at}" for at in range(before)),
        "Template",
        *(f"After {at}" for at in range(after)),
        "Z",
    ]
    assert [section.heading for section in document.sections] == headings
    [item] = document.items_of("template")
    assert item.text == template.strip()
    [found] = [each for each in document.findings if each.code == "fence-closes-early"]
    assert found.line == item.line
    assert f"line {item.end_line}" in found.message


@given(
    st.lists(st.tuples(st.sampled_from(("sh", "", "markdown", "python")), st.integers(0, 3)), min_size=1, max_size=8)
)
def test_blocks_side_by_side_stay_side_by_side(blocks: list[tuple[str, int]]) -> None:
    """Sound fences are never taken for a template, whatever they hold."""
    parts = [
        f"## S{at}\n\n```{language}\n" + "# c\n" * lines + "x\n```\n" for at, (language, lines) in enumerate(blocks)
    ]
    document = _read("\n".join(parts))
    assert [section.heading for section in document.sections] == [f"S{at}" for at in range(len(blocks))]
    assert all(item.kind is ItemKind.CODE for item in document.items)
    assert not document.findings


@given(st.lists(st.tuples(st.integers(1, 6), st.sampled_from("abc")), max_size=12))
def test_headings_make_a_sane_tree(heads: list[tuple[int, str]]) -> None:
    """A parent is the nearest heading above with a higher rank; subtrees hold their children and nothing else."""
    document = _read("\n".join(f"{'#' * level} {title}" for level, title in heads))
    assert [section.level for section in document.sections] == [level for level, _ in heads]
    for index, section in enumerate(document.sections):
        above = [other for other in document.sections[:index] if other.level < section.level]
        assert section.parent == (above[-1].id if above else None)
        below = [other for other in document.sections[index + 1 :] if other.span.start < section.subtree.end]
        assert all(other.level > section.level for other in below)
        assert all(document.section(other.parent or "").subtree.end <= section.subtree.end for other in below)


@pytest.mark.corpus
def test_no_line_of_code_is_a_heading_of_a_real_file(corpus: list[Path]) -> None:
    """No section begins inside a code item, and each ATX heading's line begins with its marks."""
    for path in (*seed_paths(), *corpus_paths()):
        document = read_document(read_source(path))
        code = {
            line
            for item in document.items
            if item.kind is ItemKind.CODE
            for line in range(item.line, item.end_line + 1)
        }
        for section in document.sections:
            assert section.line not in code or section.kind is SectionKind.PREAMBLE
            if section.kind is SectionKind.ATX:
                assert document.source.slice(section.heading_span).lstrip(" ").startswith("#" * section.level)
