"""One context of each kind, as full as a real page, and a shell to put it in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

from jinja2 import Environment

from builder import measure
from builder.language import Translator
from builder.model import (
    Beside,
    Count,
    Download,
    Figure,
    Link,
    MonthOfChanges,
    OnDuty,
    PageContext,
    Pledge,
    Ratio,
    Recent,
    Status,
    TableColumn,
    TableKind,
)
from builder.pages.area import AreaPage
from builder.pages.branch import BranchGridRow, BranchPage
from builder.pages.changed import Numbers
from builder.pages.changed import Row as ChangeRow
from builder.pages.changes import ChangesPage, GridBlock, GridRow, Group, ReleaseRow, Rest, TableRow
from builder.pages.children import Cell, Siblings
from builder.pages.classes import MapClass
from builder.pages.coverage import CoverageArea, CoveragePage, CoverageSection, Reported, ReportedRow
from builder.pages.data import DataPage, DataResource, FieldRow, Join
from builder.pages.find import FindGroup, FindListPage, FindPage, FindRow, FindStreet
from builder.pages.grid import GridPage
from builder.pages.home import HomePage
from builder.pages.late import LateLine
from builder.pages.maps import MapPage, MapRow, MapShape
from builder.pages.neighbours import Neighbour, Neighbours
from builder.pages.others import OtherTree
from builder.pages.overdue import OverdueCount, OverdueGroup, OverduePage
from builder.pages.overdue_list import LateGroup, LatePart, OverdueListPage
from builder.pages.policy import CategoryRow, MinimumRow, PolicyPage, PolicyRow
from builder.pages.printed import Printable, PrintPage, SheetGroup
from builder.pages.quality import CheckRow, FindingGroup, FindingRow, HeldRow, QualityPage, ResourceQuality
from builder.pages.records import RecordsGroup, RecordsIndexPage, RecordsOf, RecordsPage, RecordsYear
from builder.pages.report import Contact, Report
from builder.pages.sheet import Named, Sheet
from builder.site import definitions
from builder.site.environment import SiteFacts, Words, environment
from builder.subjects import SUBJECTS
from builder.subjects.assessment.block import AreaBlock
from builder.subjects.assessment.pages import AssessmentAreaPage, AssessmentPage, BranchScoreRow, IndicatorRow
from builder.subjects.case.block import CaseBlock, CaseRecords
from builder.subjects.case.chart import chart
from builder.subjects.case.states import in_states
from builder.subjects.case.tally import CaseTally
from builder.subjects.disclosure.measure import CatalogueItem
from builder.subjects.disclosure.pages import (
    BranchDisclosuresPage,
    CatalogueGroup,
    CataloguePage,
    CatalogueRow,
    DisclosurePage,
    ListedDisclosure,
    MissingOf,
    Step,
)
from builder.subjects.disclosure.tally import DisclosureTally
from tests.site.sample_blocks import (
    BRANCH,
    GRID,
    MONTHS,
    SHELL,
    WHERE,
    area_assessment,
    area_ledger,
    assessment_block,
    case_block,
    case_row,
    child,
    children_kind,
    disclosure_block,
    duty_block,
    duty_records,
    feedback_block,
    head,
    late,
    late_items,
    ledger_block,
    partner_block,
    project_block,
    roster_block,
)

TEMPLATES = Path(__file__).parents[2] / "templates"

SITE = SiteFacts(
    name="清江浦区网格公开",
    url="https://mingge.example/",
    language="zh",
    as_of="2026-10-31",
    period_start="2025-11-01",
    period_end="2026-10-31",
    demonstration=True,
    minimum_denominator=10,
    docs={"about": "about/", "metrics": "metrics/", "privacy": "privacy/", "reading": "reading/"},
    formulas=definitions.formulas(measure.definitions(SUBJECTS), str),
    map="map/",
)


def words(translate: Translator = str, site: SiteFacts = SITE) -> Words:
    return Words(site, translate, {})


def sample_environment(translate: Translator = str, shell: str = SHELL) -> Environment:
    return environment(TEMPLATES, dict.fromkeys(PAGES, shell), words(translate))


def values(page: PageContext, kind: str) -> Mapping[str, object]:
    """Return what the site renders a template with: the fields of its context, and the frame of its kind."""
    return {**{field.name: getattr(page, field.name) for field in fields(page)}, "frame": f"shell/{kind}.html"}


def rendered(env: Environment, kind: str, page: PageContext) -> str:
    """Return a page of `kind` as the site writes it."""
    return env.get_template(f"pages/{kind}.html").render(values(page, kind))


STREET = Link("城南街道", "area/320812001/#duty")

FIGURES = (
    Figure(
        "该做的事", "duty-punctuality", Ratio(44, 48), word="按时",
        counts=(
            Count("", 48, " 项到期", "#duty"),
            Count("", 44, " 项按时", f"{GRID.path}records/", Ratio(44, 48)),
            Count("", 2, " 项晚了", "#duty-late"),
            Count("", 2, " 项还没做", "#duty-overdue", is_late=True),
        ),
        beside=(Beside(STREET, Ratio(11_902, 12_220)), Beside(Link("试验区", "area/320812/#duty"), Ratio(3, 8))),
        trend=(Count("10 月 ", 12, " 项"), Count("比上月多 ", 3, " 项")),
    ),
    Figure("事项", "on-time-rate", Ratio(5, 6), unit="件", note="按期办结"),
    Figure(
        "考核", "composite-score", text="良好", period="2026-Q3", path="#assessment",
        counts=(Count("", 7, " 项相加", "#assessment"),),
    ),
)  # fmt: skip

AREA_FIGURES = (
    FIGURES[0]._replace(
        counts=(
            *(count._replace(path="#duty") for count in FIGURES[0].counts[:-1]),
            FIGURES[0].counts[-1]._replace(path="overdue/320812001/"),
        )
    ),
    *FIGURES[1:],
)  # fmt: skip

WORKER = Contact(
    "网格员", "李秀英", "0517-8390 1234",
    (OnDuty("网格员", "0517-8390 1234", "2026-10-31 08:00", "2026-10-31 18:00"),
     OnDuty("", "0517-8390 1234", "2026-10-31 20:00", "2026-11-01 08:00")),
)  # fmt: skip
REPORT = Report(
    WORKER, Contact("监督电话", "", "12345"),
    (Pledge("路灯照明", "1 个工作日", "5 个工作日", "逐件公开"), Pledge("信访事项", "", "", "")),
)  # fmt: skip


def neighbours(count: int = 3) -> Neighbours:
    kind = TableKind("neighbours", (TableColumn("网格", "text"), TableColumn("按期办结", "number", "on-time-rate"),
                                    TableColumn("逾期", "number"), TableColumn("收到", "number"),
                                    TableColumn("等次", "text")))  # fmt: skip
    cells = (Cell(ratio=Ratio(31, 35)), Cell(overdue=2), Cell(count=41), Cell(text="良好"))
    few = (Cell(ratio=Ratio(3, 4)), Cell(overdue=0), Cell(count=4), Cell(text="—"))
    rows = tuple(
        Neighbour(child(at, True)._replace(cells=few if at % 2 else cells), at == 1) for at in range(1, count + 1)
    )
    parent = child(0, False)._replace(cells=cells)
    return Neighbours(kind, rows, parent, count > 6)


BEATS = OtherTree("tree-1", "警务区", (Link("城南派出所", "area/P01/"), Link("第一警务区", "area/P0101/")))

RECENT = (Recent("2026-10-12", "党务公开", Link("重要决议", "disclosure/P00000001/"), BRANCH),)


SHEET = Sheet(
    path=GRID.path,
    code="320812001001001",
    name=GRID.label,
    where=tuple(link.label for link in WHERE),
    household_count=312,
    extent="东至柴米河,南至解放东路,西至淮海南路,北至水门桥小区",
    closed_date="",
    has_branches=True,
    branch=BRANCH.label,
    people=(Named("网格长", "王建国"), Named("网格员", "李秀英")),
    phones=(Named("工作电话", "0517-8390 1234"), Named("监督电话", "12345")),
    figures=FIGURES,
    figures_left=1,
    can_be_late=True,
    late=late_items(),
    late_count=4,
    late_left=2,
)


BARE_SHEET = replace(
    SHEET, path="grid/LA-01-079/", code="LA-01-079", name="Arroyo Seco", where=(), household_count=None, extent="",
    closed_date="2026-01-31", has_branches=False, branch="", people=(), phones=(), figures=(), figures_left=0,
    can_be_late=False, late=(), late_count=0, late_left=0,
)  # fmt: skip


# ── pages ────────────────────────────────────────────────────────────────────────────────────────


CORRECTION = ChangeRow(
    "责任清单", "D00000001", "“完成期限”改了", True, "2026-10-01", "2026-11-01", "录入时写错了月份。", "2026-10-30"
)
GONE = ChangeRow("事项办理", "320812001001001-20261001-1", "不再公布", False, "", "", "")


def grid_page(rows: int = 20) -> GridPage:
    return GridPage(
        head=head(GRID.label, GRID.path, "duty", "case", "assessment", "downloads"),
        breadcrumbs=WHERE,
        grid_id="320812001001001",
        name=GRID.label,
        kind="综合网格",
        extent="东至柴米河,南至解放东路,西至淮海南路,北至水门桥小区",
        household_count=312,
        opened_date="2020-07-01",
        closed_date="",
        has_branches=True,
        branch=BRANCH,
        partners=(Link("区供电公司党支部", "branch/B32081200100109/"),),
        leader="王建国",
        report=REPORT,
        neighbours=neighbours(),
        late=late(3),
        figures=FIGURES,
        blocks=(
            duty_block(rows), roster_block(), case_block(rows), assessment_block(), project_block(rows and 3),
            ledger_block(), partner_block(), feedback_block(), disclosure_block(),
        ),
        downloads=(Link("本页数据 (JSON)", f"{GRID.path}data.json"), Link("责任清单 (CSV)", "data/duty.csv")),
        recent=RECENT,
        changes=GridBlock("2026-10-30", Numbers(2, 3, 1, 4), (CORRECTION,), 2),
        others=(BEATS,),
        sheet=SHEET,
    )


def bare_grid_page() -> GridPage:
    """A grid of a package that has no branches, duties or assessments, and of which little is known."""
    case = CaseBlock(
        tally=CaseTally(), categories=(), chart=chart(MONTHS, True), **in_states(()), row_count=0, more="",
        overdue_path="", is_partial=False,
    )  # fmt: skip
    return GridPage(
        head(GRID.label, GRID.path, "case"), (), "LA-01-079", "Arroyo Seco", "", "", None, "", "2026-01-31",
        False, None, (), "", Report(None, None, ()), None, LateLine((), 0, ""), (), (case,), (), None, (),
        (), BARE_SHEET,
    )  # fmt: skip


def records_page() -> RecordsPage:
    duties, cases = duty_records(), CaseRecords(tuple(map(case_row, range(20))))
    years = (Link("2026", ""), Link("2025", f"{GRID.path}records/2025/"))
    return RecordsPage(
        head("2026 年记录", f"{GRID.path}records/2026/", "duty", "case"), WHERE, GRID.label, years, (duties, cases)
    )


def records_index_page() -> RecordsIndexPage:
    statuses = ((Status.ON_TIME, 15), (Status.OVERDUE, 5))
    found = tuple(
        RecordsYear(Link(year, f"{GRID.path}records/{year}/#duty-1"), 20, statuses) for year in ("2026", "2025")
    )
    groups = (RecordsGroup("duty-1", "安全巡查", 40, found), RecordsGroup("duty-2", "", 20, found[:1]))
    subjects = (RecordsOf("duty", "责任清单", 40, found, groups), RecordsOf("case", "事项办理", 20, found[1:], ()))
    return RecordsIndexPage(
        head("全部记录", f"{GRID.path}records/", "duty", "case"), WHERE, GRID.label, subjects
    )


def beat_page() -> AreaPage:
    """An area of another tree than the main one: nothing by quarter, and no list of what is overdue."""
    case = replace(case_block(0), quarters=None)
    return replace(
        area_page(), breadcrumbs=BEATS.areas[:1], name=BEATS.areas[1].label, late_path="", tree_kind=BEATS.kind,
        left_out=("考核", "党务公开"), blocks=(duty_block(0), case),
    )  # fmt: skip


def area_page(are_grids: bool = True) -> AreaPage:
    return AreaPage(
        head=head("柴米居委会", "area/320812001001/", "children", "duty", "case", "assessment"),
        breadcrumbs=WHERE[:2],
        area_id="320812001001",
        name="柴米居委会",
        kind="社区(村)",
        child_kind="网格" if are_grids else "街道(乡镇)",
        table=children_kind(are_grids),
        children=tuple(child(at, are_grids) for at in range(1, 9)),
        whole=child(0, are_grids),
        siblings=Siblings(children_kind(False), tuple(child(at, False) for at in range(1, 4)), child(0, False)),
        orders=(Link("编码", ""), Link("履职完成", "area/320812001001/by-duty/")),
        grid_count=8,
        household_count=2412,
        late=(OverdueCount("责任清单", 12), OverdueCount("事项办理", 7)),
        late_path="overdue/320812001/",
        shared_count=4,
        figures=AREA_FIGURES,
        blocks=(duty_block(0), case_block(0), AreaBlock(area_assessment()), project_block(0), area_ledger()),
        recent=RECENT,
        tree_kind="",
        left_out=(),
        printable=Printable("print/320812001/#area-320812001001", 1, 8, False),
        map_path="map/area/320812001/",
    )


def print_page() -> PrintPage:
    group = SheetGroup("area-320812001001", "柴米居委会", 1, 2, (SHEET, replace(SHEET, code="320812001001002")))
    return PrintPage(
        head=head("城南街道:公示页", "print/320812001/", group.anchor),
        breadcrumbs=WHERE[:2],
        name="城南街道",
        sheet_count=2,
        groups=(group,),
    )


def map_page() -> MapPage:
    """The map of a street with two grids that have a shape and one that has none."""
    none = Link("柴米第三网格", "grid/320812001001003/")
    return MapPage(
        head=head("城南街道地图", "map/area/320812001/", "map", "table"),
        breadcrumbs=WHERE[:2],
        title="城南街道",
        measure="按期办结",
        definition="on-time-rate",
        measures=(Link("按期办结", ""), Link("逾期", "map/area/320812001/by-overdue/")),
        unit_word="网格",
        legend=(MapClass("m4", "90 % 以上", 1), MapClass("m0", "不足 10 件", 1)),
        width=1000,
        height=500,
        shapes=(
            MapShape(GRID.path, f"{GRID.label}：31/33 (93.9 %)", "m4", "M0 0l500 0 0 500z"),
            MapShape("grid/320812001001002/", "柴米第二网格：3/5", "m0", "M500 0l500 0 0 500z"),
        ),
        rows=(
            MapRow(GRID, "320812001001001", Cell(ratio=Ratio(31, 33)), "m4", "90 % 以上", True),
            MapRow(none, "320812001001003", Cell(overdue=2), "", "", False),
        ),
        missing=(none,),
        missing_count=1,
        maps=(Link("城南街道", "map/area/320812001/"),),
        area=Link("城南街道", "area/320812001/"),
    )


def branch_page() -> BranchPage:
    return BranchPage(
        head=head(BRANCH.label, BRANCH.path, "grids", "duty", "case", "assessment"),
        breadcrumbs=(*WHERE, Link("柴米社区党总支", "branch/B320812001001/")),
        branch_id="B32081200100101",
        name=BRANCH.label,
        kind="党支部",
        children=(Link("第一党小组", "branch/B3208120010010101/"),),
        officers=(("书记", "赵明"), ("副书记", ""), ("组织委员", "钱红"), ("宣传委员", "孙丽、李强")),
        office=Contact("办公电话", "", "0517-83905678"),
        member_count=36,
        committee_count=5,
        term_end_date="2026-09-30",
        term_ended=True,
        grids=(BranchGridRow(GRID, "主责", "2020-07-01", ""), BranchGridRow(GRID, "共建", "2020-07-01", "2024-06-30")),
        late=late(5),
        figures=FIGURES,
        blocks=(
            duty_block(place=GRID), case_block(0), assessment_block(shows_branch=False, complete=False),
            project_block(place=GRID), ledger_block(shows_branch=False),
        ),
        recent=RECENT,
    )


def home_page() -> HomePage:
    return HomePage(
        head=head(SITE.name, "", "areas", "figures", "overdue"),
        areas=tuple(child(at, False) for at in range(9)),
        area_kind="街道(乡镇)",
        figures=(
            Figure("责任完成", "duty-fulfilment", Ratio(11_902, 12_220)),
            Figure("按期办结", "on-time-rate", Ratio(8_731, 9_406)),
            Figure("满意", "satisfaction-rate", Ratio(6_020, 6_411)),
            Figure("收到事项", "cases-received", Ratio(10_233, -1)),
        ),
        recent=RECENT,
        more=tuple(item._replace(counts=(), path="") for item in FIGURES),
        late=late(318),
        shared_count=4,
        report=Report(None, Contact("监督电话", "", "12345"), REPORT.pledges),
        grid_count=1_204,
        find_label="查找网格",
        find_hint="网格名称、网格员,或编码",
        others=(BEATS,),
    )


OVERDUE = TableKind(
    "overdue",
    (
        TableColumn("区划", "text"),
        *(TableColumn(name, "number", "overdue") for name in ("责任清单", "事项办理", "合计")),
    ),
)


def overdue_page() -> OverduePage:
    def counts(duty: int, case: int) -> tuple[OverdueCount, ...]:
        return (OverdueCount("责任清单", duty), OverdueCount("事项办理", case))

    groups = (
        OverdueGroup(Link("城南街道", "overdue/320812001/"), counts(12, 7)),
        OverdueGroup(Link("党组织整体", "overdue/by-branch/"), counts(4, 0)),
    )
    return OverduePage(
        head("逾期", "overdue/", "areas"), OVERDUE, OVERDUE, 23, counts(16, 7), late_items(), groups, 4, groups[:1]
    )


def overdue_area_page() -> OverdueListPage:
    duty, case = late_items()
    stated = duty._replace(reason="材料未到", expected_date="2026-11-20")
    grid, whole = LatePart("grid-1", GRID, (stated, case)), LatePart("whole", BRANCH, (duty._replace(reason=""),))
    groups = (
        LateGroup("area-1", Link("柴米居委会", "area/320812001001/"), (grid,)),
        LateGroup("branch-1", BRANCH, (whole,)),
        LateGroup("branch-~none", None, (grid._replace(anchor="~none-1"),)),
    )
    totals = (OverdueCount("责任清单", 3), OverdueCount("事项办理", 2))
    return OverdueListPage(
        head("城南街道:逾期", "overdue/320812001/", "area-1", "branch-1"), (Link("逾期", "overdue/"),), "城南街道",
        5, totals, groups,
    )  # fmt: skip


def find_page() -> FindPage:
    streets = (FindStreet(Link("城南街道", "find/320812001/"), 26),)
    return FindPage(head("查找网格", "find/", "streets"), "查找网格", "名称、网格员或编码", streets, 26)


def find_list_page() -> FindListPage:
    rows = (FindRow(GRID, "柴米居委会"), FindRow(GRID, ""))
    groups = (FindGroup("initial-c", "C", rows), FindGroup("initial-other", "#", rows[1:]))
    return FindListPage(
        head("城南街道", "find/320812001/", "initial-c", "initial-other"), (Link("查找网格", "find/"),),
        Link("城南街道", "area/320812001/"), 3, groups, (Link("A–L", ""), Link("M–Z", "find/320812001/2/")),
    )  # fmt: skip


def coverage_page() -> CoveragePage:
    areas = (CoverageArea(Link("城南街道", "area/320812001/"), Ratio(11, 12)),)
    sections = (
        CoverageSection(
            "coverage-responsible", "有一个主责党组织的网格", "截至当天。", Ratio(11, 12), areas, ((GRID, 2),)
        ),
        CoverageSection("coverage-branch", "有网格的党支部", "截至当天。", Ratio(4, 4), (), ()),
        CoverageSection("coverage-term", "在任期内", "截至当天。", Ratio(0, 0), (), ((BRANCH, None),)),
    )
    matrix = TableKind("reported", tuple(TableColumn(title, "text") for title in ("区划", "责任", "值班")))
    rows = (ReportedRow(Link("城南街道", "area/320812001/"), (Reported(12, 3), Reported(0, 0))),)
    reporting = (("责任", Ratio(1, 1), 2), ("值班", Ratio(0, 1), 0))
    contents = head("覆盖", "coverage/", "coverage-responsible", "reported")
    return CoveragePage(contents, sections, matrix, rows, reporting)


def assessment_page() -> AssessmentPage:
    indicator = IndicatorRow(
        name="责任完成", code="I01", kind="计分", definition="到期责任完成的比例", formula="完成数÷到期数×100",
        expression="100 × 完成数 ÷ 到期数", direction="正向", evaluator="数据", source="责任清单", weight="40",
        full_score="100", since="2026-01-01", until="",
    )  # fmt: skip
    other = indicator._replace(code="I02", until="2026-06-30")
    ladder = (("优秀", "95"), ("良好", "85"), ("合格", "60"), ("不合格", "0"))
    areas = ((Link("城南街道", "assessment/320812001/"), area_assessment()),)
    return AssessmentPage(
        head("考核评价", "assessment/", "areas", "indicators", "ladder"), area_assessment(), areas, (indicator,),
        (other,), ladder,
    )  # fmt: skip


def branch_score_row(code: str, **values: Any) -> BranchScoreRow:
    """Return the row of a branch, of which nothing is told but `values`."""
    nothing: dict[str, Any] = {
        "score": "", "low": "", "high": "", "grade": "", "grades": (), "approval": Ratio(0, 0),
        "approval_most": Ratio(0, 0), "approval_shown": False, "low_pct": "", "high_pct": "", "rank": 0, "rank_low": 0,
        "rank_high": 0,
    }  # fmt: skip
    return BranchScoreRow(branch=BRANCH, code=code, **{**nothing, **values})


def assessment_area_page() -> AssessmentAreaPage:
    rows = (
        branch_score_row("B32081200100101", score="91.9", low="91.9", high="91.9", grade="良好", grades=("良好",),
                         approval=Ratio(55, 60), approval_most=Ratio(55, 60), approval_shown=True, low_pct="81.9",
                         high_pct="96.4", rank=2, rank_low=1, rank_high=4),
        branch_score_row("B32081200100102", low="88.1", high="91.2", grades=("优秀", "良好"), approval=Ratio(41, 45),
                         approval_most=Ratio(45, 45), approval_shown=True, low_pct="79.3", high_pct="100.0", rank_low=1,
                         rank_high=9),
        branch_score_row("B32081200100103"),
    )
    return AssessmentAreaPage(
        head("城南街道考核评价", "assessment/320812001/", "branches"), WHERE[:1], "城南街道", area_assessment(), rows, 1
    )


def data_page() -> DataPage:
    field = FieldRow("duty_id", "责任编号", "string", "每一项责任一个编号。")
    file = Download("duty", "data/duty.csv", 12_220, 1_430_112, "0" * 64, "data/duty.xlsx", 610_112)
    large = Download("case", "data/case.csv", 2_000_000, 140_430_112, "0" * 64, "", 0)
    resources = (
        DataResource("duty", "责任清单", "党组织要完成的每一项责任。", file, (field,)),
        DataResource("case", "事项办理", "", large, ()),
    )
    contents = head("数据下载", "data/", "package", "files", "joins", "fields", "format")
    joins = (Join("责任清单", "data/duty.csv", "grid_id", "网格", "data/grid.csv", "grid_id"),)
    example = '{\n  "grid_id": "320812001001001",\n  "duty": {"fulfilment": [46, 48]}\n}'
    url = "https://creativecommons.org/licenses/by/4.0/"
    return DataPage(contents, "网格公开数据", "区划是真实的。", "CC BY 4.0", url, resources, joins, example)


def changes_page() -> ChangesPage:
    numbers = Numbers(2, 3, 1, 4)
    release = ReleaseRow("2026-10-30", "2026-10-29", numbers, (CORRECTION, GONE), ("“值班安排”:不再公布的列:备注。",))
    return ChangesPage(
        head=head("变化", "changes/", "corrections", "progress", "all", "earlier"), since="2026-10-30",
        since_id="2026-10-30-0123456789ab", is_backwards=False, total=numbers, count=10,
        by_table=(TableRow("责任清单", Numbers(1, 3, 0, 0)), TableRow("事项办理", Numbers(1, 0, 1, 4))),
        schema=("表“更正说明”是新的。",), groups=(Group(GRID, 1, (CORRECTION,)), Group(Link("", ""), 3, (GONE,))),
        rest=Rest(2, 5), progress=(GridRow(GRID, numbers), GridRow(Link("320812001001099", ""), numbers)),
        progress_rest=Rest(1, 2), releases=(release,), months=(MonthOfChanges("2026-08", 31, 12, 400),), shown=30,
    )  # fmt: skip


def quality_page() -> QualityPage:
    finding = FindingRow("case.csv 第 17 行 C 列", "办结日期早于收到日期", "请核对两个日期。")
    check = CheckRow("resolved-late", "warning", "事项办理", "办结日期不早于收到日期。", 3)
    kept = CheckRow("primary-key", "error", "事项办理", "编号不重复。", 0)
    contents = head("数据质量", "quality/", "resources", "checks", "findings")
    tables = (ResourceQuality("事项办理", "case", 9_406, 3),)
    group = FindingGroup("resolved-late", "办结日期不早于收到日期。", 3, (finding,))
    held = (
        HeldRow("事项办理", "case.csv", "2026-10-28", "2026-10-29", (("type-error", 3), ("fewer-rows", 12))),
        HeldRow("责任清单", "duty.csv", "", "2026-10-29", (("depends-on-held", 1), ("left-out-together", 1))),
    )
    return QualityPage(contents, tables, (check,), (kept,), (group,), 3, held)


def policy_page() -> PolicyPage:
    tables = (
        PolicyRow("事项办理", "case", ("编号", "类别"), (), ("满意度",), ("反映人", "电话")),
        PolicyRow("考核", "assessment", ("得分",), ("好", "差"), (), ()),
    )
    categories = (
        CategoryRow("事项办理", "路灯照明", "A01", "itemised", "逐件公开", 0),
        CategoryRow("事项办理", "家庭纠纷", "C01", "protected", "受保护", 5),
    )
    contents = head("公开什么，不公开什么", "policy/", "columns", "categories", "minimums")
    return PolicyPage(contents, tables, categories, (MinimumRow("minimum_ballots", "有效票满这么多才公布", 10),))


ITEM = Link("重要决议、决定", "catalogue/#G01")


def disclosure_page() -> DisclosurePage:
    return DisclosurePage(
        head=head("重要决议", "disclosure/P00000001/"), breadcrumbs=(BRANCH,), title="重要决议",
        disclosure_id="P00000001", item=ITEM, by=BRANCH, grid=GRID,
        steps=(Step("形成日期", "2026-09-01"), Step("审核日期", ""), Step("公开日期", "2026-10-12")),
        period_start_date="2026-07-01", period_end_date="2026-09-30", due_date="2026-10-09", standing=Status.LATE,
        late_days=3, text="第一段\n<第二段>",
        attachments=(Link("demo-notice.pdf", "disclosure/P00000001/demo-notice.pdf"),),
    )  # fmt: skip


def disclosure_branch_page() -> BranchDisclosuresPage:
    rows = (
        ListedDisclosure(
            Link("重要决议", "disclosure/P00000001/"), ITEM, "2026-07-01", "2026-09-30", "2026-10-12", "2026-10-09",
            Status.LATE, 3,
        ),
        ListedDisclosure(Link("组织设置", "disclosure/P00000002/"), ITEM, "", "", "2026-01-12", "", None, 0),
    )  # fmt: skip
    return BranchDisclosuresPage(head("全部公开", f"{BRANCH.path}disclosures/"), (BRANCH,), BRANCH.label, rows)


def disclosure_catalogue_page() -> CataloguePage:
    item = CatalogueItem(
        "G01", "党组织决议、决定及执行情况", "重要决议、决定", "内容和执行情况", "文件", "20 个工作日内", "党支部",
        "本网站", "全社会", "主动公开", "党支部", "即时", "",
    )  # fmt: skip
    bare = CatalogueItem(
        "G05", "党的组织管理情况", "党费收缴", "", "", "", "", "", "全体党员", "", "党支部", "定期", "每季度"
    )  # fmt: skip
    missing = MissingOf(BRANCH, "2026-07-01 – 2026-09-30", "2026-10-21", 10)
    groups = (
        CatalogueGroup(item.first_level, (CatalogueRow(item, DisclosureTally(40, 3, 2, 9), "2026-11-13", (missing,)),)),
        CatalogueGroup(bare.first_level, (CatalogueRow(bare, None, "", ()),)),
    )
    return CataloguePage(head("公开目录", "catalogue/", "items"), DisclosureTally(40, 3, 2, 9), groups)


# A full context for each template of a page, by the template's name.
PAGES: Mapping[str, PageContext] = {
    "home": home_page(),
    "find": find_page(),
    "find_list": find_list_page(),
    "area": area_page(),
    "print": print_page(),
    "grid": grid_page(),
    "records": records_page(),
    "records_index": records_index_page(),
    "branch": branch_page(),
    "overdue": overdue_page(),
    "map": map_page(),
    "overdue_area": overdue_area_page(),
    "coverage": coverage_page(),
    "assessment": assessment_page(),
    "assessment_area": assessment_area_page(),
    "disclosure": disclosure_page(),
    "disclosure_branch": disclosure_branch_page(),
    "disclosure_catalogue": disclosure_catalogue_page(),
    "data": data_page(),
    "changes": changes_page(),
    "quality": quality_page(),
    "policy": policy_page(),
}
