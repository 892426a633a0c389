"""One agent, many tools, nothing lost: compare, merge and render agent files."""
