"""The page on which readers check the site: in their browser, or with verify.py, and what neither of them proves."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from builder.language import Translator, mark
from builder.site.markdown import html

__all__ = ["page", "write"]

PROGRAM = "verify/verify.py"

WORDS: Mapping[str, str] = {
    "ok": mark("Right"),
    "wrong": mark("Wrong"),
    "note": mark("Note"),
    "check": mark("Check"),
    "key": mark("The log’s key, if you got it in another way than from this site (may be left empty)"),
    "nothing": mark("This site has no public log yet, so there is nothing to check. It begins with the next release."),
    "insecure": mark("This browser computes nothing on a page that did not come by https. Please use verify.py."),
    "unreachable": mark("{path} could not be loaded. Please try again later."),
    "missing": mark("{path} is missing"),
    "signature": mark("The checkpoint of the log, with {size} entries, is signed by the key {key}"),
    "tree": mark("All {size} entries, computed anew, give the root that was signed"),
    "grown": mark("The log has only grown since each of the {count} checkpoints that this browser has seen"),
    "remembered": mark("This browser has remembered the checkpoint; from the second visit on it can be compared"),
    "forgotten": mark("This browser remembers nothing, so that no earlier days can be compared"),
    "release": mark("This release, {id}, is entry {number} of {size} in the log"),
    "no_proof": mark("None of this proves that the data are true; see below"),
    "key_own": mark("The key came from this site itself; compare it with one that you got in another way"),
    "key_bad": mark("{key} is not a key of a log"),
    "key_changed": mark(
        "The key has changed: it is {found}, and was {stated}, which has not signed for it. Compare it with the key "
        "that was published elsewhere, such as on paper; if it is that one, delete what this browser keeps of this "
        "site, and check again"
    ),
    "handed": mark("The key was replaced: {former} has signed that {key} takes its place"),
    "handovers_bad": mark("{path} is no list of replaced keys"),
    "handovers_unlike": mark("{path} does not begin with the replaced keys that this browser has seen"),
    "replaced": mark("{path} was signed with the key {key} after that one had been replaced"),
    "note_bad": mark("{path} is not a signed text"),
    "origin": mark("{path} is of another log: {found} instead of {stated}"),
    "signature_bad": mark("The signature of {path} is false"),
    "unsigned": mark("{path} is not signed by {name}"),
    "broken": mark("{path} does not belong to the tree that was signed"),
    "entry_bad": mark("Entry {number} of the log is not what it should be"),
    "dropped": mark("The log has {size} entries, and had {older} before: some were dropped, or it is an old one"),
    "rewritten": mark("The first {older} entries of the log are not those that you saw: its history was rewritten"),
    "release_bad": mark("{path} does not state a release in this format"),
    "unlogged": mark("The log does not hold this release, {id}"),
    "older": mark("You see {id}, but the log ends with {last}: a release is under way, or you are shown an old one"),
    "files_check": mark("Check all {count} files ({size} MB)"),
    "files_progress": mark("{done} of {count} files"),
    "files_ok": mark("All {count} files have the size and the SHA-256 that the release states"),
    "files_more": mark("{count} more files are wrong"),
    "file_size": mark("{path} has {found} bytes instead of {stated}"),
    "file_hash": mark("{path} has another SHA-256 than the release states"),
}  # fmt: skip

INTRO = mark(
    "Every release of this site states all of its files with their size and SHA-256, and every release is an entry of "
    "a public log that only grows. Nobody can change a published file, take a release back or rewrite what was said "
    "before without those noticing who looked. You can check it here, without trusting us."
)
BARE = mark(
    "Checking on this page needs a script, which this browser does not run. The program below does the same, and more."
)
COMMAND = mark(
    "Download {file}: one file, in Python, that everybody can read. It needs Python 3.11 or later and the package "
    "cryptography. Its SHA-256 is {sha256}."
)
KNOWN = mark(
    "The file known.json remembers what you have seen. Keep it, run the command from time to time, and you are told "
    "when history was rewritten. The program ends with 0 when all is right, with 1 when something is wrong, and with 2 "
    "when something could not be reached."
)
KEY = mark(
    "The log’s key is in the file `log/vkey` of the site. It should be made known in another way too, such as on paper "
    "at the street’s office; enter it above, or after `--vkey`. When the key is replaced, the old one signs for the "
    "new one, in the file `log/handovers`, and whoever knows the old one is led to the new one. A new key that the old "
    "one has not signed for is an alarm: compare it with what the office has published before you trust it."
)
PROVES = (
    mark("Every file is the one that the release states."),
    mark("The release is in the log, and is its last entry: what you see is not an old state."),
    mark("The log was signed with its key, and nothing in it was exchanged, left out or moved since you first looked."),
)
PROVES_NOT = (
    mark("That the data are true. Something false that was published is on record, and can be asked about."),
    mark(
        "That others are shown the same. Whoever has the key could show you another history than your neighbour. It is "
        "noticed when you compare checkpoints, with a neighbour or with a witness: somebody outside who looks "
        "regularly and signs what was seen (`mingge witness`)."
    ),
    mark(
        "What was before your first visit. Who comes for the first time sees a log that fits together, and nothing "
        "else."
    ),
    mark("That this page is honest: it comes from the site it checks. verify.py from another place is safer."),
    mark("That the site is there: where nothing is shown at all, there is nothing to check."),
)


def page(translate: Translator, url: str) -> str:
    """Return the Markdown of the page. `url`: the site's address, "" when it has none."""
    from builder import log  # here, so that processes that print pages do not load cryptography

    _ = translate
    words = html(json.dumps({name: _(text) for name, text in WORDS.items()}, ensure_ascii=False))
    digest = hashlib.sha256(log.published()[PROGRAM]).hexdigest()
    address = html(url or "https://…/")
    program = _(COMMAND).format(file='<a href="verify.py" download>verify.py</a>', sha256=f"`{digest}`")
    command = f"pip install cryptography\npython3 verify.py {address} --known known.json"
    box = f'<div id="mingge-verify" data-words="{words}" data-pagefind-ignore="all"><p>{html(_(BARE))}</p></div>'
    parts = {
        "browser": (mark("In this browser"), box),
        "program": (mark("With a program of your own"), f"{program}\n\n```\n{command}\n```\n\n{_(KNOWN)}"),
        "proves": (mark("What it shows"), listed(PROVES, _)),
        "limits": (mark("What it does not prove"), listed(PROVES_NOT, _)),
        "key": (mark("The key"), _(KEY)),
    }
    sections = (f"## {_(title)} {{#{anchor}}}\n\n{text}\n" for anchor, (title, text) in parts.items())
    title = _(mark("Check this site"))
    return "\n".join([f"# {title} {{#verify}}\n", f"{_(INTRO)}\n", *sections])


def listed(texts: Sequence[str], translate: Translator) -> str:
    return "\n".join(f"- {translate(text)}" for text in texts)


def write(target: Path) -> None:
    """Write what the page offers and works with below the site's folder."""
    from builder import log

    for path, content in log.published().items():
        file = target / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
