"""What comes with the program besides code: the site's shell, its pages, the schemas, the files that a district copies.

In the repository they are the folders at the top; in an installed program the same folders lie in `builder/share`
(setup.py puts them there). Whoever needs one asks here.
"""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

__all__ = ["shipped"]

INSTALLED = "share"


def shipped(name: str) -> Path:
    """Return the file or folder `name` that comes with the program, such as mkdocs.yml, docs or datasets."""
    package = Path(str(files("builder")))
    share = package / INSTALLED
    return (share if share.is_dir() else package.parent) / name
