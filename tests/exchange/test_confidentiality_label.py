"""Labels for exchange, element by element."""

import json
import xml.etree.ElementTree as Tree
from datetime import UTC, datetime, timedelta, timezone

import pytest

from muster.disclosure.labels import Label
from muster.exchange.confidentiality_label import NAMESPACE, encode_json, encode_xml

COALITION = ("FRA", "GBR", "POL")
MADE_AT = datetime(2026, 11, 26, 14, 0, 5, tzinfo=timezone(timedelta(hours=2)))
CASES = [
    ("FRA/restricted/", "RESTRICTED", ["FRA"]),
    ("FRA/sensitive/POL+GBR", "SENSITIVE", ["FRA", "GBR", "POL"]),
    ("GBR/open/ALL", "OPEN", ["GBR", "FRA", "POL"]),
]


@pytest.mark.parametrize(("label", "classification", "nations"), CASES)
def test_the_element_says_policy_classification_and_who_may_have_it(
    label: str, classification: str, nations: list[str]
) -> None:
    root = Tree.fromstring(encode_xml(Label.parse(label), coalition=COALITION, made_at=MADE_AT))
    names = [each.tag.removeprefix(f"{{{NAMESPACE}}}") for each in root.iter()]
    assert names == [
        "originatorConfidentialityLabel", "ConfidentialityInformation", "PolicyIdentifier", "Classification",
        "Category", *["GenericValue"] * len(nations), "OriginatorID", "CreationDateTime",
    ]  # fmt: skip
    texts = [each.text for each in root.iter() if each.text]
    assert texts == ["MUSTER COALITION EXERCISE", classification, *nations, label[:3], "2026-11-26T12:00:05Z"]
    category = root[0][2]
    assert category.attrib == {"TagName": "Releasable To", "Type": "PERMISSIVE"}


@pytest.mark.parametrize(("label", "classification", "nations"), CASES)
def test_the_object_says_the_same(label: str, classification: str, nations: list[str]) -> None:
    told = json.loads(encode_json(Label.parse(label), coalition=COALITION, made_at=datetime(2026, 1, 2, tzinfo=UTC)))
    category = {"TagName": "Releasable To", "Type": "PERMISSIVE", "GenericValue": nations}
    information = {
        "PolicyIdentifier": "MUSTER COALITION EXERCISE", "Classification": classification, "Category": [category],
    }  # fmt: skip
    assert told == {
        "originatorConfidentialityLabel": {
            "ConfidentialityInformation": information,
            "OriginatorID": label[:3],
            "CreationDateTime": "2026-01-02T00:00:00Z",
        }
    }
