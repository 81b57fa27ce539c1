"""The least that a reader of a YAML file does: PyYAML's C parser makes the events of it.

What the commands take on a large record is measured against it.
"""

from __future__ import annotations

import sys
from pathlib import Path

import yaml

for _ in yaml.parse(Path(sys.argv[1]).read_text(encoding="utf-8"), Loader=yaml.CSafeLoader):
    pass
