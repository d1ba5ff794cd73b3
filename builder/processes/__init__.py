"""Processes that end with the build: programs, workers, and the build itself when it is told to stop."""

from builder.processes.running import Stopped, Streams, child, end_with_parent, stoppable, workers

__all__ = ["Stopped", "Streams", "child", "end_with_parent", "stoppable", "workers"]
