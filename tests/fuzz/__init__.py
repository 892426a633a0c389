"""Any bytes at all: what the readers do with them, held against the promises."""
