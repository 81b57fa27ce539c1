"""The least that a program of these libraries does: what the commands are measured against.

One command with one option, the YAML reader imported, one model of one field.
"""

from __future__ import annotations

from typing import Annotated

import typer
import yaml
from pydantic import BaseModel


class Model(BaseModel):
    name: str


def main(name: Annotated[str, typer.Option(help="What to validate.")] = "floor") -> None:
    """Validate one model of one field."""
    typer.echo(Model(name=name).name)


if __name__ == "__main__":
    typer.run(main)
