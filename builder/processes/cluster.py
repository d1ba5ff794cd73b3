"""Work on a Dask cluster. dask.distributed is used here and nowhere else, and only when it is asked for.

The workers must see the folder of the site under the same path, and have this program and its templates installed.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from builder.errors import BuilderError, ToolError
from builder.language import mark
from builder.processes.crew import Crew

__all__ = ["cluster"]

PATIENCE = 10
"""Seconds until a scheduler that does not answer is given up."""


@contextmanager
def cluster(address: str) -> Iterator[Crew]:
    """Yield the workers of the Dask scheduler at `address`, such as tcp://10.0.0.1:8786.

    Raises BuilderError where Dask is not installed or the address is none, ToolError when nobody answers there.
    """
    try:
        from distributed import Client
        from distributed.comm.core import CommClosedError
        from distributed.scheduler import KilledWorker
    except ImportError as error:
        raise BuilderError(
            mark("--scheduler needs Dask, which is not installed"), mark("install it: pip install 'mingge[dask]'")
        ) from error
    try:
        client = Client(address, timeout=PATIENCE)  # type: ignore[no-untyped-call]
    except ValueError as error:
        raise BuilderError(
            mark("--scheduler {address} is no address of a Dask scheduler"), mark("write it like tcp://10.0.0.1:8786"),
            address=address,
        ) from error  # fmt: skip
    except OSError as error:
        raise ToolError(
            mark("no Dask scheduler answers at {address}"), mark("start it with: dask scheduler"), address=address
        ) from error
    with client:
        size = sum(client.nthreads().values())  # type: ignore[no-untyped-call]
        if not size:
            raise ToolError(
                mark("the Dask scheduler at {address} has no workers"),
                mark("start some with: dask worker {address}"), address=address,
            )  # fmt: skip
        executor = client.get_executor(pure=False)  # type: ignore[no-untyped-call]
        yield Crew(executor, size, (KilledWorker, CommClosedError))
