"""For programs: versions of the scenario."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Router, Status

from muster.exchange.scenario import ScenarioRefused
from muster.hq.answers import account_of
from muster.hq.people.queries import bits
from muster.hq.scenario import rules, versions
from muster.hq.scenario.asking import seen_version
from muster.hq.scenario.queries import list_versions
from muster.hq.scenario.schemas import TitleIn, VersionOut
from muster.hq.scenario.version_files import XLSX, ZIP, folder_of, workbook_of
from muster.hq.wrong import WRONG, FaultOut, NotAllowed, given, wrong_answer

router = Router(tags=["versions"])
_SHOWN = 200
"""Faults that one answer tells."""


@router.get("/versions", response={200: list[VersionOut], **WRONG}, operation_id="list_versions")
def kept(request: HttpRequest) -> list[VersionOut]:
    """Versions that you may see, the last first."""
    labels = bits()
    return [VersionOut.of(version, version.label(labels)) for version in list_versions()]


@router.post("/versions", response={201: VersionOut, **WRONG}, operation_id="keep_version")
def keep(request: HttpRequest, sent: TitleIn) -> Status[VersionOut]:
    """Keep what you see now; where nothing has changed since your last version, that one is given."""
    account = account_of(request)
    if not rules.may_keep_versions(account):
        raise NotAllowed("Only the headquarters and nations keep versions of the scenario.")
    version = versions.keep_version(title=sent.title.strip(), by=account, at=timezone.now())
    return Status(201, VersionOut.of(version, version.label(bits())))


@router.get("/versions/{uuid:version}", response={200: VersionOut, **WRONG}, operation_id="get_version")
def version(request: HttpRequest, version: uuid.UUID) -> VersionOut:
    """One version."""
    found = seen_version(version)
    return VersionOut.of(found, found.label(bits()))


@router.get(
    "/versions/{uuid:version}/folder",
    response={200: None, **WRONG},
    operation_id="get_version_folder",
    openapi_extra=given(ZIP),
)
def folder(request: HttpRequest, version: uuid.UUID) -> HttpResponse:
    """The files of a version, as the zip of a scenario folder, with its marking."""
    return folder_of(seen_version(version), account_of(request), at=timezone.now())


@router.get(
    "/versions/{uuid:version}/workbook",
    response={200: None, **WRONG},
    operation_id="get_version_workbook",
    openapi_extra=given(XLSX),
)
def workbook(request: HttpRequest, version: uuid.UUID) -> HttpResponse:
    """The files of a version as one workbook; one with faults cannot be written yet."""
    try:
        return workbook_of(seen_version(version), account_of(request), at=timezone.now())
    except ScenarioRefused as why:
        faults = [FaultOut(where=f"{fault.file} {fault.row}", rule=fault.rule) for fault in why.faults[:_SHOWN]]
        return wrong_answer(422, f"This version has {len(why.faults)} faults.", faults=faults)
