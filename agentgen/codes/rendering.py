"""Rendering a profile: what a target cannot hold, refuses or reads otherwise."""

from __future__ import annotations

from agentgen.codes.model import Code, Severity

TABLE: tuple[Code, ...] = (
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
        "target-unknown",
        Severity.WARNING,
        "A profile speaks of a target that is not there",
        "A section that is limited to it is in no file, and an approval for it approves nothing. The name is misspelt, "
        "or the folder with the target's files is not on the path (`--templates`).",
        "targets: [nosuch]",
    ),
    Code(
        "prose-names-tool",
        Severity.INFO,
        "The text names a tool that the target has under another name, or not at all",
        "The agent reads the instruction literally and looks for a tool of that name. With `prose: {tool_names: map}` "
        "in the profile (or its recipe) the text names each tool as the target does, where the target has one.",
        "Use `TodoWrite` to plan.",
    ),
)
