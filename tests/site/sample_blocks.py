"""Rows and blocks as full as on a real page, for the sample pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from builder.model import Block, Head, LateItem, Link, Ratio, Status, TableColumn, TableKind
from builder.pages.children import Cell, ChildRow
from builder.pages.late import LateLine
from builder.subjects.assessment.block import AreaAssessment, AreaBlock, AssessmentBlock, GradeCount, PeriodScore
from builder.subjects.assessment.chart import Step
from builder.subjects.assessment.chart import chart as step_chart
from builder.subjects.assessment.detail import Detail, NextGrade, RoomRow, VoiceRow
from builder.subjects.assessment.sheet import Approval, ScoreSheet, SheetLine, Worked
from builder.subjects.case.block import CaseBlock, CaseRecords, CategoryRow, CutTable, SignalRow, ValueRow
from builder.subjects.case.chart import chart
from builder.subjects.case.facts import UNTOLD, CaseRow
from builder.subjects.case.facts import Cell as CaseCell
from builder.subjects.case.quarter_table import QuarterRow, QuarterTable, RatedQuarter
from builder.subjects.case.states import in_states
from builder.subjects.case.tally import CaseTally
from builder.subjects.case.tally import RatingTally as CaseRatings
from builder.subjects.disclosure.block import DisclosureBlock, MissingItem
from builder.subjects.disclosure.block import ItemRow as DueItemRow
from builder.subjects.disclosure.tally import DisclosureTally
from builder.subjects.duty.block import DutyBlock, DutyCategoryRow, DutyGroup, DutyRecords, PlacedDuty
from builder.subjects.duty.measure import DutyRow
from builder.subjects.duty.tally import DutyTally
from builder.subjects.feedback.block import FeedbackBlock, FeedbackCategoryRow, FeedbackRecords
from builder.subjects.feedback.measure import FeedbackRow
from builder.subjects.feedback.tally import FeedbackTally, RatingTally
from builder.subjects.ledger.block import AccountRow, AreaLedger, AreaSum, BranchPeriod, LedgerBlock, LineRow
from builder.subjects.ledger.measure import Account, Line
from builder.subjects.partner.block import (
    ItemList,
    PartnerBlock,
    PartnerCategoryRow,
    PartnerRecords,
    PlacedItem,
    PlacedPartner,
)
from builder.subjects.partner.measure import ItemRow, PartnerRow
from builder.subjects.partner.tally import PARTS, PartnerTally
from builder.subjects.project.block import Money, PlacedProject, ProjectBlock, ProjectCategoryRow, ProjectRecords, Stage
from builder.subjects.project.measure import ProjectRow
from builder.subjects.project.tally import ProjectTally
from builder.subjects.roster.block import PlacedShift, RosterBlock
from builder.subjects.roster.measure import Shift
from builder.subjects.shown import Shown, by_kind, late_first, newest_first

SHELL = """<!doctype html>
<html lang="zh"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>{% block title %}{% endblock %}</title><meta name="description" content="{% block description %}{% endblock %}">
<link rel="canonical" href="{% block canonical %}{% endblock %}">{% block extrahead %}{% endblock %}</head>
<body><main>
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
        reason="等待配件到货" if at == 1 else "",
        expected_date="2026-12-01" if at == 1 else "",
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
        reason="等待施工许可" if at == 2 else None,
        expected_date="2026-11-20" if at == 2 else None,
    )


DUTY_TALLY = DutyTally(on_time=44, late=2, overdue=2, upcoming=6)
SMALL_DUTY_TALLY = DutyTally(on_time=5, late=1, overdue=1, upcoming=2)
CASE_TALLY = CaseTally(41, 6, 1, 34, 36, 31, 35, 30, 33, 4)
SMALL_CASE_TALLY = CaseTally(6, 2, 1, 5, 6, 4, 5, 3, 4, None)


