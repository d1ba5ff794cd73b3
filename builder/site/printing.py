"""How templates print: decided while a template is compiled, by what an expression is and not by what it returns.

Every printed expression goes through the filter `printed`, which escapes it (markup.py), save what templates
themselves made: calls of macros, of `caller`, `super` and blocks. A macro's markup that is handed on as a value
becomes an Html on the way. Messages and labels are constants: they are written, and escaped, when the template is
compiled. The page is the one that Jinja's own autoescape makes; a test compares them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from jinja2 import Environment, TemplateSyntaxError, nodes
from jinja2.visitor import NodeTransformer

from builder.site.markup import escaped

__all__ = ["Constants", "macros", "prepared"]

Constants = Mapping[str, Callable[..., object]]

MARKUP = frozenset({"qr", "rate", "status"})
"""Functions that return an Html."""

PLACE = re.compile(r"%\((\w+)\)s")

UNUSED = (nodes.AssignBlock, nodes.FilterBlock, nodes.Import, nodes.ScopedEvalContextModifier, nodes.MarkSafe)
"""Ways to make or keep markup that this file would have to know; no template needs them."""


def prepared(template: nodes.Template, environment: Environment, constants: Constants) -> nodes.Template:
    """Return the parsed `template` with its constants written and its data escaped. Raises TemplateSyntaxError."""
    for node in template.find_all(UNUSED):
        raise TemplateSyntaxError(f"{type(node).__name__} is not used here: see builder/site/printing.py", node.lineno)
    for node in template.find_all(nodes.Filter):
        if node.name in ("safe", "forceescape", "e", "escape"):
            raise TemplateSyntaxError(f"the filter “{node.name}” is not used here: data is escaped", node.lineno)
    folded = _Fold(environment, constants).visit(template)
    made: nodes.Template = _Print(environment, macros(folded)).visit(folded)
    return made


def macros(template: nodes.Template) -> frozenset[str]:
    """Return the names that stand for macros in a template."""
    own = {node.name for node in template.find_all(nodes.Macro)}
    names = (name for node in template.find_all(nodes.FromImport) for name in node.names)
    return frozenset(own | {name if isinstance(name, str) else name[1] for name in names})


class _Fold(NodeTransformer):
    """Replaces calls of `constant` functions by what they return, with the values in its `%(named)s` places."""

    def __init__(self, environment: Environment, constant: Constants) -> None:
        self.environment = environment
        self.constant = constant

    def visit_Call(self, node: nodes.Call) -> nodes.Expr:  # noqa: N802 - Jinja's name
        self.generic_visit(node)
        name = node.node.name if isinstance(node.node, nodes.Name) else ""
        if name not in self.constant or not all(isinstance(argument, nodes.Const) for argument in node.args):
            return node
        text = str(self.constant[name](*(argument.as_const() for argument in node.args)))
        values = {keyword.key: keyword.value for keyword in node.kwargs}
        pieces = PLACE.split(text) if name in ("_", "gettext") else [text]
        parts = [values[piece] if at % 2 else nodes.Const(piece.replace("%%", "%")) for at, piece in enumerate(pieces)]
        return placed(nodes.Concat(parts) if len(parts) > 1 else parts[0], node, self.environment)


class _Print(NodeTransformer):
    """Escapes what is printed and is data."""

    def __init__(self, environment: Environment, macros: frozenset[str]) -> None:
        self.environment = environment
        self.macros = macros

    def visit_Output(self, node: nodes.Output) -> nodes.Output:  # noqa: N802
        node.nodes = [part for child in node.nodes for part in self.printed(child)]
        return node

    def visit_Call(self, node: nodes.Call) -> nodes.Expr:  # noqa: N802
        """A call that is not printed at once: what a macro returns is a value now, and must not pass for data."""
        self.generic_visit(node)
        return self.filter("html", node) if self.is_markup(node) else node

    def visit_CallBlock(self, node: nodes.CallBlock) -> nodes.CallBlock:  # noqa: N802
        self.generic_visit(node.call)
        node.body = [self.visit(child) for child in node.body]
        return node

    def printed(self, node: nodes.Expr) -> list[nodes.Expr]:
        """Return what stands in the place of a printed expression."""
        if isinstance(node, nodes.TemplateData):
            return [node]
        if isinstance(node, nodes.Const):
            return [placed(nodes.TemplateData(escaped(str(node.value))), node, self.environment)]
        if isinstance(node, nodes.Concat):
            return [part for child in node.nodes for part in self.printed(child)]
        return [self.choice(node)]

    def choice(self, node: nodes.Expr) -> nodes.Expr:
        """Return one printed expression; of two, each by itself."""
        if isinstance(node, nodes.CondExpr) and node.expr2 is not None:
            node.test = self.visit(node.test)
            node.expr1, node.expr2 = self.choice(node.expr1), self.choice(node.expr2)
            return node
        if isinstance(node, nodes.Call) and self.is_markup(node):
            self.generic_visit(node)
            return node
        if isinstance(node, nodes.Call) and isinstance(node.node, nodes.Name) and node.node.name in MARKUP:
            self.generic_visit(node)
            return self.filter("text", node)
        return self.filter("printed", self.visit(node))

    def is_markup(self, node: nodes.Call) -> bool:
        """Return whether a call returns what templates wrote: it prints a macro, the caller or a block."""
        if isinstance(node.node, nodes.Name):
            return node.node.name in self.macros or node.node.name in ("caller", "super")
        of = node.node.node if isinstance(node.node, nodes.Getattr) else None
        return isinstance(of, nodes.Name) and of.name == "self"

    def filter(self, name: str, node: nodes.Expr) -> nodes.Expr:
        return placed(nodes.Filter(node, name, [], [], None, None), node, self.environment)


def placed(new: nodes.Expr, old: nodes.Expr, environment: Environment) -> nodes.Expr:
    """Return `new`, which errors name by the line of `old`."""
    new.set_lineno(old.lineno).set_environment(environment)
    return new
