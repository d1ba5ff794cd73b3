"""The shapes of places: as a package brings them, and as they may be published."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

__all__ = ["Feature", "Geometry", "GeometryFile", "Shapes"]


class GeometryFile(NamedTuple):
    """The setting `geometry`: a GeoJSON file of the package, and the property of its features that holds codes.

    `key`: grid_id or area_id. `publish`: whether anybody may see the shapes; one that does not say is never published.
    """

    path: str
    key: str
    publish: Literal["public", "never"]

    @property
    def resource(self) -> str:
        """The table whose codes the features hold."""
        return self.key.removesuffix("_id")


class Feature(NamedTuple):
    """One feature of the file, the `number`-th from 1. `code`: what its key says, "" for none.

    `shape`: a multipolygon as WKB, degrees of WGS 84 (longitude, latitude), not judged; b"" where `wrong` says why
    there is none: code, kind, ring or place.
    """

    number: int
    code: str
    shape: bytes
    wrong: str = ""


@dataclass(frozen=True, slots=True)
class Geometry:
    """A package's file of shapes as it was read. Private."""

    file: GeometryFile
    features: tuple[Feature, ...]


@dataclass(frozen=True, slots=True)
class Shapes:
    """What may be published of it: `key` as in `GeometryFile`, code → multipolygon as WKB, valid, in order of codes."""

    key: str
    of: Mapping[str, bytes]

    @property
    def level(self) -> Literal["grid", "area"]:
        """Whether these are shapes of grids or of areas."""
        return "grid" if self.key == "grid_id" else "area"
