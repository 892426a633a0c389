"""Merging three versions of one agent file: the common ancestor, ours and theirs, as version control has them."""
