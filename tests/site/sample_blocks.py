"""Rows and blocks as full as on a real page, for the sample pages."""

from __future__ import annotations

from collections.abc import Mapping

from builder.model import Block, Head, LateItem, Link, Ratio, Status, TableColumn, TableKind
from builder.pages.children import Cell, ChildRow
from builder.pages.late import LateLine
from builder.subjects.assessment.block import AreaAssessment, AreaBlock, AssessmentBlock, GradeCount, PeriodScore
from builder.subjects.assessment.sheet import Approval, ScoreSheet, SheetLine
from builder.subjects.case.block import CaseBlock, CaseRecords, CategoryRow
from builder.subjects.case.chart import chart
from builder.subjects.case.measure import CaseRow
from builder.subjects.case.tally import CaseTally
from builder.subjects.duty.block import DutyBlock, DutyCategoryRow, DutyRecords, PlacedDuty
from builder.subjects.duty.measure import DutyRow
from builder.subjects.duty.tally import DutyTally

SHELL = """<!doctype html>
<html lang="zh"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>{% block title %}{% endblock %}</title><meta name="description" content="{% block description %}{% endblock %}">
<link rel="canonical" href="{% block canonical %}{% endblock %}">{% block extrahead %}{% endblock %}</head>
<body data-md-color-scheme="default"><main><nav><ul>{% block toc %}{% endblock %}</ul></nav>
<article class="md-content__inner md-typeset">{% block content %}{% endblock %}</article></main></body></html>
"""

GRID = Link("柴米第一网格", "grid/320812001001001/")
BRANCH = Link("柴米社区第一党支部", "branch/B32081200100101/")
WHERE = (
    Link("清江浦区", "area/320812/"),
    Link("城南街道", "area/320812001/"),
    Link("柴米居委会", "area/320812001001/"),
)


def head(title: str, path: str, *anchors: str) -> Head:
    contents = tuple(Link(name, f"#{name}") for name in anchors)
    return Head(title, f"{title}:责任、事项和考核", path, "../" * path.count("/"), path, contents)


def duty_row(at: int) -> DutyRow:
    status = (Status.OVERDUE, Status.OVERDUE, Status.LATE)[at] if at < 3 else Status.ON_TIME
    status = Status.UPCOMING if at > 17 else status
    return DutyRow(
        title=("消防通道清理", "走访独居老人", "楼道堆物巡查", "健身器材检修", "居民议事会")[at % 5],
        category=("安全巡查", "走访联系", "环境整治")[at % 3],
        basis="区委组织部 2025 年第 3 号文件" if at % 4 == 0 else "",
        post="网格长",
        frequency="每月",
        due_date=f"2026-10-{28 - at:02}",
        done_date="" if status in (Status.OVERDUE, Status.UPCOMING) else f"2026-10-{27 - at:02}",
        evidence_url="https://example.org/e/1" if at == 5 else "",
        status=status,
        days=(3, 12, 1)[at] if at < 3 else 0,
        grid_id="320812001001001",
    )


def placed(at: int, place: Link | None = None) -> PlacedDuty:
    return PlacedDuty(duty_row(at), place)


def case_row(at: int) -> CaseRow:
    is_open = at in (0, 2)
    return CaseRow(
        case_id=f"C{at:06}",
        category=("路灯不亮", "生活垃圾", "施工噪声", "路面破损")[at % 4],
        channel="12345热线",
        received_date=f"2026-10-{28 - at:02}",
        responded_date=f"2026-10-{28 - at:02}",
        resolved_date="" if is_open else f"2026-10-{29 - at:02}",
        limit_date=f"2026-10-{30 - at:02}",
        stage="办理中" if is_open else "已办结",
        handler_kind="居委会",
        method="现场处置",
        outcome="" if is_open else "解决",
        status=(Status.OPEN, Status.LATE, Status.OVERDUE)[at] if at < 3 else Status.ON_TIME,
        days=1 + at,
        days_late=2 if at in (1, 2) else 0,
    )


DUTY_TALLY = DutyTally(on_time=44, late=2, overdue=2, upcoming=6)
SMALL_DUTY_TALLY = DutyTally(on_time=5, late=1, overdue=1, upcoming=2)
CASE_TALLY = CaseTally(41, 6, 1, 34, 36, 31, 35, 30, 33, 27, 29, 4)
SMALL_CASE_TALLY = CaseTally(6, 2, 1, 5, 6, 4, 5, 3, 4, None, None, None)


