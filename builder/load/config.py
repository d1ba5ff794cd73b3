"""What the build needs from mkdocs.yml. PyYAML is used here and nowhere else."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import yaml

from builder.errors import BuilderError
from builder.language import mark
from builder.model import SiteConfig

__all__ = ["site_config"]


class Loader(yaml.SafeLoader):
    """Reads a MkDocs configuration; tags that only the engine understands become None."""


Loader.add_multi_constructor("", lambda _loader, _suffix, _node: None)


def site_config(path: Path) -> SiteConfig:
    """Parse the site's configuration. Raises BuilderError naming the file and what is missing."""
    path = path.resolve()
    try:
        source: Any = yaml.load(path.read_text(encoding="utf-8"), Loader)  # noqa: S506 - a SafeLoader
    except (OSError, UnicodeDecodeError) as error:
        raise BuilderError(
            mark("{path}: cannot be read ({error})"),
            mark("name the site’s configuration with --config"),
            path=path,
            error=error,
        ) from None
    except yaml.YAMLError as error:
        raise BuilderError(
            mark("{path}: not valid YAML ({error})"), path=path, error=" ".join(str(error).split())
        ) from None
    theme = source.get("theme") if isinstance(source, dict) else None
    if not isinstance(theme, dict) or not theme.get("custom_dir"):
        raise BuilderError(mark("{path}: theme.custom_dir is missing"), mark("set it to templates/theme"), path=path)
    custom = (path.parent / str(theme["custom_dir"])).resolve()
    docs = (path.parent / str(source.get("docs_dir", "docs"))).resolve()
    for folder in (custom, docs):
        if not folder.is_dir():
            raise BuilderError(mark("{path}: the folder {folder} does not exist"), path=path, folder=folder)
    extra = source.get("extra") or {}
    ours = (extra.get("mingge") or {}) if isinstance(extra, dict) else None
    if not isinstance(ours, dict):
        raise BuilderError(
            mark("{path}: extra.mingge must be an object"), mark("see mkdocs.yml of the project"), path=path
        )
    return SiteConfig(
        path=path,
        language=str(theme.get("language", "en")),
        name=str(source.get("site_name", "")),
        url=str(source.get("site_url") or ""),
        docs=docs,
        theme=custom,
        templates=custom.parent,
        engine=(sys.executable, "-m", str(ours.get("engine", "mkdocs"))),
        nav=tuple(source["nav"]) if source.get("nav") else None,
        not_in_nav=str(source.get("not_in_nav") or ""),
    )
