"""How a page looks: its colours, light and dark, and its style sheet."""

from __future__ import annotations

from pathlib import Path

# By name: the colour on a light page, on a dark one. The tests compute their contrast (WCAG 2.2).
PALETTE: dict[str, tuple[str, str]] = {
    "page": ("#ffffff", "#14181c"),
    "text": ("#1a1f24", "#e8ecf0"),
    "quiet": ("#4c5761", "#b0bac4"),
    "line": ("#7d8790", "#77828d"),
    "stripe": ("#f2f5f7", "#1d2329"),
    "link": ("#0b4f8a", "#8cc2f5"),
    "sure": ("#0b4f8a", "#8cc2f5"),  # what is certain: at least
    "could": ("#6b9fc9", "#41739c"),  # what could be: at most
    "asked": ("#a13d00", "#ff9f66"),  # what was asked for
    "late": ("#a3122a", "#ff8a97"),
    "good": ("#17602f", "#7fd69a"),
    "doubt": ("#7a4a00", "#f0c069"),
}


def style_sheet() -> str:
    """Return the style sheet, with the colours of both schemes."""
    light = _variables({name: colours[0] for name, colours in PALETTE.items()})
    dark = _variables({name: colours[1] for name, colours in PALETTE.items()})
    return (
        f":root{{color-scheme:light dark;{light}}}\n"
        f"@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}\n{_rules()}"
    )


def style_of_charts() -> str:
    """Return the style of charts alone, for a picture that is a file: with colours, not variables.

    Programs that know no variables, nor which page is dark, show it in the colours of a light one.
    """
    rules = [one for one in _rules().splitlines() if one.startswith("svg ") and "{" in one]
    drawn = "\n".join((*_ALONE, *(one for one in rules if not one.startswith("svg {"))))
    light, dark = (_coloured(drawn, scheme) for scheme in (0, 1))
    return f"\n{light}\n@media (prefers-color-scheme:dark){{\n{dark}\n}}\n"


# What a page gives its charts, and a picture has to bring along.
_ALONE = (
    'svg { font-family: system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }',
    "svg .page { fill: var(--page); }",
)


def _coloured(rules: str, scheme: int) -> str:
    for name, colours in PALETTE.items():
        rules = rules.replace(f"var(--{name})", colours[scheme])
    return rules


def _rules() -> str:
    return Path(__file__).with_name("style.css").read_text(encoding="utf-8")


def _variables(colours: dict[str, str]) -> str:
    return "".join(f"--{name}:{colour};" for name, colour in colours.items())
