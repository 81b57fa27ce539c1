"""How the help of a command is set out: options by what they are for, each example on its line.

typer shows the type of each value ("<list[str]>"), which tells a programmer what the metavar tells
everybody, and lists options and examples in one run.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

_ABOUT, _LIMITS, _WRITTEN = "What it is about", "What limits it", "How it is written"
# The options that are not of what an answer is about, which all others are.
_GROUPS = dict.fromkeys(
    ("envelope", "announced_after", "pillar", "topic", "lead", "acts", "basis",
     "within", "since", "state", "text", "local", "slipped", "body", "section"), _LIMITS,
) | dict.fromkeys(
    ("all", "whole", "every", "long", "exact", "explain", "chart", "cite", "strict", "fail_on",
     "force", "format", "format_", "json", "output", "no_pager", "alarm", "alarm_from", "full",
     "title", "author", "help"), _WRITTEN,
)  # fmt: skip


def write_arguments(parameters: list[Any], formatter: Any) -> None:
    """Write what stands after a command without an option, if anything does."""
    rows = [(name(one), one.help) for one in parameters if one.param_type_name == "argument"]
    if rows:
        with formatter.section("Arguments"):
            formatter.write_dl(rows)


def write_options(parameters: list[Any], formatter: Any, *, grouped: bool = True) -> None:
    """Write the options, by what they are for if `grouped`, in columns of one width."""
    options = [one for one in parameters if one.param_type_name == "option"]
    widest = max(len(_written(one)) for one in options)
    groups: dict[str, list[tuple[str, str]]] = {_ABOUT: [], _LIMITS: [], _WRITTEN: []}
    for one in options:
        row = (_written(one).ljust(widest), one.help)
        groups[_GROUPS.get(one.name, _ABOUT) if grouped else _ABOUT].append(row)
    several = sum(map(bool, groups.values())) > 1
    for heading, rows in groups.items():
        if rows:
            with formatter.section(heading if several else "Options"):
                formatter.write_dl(rows)


def write_examples(epilog: str, formatter: Any) -> None:
    """Write the examples of an epilog, "Examples: one · another", each on a line of its own."""
    heading, _, examples = epilog.partition(": ")
    with formatter.section(heading):
        for example in examples.split(" · "):
            formatter.write(f"{' ' * formatter.current_indent}{example}\n")


def usage(parameters: list[Any]) -> Iterator[str]:
    """Yield what follows the name of a command: options, then arguments, in brackets if optional.

    As typer's, but for arguments that are named like options, in capitals.
    """
    yield "[OPTIONS]"
    for one in parameters:
        if one.param_type_name == "argument":
            word = name(one) if one.required else f"[{name(one)}]"
            yield f"{word}..." if one.nargs != 1 else word


def name(argument: Any) -> str:
    """Return the word that stands for an argument, without the brackets of its usage."""
    return str(argument.metavar or argument.name.upper()).strip("[].")


def _written(option: Any) -> str:
    """Return an option as it is typed, with the word for its value: -f, --format FORMAT."""
    typed = ", ".join(sorted(option.opts, key=len))
    return typed if option.is_flag else f"{typed} {option.metavar or 'WORD'}"
