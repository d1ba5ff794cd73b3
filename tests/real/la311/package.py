"""Write the Los Angeles 311 extract as a data package that the engine can read.

    python tests/real/la311/package.py SOURCE TARGET

Codes, names and days are carried over as they stand; nothing is estimated, dropped or added up. The address
and the position of every request are written on purpose: the schema does not publish them, and the tests
prove that the engine drops them.
"""

from __future__ import annotations

import csv
import json
import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

__all__ = ["Source", "areas", "cases", "categories", "grids", "read", "write"]

HERE = Path(__file__).parent

Row = Mapping[str, str]

GROUPS = {
    "1": "Clean streets",
    "2": "Clean streets",
    "3": "Clean streets",
    "4": "Bulky waste",
    "5": "Bulky waste",
    "6": "Clean streets",
    "7": "Bulky waste",
    "8": "Street lighting",
    "9": "Street lighting",
    "10": "Water",
    "11": "Other",
    "12": "Other",
}

COUNTED = frozenset({"2"})
"""Homeless Encampment: a request about a place, but people live in it, so it is counted and never listed."""


class Source(NamedTuple):
    """The source's tables, every cell as text. One row of `requests` is one service request."""

    regions: Sequence[Row]
    councils: Sequence[Row]
    types: Sequence[Row]
    agencies: Sequence[Row]
    channels: Sequence[Row]
    requests: Sequence[Row]


def read(folder: Path) -> Source:
    """Return the tables in `folder`; raises FileNotFoundError when one is not there."""

    def table(name: str) -> list[dict[str, str]]:
        with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    return Source(*map(table, ("regions", "councils", "types", "agencies", "sources", "service_requests")))


def area_id(region_id: str) -> str:
    return f"LA-{int(region_id):02}"


def grid_id(council: Row) -> str:
    return f"{area_id(council['region_id'])}-{int(council['council_id']):03}"


def category_id(type_id: str) -> str:
    return f"LA-T{int(type_id):02}"


def areas(source: Source) -> Iterator[dict[str, str]]:
    """Yield the city, a region for addresses that belong to none, and the regions."""
    yield {"area_id": "LA", "name": "Los Angeles", "level": "city", "parent_id": ""}
    yield {"area_id": area_id("0"), "name": "No region", "level": "region", "parent_id": "LA"}
    for region in source.regions:
        code = area_id(region["region_id"])
        yield {"area_id": code, "name": region["region_name"], "level": "region", "parent_id": "LA"}


def grids(source: Source) -> Iterator[dict[str, str]]:
    """Yield the councils; council 0 of the source stands for "no council"."""
    for council in source.councils:
        yield {
            "grid_id": grid_id(council),
            "name": council["council_name"],
            "area_id": area_id(council["region_id"]),
            "kind": "No council" if council["council_id"] == "0" else "Neighborhood council",
            "opened_date": council["date_certified"][:10],
        }


def categories(source: Source) -> Iterator[dict[str, str]]:
    """Yield the types of request; the source sets no limits."""
    for kind in source.types:
        yield {
            "category_id": category_id(kind["type_id"]),
            "name": kind["type_name"],
            "group": GROUPS[kind["type_id"]],
            "disclosure": "counted" if kind["type_id"] in COUNTED else "itemised",
            "respond_limit_days": "",
            "day_kind": "calendar",
        }


def cases(source: Source) -> Iterator[dict[str, str]]:
    """Yield the service requests, one row each, in the order of the source."""
    grid_ids = {council["council_id"]: grid_id(council) for council in source.councils}
    channels = {channel["source_id"]: channel["source_name"] for channel in source.channels}
    agencies = {agency["agency_id"]: agency["agency_name"] for agency in source.agencies}
    for request in source.requests:
        yield {
            "case_id": f"LA-{request['srnumber']}",
            "grid_id": grid_ids[request["council_id"]],
            "category_id": category_id(request["type_id"]),
            "channel": channels[request["source_id"]],
            "received_date": request["created_date"][:10],
            "resolved_date": request["closed_date"][:10],
            "stage": "Closed" if request["closed_date"] else "Open",
            "handler_kind": agencies[request["agency_id"]],
            "is_void": "no",
            "address": request["address"],
            "latitude": request["latitude"],
            "longitude": request["longitude"],
        }


def shapes(source: Source, folder: Path) -> str:
    """Return the councils' borders with our codes beside the city's own properties, which nobody shall publish."""
    grid_ids = {council["data_code"]: grid_id(council) for council in source.councils}
    collection = json.loads((folder / "councils.geojson").read_text(encoding="utf-8"))
    for feature in collection["features"]:
        feature["properties"]["grid_id"] = grid_ids[feature["properties"]["nc_id"]]
    return json.dumps(collection)


def write(source: Source, target: Path) -> None:
    """Write the package into `target`: the descriptor, the schemas and one CSV a resource."""
    shutil.copytree(HERE / "schemas", target / "schemas", dirs_exist_ok=True)
    shutil.copyfile(HERE / "datapackage.json", target / "datapackage.json")
    tables = {"area": areas, "grid": grids, "case_category": categories, "case": cases}
    for name, rows in tables.items():
        first, *rest = rows(source)
        with (target / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(first), lineterminator="\n")
            writer.writeheader()
            writer.writerows([first, *rest])


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit("usage: package.py SOURCE TARGET")
    write(read(Path(sys.argv[1])), Path(sys.argv[2]))
    (Path(sys.argv[2]) / "geometry.geojson").write_text(
        shapes(read(Path(sys.argv[1])), Path(sys.argv[1])), encoding="utf-8"
    )
