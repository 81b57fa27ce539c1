"""The slips that mutation testing makes in the code: one likely one for each thing written."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import CodeType

OTHER: dict[type[ast.AST], type[ast.AST]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq, ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult, ast.Mod: ast.Mult,
    ast.FloorDiv: ast.Mult, ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd, ast.And: ast.Or,
    ast.Or: ast.And, ast.Continue: ast.Break, ast.Break: ast.Continue,
}  # fmt: skip
NAMES = {"min": "max", "max": "min", "any": "all", "all": "any"}
# What is likely to be returned by mistake, by how the annotation of what is returned begins.
EMPTY = {"tuple[": "()", "list[": "[]", "dict[": "{}", "str": "''", "bool": "False"}
# Arguments that no answer turns on: they say what may not be done to what is made.
GUARDS = {"frozen", "slots", "kw_only", "strict"}
# Where a slip means nothing when the code runs, or only says what cannot be.
UNSEEN = {"annotation", "returns", "type_params"}
BLOCKS = ("body", "orelse", "finalbody")


@dataclass
class Slip:
    """One change of a module: a field of its tree that holds something else."""

    path: str
    function: str  # the outermost function that it is in, or "": it acts when the module is read
    lines: range
    words: str
    tree: ast.Module
    owner: ast.AST
    field: str
    new: object

    def compiled(self, file: str) -> CodeType:
        """Return the module with this slip."""
        kept = getattr(self.owner, self.field)
        setattr(self.owner, self.field, self.new)
        try:
            return compile(ast.fix_missing_locations(self.tree), file, "exec", dont_inherit=True)
        finally:
            setattr(self.owner, self.field, kept)


def functions(tree: ast.AST, name: str = "", function: str = "") -> Iterator[tuple[ast.AST, str]]:
    """Return each part of a module that runs, with the outermost function that it is in."""
    for field, value in ast.iter_fields(tree):
        inner = function
        if isinstance(tree, ast.FunctionDef | ast.Lambda) and field == "body":
            inner = function or f"{name}{getattr(tree, 'name', '<lambda>')}"
        inside = f"{name}{tree.name}." if isinstance(tree, ast.ClassDef) else name
        for part in value if isinstance(value, list) else [value]:
            if isinstance(part, ast.AST) and field not in UNSEEN and not _is_unseen(part):
                yield part, inner
                yield from functions(part, inside, inner)


def _is_unseen(part: ast.AST) -> bool:
    if isinstance(part, ast.If):
        return ast.unparse(part.test) == "TYPE_CHECKING"
    if isinstance(part, ast.Call):  # what a type is called, and how much is remembered
        return ast.unparse(part.func) in {"isinstance", "lru_cache"}
    return isinstance(part, ast.Assert) or (isinstance(part, ast.keyword) and part.arg in GUARDS)


def slips(path: str, source: str) -> Iterator[Slip]:
    """Return every slip of a module."""
    tree = ast.parse(source)
    returns: dict[ast.AST, str] = {}
    for part in ast.walk(tree):
        if isinstance(part, ast.FunctionDef) and part.returns:
            annotation = ast.unparse(part.returns)
            returns |= dict.fromkeys(filter(_is_return, ast.walk(part)), annotation)
    for part, function in functions(tree):
        for at, owner, field, new in _edits(part, function, returns.get(part, "")):
            slip = Slip(path, function, range(0), "", tree, owner, field, new)
            slip.lines = range(at.lineno, (at.end_lineno or at.lineno) + 1)
            slip.words = f"{path}:{at.lineno}: {_said(slip, at)}"
            yield slip


def _is_return(part: ast.AST) -> bool:
    return isinstance(part, ast.Return) and part.value is not None


def _said(slip: Slip, at: ast.stmt | ast.expr) -> str:
    if slip.field in BLOCKS:
        return f"{ast.unparse(at)} -> {'pass' if isinstance(at, ast.Expr) else 'the other'}"
    if slip.field == "ifs":
        return f"{ast.unparse(at)} -> not {ast.unparse(at)}"
    before, old = ast.unparse(at), getattr(slip.owner, slip.field)
    setattr(slip.owner, slip.field, slip.new)
    try:
        shown = slip.new if isinstance(old, ast.expr) and old is at else at
        return f"{before} -> {ast.unparse(shown)}"  # type: ignore[arg-type]
    finally:
        setattr(slip.owner, slip.field, old)


def _edits(  # noqa: C901, PLR0912 - a case for each thing that is written
    part: ast.AST, function: str, returned: str
) -> Iterator[tuple[ast.stmt | ast.expr, ast.AST, str, object]]:
    """Return what is changed for one part of a module: where, and which field to what."""
    match part:
        case ast.Compare(ops=[op]):
            yield part, part, "ops", [OTHER[type(op)]()]
        case ast.BinOp(op=ast.BitOr()) if not function:
            pass  # a type
        case ast.BinOp(left=left, right=right) if _is_text(left) or _is_text(right):
            pass  # what is joined or filled in can only be that
        case ast.BinOp(op=op) | ast.BoolOp(op=op) | ast.AugAssign(op=op) if type(op) in OTHER:
            yield part, part, "op", OTHER[type(op)]()
        case ast.UnaryOp(op=ast.Not() | ast.USub() as op, operand=operand):
            yield part, part, "operand", ast.UnaryOp(op, operand)
        case ast.Constant(value=bool() as held):
            yield part, part, "value", not held
        case ast.Constant(value=int() as held):
            yield part, part, "value", held + 1
        case ast.Call(func=ast.Name(id=name) as called) if name in NAMES:
            yield part, called, "id", NAMES[name]
        case ast.Return(value=ast.expr() as value) if returned:
            text = next((to for start, to in EMPTY.items() if returned.startswith(start)), None)
            text = "None" if returned.endswith("| None") else text
            plain = not isinstance(value, ast.Compare | ast.BoolOp | ast.UnaryOp)
            if text and text != ast.unparse(value) and (plain or text not in {"None", "False"}):
                yield part, part, "value", ast.parse(text, mode="eval").body
        case ast.If(test=test) | ast.IfExp(test=test) | ast.While(test=test) if _is_bare(test):
            yield test, part, "test", ast.UnaryOp(ast.Not(), test)
        case ast.match_case(guard=ast.expr() as guard) if _is_bare(guard):
            yield guard, part, "guard", ast.UnaryOp(ast.Not(), guard)
        case ast.comprehension(ifs=ifs):
            for at, test in enumerate(ifs):
                if _is_bare(test):
                    yield (
                        test,
                        part,
                        "ifs",
                        [*ifs[:at], ast.UnaryOp(ast.Not(), test), *ifs[at + 1 :]],
                    )
    for name in BLOCKS:
        block = getattr(part, name, ())
        for number, one in enumerate(block if isinstance(block, list) else ()):
            if changed := _instead(one):
                yield one, part, name, [*block[:number], changed, *block[number + 1 :]]


def _instead(one: ast.stmt) -> ast.stmt | None:
    match one:
        case ast.Expr(value=ast.Call()):
            return ast.Pass()
        case ast.Continue() | ast.Break():
            return OTHER[type(one)]()  # type: ignore[return-value]
    return None


def _is_text(part: ast.expr) -> bool:
    """Whether something is a text or a list, which is joined and never taken away."""
    text = isinstance(part, ast.Constant) and isinstance(part.value, str)
    return text or isinstance(part, ast.JoinedStr | ast.List | ast.ListComp | ast.Tuple)


def _is_bare(test: ast.expr) -> bool:
    return not isinstance(test, ast.Compare | ast.BoolOp | ast.UnaryOp | ast.Constant)
