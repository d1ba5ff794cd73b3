"""Three engines that judge a page: axe and IBM's checker in the browser, Nu on what the server sends.

Always holds: nothing is fetched from another host, for the engines are files installed beside this module
(`make browser`), put into the page by the browser's own debugger, which no content security policy stops.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
import yaml

if TYPE_CHECKING:
    from playwright.sync_api import Page

HERE = Path(__file__).parent
MODULES = HERE / "node_modules"
AXE = MODULES / "axe-core" / "axe.min.js"
IBM = MODULES / "accessibility-checker-engine" / "ace.js"
NU = MODULES / "vnu-jar" / "build" / "dist" / "vnu.jar"

AXE_RUN = """async () => (result => ["violations", "incomplete"].flatMap(list => result[list].map(item => ({
  rule: item.id + (list === "incomplete" ? ":incomplete" : ""), where: item.nodes.map(node => node.target.join(" ")),
  said: item.help,
}))))(await axe.run(document, {resultTypes: ["violations", "incomplete"]}))"""

IBM_RUN = """async within => (await new ace.Checker().check(within ? document.querySelector(within) : document,
  ["IBM_Accessibility"])).results
  .filter(item => item.value[1] !== "PASS")
  .map(item => ({rule: item.ruleId + ":" + item.reasonId, where: [item.snippet.slice(0, 160)], said: item.message}))"""


class Fault(NamedTuple):
    """One thing an engine holds against a page. `rule` begins with the engine's name."""

    rule: str
    where: str
    said: str


def missing() -> str:
    """Return what must be installed before anything can be judged, or an empty text."""
    files = [file for file in (AXE, IBM, NU) if not file.is_file()]
    if files:
        return f"{files[0].relative_to(HERE)} is not installed: make browser (needs npm)"
    return "" if shutil.which("java") else "no java: apt-get install default-jre-headless"


def require() -> None:
    """Skip the test without the engines, or fail it where CI requires them."""
    if lacking := missing():
        if os.environ.get("MINGGE_BROWSER") == "required":
            pytest.fail(f"the browser tests are required here, but {lacking}")
        pytest.skip(lacking)


def excused() -> Mapping[str, str]:
    """Return rule → why it may be broken here."""
    reasons: Mapping[str, str] = yaml.safe_load((HERE / "reasons.yaml").read_text(encoding="utf-8"))
    return reasons


def judged(page: Page, dialog: str = "") -> list[Fault]:
    """Return what axe and IBM hold against the page as it stands.

    With the selector of an open `dialog` IBM is asked about that alone: the page behind it cannot be reached, and was
    judged before.
    """
    faults = []
    for engine, source, run, name in (("axe", AXE, AXE_RUN, "axe"), ("ibm", IBM, IBM_RUN, "ace")):
        if page.evaluate(f"typeof {name} === 'undefined'"):
            page.evaluate(f"{source.read_text(encoding='utf-8')}\n;window.{name} = {name};")
        faults += [
            Fault(f"{engine}:{found['rule']}", place, found["said"])
            for found in page.evaluate(run, dialog)
            for place in found["where"]
        ]
    return faults


def nu(addresses: Sequence[str]) -> Mapping[str, list[Fault]]:
    """Return address → what Nu holds against its source: errors, warnings and notes, each once a page."""
    done = subprocess.run(
        ["java", "-Dnu.validator.servlet.allow-forbidden-hosts=true", "-jar", str(NU),
         "--format", "json", "--stdout", "--exit-zero-always", *addresses],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    found: dict[str, list[Fault]] = {address: [] for address in addresses}
    for message in json.loads(done.stdout)["messages"]:
        said, kind = message["message"], message.get("subType", message["type"])
        found[message["url"]].append(Fault(f"nu:{kind}: {said}", message.get("extract", "")[:160], said))
    return found


def report(found: Mapping[str, Iterable[Fault]], used: set[str]) -> str:
    """Return the faults that no reason excuses, a line for each rule, and add to `used` the rules that were excused.

    `found` maps where (a page, its state) to what was found there; a line names the rule, where, an element and the
    engine's sentence.
    """
    reasons = excused()
    left: dict[str, tuple[list[str], Fault]] = {}
    for where, faults in found.items():
        for fault in faults:
            if fault.rule in reasons:
                used.add(fault.rule)
            else:
                places, _ = left.setdefault(fault.rule, ([], fault))
                places.extend([where] if where not in places else [])
    return "\n".join(
        f"{rule} | {len(places)} pages: {', '.join(places[:4])} | {' '.join(fault.where.split())} | {fault.said}"
        for rule, (places, fault) in sorted(left.items())
    )
