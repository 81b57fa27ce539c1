"""All commands, each built when it is asked for.

typer works out the options of every command of an app before it runs one. Here the app's group
knows their names and what they are for, which is all that help and completion need.
"""

from __future__ import annotations

from contextlib import contextmanager
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

import typer
from typer.core import TyperCommand, TyperGroup

from reformcalc.cli import help as written
from reformcalc.cli import shells
from reformcalc.printable import printable, unseen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    Function = TypeVar("Function", bound=Callable[..., None])

_COMMANDS: dict[str, typer.Typer] = {}
# What the commands are for, in the order in which help has them; a test finds one that is missing.
GROUPS = {
    "Answers": ("totals", "compare", "deadlines", "recommendations", "for"),
    "Look up": ("find", "show", "list", "conflicts", "sources", "diff"),
    "Take away": ("report", "export", "site"),
    "Your own record": ("new", "validate", "rule", "schema"),
}
_ORDER = [name for members in GROUPS.values() for name in members]


def command(name: str | None = None, **settings: Any) -> Callable[[Function], Function]:
    """Make a function a command, under its own name or another. Settings are typer's."""

    def register(function: Function) -> Function:
        named = name or function.__name__
        app = typer.Typer(help=function.__doc__, rich_markup_mode=None, add_completion=False)
        app.command(named, cls=Command, **settings)(function)
        add(named, app)
        return function

    return register


def add(name: str, app: typer.Typer) -> None:
    """Make a typer app a command; what it is for is the first line of the app's help."""
    _COMMANDS[name] = app


def names() -> Iterator[str]:
    """Yield the words that call each command, and each command below another."""
    for name, app in _COMMANDS.items():
        yield name
        for below in app.registered_commands:
            word = below.name or (below.callback.__name__ if below.callback else "")
            if word != name:
                yield f"{name} {word}"


def _complete_in(option: str, shell: str | None = None, *more: str) -> NoReturn:
    """Install the completion of a shell, of this one if none is named, or print its script.

    For typer, an option has a value or it has none.
    """
    from reformcalc.cli.output import emit

    if more:
        raise typer.BadParameter("it takes one shell", param_hint=option)
    if shell == "":
        raise typer.BadParameter(
            "it is empty; is a variable of the shell not set?", param_hint=option
        )
    done = shells.install if option == shells.INSTALL else shells.script
    emit(done(shell or shells.current()))
    raise typer.Exit


@contextmanager
def _in_plain_words() -> Iterator[None]:
    """Take pydantic's own words from before a message, and from within what a terminal obeys."""
    try:
        yield
    except typer.TyperException as error:
        error.message = printable(error.message.removeprefix("Value error, ")) + _elsewhere(error)
        raise


def _elsewhere(error: Exception) -> str:
    """Say which commands have an option that this one has not, where nothing here is like it."""
    option = getattr(error, "option_name", None)
    if not option or getattr(error, "possibilities", None) or not str(option).startswith("--"):
        return ""
    having = [
        name
        for name, app in _COMMANDS.items()
        if name in _ORDER
        and any(option in one.opts for one in getattr(typer.main.get_command(app), "params", ()))
    ]
    return f" (of other commands: {', '.join(sorted(having, key=_ORDER.index))})" if having else ""


# What stands for these may have any letters: it names what is there already, or a file to come.
_FEW = 4  # words to write that are worth naming
_OF_FILES = {"DIR", "FILE", "NEW", "OLD", "OUT", "PATH"}


def _refuse_unfit(ctx: Any, parameters: Iterable[Any]) -> None:
    """Refuse a value of no letters, or with letters that nobody can see.

    The first is a variable of the shell that was never set: as an option that was left out it would
    answer another question than was asked. The others would stand in the answer.
    """
    parameters = [*parameters]
    options = {option for one in parameters for option in one.opts if option.startswith("--")}
    for one in parameters:
        given = ctx.params[one.name]
        for value in given if isinstance(given, list) else [given]:
            if not isinstance(value, str):
                continue
            message = ""
            if not value.strip():
                message = "it is empty; is a variable of the shell not set?"
            elif value in options:
                words = [item.value for item in one.shell_complete(ctx, "")][:_FEW]
                named = ", ".join(words) or one.metavar or "a value"
                message = f"{value} stands where its value should; write that before: {named}"
            elif (one.metavar or "").strip("[.]") not in _OF_FILES and (hidden := unseen(value)):
                from reformcalc.words import few, listed

                named = listed(few(hidden, 6))
                message = f"it has letters that cannot be seen ({named}); type it without them"
            if message:
                raise typer.BadParameter(message, ctx=ctx, param=one)


