"""Labels for exchange: the elements of the public schema of STANAG 4774, in XML and JSON.

The names and their order follow that schema. The policy is one of our own, for exercises: no NATO policy is claimed,
and nothing is bound to the data by a signature.
"""

import json
import xml.etree.ElementTree as Tree
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any, Final

from muster.disclosure.labels import EVERY_NATION, Label

POLICY: Final = "MUSTER COALITION EXERCISE"
"""The policy by whose words a thing is classified."""
NAMESPACE: Final = "urn:nato:stanag:4774:confidentialitymetadatalabel:1:0"
ELEMENT: Final = "originatorConfidentialityLabel"
_PREFIX: Final = "s4774"
_CATEGORY: Final = {"TagName": "Releasable To", "Type": "PERMISSIVE"}
"""Whoever holds one of its values may have the thing."""


def encode_xml(label: Label, *, coalition: Iterable[str], made_at: datetime) -> bytes:
    """The label as one XML element, in UTF-8.

    Parameters
    ----------
    coalition
        Codes of all nations, which stand for a release to every one of them.
    made_at
        When the thing got its label, or was changed last.
    """
    Tree.register_namespace(_PREFIX, NAMESPACE)
    root = Tree.Element(_name(ELEMENT))
    information = Tree.SubElement(root, _name("ConfidentialityInformation"))
    Tree.SubElement(information, _name("PolicyIdentifier")).text = POLICY
    Tree.SubElement(information, _name("Classification")).text = label.marking.upper()
    category = Tree.SubElement(information, _name("Category"), _CATEGORY)
    for nation in _nations(label, coalition):
        Tree.SubElement(category, _name("GenericValue")).text = nation
    Tree.SubElement(root, _name("OriginatorID")).text = label.owner
    Tree.SubElement(root, _name("CreationDateTime")).text = _instant(made_at)
    text = Tree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.encode()


def encode_json(label: Label, *, coalition: Iterable[str], made_at: datetime) -> bytes:
    """The same label as a JSON object with the names of the elements; parameters as for :func:`encode_xml`."""
    category = {**_CATEGORY, "GenericValue": _nations(label, coalition)}
    information: dict[str, Any] = {
        "PolicyIdentifier": POLICY,
        "Classification": label.marking.upper(),
        "Category": [category],
    }
    told = {
        "ConfidentialityInformation": information,
        "OriginatorID": label.owner,
        "CreationDateTime": _instant(made_at),
    }
    return json.dumps({ELEMENT: told}, ensure_ascii=False, indent=2).encode() + b"\n"


def _nations(label: Label, coalition: Iterable[str]) -> list[str]:
    """Whoever may have the thing, its owner first."""
    others = set(coalition) if EVERY_NATION in label.releasable_to else set(label.releasable_to)
    return [label.owner, *sorted(others - {label.owner})]


def _name(element: str) -> str:
    return f"{{{NAMESPACE}}}{element}"


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
