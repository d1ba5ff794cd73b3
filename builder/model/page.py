"""What pages are made of: frozen values, already counted, ordered and worded, so that templates only format.

Dates are ISO text, "" when there is none. Paths of links are relative to the site's root; templates put
`head.root` before them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Generic, NamedTuple, TypeAlias, TypeVar

from builder.model.beside import Calendar, Feed
from builder.model.measure import Ratio

__all__ = [
    "Beside", "Block", "Count", "Download", "Downloads", "Figure", "Head", "Json", "Kind", "Late", "LateItem",
    "Link", "OnDuty", "PageContext", "Planned", "Pledge", "Recent", "Rule", "Search", "Source", "TableColumn",
    "TableKind",
]  # fmt: skip

Json: TypeAlias = "str | int | float | bool | Mapping[str, Json] | Sequence[Json] | None"
Source = TypeVar("Source")


class Link(NamedTuple):
    """Text and where it leads, from the site's root, e.g. `grid/320812001001001/`."""

    label: str
    path: str


class Search(NamedTuple):
    """A page's entry in the search index: what the result shows, and every word to find it by."""

    title: str
    subtitle: str
    words: str


class Head(NamedTuple):
    """What every page has: `path` from the site's root, `root` the way back to it (`../../`).

    `canonical`: the path of the page that this one is another view of, usually its own. `feed`, `calendar`: the files
    that lie beside it, "" for none. `linked`: what it is about, for search engines (schema.org); its values under
    `@id`, `url` and `contentUrl` are paths.
    """

    title: str
    description: str
    path: str
    root: str
    canonical: str
    contents: tuple[Link, ...]
    """The page's table of contents: (heading, "#anchor")."""
    feed: str = ""
    calendar: str = ""
    linked: Json = None


@dataclass(frozen=True, slots=True)
class PageContext:
    """All that one page says; the fields of a subclass are the names that its template uses."""

    head: Head


@dataclass(frozen=True, slots=True)
class Block:
    """One subject's part of a page: its template shows it as `block`. `anchor` is its heading's id."""

    template: ClassVar[str]
    anchor: ClassVar[str]


class Count(NamedTuple):
    """A number in a sentence, with the words before and after it, and where the rows stand that it counts.

    `path`: "#anchor" on the same page, or a path from the site's root; "" where nothing is listed. `ratio`: what it is
    a share of, where the percentage is said with it. `is_late`: it counts what is overdue still.
    """

    before: str
    number: int
    after: str
    path: str = ""
    ratio: Ratio | None = None
    is_late: bool = False


class Beside(NamedTuple):
    """The same rate in a larger area, whose page says more of it."""

    area: Link
    ratio: Ratio


class Figure(NamedTuple):
    """One key figure with its definition's anchor: a ratio, a plain count (denominator -1), or words in `text`.

    `unit` follows the counts, `note` and `period` (a code such as 2026-Q3) stand below them. `counts`: the figure as a
    sentence, the whole first and then its parts; it is said instead of the ratio, which is compared all the same, as
    `word` (“on time”). `beside`: the same in the areas above. `trend`: how it has changed, and what else stands on the
    list that it leads to. `path`: where `text` is shown in full, as in `Count`.
    """

    label: str
    definition: str
    ratio: Ratio | None = None
    text: str = ""
    unit: str = ""
    note: str = ""
    period: str = ""
    counts: tuple[Count, ...] = ()
    word: str = ""
    beside: tuple[Beside, ...] = ()
    trend: tuple[Count, ...] = ()
    path: str = ""


class OnDuty(NamedTuple):
    """Somebody who answers on the day that the data describes; `start` and `end` as 2026-03-05 08:00."""

    post: str
    phone: str
    start: str
    end: str


class Pledge(NamedTuple):
    """What happens to a matter of one kind, in words: within what it is answered and resolved ("": it is not said).

    `published`: what the package calls how openly it is shown afterwards.
    """

    name: str
    respond: str
    resolve: str
    published: str


class TableColumn(NamedTuple):
    """One column of a table: its heading, `type` number, date or text, and its definition's anchor or ""."""

    title: str
    type: str
    definition: str = ""


class TableKind(NamedTuple):
    """Tables of the same columns, the first of which names the row. Cells are styled and labelled by kind and place."""

    name: str
    columns: tuple[TableColumn, ...]


class Late(NamedTuple):
    """Something overdue, in codes. `grid` "" when it belongs to a branch as a whole, `branch` "" when to none.

    `reason` and `expected_date`, as they were reported: "" where the package has the column and nothing stands in it,
    None where it has no such column.
    """

    subject: str
    title: str
    grid: str
    branch: str
    limit_date: str
    days: int
    reason: str | None = None
    expected_date: str | None = None


class LateItem(NamedTuple):
    """Something overdue: `what` it is (the subject's word), where, who answers for it, and since when.

    `reason` and `expected_date` as in `Late`.
    """

    what: str
    title: str
    place: Link
    branch: Link | None
    limit_date: str
    days: int
    reason: str | None
    expected_date: str | None


class Recent(NamedTuple):
    """Something that was published of late: `what` it is (the subject's word), by whom, and the page that it has."""

    date: str
    what: str
    page: Link
    by: Link


class Download(NamedTuple):
    """One published table below data/ as it was written; `workbook` "" where there is none."""

    resource: str
    path: str
    row_count: int
    byte_count: int
    sha256: str
    workbook: str
    workbook_byte_count: int


class Downloads(NamedTuple):
    """What was written below data/: the tables, and one archive of all of it, whose `resource` is ""."""

    tables: tuple[Download, ...]
    archive: Download


class Rule(NamedTuple):
    """One rule that the data is held against; `sentence` is a message id.

    `reason`: why it is only a warning in this package, in the package's own words; "" where it is as it always is.
    """

    code: str
    severity: str
    resource: str
    sentence: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Kind(Generic[Source]):
    """One kind of page: where such pages lie, which there are, and what one says.

    `path`: from the site's root, a `{}` for each part of the key, e.g. `grid/{}/`. A kind without one is a single
    page that the navigation may name. `keys`: every page's key, in order; `context`: one page from its key alone.
    `is_local`: a subject's pages of this kind are made with the street that they belong to, not with the whole.
    """

    name: str
    path: str
    template: str
    keys: Callable[[Source], Iterable[tuple[str, ...]]]
    context: Callable[[Source, tuple[str, ...]], PageContext]
    is_local: bool = False


class Planned(NamedTuple):
    """One page as it is to be written: its kind, its template, all it says, and the same for programs (or None).

    `feed`, `calendar`: what lies beside it, None for nothing.
    """

    kind: str
    template: str
    context: PageContext
    document: Json
    feed: Feed | None = None
    calendar: Calendar | None = None