MONTHS = tuple((f"2026-{at + 1:02}", n, n - n // 3) for at, n in enumerate((3, 5, 2, 0, 4, 6, 3, 2, 5, 4, 4, 3)))


def duty_block(rows: int = 20, place: Link | None = None) -> DutyBlock:
    listed = [placed(at, place) for at in range(rows)]
    more = f"{GRID.path}records/" if rows else ""
    categories = (DutyCategoryRow("安全巡查", DUTY_TALLY, more), DutyCategoryRow("走访联系", SMALL_DUTY_TALLY, ""))
    late = shown(listed, Status.LATE, 2)
    return DutyBlock(
        tally=DUTY_TALLY, categories=categories,
        overdue=late_first(of(listed, Status.OVERDUE), lambda row: row.duty.days),
        late=by_kind([("环境整治", 2, 12)], late.all, lambda row: row.duty.category), done_late=late,
        on_time=shown(listed, Status.ON_TIME, 44), upcoming=shown(listed, Status.UPCOMING, 6),
        row_count=54 if rows else 0, more=more, shared=Shown((), (placed(4), placed(7)), 24), shared_by=BRANCH,
        overdue_path="" if rows else "overdue/320812001/",
    )  # fmt: skip


def of(rows: Sequence[Any], state: Status) -> list[Any]:
    """Return the rows in a state: each has it itself, or what it places has."""
    own = ("duty", "project")
    held = [(row, next((getattr(row, name) for name in own if hasattr(row, name)), row)) for row in rows]
    return [row for row, inner in held if inner.status == state]


def shown(rows: Sequence[Any], state: Status, total: int) -> Shown[Any]:
    found = tuple(of(rows, state))
    return Shown((), found, total if found else 0)


QUARTERS = QuarterTable(
    periods=("2026-Q3", "2026-Q2"),
    rows=(
        QuarterRow("物业服务", "数量公开", 5, (CaseCell(1_204), CaseCell(0))),
        QuarterRow("信访事项", "受保护", 8, (CaseCell(None, "fewer"), CaseCell(None, "withheld"))),
        QuarterRow("意见建议", "数量公开", 5, (UNTOLD, CaseCell(7))),
    ),
    ratings=(RatedQuarter("2026-Q3", CaseRatings(31, 9)), RatedQuarter("2026-Q2", None)),
    revised=("2026-Q2",),
    is_partial=True,
)


def case_block(rows: int = 20) -> CaseBlock:
    categories = (
        CategoryRow("路灯不亮", "市政设施", True, CASE_TALLY),
        CategoryRow("生活垃圾", "市容环境", True, SMALL_CASE_TALLY),
        CategoryRow("施工噪声", "市容环境", False, CaseTally()),
    )
    listed = [case_row(at) for at in range(rows)]
    more = f"{GRID.path}records/" if rows else ""
    cuts = (
        CutTable("来源", (ValueRow("12345热线", CASE_TALLY), ValueRow("", SMALL_CASE_TALLY))),
        CutTable("办理主体", (ValueRow("居委会", CASE_TALLY), ValueRow("党组织", SMALL_CASE_TALLY))),
    )
    signals = (
        SignalRow(Link("城南街道", "area/320812001/"), "路灯不亮", "2026-08", 31, "9.4"),
        SignalRow(None, "生活垃圾", "2026-07", 17, "4.0"),
    )
    before = [None, *range(20, 20 + len(MONTHS) - 1)]
    return CaseBlock(
        tally=CASE_TALLY, categories=categories, chart=chart(MONTHS, True, before), **in_states(listed),
        row_count=41 if rows else 0, more=more, overdue_path="" if rows else "overdue/320812001/", is_partial=True,
        resolves=True, cuts=cuts, signals=signals, are_tested=True, quarters=QUARTERS,
    )  # fmt: skip


def feedback_row(at: int) -> FeedbackRow:
    is_open = at == 0
    return FeedbackRow(
        feedback_id=f"F{at:06}",
        category=("公共设施", "停车出行")[at % 2],
        headline="楼道灯坏了好几盏。…" if at % 2 else "",
        question="楼道灯坏了好几盏。\n一到晚上老人不敢下楼。" if at % 2 else "能不能增加几个非机动车充电位?",
        received_date=f"2026-10-{28 - at:02}",
        limit_date=f"2026-10-{30 - at:02}" if at != 3 else "",
        reply="" if at in (0, 4) else "已报修。\n配件到货后更换。",
        replied_date="" if is_open else f"2026-10-{29 - at:02}",
        replied_by="" if is_open else "网格长",
        result="更换声控灯" if at % 3 == 1 else "",
        status=(Status.OVERDUE, Status.LATE)[at] if at < 2 else Status.ON_TIME,
        days=1 + at,
        days_late=2 if at < 2 else 0,
        reason="正在核实" if at == 0 else "",
        expected_date="2026-11-08" if at == 0 else "",
    )


def feedback_block(rows: int = 20) -> FeedbackBlock:
    tally = FeedbackTally(41, 3, 2, 30, 4, 2, 36, 20, 5)
    categories = (FeedbackCategoryRow("公共设施", tally), FeedbackCategoryRow("停车出行", FeedbackTally()))
    listed = [feedback_row(at) for at in range(rows)]
    more = f"{GRID.path}records/" if rows else ""
    overdue = late_first(of(listed, Status.OVERDUE), lambda row: row.days_late)
    return FeedbackBlock(
        tally=tally, categories=categories, overdue=overdue, open=newest_first(overdue.all),
        late=shown(listed, Status.LATE, 4), on_time=shown(listed, Status.ON_TIME, 30),
        answered=newest_first([feedback_row(2)._replace(status=Status.DONE)]), row_count=41 if rows else 0, more=more,
        overdue_path="" if rows else "overdue/320812001/", is_whole=True, ratings=RatingTally(20, 5, 3),
    )  # fmt: skip


PARTNER_UNITS = tuple(
    PlacedPartner(PartnerRow(name, kind, post, phone, grid), GRID if grid else None)
    for name, kind, post, phone, grid in (
        ("柴米演示小学", "学校", "办公室", "0517-00000001", "320812001001001"),
        ("柴米演示文化站", "事业单位", "", "", ""),
    )
)


def item(at: int) -> PlacedItem:
    row = ItemRow(
        item_id=f"L{at:06}",
        title=("会议室和停车位错时开放", "法律咨询", "健康义诊")[at % 3],
        category=("场地设施", "专业服务", "健康医疗")[at % 3],
        partner="柴米演示小学",
        partner_kind="学校",
        from_date="2026-03-05",
        to_date="2026-12-31" if at % 2 else "",
        done_date="2026-09-01" if at % 4 == 1 else "",
        match_title="会议室开放" if at % 3 else "",
        match_partner="柴米演示文化站" if at % 3 else "",
        match_area=WHERE[-1].path.split("/")[1] if at % 3 == 1 else "",
        agreed=at % 3 == 2,
        grid_id="320812001001001",
    )
    return PlacedItem(row, GRID if at % 2 else None, WHERE[-1] if row.match_area else None)


def item_lists(rows: int) -> tuple[ItemList, ...]:
    return tuple(ItemList(kind, tuple(map(item, range(rows))), 24) for kind in PARTS)


def partner_block() -> PartnerBlock:
    tally = PartnerTally(24, 6, 10, 8, 24, 9)
    categories = (PartnerCategoryRow("场地设施", tally), PartnerCategoryRow("健康医疗", PartnerTally()))
    more = f"{GRID.path}records/"
    return PartnerBlock(tally, categories, PARTNER_UNITS, 24, item_lists(20), more, not more, WHERE[-1])


def late_items() -> tuple[LateItem, ...]:
    return (
        LateItem("责任", "消防通道清理", GRID, BRANCH, "2026-10-28", 3, None, None),
        LateItem("事项", "施工噪声", GRID, None, "2026-10-30", 1, None, None),
    )


def late(count: int = 2) -> LateLine:
    return LateLine(late_items(), count, "overdue/320812001/" if count > 2 else "")


def sheet_line(indicator: str, evaluator: str, weight: str, score: str, points: str) -> SheetLine:
    return SheetLine(
        indicator=indicator, kind="", definition="到期责任完成的比例", evaluator=evaluator, direction="正向",
        method="数据计算", weight=weight, score=score, full_score="100", sign="", points=points, is_veto=False,
        evidence_url="", worked=None, is_uncounted=False, low="", high="", points_low="", points_high="", withheld="",
    )  # fmt: skip


def sheet(complete: bool = True) -> ScoreSheet:
    worked = Worked("100 × 按期 ÷ 到期", "100 × 46 ÷ 50", (("按期", 46), ("到期", 50)), "92", True)
    differing = worked._replace(result="89", agrees=False)
    lines = (
        sheet_line("责任完成", "数据", "40", "92", "36.8")._replace(worked=worked),
        sheet_line("事项办结", "数据", "30", "88.6", "26.58")._replace(worked=differing),
        sheet_line("群众评议", "群众", "30", "95", "28.5")._replace(evidence_url="https://example.org/"),
        sheet_line("通报批评", "上级", "5", "1", "1")._replace(kind="减分", sign="−"),
        sheet_line("弄虚作假", "上级", "0", "", "")._replace(kind="否决", is_veto=True),
    )
    votes = (("好", 40), ("较好", 15), ("一般", 4), ("差", 1))
    approvals = (
        Approval(
            "群众评议", "", Ratio(55, 60), Ratio(55, 60), "81.9", "96.4", 66, True, votes, "(好×100+较好×85)÷有效票数"
        ),
        Approval("党员评议", "few", Ratio(0, 0), Ratio(0, 0), "", "", 0, False, (), ""),
    )
    if complete:
        return ScoreSheet("2026-Q3", lines, "90.9", "90.9", "90.9", "良好", ("良好",), False, (), approvals)
    undone = (lines[0]._replace(worked=worked._replace(result="")), lines[1], lines[2]._replace(score="", points=""))
    return ScoreSheet("2026-Q3", undone, "", "", "", "", (), False, ("群众评议",), ())


def banded_sheet() -> ScoreSheet:
    """A sheet with a poll of which a range is told, and one of which nothing is."""
    line = sheet_line("群众评议", "群众", "30", "", "")
    lines = (
        sheet_line("责任完成", "数据", "40", "92", "36.8"),
        line._replace(low="88", high="90", points_low="26.4", points_high="27", withheld="banded"),
        line._replace(indicator="党员评议", low="0", high="100", points_low="0", points_high="30", withheld="few"),
    )
    approvals = (
        Approval("群众评议", "banded", Ratio(41, 45), Ratio(45, 45), "79.3", "100.0", 50, True, (), ""),
        Approval("党员评议", "few", Ratio(0, 0), Ratio(0, 0), "", "", 0, False, (), ""),
    )
    return ScoreSheet("2026-Q3", lines, "", "63.2", "93.8", "", ("优秀", "良好", "合格"), False, (), approvals)


def detail(complete: bool = True) -> Detail:
    given = Step("责任完成", "36.8 / 40", Fraction(184, 5), Fraction(40))
    taken = Step("通报批评", "−1", Fraction(-1), Fraction(0))
    voice = VoiceRow(
        "群众", ("群众评议",), "28.5", "", "30", "95.0", "", Ratio(55, 60), Ratio(55, 60), False, "81.9", "96.4"
    )
    silent = VoiceRow("上级", ("组织生活",), "", "", "15", "", "", Ratio(0, 0), Ratio(0, 0), False, "", "")
    rooms = (
        RoomRow("责任完成", "", "3.2", "92", "92", "92", "", "100"),
        RoomRow("群众评议", "3", "3.6", "", "88", "90", "96", "100"),
    )
    following = NextGrade("优秀", "95", "3.5", "4.1", rooms)
    ladder = (("优秀", "95"), ("合格", "60"))
    if complete:
        return Detail(step_chart([given, taken]), (voice, silent), following, ladder)
    return Detail(None, (silent,), None, ladder)


def assessment_block(shows_branch: bool = True, complete: bool = True) -> AssessmentBlock:
    periods = (
        PeriodScore("2026-Q3", "90.9", "90.9", "90.9", "良好", ("良好",), "+1.2", ""),
        PeriodScore("2026-Q2", "", "88.1", "91.2", "", ("优秀", "良好"), "−1.2", "+2.1"),
        PeriodScore("2026-Q1", "", "", "", "", (), "", ""),
    )
    return AssessmentBlock(BRANCH, sheet(complete), periods, shows_branch, detail(complete))


def area_assessment() -> AreaAssessment:
    grades = (GradeCount("优秀", 3), GradeCount("良好", 7))
    return AreaAssessment("2026-Q3", 14, grades, 1, 3, Ratio(655, 720), Ratio(690, 720))


def children_kind(are_grids: bool) -> TableKind:
    first, last = TableColumn("网格" if are_grids else "街道(乡镇)", "text"), TableColumn("党组织", "text")
    grids, late = TableColumn("网格", "number"), TableColumn("逾期", "number")
    rates = (
        TableColumn("责任完成", "number", "duty-fulfilment"), TableColumn("按期办结", "number", "on-time-rate")
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
    rates = (Cell(ratio=duty.fulfilment), Cell(ratio=case.on_time))
    late, size = Cell(overdue=at % 3), 0 if is_grid else 96 + at
    branch, grids = Cell(text=BRANCH.label), Cell(count=size)
    return ChildRow(link, code, size, at % 3, (*rates, late, branch) if is_grid else (grids, *rates, late))


def roster_block() -> RosterBlock:
    shift = Shift(
        "2026-10-31 08:00", "2026-10-31 18:00", "网格员", "网格驿站", "0517-0000 0001", "节假日照常值班",
        "B32081200100101", "320812001001001", "open",
    )  # fmt: skip
    night = shift._replace(start="2026-10-31 20:00", end="2026-11-01 08:00", post="", place="", work_phone="", note="")
    found = (PlacedShift(shift, BRANCH), PlacedShift(night, BRANCH))
    return RosterBlock("2026-10-31", "2026-10-26", "2026-11-01", found[:1], found)
def project(at: int, place: Link | None = None) -> PlacedProject:
    is_late = at == 0
    days = ("2026-01-01", "2026-01-16", "2026-03-17", "2026-04-01")
    done = (*days[:2], "", "") if is_late else days
    row = ProjectRow(
        project_id=f"P{at:06}", title="更换小区老旧路灯", category="道路照明", source="居民提议", grid_id="",
        planned=days, actual=done, budget=1_225_000, contract=1_114_734, paid=0, result="" if is_late else "已完成",
        photo="" if is_late else "lamp.jpg", delay_reason="", expected_date="2026-12-01" if is_late else "",
        status=Status.OVERDUE if is_late else Status.ON_TIME, late_stage="implemented" if is_late else "",
        days=228 if is_late else 0,
    )  # fmt: skip
    stages = tuple(
        Stage(name, planned, actual, is_late and name == "实施")
        for name, planned, actual in zip(("提议", "审核", "实施", "验收"), days, done, strict=True)
    )
    return PlacedProject(row, stages, Money("12,250.00", "11,147.34", "0.00", ""), place)


def project_block(rows: int = 3, place: Link | None = None) -> ProjectBlock:
    tally = ProjectTally(6, 2, 1, 1, 1, 12_250_000, 11_147_340, 9_800_000)
    money = Money("122,500.00", "111,473.40", "98,000.00", "80.0")
    listed, more = [project(at, place) for at in range(rows)], f"{GRID.path}records/" if rows else ""
    categories = (ProjectCategoryRow("道路照明", tally, money),)
    late = project(2)._replace(project=project(2).project._replace(status=Status.LATE))
    return ProjectBlock(
        tally=tally, money=money, categories=categories,
        overdue=late_first(of(listed, Status.OVERDUE), lambda row: row.project.days), late=newest_first([late]),
        on_time=shown(listed, Status.ON_TIME, 22), upcoming=newest_first(()), row_count=24 if rows else 0,
        only_late=not rows, more=more, shared=Shown((), (project(1),), 21), shared_by=BRANCH,
    )  # fmt: skip


def account(period: str, is_closed: bool = True) -> AccountRow:
    found = Account(period, "2026-07-01", "2026-09-30", 1_000_000, 500_000, 23_450, 1_476_550, is_closed)
    return AccountRow("10,000.00", "5,000.00", "234.50", "14,765.50", found)


def ledger_block(shows_branch: bool = True) -> LedgerBlock:
    accounts = (account("2026-Q3", is_closed=False), account("2026-Q2"))
    lines = (
        LineRow(Line("L000001", "2026-07-01", "收入", "上级拨款", "工作经费", "", 500_000, 0, 1_500_000),
                "5,000.00", "", "15,000.00"),
        LineRow(Line("L000002", "2026-07-09", "支出", "办公费用", "打印公示材料", "支部书记", 0, 23_450, 1_476_550),
                "", "234.50", "14,765.50"),
    )  # fmt: skip
    periods = () if shows_branch else tuple(BranchPeriod(row, lines) for row in accounts)
    return LedgerBlock(BRANCH, shows_branch, accounts, periods)


def area_ledger() -> AreaLedger:
    def row(link: Link | None) -> AreaSum:
        return AreaSum(link, "10,000.00", "5,000.00", "234.50", "14,765.50", Ratio(11, 12))

    return AreaLedger("2026-Q3", (row(WHERE[2]), row(BRANCH)), row(None), 2, (row(BRANCH),), row(None))


def disclosure_block() -> DisclosureBlock:
    item, tally = Link("重要决议、决定", "catalogue/#G01"), DisclosureTally(4, 1, 1, 2)
    return DisclosureBlock(
        branch=BRANCH,
        tally=tally,
        items=(DueItemRow(item, tally, "2026-11-13"),),
        missing=late_first([MissingItem(item, "2026-07-01 – 2026-09-30", "2026-10-21", 10)], lambda row: row.days),
        is_one=True,
        more="branch/B32081200100101/disclosures/",
        overdue_path="",
    )


def duty_records() -> DutyRecords:
    rows = tuple(map(placed, range(20)))
    return DutyRecords((DutyGroup("duty-1", "安全巡查", rows[:12]), DutyGroup("duty-2", "走访联系", rows[12:])), 20)


# A full block for each template of a block, by the template's name.
BLOCKS: Mapping[str, Block] = {
    block.template: block
    for block in (
        duty_block(),
        duty_records(),
        roster_block(),
        case_block(),
        CaseRecords(tuple(map(case_row, range(20)))),
        assessment_block(),
        AreaBlock(area_assessment()),
        partner_block(),
        PartnerRecords(PARTNER_UNITS, item_lists(24)),
        feedback_block(),
        FeedbackRecords(tuple(map(feedback_row, range(20)))),
        project_block(),
        ProjectRecords((project(0), project(1))),
        ledger_block(),
        area_ledger(),
        disclosure_block(),
    )
}
