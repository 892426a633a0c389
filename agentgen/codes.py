"""The table of finding codes: what each means, how bad it is, and an example.

A code is a stable kebab-case name that people put into ignore lists; it keeps its meaning for ever. The example shows
the smallest input that gives the finding.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How bad: an error loses or changes what the author meant, a warning may, an info only tells."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Code:
    """An entry of the table."""

    code: str
    severity: Severity
    title: str
    explanation: str
    example: str


_TABLE: tuple[Code, ...] = (
    Code(
        "encoding-not-utf8",
        Severity.ERROR,
        "The file holds bytes that are not UTF-8",
        "Tools read agent files as UTF-8 and show a replacement character, or refuse the file. The bytes are kept as "
        "they are; save the file as UTF-8.",
        "caf\\xe9",
    ),
    Code(
        "encoding-utf16",
        Severity.ERROR,
        "The file is UTF-16 or UTF-32",
        "Tools read agent files as UTF-8, so nothing in this file reaches the agent as meant. The bytes are "
        "kept as they are; save the file as UTF-8.",
        "\\xff\\xfe# \\x00",
    ),
    Code(
        "file-binary",
        Severity.ERROR,
        "The file is not text",
        "The file holds NUL bytes, so it is not an agent file but something else under its name.",
        "\\x7fELF\\x00",
    ),
    Code(
        "frontmatter-value-needs-quotes",
        Severity.ERROR,
        "A value must be quoted",
        "A plain YAML value cannot hold `: ` or ` #` and cannot begin with a character that means something "
        "in YAML; strict tools refuse the whole file. The value is read as it stands.",
        "description: Example: ask for a review",
    ),
    Code(
        "frontmatter-stray-line",
        Severity.ERROR,
        "A line belongs to no key",
        "A value goes on at the left edge, where YAML expects a key. It is read as part of the value above.",
        "description: first line\nsecond line",
    ),
    Code(
        "frontmatter-not-yaml",
        Severity.ERROR,
        "The frontmatter is not YAML",
        "A strict YAML parser refuses this place. The keys around it are read line by line.",
        "hooks:\n  stop: run: x",
    ),
    Code(
        "frontmatter-unsafe-yaml",
        Severity.ERROR,
        "The frontmatter uses YAML that is never expanded",
        "Aliases, tags, deep nesting and huge blocks can make a small file grow without limit or mean more "
        "than they show. They are not followed.",
        "tools: !!python/object:os.system",
    ),
    Code(
        "frontmatter-duplicate-key",
        Severity.WARNING,
        "A key is given twice",
        "Parsers differ: some take the last value, some refuse the file. The last one is taken.",
        "name: a\nname: b",
    ),
    Code(
        "frontmatter-backslash-n",
        Severity.WARNING,
        "A plain value holds `\\n` as two characters",
        "In a plain or single-quoted value the two characters stay as they are; the author meant line breaks, "
        "which need double quotes. The value is read with line breaks.",
        "description: one\\ntwo",
    ),
    Code(
        "frontmatter-unclosed",
        Severity.ERROR,
        "The frontmatter has no closing line",
        "Without a `---` line below the keys, tools take the whole file, or none of it, as frontmatter. It is "
        "read as ending where the keys end.",
        "---\nname: a\n\n# Title",
    ),
    Code(
        "frontmatter-long-dashes",
        Severity.ERROR,
        "The frontmatter is closed by the wrong line",
        "Only three dashes close a frontmatter; a longer row is text to a tool. It is read as the end.",
        "---\nname: a\n-----",
    ),
    Code(
        "frontmatter-no-opening",
        Severity.ERROR,
        "The frontmatter has no opening line",
        "Keys at the top of a file are frontmatter only below a `---` line.",
        "name: a\n---",
    ),
    Code(
        "frontmatter-not-first",
        Severity.ERROR,
        "Something stands before the frontmatter",
        "Frontmatter counts only on the first line of a file. It is read from where it stands.",
        "# Title\n---\nname: a\n---",
    ),
    Code(
        "frontmatter-in-fence",
        Severity.ERROR,
        "The frontmatter stands in a code fence",
        "The file, or its top, is wrapped in a code fence, so tools see a sample and no frontmatter.",
        "```\n---\nname: a\n---\n```",
    ),
    Code(
        "frontmatter-in-comment",
        Severity.ERROR,
        "The frontmatter stands in an HTML comment",
        "Frontmatter counts only on the first line of a file, not inside a comment.",
        "<!--\n---\nname: a\n---\n-->",
    ),
    Code(
        "frontmatter-holds-body",
        Severity.ERROR,
        "The body stands inside the frontmatter",
        "The closing `---` comes so late that Markdown text lies inside the block. The block is read as "
        "ending where the keys end.",
        "---\nname: a\n\n## Title\ntext\n---",
    ),
    Code(
        "frontmatter-second-block",
        Severity.INFO,
        "A second block that looks like frontmatter",
        "Only the first block at the top counts; this one is read as text.",
        "---\nname: a\n---\n---\nname: b\n---",
    ),
    Code(
        "fence-closes-early",
        Severity.WARNING,
        "A code fence closes before its author meant it to",
        "A fence inside a fenced sample closes the sample, and the lines after it are read inside out by "
        "every Markdown parser. It is read as one block; a longer outer fence makes it one for everybody.",
        "```markdown\n```sh\ncode\n```\n```",
    ),
    Code(
        "fence-made-longer",
        Severity.INFO,
        "A code fence is longer in the profile than in its variant",
        "The variant's fence closes too early for Markdown parsers. Among the sections of other variants it would "
        "swallow what follows, so the profile has it as long as its author needed.",
        "```markdown\n```sh\ncode\n```\n```",
    ),
    Code(
        "fence-unclosed",
        Severity.WARNING,
        "A code fence is never closed",
        "Markdown parsers take everything up to the end of the file as code.",
        "```\ncode",
    ),
    Code(
        "fence-stray",
        Severity.WARNING,
        "A fence line closes nothing",
        "Markdown parsers take everything below it as code.",
        "text\n```\n\n# Title",
    ),
    Code(
        "heading-empty",
        Severity.WARNING,
        "A heading has no text",
        "Nobody can refer to it, and it says nothing about what stands under it.",
        "##",
    ),
    Code(
        "heading-skips-level",
        Severity.INFO,
        "A heading skips a level",
        "Its parent is the nearest heading of a higher rank.",
        "# A\n### B",
    ),
    Code(
        "heading-repeated",
        Severity.INFO,
        "Two sections have the same heading under the same parent",
        "They get numbered ids in file order.",
        "## A\n## A",
    ),
    Code(
        "heading-needs-space",
        Severity.WARNING,
        "A heading has no space behind its `#`",
        "Markdown parsers read the line as text. It is read as a heading.",
        "##Title",
    ),
    Code(
        "heading-accidental",
        Severity.WARNING,
        "A line below a paragraph makes a heading of it",
        "Markdown parsers read a paragraph with `---` right below as a heading; a rule needs a blank line "
        "above. It is read as a paragraph and a rule.",
        "A sentence of text.\n---",
    ),
    Code(
        "heading-in-html",
        Severity.WARNING,
        "A heading is hidden by an HTML tag above it",
        "Without a blank line between them, Markdown parsers take the heading as part of the HTML. It is read "
        "as a heading.",
        "<role>\n# Title",
    ),
    Code(
        "dead-key",
        Severity.WARNING,
        "The tool never reads this key",
        "The key looks like one that the tool has, in another spelling. The tool ignores it without a word, so what it "
        "says never had an effect. The value is taken as it was meant.",
        "reasoning_effort: high",
    ),
    Code(
        "tool-retired",
        Severity.INFO,
        "The tool list names a tool that no longer exists",
        "Old files name tools that have since been merged into others. The name is read as what took its place.",
        "tools: MultiEdit",
    ),
    Code(
        "tool-unknown",
        Severity.WARNING,
        "The tool list names a tool that is not known",
        "An unknown name selects nothing: the agent has one tool less than its author meant. Often it is the name that "
        "another tool uses.",
        "tools: Red",
    ),
    Code(
        "tool-category",
        Severity.INFO,
        "The tool list is one word for several tools",
        "A category is read as the tools that its documentation names, and written out as these.",
        "tools: read-only",
    ),
    Code(
        "permission-asks",
        Severity.INFO,
        "A tool asks before it runs, and most tools' files cannot say that",
        "Where permissions become a list of tools, a tool that asks first is an allowed one. The tool that it came "
        "from gets the rule back as it was.",
        "permission: {bash: ask}",
    ),
    Code(
        "value-not-understood",
        Severity.WARNING,
        "The value is of a type that the key cannot have",
        "The value is kept as it is and goes back only to the tool that it came from.",
        "maxTurns: many",
    ),
    Code(
        "output-name-refused",
        Severity.ERROR,
        "The target does not take the agent's name",
        "The tool would skip the file, or list the agent under another name. Rename the agent.",
        "name: a-name-that-is-reserved",
    ),
    Code(
        "output-field-missing",
        Severity.ERROR,
        "A field that the target needs has no value",
        "Without it the tool does not load the file. Add the field to the profile.",
        "description: ''",
    ),
    Code(
        "output-body-refused",
        Severity.ERROR,
        "The target does not take a prompt of this length",
        "The tool skips a file without a prompt, or with one that is too short or too long.",
        "(an empty body)",
    ),
    Code(
        "output-too-long",
        Severity.WARNING,
        "A text is longer than the target recommends",
        "The tool loads the file with a warning, or cuts the text.",
        "description: (600 characters)",
    ),
    Code(
        "output-not-read-back",
        Severity.ERROR,
        "The rendered file does not read back as what was meant",
        "The file was read again before writing, and something differs. The template is wrong, or the text holds "
        "characters that the format cannot hold.",
        "(a template that forgets the body)",
    ),
    Code(
        "output-read-otherwise",
        Severity.WARNING,
        "The target reads a value otherwise than it was written",
        "The tool changes the text after reading it, and no way of writing prevents that. Reword the text.",
        "description: a backslash and an n (\\n), which a tool takes for a line break",
    ),
    Code(
        "approval-stale",
        Severity.WARNING,
        "An approval approves nothing",
        "The rendering does no longer do what the approval speaks of. Remove it, so that it does not hide a later one.",
        "approvals: [{target: x, field: color, kind: drop}]",
    ),
    Code(
        "prose-names-tool",
        Severity.INFO,
        "The text names a tool that the target has under another name, or not at all",
        "The agent reads the instruction literally and looks for a tool of that name.",
        "Use `TodoWrite` to plan.",
    ),
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
        "not-loaded",
        Severity.ERROR,
        "The tool that the file is for does not load it",
        "The tool's own loader was imitated on the file's bytes, and no agent comes out: the frontmatter cannot be "
        "read, a key that it needs is missing, or a value is of a type that it refuses. Nobody is told; the agent is "
        "simply not there. `agentgen targets NAME` says which version of the tool this was seen with.",
        "---\nname: a\ndescription: ends with a colon:\n---",
    ),
    Code(
        "loads-otherwise",
        Severity.WARNING,
        "The tool loads another value than the one that was meant",
        "The frontmatter is read, but a value comes out changed: cut off at ` #` or `---`, with quotes as part of "
        "it, or as a number. The tool works with what it sees.",
        "---\nname: a\ndescription: fix issue #12 now\n---",
    ),
    Code(
        "not-portable",
        Severity.WARNING,
        "Other tools cannot read this file",
        "Tools read the same frontmatter with different parsers: strict ones refuse the whole file where others "
        "repair it. Some tools also look into the folders of others, so a file can be there in one and missing in "
        "the next.",
        "---\nname: a\ndescription: Use when: x\n---",
    ),
    Code(
        "other-schema",
        Severity.INFO,
        "Other tools want other keys",
        "The frontmatter can be read, but has a key or a type of value that these tools refuse. `agentgen convert` "
        "or a profile makes the file that they take.",
        "tools: Read, Grep",
    ),
    Code(
        "loads-otherwise-elsewhere",
        Severity.INFO,
        "Other tools see other values",
        "The frontmatter can be read by these tools, but a value comes out changed. It matters where the same file "
        "is used there as well.",
        'description: "in quotes"',
    ),
    Code(
        "file-bom",
        Severity.WARNING,
        "The file begins with a byte-order mark",
        "Some tools look for `---` at the very first byte and find no frontmatter behind the mark. UTF-8 needs none.",
        "\\ufeff---\nname: a\n---",
    ),
    Code(
        "frontmatter-missing",
        Severity.WARNING,
        "The file has no frontmatter",
        "Name and description stand in the frontmatter; without it no tool lists the agent, or it gets the file's "
        "name and every tool.",
        "# Reviewer\n\nYou review.",
    ),
    Code(
        "frontmatter-bare-value",
        Severity.WARNING,
        "A plain value is no text to every YAML reader",
        "YAML readers take `yes`, `on`, `1.10`, `12` and `2024-01-01` for something else than text, each in its own "
        "way; where a tool wants text it then refuses the file or discards all keys.",
        "name: 123",
    ),
    Code(
        "name-not-file",
        Severity.INFO,
        "The name is not the file's",
        "Some tools know an agent by its name, some by its file. Where they differ, people look for the wrong one "
        "and two tools list one agent under two names.",
        "reviewer.md: name: code-reviewer",
    ),
    Code(
        "name-twice",
        Severity.WARNING,
        "Two files in a folder define the same agent",
        "Only one of them is used; which one depends on the tool and on the order of the files.",
        "a.md: name: x, b.md: name: x",
    ),
    Code(
        "description-missing",
        Severity.WARNING,
        "There is no description",
        "The description is all that a tool looks at when it decides whether to hand work to an agent; several tools "
        "do not load an agent without one.",
        "---\nname: a\n---",
    ),
    Code(
        "description-no-trigger",
        Severity.INFO,
        "The description does not say when to use the agent",
        "Tools choose an agent by its description. One that only names a trade gives no occasion; write `Use when …`.",
        "description: Senior backend engineer",
    ),
    Code(
        "description-long",
        Severity.WARNING,
        "The description is longer than it should be",
        "Every session reads the descriptions of all agents. Longer ones are cut, warned about or cost room that the "
        "work needs; examples belong into the body.",
        "description: (1,500 characters)",
    ),
    Code(
        "descriptions-over-budget",
        Severity.WARNING,
        "The descriptions of a folder are longer than the tool's budget",
        "The tool sums up the descriptions of all agents and warns above its limit, because they are part of every "
        "request. Tokens are estimated at four characters each.",
        "(a folder with 80 long descriptions)",
    ),
    Code(
        "tools-empty",
        Severity.WARNING,
        "The list of tools is empty",
        "A key without a value means no tool at all here, although the tool's own listing may say otherwise. Leaving "
        "the key out means all of them.",
        "tools:",
    ),
    Code(
        "tool-pattern-not-enforced",
        Severity.WARNING,
        "A pattern behind a tool's name limits nothing",
        "The tool reads the name and does not enforce what stands in parentheses, so the agent may do more than the "
        "file says. Limits of commands belong into the tool's permission settings.",
        "tools: Read, Bash(git diff:*)",
    ),
    Code(
        "tool-foreign",
        Severity.INFO,
        "The list names tools that only one tool has",
        "Each tool has names of its own for reading, writing and running. A file with one tool's names gives the "
        "agent fewer tools elsewhere; `agentgen convert` translates them.",
        "tools: Read, Execute",
    ),
    Code(
        "value-without-effect",
        Severity.WARNING,
        "The tool does nothing with this value",
        "The key is known, but the value is none that the tool has, or counts only together with another key. It is "
        "ignored without a word.",
        "reasoningEffort: high (with model: inherit)",
    ),
    Code(
        "key-misspelt",
        Severity.WARNING,
        "A key looks like another one that the tool reads",
        "Unknown keys are ignored without a word, so a misspelt one never has an effect.",
        "descripton: reviews code",
    ),
    Code(
        "key-unknown",
        Severity.INFO,
        "The tool does not read this key",
        "It is ignored, or passed on to the model's provider. It may serve another tool or a person.",
        "category: quality",
    ),
    Code(
        "model-retired",
        Severity.WARNING,
        "The model is out of date",
        "The tool's own list says that the model is retired, or replaced by another one. Use a family or `inherit`, "
        "which do not age.",
        "model: (a model of two years ago)",
    ),
    Code(
        "model-unknown",
        Severity.INFO,
        "The model is none that the tool is known to take",
        "Often it is another tool's name for a model. What happens then differs: the caller's model, a warning, or "
        "an error at the first request. Lists of models change often, so this may be new.",
        "model: gpt-4 (in a tool of another vendor)",
    ),
    Code(
        "body-empty",
        Severity.WARNING,
        "There are no instructions",
        "The text behind the frontmatter is the agent's prompt. Several tools leave out a file without one.",
        "---\nname: a\ndescription: b\n---",
    ),
    Code(
        "statement-repeated",
        Severity.INFO,
        "A statement stands twice",
        "It costs tokens each time, and a later change will probably be made in one place only.",
        "- Validate all input at the border\n- Validate all input at the border",
    ),
    Code(
        "link-broken",
        Severity.WARNING,
        "A link leads to no file",
        "The agent will look for the file and find nothing. It was looked up beside the agent file and from the "
        "project's root.",
        "[the rules](docs/rules.md)",
    ),
    Code(
        "self-reference",
        Severity.WARNING,
        "The agent is told to work with itself",
        "An agent cannot hand work to itself; often the text was copied from another agent's file.",
        "name: api-designer … Coordinate with api-designer",
    ),
    Code(
        "agent-not-found",
        Severity.INFO,
        "The text names an agent that is not in the folder",
        "Handing over to it fails, or goes to whoever comes nearest. It may be installed elsewhere.",
        "Escalate to `release-manager`",
    ),
    Code(
        "purpose-exceeded",
        Severity.WARNING,
        "The agent may do more than it says it will",
        "The description promises not to change anything, and the list of tools (or its absence) allows it. Only the "
        "list is a limit; the promise is a wish.",
        "description: Read-only review … (and no `tools:`)",
    ),
    Code(
        "ignore-without-reason",
        Severity.WARNING,
        "A comment ignores a code without saying why",
        "Without a reason nobody can tell later whether it still holds, so it does not count.",
        "<!-- agentgen: ignore link-broken -->",
    ),
    Code(
        "ignore-unknown-code",
        Severity.WARNING,
        "A comment ignores a code that does not exist",
        "`agentgen explain` lists the codes.",
        "<!-- agentgen: ignore link-brokn it is made at build time -->",
    ),
    Code(
        "ignore-unused",
        Severity.INFO,
        "A comment ignores what is not there",
        "Remove it, so that it does not hide a later finding.",
        "<!-- agentgen: ignore link-broken it is made at build time -->",
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

CODES: dict[str, Code] = {code.code: code for code in _TABLE}
