"""Places in free text that look like the name of a person: a list for people to read, never a finding.

A surname with a form of address, or a surname and one or two characters behind a word such as 居民. Much of it is no
name, and many names are not among it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from builder.model import Address, Field, Resource, Tables

__all__ = ["Suspect", "suspects"]

SURNAMES = (
    "欧阳|司马|上官|诸葛|东方|皇甫|尉迟|公孙|慕容|司徒|夏侯|"
    "[王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范"
    "金石廖贾夏韦傅方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤]"
)
GIVEN = "[一-鿿]{1,2}"
TITLES = (
    "大妈|大爷|大娘|大叔|大姐|大哥|阿姨|叔叔|奶奶|爷爷|老伯|婆婆|女士|先生|小姐|师傅|老师|医生|同学|同志|老人|书记|主任|站长"
    "|某某|某"
)
BEFORE = "居民|住户|业主|群众|村民|党员|老人|反映人|申请人|联系人|当事人|家属|孩子|户主|租户|租客|姓名[:：]?"
NAME = re.compile(
    f"(?:{SURNAMES})(?:{GIVEN})?(?:{TITLES})|[老小](?:{SURNAMES})(?![一-鿿]*[区街路镇村])"
    f"|(?:{BEFORE})(?:{SURNAMES}){GIVEN}(?=[,，。、;；:：()（）\\s]|说|反映|家|来电|表示|提出|$)"
)
AROUND = 12
"""Characters of context on each side."""


class Suspect(NamedTuple):
    """What looks like a name, where it stands, and the text around it."""

    address: Address
    column: str
    text: str


def suspects(tables: Tables) -> Iterator[Suspect]:
    """Yield every place that looks like a name in the public free text of the tables, in their order."""
    for table in tables.tables.values():
        for field in table.resource.schema.fields:
            if is_free(table.resource, field) and field.name in table.frame:
                cells = table.frame[field.name].dropna()
                for row, cell in cells[cells.astype(str).str.contains(NAME.pattern, regex=True)].items():
                    for found in NAME.finditer(str(cell)):
                        context = str(cell)[max(0, found.start() - AROUND) : found.end() + AROUND]
                        yield Suspect(table.address(int(str(row)), field.name), field.title, " ".join(context.split()))


def is_free(resource: Resource, field: Field) -> bool:
    """Return whether people write sentences into a column that is published."""
    keys = {*resource.schema.primary_key, *(key.field for key in resource.schema.foreign_keys)}
    limits = field.descriptor.get("constraints", {})
    is_bound = field.name in keys or "enum" in limits or "pattern" in limits or bool(field.phone) or field.attachment
    return field.type == "string" and field.publish == "public" and not is_bound
