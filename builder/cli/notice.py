"""Who is told how a night ended: the robot of a group (WeCom, DingTalk) by a JSON POST, or a mailbox by sendmail.

What is sent are counts, codes and names of files: never a cell, never the address of the robot, which is a secret.
"""

from __future__ import annotations

import json
import subprocess
import urllib.error
import urllib.request
from email.message import EmailMessage
from pathlib import Path
from typing import NamedTuple

from builder.errors import BuilderError, ToolError
from builder.language import mark

__all__ = ["Notices", "notices", "send"]

SECONDS = 20
LONGEST = 1800
"""Bytes of a message: WeCom takes 2048."""


class Notices(NamedTuple):
    """Where to. `webhook`: the address of a robot, "" for none; `mail`: a mailbox, "" for none."""

    webhook: str = ""
    mail: str = ""
    sendmail: str = "sendmail"


def notices(webhook_file: Path | None, mail: str, sendmail: str) -> Notices:
    """Return where to send; the robot's address is the first line of a file. Raises BuilderError."""
    url = ""
    if webhook_file:
        try:
            url = webhook_file.read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError):
            url = ""
        if not url.startswith(("https://", "http://")) or any(sign.isspace() for sign in url):
            raise BuilderError(
                mark("{path} does not hold the address of a robot"),
                mark("write the address, which begins with https://, as the only line of the file"), path=webhook_file,
            )  # fmt: skip
    if mail and (mail.startswith("-") or "@" not in mail or any(sign.isspace() for sign in mail)):
        raise BuilderError(mark("{mail} is no mailbox"), mark("write it like name@example.org"), mail=mail)
    return Notices(url, mail, sendmail)


def send(to: Notices, subject: str, text: str) -> None:
    """Tell everybody who is to be told. Raises ToolError, after all were tried."""
    failed: list[ToolError] = []
    if to.webhook:
        failed += posted(to.webhook, f"{subject}\n{text}")
    if to.mail:
        failed += mailed(to, subject, text)
    if failed:
        raise failed[0]


class Straight(urllib.request.HTTPRedirectHandler):
    """Goes nowhere else than it was sent."""

    def redirect_request(self, *_: object) -> None:
        """Follow nothing."""


def posted(url: str, text: str) -> list[ToolError]:
    """Post a text as both kinds of robots take it. The address is in no message: whoever has it may post."""
    short = text.encode()[:LONGEST].decode("utf-8", "ignore")
    body = json.dumps({"msgtype": "text", "text": {"content": short}}, ensure_ascii=False).encode()
    try:
        request = urllib.request.Request(url, body, {"Content-Type": "application/json; charset=utf-8"})  # noqa: S310
        with urllib.request.build_opener(Straight).open(request, timeout=SECONDS) as answer:
            said = json.loads(answer.read(10_000) or b"{}")
        code = said.get("errcode", 0) if isinstance(said, dict) else 0
        reason = f"errcode {int(code)}" if code else ""
    except urllib.error.HTTPError as error:
        reason = f"HTTP {error.code}"
    except (OSError, ValueError) as error:
        reason = type(error).__name__
    if not reason:
        return []
    hint = mark("see that the address in the file is that of the robot, and that this machine may reach it")
    return [ToolError(mark("the robot was not told how the night ended: {reason}"), hint, reason=reason)]


def mailed(to: Notices, subject: str, text: str) -> list[ToolError]:
    message = EmailMessage()
    message["To"], message["Subject"] = to.mail, subject
    message.set_content(text)
    try:
        done = subprocess.run([to.sendmail, "-t", "-i"], input=bytes(message), capture_output=True, check=False,
                              timeout=60)  # fmt: skip
        reason = f"{to.sendmail}: {done.returncode}" if done.returncode else ""
    except (OSError, subprocess.TimeoutExpired) as error:
        reason = f"{to.sendmail}: {type(error).__name__}"
    hint = mark("see that the program sends mail from this machine, or name another one with --sendmail")
    return [ToolError(mark("no mail was sent about the night: {reason}"), hint, reason=reason)] if reason else []
