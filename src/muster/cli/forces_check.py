"""The command that checks a matching."""

import sys
from pathlib import Path

import click

from muster.cli.matching_folders import read_matching
from muster.forces.matching.checks import check as check_matching


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, exists=True, file_okay=False))
def check(folder: Path) -> None:
    """Re-derive every promise of the matching in DIR and name each breach; exit code 1 where there is one."""
    problem, matching = read_matching(folder)
    findings = check_matching(problem, matching)
    for finding in findings:
        click.echo(f"{finding.rule}: {finding.message}")
    if findings:
        click.echo(f"{len(findings)} finding{'s' if len(findings) > 1 else ''}.", err=True)
        sys.exit(1)
    offers = {tour.offer_id for tour in matching.tours}
    click.echo(f"No findings: {len(matching.tours)} tours of {len(offers)} offers keep every rule.")
