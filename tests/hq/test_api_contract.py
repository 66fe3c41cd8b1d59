"""Operations keep to what their description says, whatever is sent to them, and never fail by themselves."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from hq.filed import filed
from hq.seeded import AT, CELLS, Seeded, account_of, look_as, seed
from muster.hq.access.choices import Scope
from muster.hq.access.keys import make_key
from muster.hq.api import api
from muster.hq.scenario.versions import keep_version

pytestmark = pytest.mark.usefixtures("headquarters")
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
    response_headers_conformance,
    negative_data_rejection,
]
PROBING = settings(
    max_examples=6, database=None, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck)
)
"""A few requests of each kind to each operation, the same in every run."""
SCHEMA = schemathesis.openapi.from_dict(api.get_openapi_schema())
SCHEMA.app = get_wsgi_application()


@pytest.fixture
def seeded() -> Iterator[Seeded]:
    """Rows to ask for; the transaction stays open from request to request, as it does with the client of Django."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    with transaction.atomic():
        yield seed()
        transaction.set_rollback(True)
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.mark.parametrize("mode", list(GenerationMode))
@pytest.mark.parametrize("post", ["LNO-FRA", "J5-PLANS"])
def test_every_operation_keeps_to_its_description(seeded: Seeded, post: str, mode: GenerationMode) -> None:
    look_as(post)
    key = make_key(name="probe", scope=Scope.WRITE, days=1, by=account_of(post), at=datetime.now(UTC))
    document = filed("MNF" if post == "J5-PLANS" else "FRA", "Order")
    version = keep_version(title="now", by=account_of(post), at=AT)
    there = {
        "row": [*(str(offer.id) for offer in seeded.offers.values()), str(uuid4())],
        "version": [str(version.id)],
        "document": [str(document.pk)],
        "file": [str(document.files.values_list("pk", flat=True)[0])],
        "table": ["offers", "lines", "settings"],
    }
    asked = 0
    for found in SCHEMA.get_all_operations():
        assert isinstance(found, Ok)
        operation = found.ok()

        @PROBING
        @given(case=operation.as_strategy(generation_mode=mode), data=st.data())
        def keeps(case: Any, data: st.DataObject) -> None:
            if mode == GenerationMode.POSITIVE:
                case.path_parameters |= {part: data.draw(st.sampled_from(there[part])) for part in case.path_parameters}
                if isinstance(case.body, dict) and "cells" in case.body and data.draw(st.booleans()):
                    case.body["cells"] = {**CELLS, "offer_id": "PROBE", **case.body["cells"]}
            case.call_and_validate(headers={"Authorization": f"Bearer {key.text}"}, checks=CHECKS)

        keeps()
        asked += 1
    assert asked == len([each for methods in api.get_openapi_schema()["paths"].values() for each in methods])
