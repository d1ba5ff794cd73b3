"""The desk's addresses. What they do stands in `trial`, what they say in `view`; who is answered, in `guard`."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from builder.desk import first_page, notice, trial_page
from builder.desk.git import Author
from builder.desk.guard import LARGEST, Guard, Keys
from builder.desk.lane import BUG
from builder.desk.page import STATIC, Printer
from builder.desk.trial import Desk, Trial
from builder.errors import BuilderError
from builder.language import Translator, mark
from builder.model import Message

__all__ = ["Face", "application"]

Headers = Callable[[Path], Callable[[str], Mapping[str, str]]]

MOST_FILES = 50
LONGEST_NAME = 200

REFUSALS: Mapping[int, Message] = {
    400: Message(mark("the browser has sent something that cannot be read"), mark("go back and try again")),
    403: Message(
        mark("this page of the desk is only for the browser that was let in"),
        mark("open the address that stands in the window in which the desk was started"),
    ),
    404: Message(mark("there is no such page"), mark("go back to the desk's first page")),
    405: Message(mark("the browser has asked in a way that the desk does not know"), mark("go back and try again")),
    413: Message(mark("a file may have 200 MB at most"), mark("split the table into several files")),
    500: BUG,
    421: Message(
        mark("the desk answers under its own address only"),
        mark("open the address that stands in the window in which the desk was started"),
    ),
}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class Face:
    """How the desk is seen. `stages`: words for what is being done; `headers`: those of a site that was built.

    `leave`: ends the desk; `complain`: says a bug in the window.
    """

    translate: Translator
    language: str
    stages: Mapping[str, str]
    headers: Headers
    leave: Callable[[], None]
    complain: Callable[[BaseException], None]


class Pages:
    """The functions behind the addresses."""

    def __init__(self, desk: Desk, face: Face) -> None:
        self.desk, self.face, self.translate = desk, face, face.translate
        self.printer = Printer(face.translate, face.language)
        self.turn = asyncio.Lock()

    def html(self, template: str, shown: object, root: str, status: int = 200) -> Response:
        return HTMLResponse(self.printer.page(template, shown, root), status)

    def refuse(self, status: int) -> Response:
        """Return the page of a status; it is read by strangers too, so it says nothing of the desk."""
        known = REFUSALS.get(status, REFUSALS[400])
        return self.html("notice.html", notice.notice(self.translate, known), "", status)

    async def refused(self, _request: Request, error: Exception) -> Response:
        """Answer what Starlette refuses."""
        return self.refuse(error.status_code if isinstance(error, HTTPException) else 400)

    async def broken(self, _request: Request, _error: Exception) -> Response:
        """Answer after a bug; `guard` says it in the window."""
        return self.refuse(500)

    async def mistaken(self, request: Request, error: Exception) -> Response:
        """Answer what cannot be done."""
        assert isinstance(error, BuilderError)  # noqa: S101 - registered for it alone
        depth = request.url.path.count("/") - 2
        told = notice.notice(self.translate, error.message, back="./" if depth else "")
        return self.html("notice.html", told, "../" * depth, 409)

    async def enter(self, request: Request) -> Response:
        """Let a browser in: `guard` has looked at the key. The page leads on by itself, so that the cookie is sent."""
        follow = f"/{request.app.state.room}/"
        return self.html("notice.html", notice.Notice(self.translate(mark("Mingge desk")), follow=follow), "")

    async def home(self, _request: Request) -> Response:
        await run_in_threadpool(self.desk.look)
        shown = await run_in_threadpool(first_page.home, self.translate, self.desk, self.face.stages)
        return self.html("home.html", shown, "./")

    async def home_state(self, _request: Request) -> Response:
        job = self.desk.looking
        said = notice.progress(self.translate, job, self.face.stages) if job else ""
        return JSONResponse({"waits": bool(job and job.is_open), "progress": said})

    async def look(self, _request: Request) -> Response:
        self.desk.again()
        return RedirectResponse("./", 303)

    async def files(self, request: Request) -> Response:
        """Take files in, streamed to the disk."""
        async with request.form(max_files=MOST_FILES, max_fields=10) as form:
            brought = [item for item in form.getlist("files") if isinstance(item, UploadFile) and item.filename]
            if not brought:
                raise BuilderError(mark("no file was chosen"), mark("choose a CSV or Excel file"))
            if any((item.size or 0) > LARGEST for item in brought):
                raise HTTPException(413)
            trial = await run_in_threadpool(self.take, brought)
        return RedirectResponse(f"trial/{trial.token}/", 303)

    def take(self, brought: list[UploadFile]) -> Trial:
        folder = self.desk.incoming()
        for number, item in enumerate(brought):
            with (folder / str(number)).open("xb") as target:  # the name that it came with is words, and no path
                shutil.copyfileobj(item.file, target, 1 << 20)
        names = [(item.filename or "").replace("\\", "/").rpartition("/")[2][:LONGEST_NAME] for item in brought]
        return self.desk.begin(folder, names)

    def trial(self, request: Request) -> Trial:
        found = self.desk.trials.get(request.path_params["token"])
        if found is None:
            raise HTTPException(404)
        self.desk.settle(found)
        return found

    async def show(self, request: Request) -> Response:
        trial = self.trial(request)
        shown = await run_in_threadpool(trial_page.trial, self.translate, self.desk, trial, self.face.stages)
        return self.html("trial.html", shown, "../../")

    async def state(self, request: Request) -> Response:
        job = self.trial(request).job
        return JSONResponse(
            {"waits": job.is_open, "progress": notice.progress(self.translate, job, self.face.stages)}
        )

    async def again(self, request: Request) -> Response:
        form, trial = await request.form(), self.trial(request)
        numbers = [item.number for item in trial.brought]
        targets = {number: str(form[f"table-{number}"]) for number in numbers if f"table-{number}" in form}
        without = {number for number in numbers if f"without-{number}" in form}
        added = {number for number in numbers if form.get(f"rows-{number}") == "added"}
        if without >= set(numbers):
            raise BuilderError(mark("every file is left out"), mark("keep one of them, or leave these files"))
        self.desk.again_with(trial, targets, without, added, is_mended="mended" in form)
        return RedirectResponse("./", 303)

    async def cancel(self, request: Request) -> Response:
        trial = self.trial(request)
        await run_in_threadpool(self.desk.lane.cancel, trial.job)
        return RedirectResponse("./", 303)

    async def preview(self, request: Request) -> Response:
        self.desk.preview(self.trial(request))
        return RedirectResponse("./", 303)

    async def open(self, request: Request) -> Response:
        """Lead to a page of the preview."""
        trial = self.trial(request)
        page = request.query_params.get("page", "")
        if trial.site is None or not is_page(trial.site, page):
            raise HTTPException(404)
        return RedirectResponse(f"../../preview/{trial.site_token}/{page}", 303)

    async def previewed(self, request: Request) -> Response:
        """Answer with a file of a site that was built, under the headers that its build states."""
        token, path = request.path_params["token"], request.path_params["path"]
        site = next((item.site for item in self.desk.trials.values() if item.site_token == token and item.site), None)
        if site is None:
            raise HTTPException(404)
        files = StaticFiles(directory=site, html=True)
        inside = files.get_path({**request.scope, "path": f"/{path}", "root_path": ""})
        response = await files.get_response(inside, request.scope)
        for name, value in self.face.headers(site)(path if "." in path else "index.html").items():
            response.headers[name] = value
        return response

    async def workbook(self, request: Request) -> Response:
        """Answer with the clerk's own file, its wrong cells coloured."""
        trial, number = self.trial(request), request.path_params["number"]
        file = next((item for item in trial.brought if item.number == number), None)
        target = next((i.target for i in trial.examined.items if i.number == number), None) if trial.examined else None
        if file is None or target is None:
            raise HTTPException(404)
        job = self.desk.workbook(trial, number)
        while job.is_open:
            await asyncio.sleep(0.1)
        if job.state != "done":
            raise refusal(job.error)
        return FileResponse(job.value, media_type=XLSX, filename=f"{Path(file.name).stem or target.resource}.xlsx")

    async def mended(self, request: Request) -> Response:
        trial, number = self.trial(request), request.path_params["number"]
        path = trial.folder / f"mended-{number}.csv"
        item = next((i for i in trial.examined.items if i.number == number), None) if trial.examined else None
        if item is None or item.target is None or not path.is_file():
            raise HTTPException(404)
        name = item.target.path.rpartition("/")[2].removesuffix(".gz")
        return FileResponse(path, media_type="text/csv; charset=utf-8", filename=name)

    async def report(self, request: Request) -> Response:
        """Answer with the whole report, which brings its own style and may do nothing at all."""
        path = self.trial(request).folder / "report.html"
        if not path.is_file():
            raise HTTPException(404)
        policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; "
        policy += "frame-ancestors 'none'; sandbox allow-modals"
        return FileResponse(path, media_type="text/html; charset=utf-8", headers={"Content-Security-Policy": policy})

    async def save(self, request: Request) -> Response:
        form, trial = await request.form(), self.trial(request)
        await self.changed(partial(self.desk.save, trial, "lost" in form), form)
        return RedirectResponse("../../#result", 303)

    async def undo(self, request: Request) -> Response:
        await self.changed(self.desk.undo, await request.form())
        return RedirectResponse("./#result", 303)

    async def changed(self, change: Callable[[str, Author], object], form: FormData) -> None:
        """Change the package, one after the other: of two tabs the second finds it changed."""
        author = Author(str(form.get("author", "")).strip(), str(form.get("email", "")).strip())
        async with self.turn:
            await run_in_threadpool(change, str(form.get("message", "")).strip(), author)

    async def drop(self, request: Request) -> Response:
        await run_in_threadpool(self.desk.drop, self.trial(request))
        return RedirectResponse("../../", 303)

    async def drop_all(self, _request: Request) -> Response:
        await run_in_threadpool(self.desk.drop_all)
        return RedirectResponse("./", 303)

    async def close(self, _request: Request) -> Response:
        self.face.leave()
        told = notice.Notice(self.translate(mark("The desk is closed. You may close this page.")))
        return self.html("notice.html", told, "")

    async def static(self, request: Request) -> Response:
        name = request.path_params["name"]
        if name not in STATIC:
            raise HTTPException(404)
        return Response(self.printer.static(name), headers={"Content-Type": STATIC[name]})


