"""How comparing grows: one process a size, so that nothing is warm. Prints figures as JSON for `speed`.

python benchmarks/speed_growth.py VARIANTS SECTIONS
"""

from __future__ import annotations

import gc
import json
import sys
import time
from collections.abc import Callable
from typing import Any

from speed_input import variants

from agentgen.compare.engine import compare_variants
from agentgen.compare.items_similarity import Similarity
from agentgen.compare.likeness import Likeness
from agentgen.compare.model import Variant
from agentgen.document.read import read_document
from agentgen.source import Source


class _Counter:
    """Counts the calls of a method."""

    def __init__(self, owner: type, name: str) -> None:
        self.calls = 0
        inner: Callable[..., Any] = getattr(owner, name)

        def counted(*arguments: Any) -> Any:
            self.calls += 1
            return inner(*arguments)

        setattr(owner, name, counted)


def main() -> None:
    count, sections = int(sys.argv[1]), int(sys.argv[2])
    gc.set_threshold(100_000, 20, 20)  # as the command does
    read = [read_document(Source(f"v{at}.md", text.encode())) for at, text in enumerate(variants(count, sections))]
    given = [Variant(f"v{at:03}", document, None, {}, {}) for at, document in enumerate(read)]
    of_sections, of_items = _Counter(Likeness, "features"), _Counter(Similarity, "score")
    start = time.process_time()
    comparison = compare_variants(given)
    seconds = time.process_time() - start
    made = {"seconds": seconds, "topics": len(comparison.topics), "pairs": of_sections.calls, "items": of_items.calls}
    json.dump(made, sys.stdout)


if __name__ == "__main__":
    main()
