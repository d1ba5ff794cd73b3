"""Faster template code: a page has over a thousand attribute look-ups and calls, and there are 25,000 pages.

Templates mean the same. Contexts are frozen values with attributes, so `row.title` may be Python's own look-up (a
name that does not exist is still an error), and a formatting function may be called as it is.
"""

from __future__ import annotations

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame

__all__ = ["Generator"]


class Generator(CodeGenerator):
    """Compiles attribute look-ups, and calls of formatting functions and macros, to direct Python."""

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802 - Jinja's name
        """Write `object.name` instead of environment.getattr(object, "name")."""
        own = isinstance(node.node, nodes.Name) and node.node.name == "self"  # blocks are items, not attributes
        if node.attr.isidentifier() and not node.attr.startswith("_") and not own:
            self.write("(")
            self.visit(node.node, frame)
            self.write(f").{node.attr}")
        else:
            super().visit_Getattr(node, frame)

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: N802 - Jinja's name
        """Call a formatting function or a macro directly: none asks for the context, which Jinja would look for."""
        direct = isinstance(node.node, nodes.Name) and node.node.name in self.environment.direct  # type: ignore[attr-defined]
        if not direct or forward_caller or node.kwargs or node.dyn_args or node.dyn_kwargs:
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self.visit(node.node, frame)
        for mark, argument in zip("(" + "," * len(node.args), node.args, strict=False):
            self.write(mark)
            self.visit(argument, frame)
        self.write(")" if node.args else "()")
