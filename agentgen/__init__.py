"""One agent, many tools, nothing lost: compare, merge and render agent files."""

__version__ = "0.1.0"
