"""Rows and blocks as full as on a real page, for the sample pages."""

from __future__ import annotations

from builder.model import CaseTally, DutyTally, Ratio, Status
from builder.pages.chart import chart
from builder.pages.context import (
    Approval,
    AreaAssessment,
    AssessmentBlock,
    CaseBlock,
    CaseRow,
    CategoryRow,
    ChildRow,
    DutyBlock,
    DutyCategoryRow,
    DutyRow,
    GradeCount,
    Head,
    LateItem,
    Link,
    PeriodScore,
    ScoreLine,
    ScoreSheet,
)

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
    return Head(title, f"{title}:责任、事项和考核", path, "../" * path.count("/"), contents)


def duty_row(at: int, place: Link | None = None) -> DutyRow:
    status = (Status.OVERDUE, Status.OVERDUE, Status.LATE)[at] if at < 3 else Status.ON_TIME
    status = Status.UPCOMING if at > 17 else status
    return DutyRow(
        duty_id=f"D{at:06}",
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
        place=place,
    )


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
SMALL_CASE_TALLY = CaseTally(6, 2, 1, 5, 6, 4, 5, 3, 4, 2, 2, None)


MONTHS = tuple((f"2026-{at + 1:02}", n, n - n // 3) for at, n in enumerate((3, 5, 2, 0, 4, 6, 3, 2, 5, 4, 4, 3)))


def duty_block(rows: int = 20) -> DutyBlock:
    categories = (DutyCategoryRow("安全巡查", DUTY_TALLY), DutyCategoryRow("走访联系", SMALL_DUTY_TALLY))
    listed = tuple(duty_row(at) for at in range(rows))
    more = f"{GRID.path}records/#duty" if rows else ""
    return DutyBlock(DUTY_TALLY, categories, listed, 54 if rows else 0, more, (duty_row(4), duty_row(7)))


def case_block(rows: int = 20) -> CaseBlock:
    categories = (
        CategoryRow("路灯不亮", "市政设施", True, CASE_TALLY),
        CategoryRow("生活垃圾", "市容环境", True, SMALL_CASE_TALLY),
        CategoryRow("施工噪声", "市容环境", False, CaseTally()),
    )
    listed = tuple(case_row(at) for at in range(rows))
    more = f"{GRID.path}records/#case" if rows else ""
    return CaseBlock(CASE_TALLY, categories, chart(MONTHS, True), listed, 41 if rows else 0, more, True)


def late() -> tuple[LateItem, ...]:
    return (
        LateItem("duty", "消防通道清理", GRID, BRANCH, "2026-10-28", 3),
        LateItem("case", "施工噪声", GRID, None, "2026-10-30", 1),
    )


def sheet(complete: bool = True) -> ScoreSheet:
    lines = (
        ScoreLine("责任完成", "到期责任完成的比例", "上级", "正向", "数据计算", "40", "92", "100", "36.80", ""),
        ScoreLine("事项办结", "按期办结的比例", "数据", "正向", "数据计算", "30", "88.6", "100", "26.58", ""),
        ScoreLine(
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


def assessment_block() -> AssessmentBlock:
    periods = (PeriodScore("2026-Q3", "91.88", "良好"), PeriodScore("2026-Q2", "", ""))
    return AssessmentBlock(BRANCH, sheet(), periods)


def area_assessment() -> AreaAssessment:
    return AreaAssessment("2026-Q3", 14, (GradeCount("优秀", 3), GradeCount("良好", 8)), 3, Ratio(655, 720))


def child(at: int, is_grid: bool) -> ChildRow:
    duty = SMALL_DUTY_TALLY if at % 2 else DUTY_TALLY
    case = SMALL_CASE_TALLY if at % 2 else CASE_TALLY
    name = f"柴米第{at}网格" if is_grid else ("城南街道", "浦楼街道", "闸口街道", "清河街道")[at % 4]
    link = Link(name, f"grid/32081200100100{at}/" if is_grid else f"area/32081200{at}/")
    code = f"32081200100100{at}" if is_grid else f"32081200{at}"
    grade = "良好" if at != 2 else ""
    return ChildRow(link, code, 0 if is_grid else 96 + at, duty, case, at % 3, BRANCH.label, grade, Ratio(11, 14))
