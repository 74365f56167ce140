"""``--version``: this program and the libraries that decide what a PDF looks like."""

from __future__ import annotations

import click

from handouts import __version__

_LIBRARIES = (
    "reportlab",
    "uharfbuzz",
    "icu4py",
    "Babel",
    "pydantic",
    "PyYAML",
    "pypdf",
    "segno",
    "pillow",
    "click",
)


def print_version(ctx: click.Context, parameter: click.Parameter, value: bool) -> None:
    """Prints the versions and ends."""
    if not value or ctx.resilient_parsing:
        return
    import platform

    click.echo(f"handouts {__version__}")
    libraries = ", ".join(f"{name} {_version(name)}" for name in _LIBRARIES)
    click.echo(f"Python {platform.python_version()}; {libraries}")
    ctx.exit()


def _version(name: str) -> str:
    from importlib import metadata

    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "(missing)"
