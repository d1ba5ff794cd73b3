"""Print what the program tells of cases, in the form in which the corpus is written: to be read, judged and pasted.

    python -m tests.corpus.show dates            every case of dates.yaml
    python -m tests.corpus.show dates "a serial" those whose name holds these words
"""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import yaml

from tests.corpus.spoiled import cases, released, spoiled, told


def main() -> None:
    file, *words = sys.argv[1:]
    for name, case in cases().items():
        if name.startswith(f"{file}: ") and all(word in name for word in words):
            with TemporaryDirectory() as folder:
                found = told(spoiled(Path(folder) / "package", case["spoil"]), released(case.get("before")))
            entry = [{**{key: case[key] for key in ("name", "before", "spoil") if key in case}, **found}]
            sys.stdout.write(yaml.safe_dump(entry, allow_unicode=True, sort_keys=False, width=200))


if __name__ == "__main__":
    main()
