"""What an agent file says: its fields, tools, links and the agents it names."""

from __future__ import annotations

from agentgen.codes.model import Code, Severity

TABLE: tuple[Code, ...] = (
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
)
