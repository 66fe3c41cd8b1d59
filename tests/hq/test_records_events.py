"""Values, bodies and headers have one text; what has none is refused."""

import json
from uuid import UUID

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hq.journals import STORY, event, salt
from muster.hq.records.body import Body, BodyRefused, Change, SaltedBody
from muster.hq.records.canonical import LARGEST_NUMBER, Json, NotCanonical, canonical_json
from muster.hq.records.event import Event, EventRefused
from muster.hq.records.verify_lines import has_one_spelling

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
NAMES = st.text(st.characters(max_codepoint=127), max_size=6)
VALUES: st.SearchStrategy[Json] = st.recursive(
    st.one_of(TEXT, st.booleans(), st.none(), st.integers(-LARGEST_NUMBER, LARGEST_NUMBER)),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(NAMES, inner, max_size=4)),
    max_leaves=12,
)


def exact(value: object) -> str:
    """A text that keeps 1 and True apart, which Python calls equal, and is the same for any order of names."""
    if isinstance(value, dict):
        return f"{{{', '.join(sorted(f'{name!r}: {exact(inner)}' for name, inner in value.items()))}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(exact, value))}]"
    return repr(value)


def test_the_text_of_a_value() -> None:
    value: Json = {"b": [1, -2, None, True], "a": 'é "x"\n\x01/\x7f', "B": {}}
    assert canonical_json(value) == b'{"B":{},"a":"\xc3\xa9 \\"x\\"\\n\\u0001/\x7f","b":[1,-2,null,true]}'


@given(VALUES)
def test_a_value_comes_back_from_its_text(value: Json) -> None:
    assert exact(json.loads(canonical_json(value))) == exact(value)


@given(VALUES, VALUES)
def test_different_values_have_different_texts(one: Json, other: Json) -> None:
    assert (canonical_json(one) == canonical_json(other)) == (exact(one) == exact(other))


@given(VALUES)
def test_the_verifier_spells_values_the_same_way_with_another_program(value: Json) -> None:
    text = canonical_json(value)
    assert has_one_spelling(text)
    assert msgspec.json.encode(value, order="sorted") == text


@pytest.mark.parametrize(
    "value",
    [0.5, 1e300, float("nan"), LARGEST_NUMBER + 1, "\ud800", {"é": 1}, {"a": b"x"}, {"\ud800": 1}, [{"a": [1.0]}]],
)
def test_a_value_with_more_than_one_text_is_refused(value: Json) -> None:
    with pytest.raises(NotCanonical):
        canonical_json(value)


def test_the_deepest_value_is_the_same_for_writer_and_verifier() -> None:
    value: Json = 1
    for _ in range(32):
        value = [value]
    assert has_one_spelling(canonical_json(value))
    with pytest.raises(NotCanonical, match="deeper than 32"):
        canonical_json([value])
    assert not has_one_spelling(b"[" * 33 + b"1" + b"]" * 33)


@pytest.mark.parametrize(
    "text",
    [
        b"1.0", b"[1e2]", b'{"b":1,"a":2}', b'{"a":1,"a":1}', b"[1, 2]", b'"\\u0041"', b'"\xff"', b'"\\ud800"',
        b"9007199254740992", b'{"\xc3\xa9":1}', b"[" * 100_000,
    ],
)  # fmt: skip
def test_another_spelling_is_seen_by_the_verifier(text: bytes) -> None:
    assert not has_one_spelling(text)


def test_a_body_and_a_header_come_back_from_their_json() -> None:
    for sequence, (verb, body) in enumerate(STORY, 1):
        one = event(sequence, verb, SaltedBody(salt(sequence), body))
        assert Event.from_json(json.loads(canonical_json(one.to_json()))) == one
        assert Body.from_json(json.loads(canonical_json(body.to_json()))) == body


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("site", "kyi"), ("sequence", 0), ("sequence", True), ("sequence", "1"), ("time", "now"), ("actor", ""),
        ("actor", "a\n"), ("verb", "Offer made"), ("verb", "offer_made\n"), ("label", "FRA"), ("body_digest", "00"),
        ("label", "FRA/restricted/GBR+FRA"), ("object_id", "6F1C2F0E-0B5C-4D55-9C5E-2F6D6F0A1B2C"), ("object_id", 7),
        ("extra", 1),
    ],
)  # fmt: skip
def test_a_header_that_is_written_otherwise_is_refused(name: str, value: object) -> None:
    document = {**event(1, "offer_made", SaltedBody(salt(1), Body())).to_json(), name: value}
    with pytest.raises(EventRefused):
        Event.from_json(document)


def test_a_body_that_contradicts_itself_is_refused() -> None:
    with pytest.raises(BodyRefused, match="field a changes more than once"):
        Body((Change("a", 1, 2, 1), Change("a", 2, 3, 1)))
    with pytest.raises(BodyRefused, match="seen PAR is 0"):
        Body(seen={"PAR": 0})
    with pytest.raises(BodyRefused, match="base version -1"):
        Change("a", 1, 2, -1)
    with pytest.raises(BodyRefused, match="15 bytes"):
        SaltedBody(bytes(15), Body())
    with pytest.raises(BodyRefused, match="parts that are not known"):
        Body.from_json({"changes": [], "facts": {}, "seen": {}, "more": 1})
    with pytest.raises(BodyRefused, match="part missing or wrong"):
        Body.from_json({"changes": [{"field": "a"}], "facts": {}, "seen": {}})


def test_a_salt_hides_that_two_bodies_are_the_same() -> None:
    assert SaltedBody(salt(1), Body()).digest() != SaltedBody(salt(2), Body()).digest()


def test_an_event_is_named_by_site_and_sequence() -> None:
    one = event(101, "offer_made", SaltedBody(salt(1), Body()))
    assert one.place == "KYI#101"
    assert one.object_id == UUID("6f1c2f0e-0b5c-4d55-9c5e-2f6d6f0a1b2c")
