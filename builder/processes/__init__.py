"""Processes that end with the build: programs, workers, and the build itself when it is told to stop."""

from builder.processes.cluster import cluster
from builder.processes.crew import Crew, Now, here
from builder.processes.running import Stopped, Streams, child, crew, end_with_parent, seldom_collect, stoppable
from builder.processes.shared import Shared, shared

__all__ = [
    "Crew", "Now", "Shared", "Stopped", "Streams", "child", "cluster", "crew", "end_with_parent", "here",
    "seldom_collect", "shared", "stoppable",
]  # fmt: skip
