"""The frozen values that stages exchange. Nothing here reads, prints or decides."""

from builder.model.attachment import Attachment, Attachments, named
from builder.model.cache import Cache
from builder.model.definition import Definition
from builder.model.finding import Finding, Findings, Issue, Listed, Quote, Remark, Report, Severity
from builder.model.measure import NO_RATIO, Level, Period, Ratio, Status, added, alone
from builder.model.measured import Measured
from builder.model.message import Message
from builder.model.need import Needs, Use, extra
from builder.model.openness import LEVELS, PUBLISHED, REPOSITORIES, Category, Openness, Record
from builder.model.package import Field, ForeignKey, Package, Resource, Schema, Settings, SiteConfig
from builder.model.page import (
    Beside,
    Block,
    Count,
    Download,
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
    "LEVELS", "NO_RATIO", "PUBLISHED", "REPOSITORIES", "Address", "Attachment", "Attachments",
    "Beside", "Block", "Cache", "Category", "Count", "Counted", "CountedPart", "Definition", "Download",
    "Field", "Figure", "Finding", "Findings", "ForeignKey", "Head", "Issue",
    "Json", "Kind", "Late", "LateItem", "Level", "Levels", "Link", "Listed", "Measured", "Message", "Needs",
    "OnDuty", "Openness", "Package", "PageContext", "Part", "Period", "Planned", "Pledge", "Policy", "PublicReport",
    "Published", "PublishedPart", "PublishedTables",
    "Quote", "Ratio", "Recent", "Record", "Remark", "Report", "Resource", "Rule", "Schema", "Scope",
    "Search", "Settings", "Severity", "Shard", "Shards", "SiteConfig", "Status", "Table", "TableColumn", "TableKind",
    "Tables", "Term", "TextPart", "TextTable", "Tree", "Unit", "Use", "added", "alone", "ancestry", "extra", "named",
    "plain",
]  # fmt: skip
