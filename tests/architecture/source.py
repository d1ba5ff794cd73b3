"""The source of builder/ as it is read for tests: who imports what, uses what and calls what. Nothing is imported."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

__all__ = [
    "BUILDER", "ROOT", "STAGES", "SUBJECTS", "calls", "dotted", "function", "imported", "imports", "inside",
    "is_or_below", "known", "part_of", "sources", "stated_names", "used", "uses",
]  # fmt: skip

ROOT = Path(__file__).parents[2]
BUILDER = ROOT / "builder"
STAGES = ("load", "validate", "check", "intake", "count", "protect", "measure", "pages", "site", "release")
SUBJECTS = tuple(sorted(path.parent.name for path in (BUILDER / "subjects").glob("*/__init__.py")))


@cache
def sources() -> Mapping[str, ast.Module]:
    """Return every file of builder/ by its path in there."""
    return {
        path.relative_to(BUILDER).as_posix(): ast.parse(path.read_text(encoding="utf-8"))
        for path in sorted(BUILDER.rglob("*.py"))
    }


def imported(tree: ast.AST, path: str) -> set[str]:
    """Return every module that the file `path` imports, at any depth, relative imports resolved."""
    package = ("builder", *Path(path).parts[:-1])
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            module = ".".join([*base, *([node.module] if node.module else [])])
            # `from builder import load` imports builder.load; `from builder.load import package` a name in it
            found |= {module, *(f"{module}.{name.name}" for name in node.names)}
    return found


@cache
def imports() -> Mapping[str, frozenset[str]]:
    """Return what each file of builder/ imports."""
    return {path: frozenset(imported(tree, path)) for path, tree in sources().items()}


def dotted(node: ast.AST) -> str:
    """Return `a.b.c` of an attribute or a name, "" for anything else."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        before = dotted(node.value)
        return f"{before}.{node.attr}" if before else ""
    return ""


def used(tree: ast.AST) -> set[str]:
    """Return the names and attributes that a file uses, under the name they were imported from."""
    origin: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            origin |= {name.asname or name.name: f"{node.module}.{name.name}" for name in node.names}
        elif isinstance(node, ast.Import):
            origin |= {name.asname: name.name for name in node.names if name.asname}
    found = set(filter(None, map(dotted, ast.walk(tree))))
    found |= {".".join([origin.get(first, first), *rest]) for first, *rest in (name.split(".") for name in found)}
    # datetime.datetime.now and datetime.now are the same thing
    return found | {name.removeprefix("datetime.") for name in found}


@cache
def uses() -> Mapping[str, frozenset[str]]:
    """Return what each file of builder/ uses."""
    return {path: frozenset(used(tree)) for path, tree in sources().items()}


def inside(path: str, places: Iterable[str]) -> bool:
    return any(path == place or (place.endswith("/") and path.startswith(place)) for place in places)


def is_or_below(module: str, library: str) -> bool:
    return module == library or module.startswith(f"{library}.")


def part_of(path: str) -> str:
    """Return the part of builder that a file belongs to: a folder, or the file itself."""
    return Path(path).parts[0].removesuffix(".py")


def known(path: str) -> set[str]:
    """Return the other parts of builder that a file imports."""
    modules = {module.split(".")[1] for module in imports()[path] if module.startswith("builder.")}
    return modules - {part_of(path)}


def calls(tree: ast.AST) -> Iterator[str]:
    """Yield the dotted names that are called, in the order in which they run: arguments before their call."""
    for child in ast.iter_child_nodes(tree):
        yield from calls(child)
    if isinstance(tree, ast.Call) and (name := dotted(tree.func)):
        yield name


def function(tree: ast.Module, name: str) -> ast.FunctionDef:
    return next(node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == name)


def stated_names(tree: ast.Module) -> list[list[str]]:
    """Return the values of `__all__` in a file; there should be one."""
    return [
        ast.literal_eval(node.value)
        for node in tree.body
        if isinstance(node, ast.Assign) and [dotted(target) for target in node.targets] == ["__all__"]
    ]
