"""The frozen values that stages exchange. Nothing here reads, prints or decides."""

from builder.model.attachment import Attachment, Attachments, named
from builder.model.cache import Cache
from builder.model.definition import Definition
from builder.model.finding import Finding, Findings, Issue, Listed, Quote, Remark, Report, Severity
from builder.model.geometry import Feature, Geometry, GeometryFile, Shapes
from builder.model.measure import NO_RATIO, Level, Period, Ratio, Status, added, alone
from builder.model.measured import Measured
from builder.model.message import Message
from builder.model.need import Needs, Use, extra
from builder.model.openness import LEVELS, PUBLISHED, REPOSITORIES, SHAPES, Category, Openness, Record
from builder.model.package import Field, ForeignKey, Package, Resource, Schema, Settings, SiteConfig
from builder.model.page import (
    Block,
    Download,
    Figure,
    Head,
    Json,
    Kind,
    Late,
    LateItem,
    Link,
    PageContext,
    Planned,
    Recent,
    Rule,
    Search,
    TableColumn,
    TableKind,
)
from builder.model.record import Entry, Records
from builder.model.shard import Shard, Shards
from builder.model.table import Address, Part, Table, Tables, TextPart, TextTable, plain
from builder.model.tree import Scope, Term, Tree, Unit, ancestry
from builder.model.wall import (
    Counted,
    CountedPart,
    Levels,
    Policy,
    PublicReport,
    Published,
    PublishedPart,
    PublishedTables,
)

__all__ = [
    "LEVELS", "NO_RATIO", "PUBLISHED", "REPOSITORIES", "SHAPES", "Address", "Attachment", "Attachments", "Block",
    "Cache", "Category", "Counted", "CountedPart", "Definition", "Download", "Entry", "Feature", "Field", "Figure",
    "Finding", "Findings", "ForeignKey", "Geometry", "GeometryFile", "Head", "Issue", "Json", "Kind", "Late",
    "LateItem", "Level", "Levels", "Link", "Listed", "Measured", "Message", "Needs", "Openness", "Package",
    "PageContext", "Part", "Period", "Planned", "Policy", "PublicReport", "Published", "PublishedPart",
    "PublishedTables", "Quote", "Ratio", "Recent", "Record", "Records", "Remark", "Report", "Resource", "Rule",
    "Schema", "Scope", "Search", "Settings", "Severity", "Shapes", "Shard", "Shards", "SiteConfig", "Status", "Table",
    "TableColumn", "TableKind", "Tables", "Term", "TextPart", "TextTable", "Tree", "Unit", "Use", "added", "alone",
    "ancestry", "extra", "named", "plain",
]  # fmt: skip
