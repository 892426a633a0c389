"""Merging: decisions of a recipe whose input changed, and what a merge must tell."""

from __future__ import annotations

from agentgen.codes.model import Code, Severity

TABLE: tuple[Code, ...] = (
    Code(
        "recipe-section-unused",
        Severity.WARNING,
        "No topic of the recipe speaks of a section",
        "The section's text does not get into the profile, and nobody decided so. Add it to a topic, or to one with "
        "`drop: true`.",
        "(a variant got a new section)",
    ),
    Code(
        "recipe-variant-changed",
        Severity.INFO,
        "A variant changed since the recipe was written",
        "Decisions about what changed are shown again; the others hold.",
        "digest: sha256:…",
    ),
    Code(
        "recipe-key-undecided",
        Severity.WARNING,
        "Variants have a frontmatter key that the recipe does not mention",
        "The value of the first variant by precedence is used. Write the decision down.",
        "keys: {}",
    ),
    Code(
        "recipe-statement-not-found",
        Severity.WARNING,
        "A decision speaks of a statement that is not there",
        "The statement was reworded or removed, or its section is not taken, so the decision does nothing.",
        "items: [{statement: 'Use XML', drop: true}]",
    ),
    Code(
        "recipe-conflict-gone",
        Severity.INFO,
        "A decision speaks of a conflict that is over",
        "The variants agree by now, or one of them does not say it any more. The entry can be removed.",
        "conflicts: [{id: value-p95, pick: a}]",
    ),
    Code(
        "profile-name-changed",
        Severity.WARNING,
        "The name of the profile is not the one that the variant gives",
        "File names are made of a profile's name, so it holds small letters, digits and hyphens only.",
        "name: Senior Backend Engineer",
    ),
    Code(
        "merge-extension-differs",
        Severity.WARNING,
        "Two variants for the same tool give one of its own keys different values",
        "The value of the first variant by precedence is used.",
        "hidden: true",
    ),
    Code(
        "recipe-section-new",
        Severity.WARNING,
        "A variant has a section that the recipe did not know",
        "The recipe was given a decision about it, by its strategy. Look whether it is the right one.",
        "(a variant got a new section)",
    ),
    Code(
        "recipe-section-renamed",
        Severity.INFO,
        "A section that the recipe speaks of has another heading now",
        "The recipe follows it: the text is the same, or it stands in the same row.",
        "(## Security became ## Safety)",
    ),
    Code(
        "recipe-section-gone",
        Severity.WARNING,
        "A section that the recipe speaks of is gone",
        "The variant's row was removed from the topic, and the topic too where nothing else was in it.",
        "(a variant lost a section)",
    ),
    Code(
        "recipe-variant-new",
        Severity.INFO,
        "A variant is new",
        "Its sections were put into the rows that they are like, behind all others by precedence.",
        "(a file was added to variants/)",
    ),
    Code(
        "recipe-key-new",
        Severity.WARNING,
        "A frontmatter key is new",
        "The recipe was given a decision about it, by its strategy. Look whether it is the right one.",
        "(a variant got a color)",
    ),
    Code(
        "recipe-decision-stale",
        Severity.WARNING,
        "A decision was made on another input",
        "What the decision was made on has changed. It is carried out on the new text, and listed by every merge until "
        "somebody accepts it or decides anew.",
        "sections: {a: security@0123abcd}",
    ),
    Code(
        "merge-numbers-differ",
        Severity.WARNING,
        "Statements are alike but for their numbers",
        "One of them may be wrong, so neither stands for the other: the profile says both until the recipe drops or "
        "replaces one.",
        "- Answer within 2 hours",
    ),
)
