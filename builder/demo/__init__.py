"""Deterministic demonstration data of any size on real areas: the same arguments give the same bytes.

Everything but the areas is invented. Telephone numbers begin with 0 after the area code, which no exchange assigns,
and links lead to example.org, so nothing here reaches a real person. Each subject makes its own tables
(`subjects/*/demo.py`) on the places and branches that are made here.
"""

from builder.demo.places import read_areas
from builder.demo.plan import Plan
from builder.demo.write import write

__all__ = ["Plan", "read_areas", "write"]
