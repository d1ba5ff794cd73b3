"""What the engine needs of a package: which tables, which columns of which type, and how far they must be published."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["Needs", "Use", "extra"]


class Use(NamedTuple):
    """How the engine uses one column. A `number` may be declared integer too; `money` is a number with two decimals; a
    `moment` is a date or a datetime.

    `shown`: pages show it, so it must be public. `optional`: a schema may leave it out. `figure`: a figure or the
    tree is made from it, so it must at least be counted, and a file may not leave it out when the schema has it.
    What is neither needed nor in a figure may be published or not. `roles`: those that its values can play (none: the
    engine asks for no role).
    """

    name: str
    type: str = "string"
    shown: bool = False
    optional: bool = False
    figure: bool = True
    roles: tuple[str, ...] = ()


class Needs(NamedTuple):
    """What the engine needs of one resource. `key`: its primary key (none: whatever the schema says)."""

    resource: str
    key: tuple[str, ...]
    uses: tuple[Use, ...]
    optional: bool = False

    def figures(self) -> frozenset[str]:
        """Return the columns that figures or the tree are made from."""
        return frozenset({*self.key, *(use.name for use in self.uses if use.figure)})


def extra(
    *names: str, type: str = "string", figure: bool = False, roles: tuple[str, ...] = ()  # noqa: A002
) -> tuple[Use, ...]:
    """Return optional columns of one type; they are shown where they are public."""
    return tuple(Use(name, type, optional=True, figure=figure, roles=roles) for name in names)
