"""The frozen values that stages exchange. Nothing here reads, prints or decides."""

from builder.model.attachment import Attachment, Attachments, named
from builder.model.beside import NEWS, Calendar, Event, Feed, News, newest
from builder.model.cache import Cache, FrozenShell
from builder.model.change import (
    CORRECTIONS,
    PROGRESS,
    Change,
    Changed,
    ChangeHistory,
    Course,
    GridChanges,
    MonthOfChanges,
    ReleaseChanges,
    SchemaChange,
    corrected,
)
from builder.model.damage import Cell, Damage, Mask
from builder.model.definition import Definition
from builder.model.explained import Explained
from builder.model.finding import Finding, Findings, Issue, Listed, Quote, Remark, Report, Severity
from builder.model.geometry import Feature, Geometry, GeometryFile, Shapes
from builder.model.header import plain_header
from builder.model.held import Held
from builder.model.measure import NO_RATIO, Level, Period, Ratio, Status, added, alone
from builder.model.measured import Measured
from builder.model.message import Message
from builder.model.need import Needs, Use, extra
from builder.model.openness import LEVELS, PUBLISHED, REPOSITORIES, SHAPES, Category, Openness, Record
from builder.model.package import Field, ForeignKey, Package, Resource, Schema, Settings, SiteConfig, Steadiness
from builder.model.page import (
    Beside,
    Block,
    Count,
    Download,
    Downloads,
    Figure,
    Head,
    Json,
    Kind,
    Late,
    LateItem,
    Link,
    OnDuty,
    PageContext,
    Planned,
    Pledge,
    Recent,
    Rule,
    Search,
    TableColumn,
    TableKind,
)
from builder.model.profile import Extent, Profile
from builder.model.record import Entry, Records
from builder.model.shard import Shard, Shards
from builder.model.table import Address, Lacking, Part, Table, Tables, TextPart, TextTable, letter, plain
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
    "CORRECTIONS", "LEVELS", "NEWS", "NO_RATIO", "PROGRESS", "PUBLISHED", "REPOSITORIES", "SHAPES", "Address",
    "Attachment", "Attachments", "Beside", "Block", "Cache", "Calendar", "Category", "Cell", "Change",
    "ChangeHistory", "Changed", "Count", "Counted", "CountedPart", "Course", "Damage", "Definition", "Download",
    "Downloads", "Entry", "Event", "Explained", "Extent", "Feature", "Feed", "Field", "Figure", "Finding",
    "Findings", "ForeignKey", "FrozenShell", "Geometry", "GeometryFile", "GridChanges", "Head", "Held", "Issue",
    "Json", "Kind", "Lacking", "Late", "LateItem", "Level", "Levels", "Link", "Listed", "Mask", "Measured",
    "Message", "MonthOfChanges", "Needs", "News", "OnDuty", "Openness", "Package", "PageContext", "Part",
    "Period", "Planned", "Pledge", "Policy", "Profile", "PublicReport", "Published", "PublishedPart",
    "PublishedTables", "Quote", "Ratio", "Recent", "Record", "Records", "ReleaseChanges", "Remark", "Report",
    "Resource", "Rule", "Schema", "SchemaChange", "Scope", "Search", "Settings", "Severity", "Shapes", "Shard",
    "Shards", "SiteConfig", "Status", "Steadiness", "Table", "TableColumn", "TableKind", "Tables", "Term",
    "TextPart", "TextTable", "Tree", "Unit", "Use", "added", "alone", "ancestry", "corrected", "extra", "letter",
    "named", "newest", "plain", "plain_header",
]  # fmt: skip