def is_page(site: Path, page: str) -> bool:
    """Return whether the site has a page at a path, as `grid/320812001001001/`; "" is its first one."""
    parts = page.split("/")
    return ".." not in parts and not page.startswith("/") and (page == "" or page.endswith("/")) and (
        (site / page / "index.html").is_file()
    )


def refusal(message: Message | None) -> BuilderError:
    found = message or Message(mark("the work was stopped"), mark("try again"))
    return BuilderError(found.text, found.hint, **found.values)


def application(desk: Desk, face: Face, keys: Keys, port: int) -> Guard:
    """Return the whole desk as an ASGI application."""
    at = Pages(desk, face)
    one = "/trial/{token}"
    changes: Mapping[str, Callable[[Request], Awaitable[Response]]] = {
        "/files": at.files, "/look": at.look, "/undo": at.undo, "/drop": at.drop_all, "/quit": at.close,
        f"{one}/again": at.again, f"{one}/cancel": at.cancel, f"{one}/preview": at.preview, f"{one}/save": at.save,
        f"{one}/drop": at.drop,
    }  # fmt: skip
    reads: Mapping[str, Callable[[Request], Awaitable[Response]]] = {
        "/": at.home, "/state": at.home_state, f"{one}/": at.show, f"{one}/state": at.state, f"{one}/open": at.open,
        f"{one}/workbook/{{number:int}}": at.workbook, f"{one}/mended/{{number:int}}": at.mended,
        f"{one}/report": at.report, "/preview/{token}/{path:path}": at.previewed,
    }  # fmt: skip
    routes = [Route(path, answer, methods=["POST"]) for path, answer in changes.items()]
    routes += [Route(path, answer, methods=["GET"]) for path, answer in reads.items()]
    handlers: dict[Any, Any] = {HTTPException: at.refused, BuilderError: at.mistaken, Exception: at.broken}
    outside = [Route("/enter/{key}", at.enter, methods=["GET"]), Route("/static/{name}", at.static, methods=["GET"])]
    app = Starlette(routes=[*outside, Mount(f"/{keys.room}", routes=routes)], exception_handlers=handlers)
    app.state.room = keys.room
    return Guard(app, keys, port, at.refuse, face.complain)
