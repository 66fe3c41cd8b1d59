"""The commands that start and stop a headquarters."""

from pathlib import Path

import click

_FOLDER = click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, exists=True, file_okay=False))


@click.command()
@_FOLDER
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen at.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="Port to listen at.")
@click.option("--background", is_flag=True, help="Give the prompt back once the pages answer.")
def serve(folder: Path, host: str, port: int, background: bool) -> None:
    """Serve the headquarters in DIR until Ctrl-C, or in the background until muster hq stop.

    Before anything is served the boundary looks at itself, and refuses while anything could let rows past it.
    """
    from muster.cli.telling import say
    from muster.hq.serving import serve_here, serve_in_background

    if background:
        serve_in_background(folder, host, port)
        click.echo(f"The headquarters answers at http://{host}:{port}/")
        click.echo(f"Stop it with: muster hq stop {folder}")
    else:
        say(f"serving at http://{host}:{port}/ until Ctrl-C")
        serve_here(folder, host, port)


@click.command()
@_FOLDER
def stop(folder: Path) -> None:
    """Stop the headquarters in DIR, its database with it."""
    from muster.hq.serving import stop_all

    click.echo("Stopped." if stop_all(folder) else "Nothing of it was running.")