def _meant(ctx: Any, parameters: Iterable[Any], word: str) -> str:
    """Return the option that a word of no option may be meant for, as a question, or nothing."""
    offered: dict[str, str] = {}
    for one in parameters:
        if one.param_type_name == "option":
            offered.setdefault(one.opts[0].lstrip("-"), one.opts[0])
            for item in one.shell_complete(ctx, ""):
                offered.setdefault(item.value, f"{one.opts[0]} {item.value}")
    near = get_close_matches(word.lower(), offered, n=1)
    return f'; did you mean "{offered[near[0]]}"?' if near else ""


class _Helped:
    """A command whose help is set out as `help` says."""

    def collect_usage_pieces(self: Any, ctx: Any) -> list[str]:
        below = [self.subcommand_metavar] if isinstance(self, TyperGroup) else []
        return [*written.usage(self.get_params(ctx)), *below]

    def format_options(self: Any, ctx: Any, formatter: Any) -> None:
        parameters = self.get_params(ctx)
        written.write_arguments(parameters, formatter)
        if isinstance(self, TyperGroup):
            self.format_commands(ctx, formatter)
        written.write_options(parameters, formatter, grouped=not isinstance(self, Commands))

    def format_epilog(self: Any, ctx: Any, formatter: Any) -> None:  # noqa: ARG002  typer's
        written.write_examples(self.epilog, formatter)


class Group(_Helped, TyperGroup):
    """A command that has others below it."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        rest = super().parse_args(ctx, args)
        if not ctx.resilient_parsing:
            _refuse_unfit(ctx, self.params)
        return rest


class Command(_Helped, TyperCommand):
    """A command whose options are taken as written where a line is only to be completed."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        if not ctx.resilient_parsing:
            ctx.allow_extra_args = True  # refused below, with what may be meant by them
            extra = super().parse_args(ctx, args)
            _refuse_unfit(ctx, self.params)
            if extra:
                meant = _meant(ctx, self.params, extra[0])
                ctx.fail(f"Got unexpected extra argument(s) ({printable(' '.join(extra))}){meant}")
            return []
        given, ctx.args, _ = self.make_parser(ctx).parse_args(args)
        for option in self.get_params(ctx):
            ctx.params[option.name], source = option.consume_value(ctx, given)
            ctx.set_parameter_source(option.name, source)
        return list(ctx.args)


class Commands(_Helped, TyperGroup):
    """The group of all commands."""

    def __init__(self, **settings: Any) -> None:
        # Taken for the names and the help alone: `resolve_command` returns what runs.
        named = {name: TyperCommand(name, help=app.info.help) for name, app in _COMMANDS.items()}
        super().__init__(**settings | {"commands": named})

    def format_commands(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002  typer's
        """Write the commands under what they are for."""
        longest = max(map(len, self.commands))
        for group, members in GROUPS.items():
            rows = [
                (f"{name:<{longest}}", self.commands[name].get_short_help_str(formatter.width))
                for name in members
            ]
            with formatter.section(group):
                formatter.write_dl(rows)

    def get_params(self, ctx: Any) -> list[Any]:
        """Return the options, of which one that is not given is False.

        Typer's own --help is None then, and to make anything of None it would import pydantic.
        """
        options = super().get_params(ctx)
        for option in options:
            if option.default is None:
                option.default = False
        return options

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        own = {name for option in self.get_params(ctx) for name in option.opts}
        first = args[0].partition("=")[0] if args else ""
        named = next((one for one in args if one in _COMMANDS), None)
        strange = first.startswith("-") and first not in (*own, "--")
        if strange and named and not ctx.resilient_parsing:
            first = printable(first)
            ctx.fail(f"{first} stands before the command; write it after: {named} {first}")
        if first in (shells.INSTALL, shells.SHOW) and not ctx.resilient_parsing:
            _complete_in(*"=".join(args).split("="))
        return super().parse_args(ctx, args)

    def invoke(self, ctx: Any) -> Any:
        with _in_plain_words():
            return super().invoke(ctx)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Return the name of the command, the command itself, and what follows."""
        name, found, rest = super().resolve_command(ctx, args)
        if name is not None:
            found = typer.main.get_command(_COMMANDS[name])
            found.name = name
        return name, found, rest
