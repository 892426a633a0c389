"""Findings about code fences, each with the splices after which every Markdown parser reads what was meant."""

from __future__ import annotations

from agentgen.document.fences import CodeBlock, Fence
from agentgen.document.lines import Lines
from agentgen.findings import Edit, Finding, Fix, finding


def fence_findings(lines: Lines, blocks: list[CodeBlock]) -> list[Finding]:
    """A finding for each block that is not what a Markdown parser sees."""
    found = []
    for block in blocks:
        if block.stray:
            found.append(_stray(lines, block))
        elif block.close is None:
            found.append(_unclosed(lines, block))
        elif any(fence.may_close(block.open) for fence in block.nested):
            found.append(_closes_early(lines, block, block.close))
    return found


def _closes_early(lines: Lines, block: CodeBlock, close: Fence) -> Finding:
    early = next(fence for fence in block.nested if fence.may_close(block.open))
    message = (
        f"the fence opened here was meant to close on line {close.line + 1}, "
        f"but Markdown closes it at the fence on line {early.line + 1}"
    )
    marks = block.open.character * (max(fence.length for fence in block.nested) + 1)
    fix = Fix(
        f"make the fences on lines {block.open.line + 1} and {close.line + 1} longer: {marks}",
        (_marks(lines, block.open, marks), _marks(lines, close, marks)),
    )
    start, end = _place(lines, block.open), lines.starts[block.end]
    return finding(lines.source, "fence-closes-early", start, message, end=end, fix=fix)


def _unclosed(lines: Lines, block: CodeBlock) -> Finding:
    last = lines.texts[block.end - 1]
    place = lines.starts[block.end - 1] + len(last)
    indent = lines.texts[block.open.line][: block.open.column]
    closing = (indent if not indent.strip() else " " * len(indent)) + block.open.character * block.open.length
    edit = Edit(place, place, f"{lines.line_end}{closing}")
    fix = Fix(f"close it below line {block.end}: {closing.strip()}", (edit,))
    message = f"the fence opened here is never closed; it was meant to end on line {block.end}"
    start, end = _place(lines, block.open), lines.starts[block.end]
    return finding(lines.source, "fence-unclosed", start, message, end=end, fix=fix)


def _stray(lines: Lines, block: CodeBlock) -> Finding:
    span = lines.span(block.open.line, block.open.line + 1)
    fix = Fix("remove the line", (Edit(span.start, span.end, ""),))
    message = "this fence closes nothing, so Markdown takes what follows as code"
    return finding(lines.source, "fence-stray", _place(lines, block.open), message, fix=fix)


def _place(lines: Lines, fence: Fence) -> int:
    return lines.starts[fence.line] + fence.column


def _marks(lines: Lines, fence: Fence, marks: str) -> Edit:
    start = _place(lines, fence)
    return Edit(start, start + fence.length, marks)
