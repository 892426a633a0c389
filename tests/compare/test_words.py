"""Normal forms, stems and weighted terms."""

from __future__ import annotations

import math

import pytest

from agentgen.compare.words import TfIdf, cosine, normal_form, stem, stems, tokens

SAME = [
    ("- Write tests", "* Write tests"),
    ("1. Write tests\n2. Run them", "7) Write tests\n8) Run them"),
    ("- [ ] Write tests", "- Write tests"),
    ("Write **bold** tests", "Write __bold__ tests"),
    ("Write *some* tests", "Write _some_ tests"),
    ("***Both***: yes", "Both: yes"),
    ("One line\nand another", "One line and another"),
    ("One line\r\nand another", "One line and another"),
    ("Two  blanks\tand a tab", "Two blanks and a tab"),
    ("```js\nlet a = 1\n```", "~~~~js\nlet a = 1\n~~~~"),
    ("    let a = 1\n    let b", "```\nlet a = 1\nlet b\n```"),
    ("| a|b |", "|  a  |  b  |"),
    ("## Rules ##", "# Rules"),
    ("> a quote\n> goes on", "> a quote goes on"),
    (r"snake\_case", "snake_case"),
    ("``a code span``", "`a code span`"),
    ("a line\\\nbroken", "a line broken"),
]

DIFFERENT = [
    ("Never push", "Always push"),
    ("Never push", "never push"),
    ("Push 3 times", "Push 4 times"),
    ("- > 80 % coverage", "- 80 % coverage"),
    ("takes up to\n30. Then", "takes up to\n40. Then"),
    ("- [x] done", "- [ ] done"),
    ("Use `*.py`", "Use `.py`"),
    ("Run `a  b` now", "Run `a b` now."),
    ("2*3*4", "234"),
    ("src/*.ts and lib/*.ts", "src/.ts and lib/.ts"),
    ("__init__.py", "init.py"),
    ("snake_case_name", "snakecasename"),
    ("~~old~~ new", "old new"),
    ("```\na\nb\n```", "```\na b\n```"),
    ("```\n  a\n```", "```\na\n```"),
    ("```js\na\n```", "```ts\na\n```"),
    ("[text](here)", "[text](there)"),
    ("a < b", "a > b"),
    ("with a\u200bjoiner", "with ajoiner"),
    ("Why?", "Why!"),
]


@pytest.mark.parametrize(("one", "two"), SAME)
def test_formatting_makes_no_difference(one: str, two: str) -> None:
    """Bullets, numbers, emphasis, line breaks, fences and other layout are left out."""
    assert normal_form(one) == normal_form(two)


@pytest.mark.parametrize(("one", "two"), DIFFERENT)
def test_meaning_makes_a_difference(one: str, two: str) -> None:
    """Words, numbers, negation, code and telling punctuation are kept."""
    assert normal_form(one) != normal_form(two)


def test_a_normal_form_is_its_own_normal_form() -> None:
    """Taking it twice changes nothing more."""
    for text in {text for pair in SAME for text in pair}:
        assert normal_form(normal_form(text)) == normal_form(text)


@pytest.mark.parametrize(
    "family",
    [
        "optimize optimizing optimized optimization optimizer optimise",
        "validate validation validator validating",
        "document documentation documents documenting",
        "deploy deployment deploying deployed",
        "query queries querying",
        "cache caching caches cached",
        "plan planning plans planned",
        "architect architecture architectural architectures",
        "perform performance performant performing",
        "code codes",
        "capability capabilities",
    ],
)
def test_words_of_one_family_have_one_stem(family: str) -> None:
    """Inflections and common derivations fall together."""
    assert len({stem(word) for word in family.split()}) == 1


@pytest.mark.parametrize(
    ("one", "two"), [("cors", "core"), ("test", "text"), ("policy", "police"), ("state", "statement")]
)
def test_different_words_keep_different_stems(one: str, two: str) -> None:
    """Stemming is light."""
    assert stem(one) != stem(two)


def test_tokens_leave_out_what_says_nothing() -> None:
    """Stop words, single letters and link targets are out; numbers, camel-case parts and order are kept."""
    assert tokens("You should use the API: see [docs](https://x.y/z) for rateLimit 42") == (
        "api",
        "see",
        "doc",
        "rate",
        "limit",
        "42",
    )
    assert stems("when to use") == ("when", "to", "use")


def test_rare_terms_weigh_more_than_common_ones() -> None:
    """A term that stands in few texts says more; a term never seen weighs as one seen once."""
    index = TfIdf([("api", "cache"), ("api", "queue"), ("api", "cache")])
    assert index.weight("queue") > index.weight("cache") > index.weight("api")
    assert index.weight("never") == index.weight("queue")


def test_vectors_have_unit_length_and_know_word_pairs() -> None:
    """Cosines go from 0 for nothing shared to 1 for the same words; the order of words counts through pairs."""
    index = TfIdf([("rate", "limit"), ("limit", "rate"), ("other", "words")])
    first, second, third = (index.vector(words) for words in (("rate", "limit"), ("limit", "rate"), ("other", "words")))
    assert math.isclose(sum(weight**2 for weight in first.values()), 1.0)
    assert math.isclose(cosine(first, first), 1.0)
    assert 0 < cosine(first, second) < 1
    assert cosine(first, third) == 0
    assert index.vector(()) == {}
    assert TfIdf([("rate", "limit")], bigrams=False).vector(("rate", "limit")).keys() == {"rate", "limit"}
