"""The catalogue with the content classes of the opinion of 2010, and what branches disclosed, with weak spots."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.random import Generator

from builder.calendar.workdays import add
from builder.demo.columns import Dates, Flags, Ints, Texts, days, pick, toss
from builder.demo.plan import Plan
from builder.demo.world import World

__all__ = ["attachments", "tables"]

OPINION = "《关于党的基层组织实行党务公开的意见》(2010 年;事项为演示)"
LEVELS = {"镇(街道)": ("党委",), "村(社区)": ("党总支",), "党支部": ("党支部",), "各级": ("党委", "党总支", "党支部")}
MONTHS = {"每季度": 3, "每半年": 6, "每年": 12}
IN_FORCE = np.datetime64("2025-01-01", "D")
CALENDAR = "CN"


class Item(NamedTuple):
    """One item of the catalogue. `limit` in working days."""

    first: str
    second: str
    content: str
    level: str
    time_type: str
    frequency: str
    limit: int
    audience: str = "全社会"


ITEMS = (
    Item("党组织决议、决定及执行情况", "重要决议、决定", "决议、决定的内容和执行情况", "各级", "即时", "", 20),
    Item("党的思想建设情况", "年度学习情况", "学习计划和完成情况", "村(社区)", "定期", "每年", 20),
    Item("党的组织管理情况", "组织设置和委员分工", "组织名称、委员职务和分工", "各级", "长期", "", 20),
    Item("党的组织管理情况", "发展党员工作进展", "各阶段的人数和程序,不写姓名", "村(社区)", "逐段", "", 5),
    Item("党的组织管理情况", "党费收缴情况", "党费收缴、使用和管理", "党支部", "定期", "每季度", 10, "全体党员"),
    Item("领导班子建设情况", "民主生活会整改事项", "整改事项和完成情况", "镇(街道)", "定期", "每年", 20),
    Item("干部选任和管理情况", "岗位职责", "各岗位的职责和办公电话", "镇(街道)", "长期", "", 20),
    Item("联系和服务党员、群众情况", "办实事情况", "办了哪些实事、进展怎样", "党支部", "定期", "每半年", 10),
    Item("联系和服务党员、群众情况", "共性问题处理情况", "居民反映的问题和处理结果", "村(社区)", "定期", "每季度", 10),
    Item("党风廉政建设情况", "廉政承诺和执行情况", "承诺内容和执行情况", "镇(街道)", "定期", "每半年", 10),
    Item("其他应当公开的内容", "支部专题活动通报", "活动的内容和结果", "党支部", "即时", "", 20),
)
EVENTS_EACH = {"即时": 0.35, "逐段": 0.6}
"""How many events of an item a branch has in the period, on average."""

TEXTS = (
    "演示内容,不涉及真实的组织和人员。\n一、做了什么:按照计划逐项办理。\n二、进展:已完成的写明结果,没有完成的写明原因和预计日期。\n"
    "三、意见反馈:可以拨打办公电话,或者到党群服务中心反映。",
    "演示内容,不涉及真实的组织和人员。\n\n本次公开的内容已经集体研究,并经上级党组织审批。\n今后有变化的,另行公开。",
    "演示内容,不涉及真实的组织和人员。\n网格内共性问题汇总如下:\n1. 楼道堆物——已组织清理;\n2. 路灯照明——已转有关单位;\n"
    "3. 停车位不足——正在协商,预计下一周期答复。",
)
FILES = ("demo-notice.pdf", "demo-table.png", "demo-notice.pdf;demo-table.png")


def tables(rng: Generator, world: World) -> dict[str, pd.DataFrame]:
    """Return catalogue.csv and disclosure.csv: disclosures by the day they were formed, a few not published yet."""
    plan, kind = world.plan, world.who.branch["kind"].to_numpy().astype(str)
    weak = np.isin(world.who.branch["branch_id"], world.who.ids[world.who.weak]) | toss(rng, 0.04, len(kind))
    item, branch, start, end, formed = occasions(rng, plan, kind)
    limit = np.array([each.limit for each in ITEMS])[item]
    published = publication(rng, plan, weak[branch], formed, limit)
    # nobody writes down what was forgotten; what waits for approval is there without its day
    kept = (~np.isnat(published)) | (np.isnat(end) & ~np.array([each.time_type == "长期" for each in ITEMS])[item])
    order = np.lexsort((item[kept], branch[kept], formed[kept]))
    picked = np.flatnonzero(kept)[order]
    item, branch, count = item[picked], branch[picked], len(picked)
    start, end, formed, published = start[picked], end[picked], formed[picked], published[picked]
    is_out = ~np.isnat(published)
    gap = np.where(is_out, (published - formed).astype(np.int64), 0)
    steps = [formed + np.floor(gap * share).astype(np.int64) for share in (0.2, 0.5, 0.9)]
    waits = ~is_out & ((plan.today - formed).astype(np.int64) < 3)
    never = np.datetime64("NaT", "D")
    files = rng.integers(0, len(FILES), count)
    disclosure = pd.DataFrame({
        "disclosure_id": [f"P{number:08d}" for number in range(1, count + 1)],
        "item_id": np.array([code(at) for at in range(len(ITEMS))])[item],
        "branch_id": world.who.branch["branch_id"].to_numpy()[branch],
        "grid_id": "",
        "title": titles(item, end),
        "text": pick(TEXTS, rng.integers(0, len(TEXTS), count)),
        "attachment": pick(FILES, files, toss(rng, 0.1, count)),
        "formed_date": days(formed),
        "proposed_date": days(np.where(waits, never, steps[0])),
        "reviewed_date": days(np.where(is_out, steps[1], never)),
        "approved_date": days(np.where(is_out, steps[2], never)),
        "published_date": days(published),
        "period_start_date": days(start),
        "period_end_date": days(end),
    })  # fmt: skip
    return {"catalogue": catalogue(), "disclosure": disclosure}


def code(at: int) -> str:
    return f"G{at + 1:02d}"


def catalogue() -> pd.DataFrame:
    """Return catalogue.csv."""
    return pd.DataFrame([
        {
            "item_id": code(at),
            "first_level": each.first,
            "second_level": each.second,
            "content": each.content,
            "basis": OPINION,
            "time_limit": f"{each.limit} 个工作日内",
            "publisher": "、".join(LEVELS[each.level]),
            "channel": "本网站、公开栏" if each.audience == "全社会" else "党内会议",
            "audience": each.audience,
            "method": "主动公开",
            "level": each.level,
            "time_type": each.time_type,
            "frequency": each.frequency,
            "limit_days": each.limit,
            "day_kind": "工作日",
            "valid_from_date": str(IN_FORCE),
        }
        for at, each in enumerate(ITEMS)
    ])  # fmt: skip


def occasions(rng: Generator, plan: Plan, kind: Texts) -> tuple[Ints, Ints, Dates, Dates, Dates]:
    """Return item, branch, first and last day of its period (NaT: none) and the day it was formed, of all there was."""
    parts: list[tuple[Ints, Ints, Dates, Dates, Dates]] = []
    for at, each in enumerate(ITEMS):
        branch = np.flatnonzero(np.isin(kind, LEVELS[each.level]))
        if each.audience != "全社会":
            continue
        if each.frequency:
            for start, end in periods(plan, MONTHS[each.frequency]):
                parts.append(same(at, branch, start, end, np.full(len(branch), end)))
        elif each.time_type == "长期":
            # from before the period on: most are in no figure, what is missing still is
            never = np.datetime64("NaT", "D")
            parts.append(same(at, branch, never, never, np.full(len(branch), max(IN_FORCE, plan.start - 90))))
        else:
            chosen = branch[toss(rng, EVENTS_EACH[each.time_type], len(branch))]
            never = np.datetime64("NaT", "D")
            formed = plan.start + rng.integers(0, int((plan.today - plan.start).astype(np.int64)), len(chosen))
            parts.append(same(at, chosen, never, never, formed))
    items, branches, starts, ends, days_ = zip(*parts, strict=True)
    return (
        np.concatenate(items), np.concatenate(branches), np.concatenate(starts), np.concatenate(ends),
        np.concatenate(days_),
    )


def same(
    at: int, branch: Ints, start: np.datetime64, end: np.datetime64, formed: Dates
) -> tuple[Ints, Ints, Dates, Dates, Dates]:
    count = len(branch)
    return np.full(count, at), branch, np.full(count, start), np.full(count, end), formed


def periods(plan: Plan, months: int) -> list[tuple[np.datetime64, np.datetime64]]:
    """Return first and last day of the periods that ended in the year before `as_of`, and the one before them."""
    this = (plan.today + 1).astype("datetime64[M]").astype(np.int64) // months
    count = 12 // months + 1
    bounds = [np.datetime64(int((this - back) * months), "M").astype("datetime64[D]") for back in range(count + 1)]
    return [(start, end - 1) for end, start in pairwise(bounds)]


def publication(rng: Generator, plan: Plan, weak: Flags, formed: Dates, limit: Ints) -> Dates:
    """Return the day on which each was published, never after `as_of`; NaT where it was not."""
    first = formed.astype("datetime64[D]").astype(np.int64)
    due = add(first, limit, CALENDAR)
    early = first + 1 + np.floor(rng.random(len(first)) * (due - first)).astype(np.int64)
    late = due + 1 + rng.exponential(np.where(weak, 20.0, 8.0)).astype(np.int64)
    luck = rng.random(len(first))
    is_early, is_done = luck < np.where(weak, 0.6, 0.95), luck < np.where(weak, 0.88, 0.995)
    found = np.where(is_early, np.minimum(early, due), late).astype("datetime64[D]")
    return np.where(is_done & (found <= plan.today), found, np.datetime64("NaT", "D"))


def titles(item: Ints, end: Dates) -> list[str]:
    """Return one line for each: what it is, and up to which month it tells."""
    months = end.astype("datetime64[M]").astype(str).tolist()
    names = [ITEMS[at].second for at in item.tolist()]
    return [f"{name}(至 {month})" if month != "NaT" else name for name, month in zip(names, months, strict=True)]


# ── files ────────────────────────────────────────────────────────────────────────────────────────


def attachments() -> Mapping[str, bytes]:
    """Return the files that the rows name: the same two for all, so that no demonstration is large."""
    return {"demo-notice.pdf": pdf("Demonstration only"), "demo-table.png": png(160, 90)}


def pdf(line: str) -> bytes:
    """Return a PDF of one page with one line of ASCII (ISO 32000-1, 7.5)."""
    drawn = f"BT /F1 18 Tf 60 760 Td ({line}) Tj ET".encode()
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawn), drawn),
    )
    found, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(found))
        found += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return found + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
        % (size, table, size, len(found))
    )


def png(width: int, height: int) -> bytes:
    """Return a grey picture with a frame (PNG specification, 5.3)."""
    edge, line = b"\x80" * width, b"\x80" + b"\xe0" * (width - 2) + b"\x80"
    rows = b"".join(b"\0" + (edge if at in (0, height - 1) else line) for at in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(rows, 0)), (b"IEND", b""))
    chunks = (
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)
