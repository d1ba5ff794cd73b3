"""Files that rows name: each is there, is what its name says, is small enough, and tells nothing beside what it shows;
and no file lies there unnamed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from builder.language import mark
from builder.model import Address, Attachment, Attachments, Finding, Issue, Message, Package, Severity, Tables, named
from builder.model.attachment import FOLDER, KINDS, LARGEST, SAFE
from builder.rules import Check

__all__ = ["of", "unnamed"]

Wrong = Callable[[str, Attachment | None], bool]


def bad_name(name: str, _file: Attachment | None) -> bool:
    return not SAFE.fullmatch(name)


def missing(name: str, file: Attachment | None) -> bool:
    return not bad_name(name, file) and file is None


def too_large(_name: str, file: Attachment | None) -> bool:
    return file is not None and file.size > LARGEST


def wrong_type(name: str, file: Attachment | None) -> bool:
    if file is None or bad_name(name, file) or too_large(name, file):
        return False
    return file.kind != KINDS[name.rpartition(".")[2]]


def telling(name: str, file: Attachment | None) -> bool:
    return file is not None and not wrong_type(name, file) and bool(file.carried)


def unsafe(name: str, file: Attachment | None) -> bool:
    return file is not None and not wrong_type(name, file) and bool(file.danger)


def of(package: Package, files: Attachments) -> Iterator[Check]:
    """Yield the checks of every column that names files."""
    for resource in package.resources.values():
        for field in resource.schema.fields:
            if field.attachment:
                yield from checks(resource.name, field.name, files)


def checks(resource: str, column: str, files: Attachments) -> Iterator[Check]:
    def check(code: str, wrong: Wrong, rule: str, text: str, fix: str) -> Check:
        def find(tables: Tables, _: date) -> Iterator[Issue]:
            cells = tables[resource][column].dropna()
            for row, cell in cells.items():
                if broken := next((name for name in named(cell) if wrong(name, files.get(name))), ""):
                    file = files.get(broken)
                    told = {"largest": LARGEST // 10**6, "carried": file.carried if file else ""}
                    told |= {"danger": file.danger if file else ""}
                    yield Issue(int(str(row)), column, {"value": broken, **told})

        reads = (f"{resource}.{column}",)
        # none may be lowered: what is published cannot be taken back, and a link to nothing helps nobody
        return Check(code, Severity.ERROR, resource, reads, rule, text, fix, find, is_structural=True)

    yield check(
        "attachment-name", bad_name,
        mark("A file that a row names has a name that can stand in an address."),
        mark("“{value}” cannot be the name of a file that is published"),
        mark("Use letters, digits, - and _, at most 96 of them, and end it with .pdf, .png, .jpg or .jpeg."),
    )  # fmt: skip
    yield check(
        "attachment-missing", missing,
        mark("A file that a row names is there."),
        mark("there is no file “{value}” in the folder of attachments"),
        mark("Copy the file into the folder, or correct the name; capital letters count."),
    )  # fmt: skip
    yield check(
        "attachment-type", wrong_type,
        mark("A file that a row names is the PDF, PNG or JPEG that its name says."),
        mark("the content of “{value}” is not what its name says, or the file is not whole"),
        mark("Save it once more as PDF, PNG or JPEG: a new name alone does not change what a file is."),
    )  # fmt: skip
    yield check(
        "attachment-too-large", too_large,
        mark("A file that a row names can be opened on a telephone."),
        mark("“{value}” is larger than {largest} MB"),
        mark("Save it with a smaller picture size, or split it."),
    )  # fmt: skip
    yield check(
        "attachment-metadata", telling,
        mark("A file that a row names tells nothing beside what it shows, such as where a photo was taken."),
        mark("“{value}” carries more than its picture ({carried}): it may tell where, when and by whom it was taken"),
        mark("Open it in a drawing program such as Paint, save it as PNG, and use the new file."),
    )  # fmt: skip
    yield check(
        "attachment-unsafe", unsafe,
        mark(
            "A file that a row names does nothing to whoever opens it: a PDF holds no scripts, passwords or other "
            "files, a picture no more than 50 million dots."
        ),
        mark("“{value}” may not be given to readers ({danger})"),
        mark("Print it to a new PDF without a password, or save the picture smaller, and use the new file."),
    )  # fmt: skip


TABLES = (".csv", ".tsv", ".xlsx", ".xls", ".et", ".ods")


def unnamed_message(name: str) -> Message:
    """Return what is said of an attachment that no row names; a table there was meant for the folder above."""
    text = mark("no row names this file")
    if name.lower().endswith(TABLES):
        hint = mark(
            "It is a table: move it out of the folder of attachments to the other tables, so that it is looked at."
        )
        return Message(mark("a table lies among the attachments, where nothing reads it"), hint)
    return Message(text, mark("Write its name into the row that it belongs to, or delete it."))


def unnamed(tables: Tables, files: Attachments) -> Iterator[Finding]:
    """Yield an error for each file that no row names: it may have been forgotten in the table, or in the folder.

    Not a warning, which anybody could read: nobody has said yet that the file, or its name, may be published.
    """
    used, places = set[str](), []
    for name, resource in tables.package.resources.items():
        table = tables.tables.get(name)
        for field in (field for field in resource.schema.fields if field.attachment):
            if table is None or not table.has(field.name) or field.name not in table.frame:
                return  # it has a finding already, or is never published: any of the files may be named there
            places.append(name)
            used |= {item for cell in table.frame[field.name].dropna().unique() for item in named(cell)}
    for name in sorted(set(files) - used) if places else ():
        yield Finding(
            "attachment-unnamed", Severity.ERROR, places[0], Address(f"{FOLDER}/{name}"),
            unnamed_message(name),
        )  # fmt: skip
