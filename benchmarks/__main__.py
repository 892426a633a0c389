"""`python benchmarks` is `python benchmarks/speed.py`."""

from __future__ import annotations

import sys

from speed import main

sys.exit(main())
