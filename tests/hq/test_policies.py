"""Policies of labelled tables: one text for all, new or brought to it; other policies are left alone."""

import pytest
from django.db import connections, transaction
from django.db.backends.utils import CursorWrapper

from muster.hq.boundary.schema import AGAIN

pytestmark = pytest.mark.usefixtures("headquarters")

FIRST_VISIBLE = """
    marking <= ((SELECT hq.ctx())[4])::smallint
    AND ((rel_low & ((SELECT hq.ctx())[5])::bigint) <> 0 OR (rel_high & ((SELECT hq.ctx())[6])::bigint) <> 0)
"""
FIRST_WRITABLE = "owner = (SELECT hq.ctx())[3]"
Policy = tuple[str, str, str | None, str | None]


def list_policies(cursor: CursorWrapper) -> list[Policy]:
    cursor.execute(
        "SELECT tablename, policyname, qual, with_check FROM pg_policies WHERE schemaname = 'hq' ORDER BY 1, 2"
    )
    return list(cursor.fetchall())


def of_labels(policy: Policy) -> bool:
    return (policy[2] or policy[3] or "").lstrip("(").startswith("marking")


def test_labelled_tables_have_one_policy_that_reads_numbers_once() -> None:
    with connections["default"].cursor() as cursor:
        visible = {policy[2] for policy in list_policies(cursor) if of_labels(policy) and policy[1] == "app_select"}
    (text,) = visible
    assert text is not None
    assert text.count("( SELECT (") == text.count("ctx()") == 3


def test_policies_of_the_first_schema_become_those_of_a_new_one() -> None:
    with transaction.atomic("owner"), connections["owner"].cursor() as cursor:
        new = list_policies(cursor)
        for table, name, using, checked in filter(of_labels, new):
            both = f"{FIRST_VISIBLE} AND {FIRST_WRITABLE}"
            seen = f"USING ({FIRST_VISIBLE if name == 'app_select' else both})" if using else ""
            cursor.execute(f"ALTER POLICY {name} ON hq.{table} {seen} {f'WITH CHECK ({both})' if checked else ''}")
        first = list_policies(cursor)
        assert [a[:2] for a, b in zip(new, first, strict=True) if a != b] == [a[:2] for a in new if of_labels(a)] != []
        cursor.execute(AGAIN)
        assert list_policies(cursor) == new
        transaction.set_rollback(True, "owner")