MONTHS = tuple((f"2026-{at + 1:02}", n, n - n // 3) for at, n in enumerate((3, 5, 2, 0, 4, 6, 3, 2, 5, 4, 4, 3)))


def duty_block(rows: int = 20, place: Link | None = None) -> DutyBlock:
    categories = (DutyCategoryRow("安全巡查", DUTY_TALLY), DutyCategoryRow("走访联系", SMALL_DUTY_TALLY))
    listed = tuple(placed(at, place) for at in range(rows))
    more = f"{GRID.path}records/" if rows else ""
    return DutyBlock(DUTY_TALLY, categories, listed, 54 if rows else 0, more, (placed(4), placed(7)))


def case_block(rows: int = 20) -> CaseBlock:
    categories = (
        CategoryRow("路灯不亮", "市政设施", True, CASE_TALLY),
        CategoryRow("生活垃圾", "市容环境", True, SMALL_CASE_TALLY),
        CategoryRow("施工噪声", "市容环境", False, CaseTally()),
    )
    listed = tuple(case_row(at) for at in range(rows))
    more = f"{GRID.path}records/" if rows else ""
    return CaseBlock(CASE_TALLY, categories, chart(MONTHS, True), listed, 41 if rows else 0, more, True)


def late_items() -> tuple[LateItem, ...]:
    return (
        LateItem("责任", "消防通道清理", GRID, BRANCH, "2026-10-28", 3),
        LateItem("事项", "施工噪声", GRID, None, "2026-10-30", 1),
    )


def late(count: int = 2) -> LateLine:
    return LateLine(late_items(), count, "overdue/320812001/" if count > 2 else "")


def sheet(complete: bool = True) -> ScoreSheet:
    lines = (
        SheetLine("责任完成", "到期责任完成的比例", "上级", "正向", "数据计算", "40", "92", "100", "36.80", ""),
        SheetLine("事项办结", "按期办结的比例", "数据", "正向", "数据计算", "30", "88.6", "100", "26.58", ""),
        SheetLine(
            "群众评议", "居民投票", "群众", "正向", "群众评议", "30", "95", "100", "28.50", "https://example.org/"
        ),
    )
    votes = (("好", 40), ("较好", 15), ("一般", 4), ("差", 1))
    approvals = (
        Approval("群众评议", Ratio(55, 60), "81.9", "96.4", 66, True, votes),
        Approval("党员评议", Ratio(6, 7), "", "", 9, False, ()),
    )
    if complete:
        return ScoreSheet("2026-Q3", lines, "91.88", "良好", (), approvals)
    return ScoreSheet("2026-Q3", (*lines[:2], lines[2]._replace(score="", points="")), "", "", ("群众评议",), ())


def assessment_block(shows_branch: bool = True, complete: bool = True) -> AssessmentBlock:
    periods = (PeriodScore("2026-Q3", "91.88", "良好"), PeriodScore("2026-Q2", "", ""))
    return AssessmentBlock(BRANCH, sheet(complete), periods, shows_branch)


def area_assessment() -> AreaAssessment:
    return AreaAssessment("2026-Q3", 14, (GradeCount("优秀", 3), GradeCount("良好", 8)), 3, Ratio(655, 720))


def children_kind(are_grids: bool) -> TableKind:
    first, last = TableColumn("网格" if are_grids else "街道(乡镇)", "text"), TableColumn("党组织", "text")
    grids, late = TableColumn("网格", "number"), TableColumn("逾期", "number")
    rates = (
        TableColumn("责任完成", "number", "duty-fulfilment"), TableColumn("满意", "number", "satisfaction-rate")
    )  # fmt: skip
    if are_grids:
        return TableKind("grids", (first, *rates, late, last))
    return TableKind("areas", (first, grids, *rates, late))


def child(at: int, is_grid: bool) -> ChildRow:
    duty = SMALL_DUTY_TALLY if at % 2 else DUTY_TALLY
    case = SMALL_CASE_TALLY if at % 2 else CASE_TALLY
    name = f"柴米第{at}网格" if is_grid else ("城南街道", "浦楼街道", "闸口街道", "清河街道")[at % 4]
    link = Link(name, f"grid/32081200100100{at}/" if is_grid else f"area/32081200{at}/")
    code = f"32081200100100{at}" if is_grid else f"32081200{at}"
    rates = (Cell(ratio=duty.fulfilment), Cell(ratio=case.satisfaction))
    late, size = Cell(overdue=at % 3), 0 if is_grid else 96 + at
    branch, grids = Cell(text=BRANCH.label), Cell(count=size)
    return ChildRow(link, code, size, at % 3, (*rates, late, branch) if is_grid else (grids, *rates, late))


# A full block for each template of a block, by the template's name.
BLOCKS: Mapping[str, Block] = {
    block.template: block
    for block in (
        duty_block(),
        DutyRecords(tuple(map(placed, range(20)))),
        case_block(),
        CaseRecords(tuple(map(case_row, range(20)))),
        assessment_block(),
        AreaBlock(area_assessment()),
    )
}
