"""The command that works out again what the certificate of a plan proves, without a solver."""

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click

from muster.cli.plan_folders import judge, read_certificate, read_plan, read_summary
from muster.cli.telling import refuse
from muster.exchange.plan_summary import gap
from muster.measures import days
from muster.movement.formulation import CertificateRefused, Proved
from muster.movement.formulation import verify as verify_certificate
from muster.movement.plan import Plan, Score
from muster.movement.problem import Problem
from muster.movement.score import score


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, exists=True, file_okay=False))
def verify(folder: Path) -> None:
    """Work out again what the certificate in DIR proves, in whole numbers and without a solver, and check the plan.

    Exit code 1 where summary.json or the certificate claims more than it proves, where the certificate is not of this
    problem or holds what proves nothing, and where the plan breaks a rule.
    """
    problem, planned = read_plan(folder)
    summary = read_summary(folder)
    certificate = read_certificate(folder, problem)
    findings, facts = judge(folder, problem, planned)
    if any(finding.rule == "well_formed" for finding in findings):
        refuse(f"plan.json does not fit problem.json.gz: {findings[0].message} See: muster movement check {folder}")
    click.echo("working out what the prices prove", err=True)
    try:
        proved = verify_certificate(problem, certificate)
    except CertificateRefused as refusal:
        refuse("\n".join(f"certificate.json.gz: {fault}" for fault in refusal.faults))
    value = score(problem, planned)
    for line in _told(problem, planned, value, proved):
        click.echo(line)
    claims = {
        "closure_bound_d": (days(certificate.closure_min), days(proved.closure_min)),
        "lateness_bound_d": (days(certificate.weighted_lateness_min), days(proved.weighted_lateness_min)),
    }
    faults = [
        *_overclaims(summary, claims),
        *_misquotes(summary, value),
        *(f"{finding.rule}: {finding.message}" for finding in findings),
    ]
    for fault in faults:
        click.echo(fault, err=True)
    if faults:
        sys.exit(1)
    click.echo(f"No findings: {len(planned.moves)} loads on {len(planned.voyages)} voyages keep every rule.")
    if facts:
        click.echo(f"{len(facts)} breaches by what had happened before the replan: {folder / 'replan.json'}")


def _told(problem: Problem, planned: Plan, value: Score, proved: Proved) -> Iterator[str]:
    """What is proved, beside what the plan is worth."""
    for what, least_min, own_min in (
        ("closes before", proved.closure_min, value.closure_min),
        ("has less weighted lateness than", proved.weighted_lateness_min, value.weighted_lateness_min),
    ):
        yield (
            f"Proved: no plan {what} {days(least_min):.3f} d; this one: {days(own_min):.3f} d, "
            f"gap {gap(own_min, least_min) or 0.0:.1%}."
        )
    stuck = {no_way.uln for no_way in problem.no_ways}
    left = [unmoved.uln for unmoved in planned.unmoved if unmoved.uln not in stuck]
    if left:
        yield (
            f"That holds for plans that move every line that has a way; this one leaves {len(left)} of them behind "
            f"({', '.join(left[:5])}) and may be below it."
        )


def _overclaims(summary: Mapping[str, Any], claims: Mapping[str, tuple[float, float]]) -> Iterator[str]:
    """Claims of the summary and of the certificate itself that are more than it proves."""
    for name, (own_d, proved_d) in claims.items():
        told_d = summary.get(name)
        if own_d > proved_d:
            yield (
                f"certificate.json.gz: claims {name} {own_d:.3f}, and its prices prove {proved_d:.3f}; do not quote "
                "it, plan again."
            )
        if isinstance(told_d, int | float) and told_d > round(proved_d, 3):
            yield (
                f"summary.json: {name} {told_d:.3f} is more than what the certificate proves, {proved_d:.3f}; do not "
                "quote it, plan again."
            )


def _misquotes(summary: Mapping[str, Any], value: Score) -> Iterator[str]:
    """Figures of the summary that are not those of the plan."""
    for name, own_min in (("closure_d", value.closure_min), ("weighted_lateness_d", value.weighted_lateness_min)):
        told_d = summary.get(name)
        if told_d is not None and told_d != round(days(own_min), 3):
            yield f"summary.json: {name} {told_d}, and the plan has {round(days(own_min), 3)}; write it again."
