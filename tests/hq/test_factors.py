"""Second factors: one-time codes taken once, recovery codes kept as digests, and who must have one."""

import base64
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client

from hq.seeded import account_of, look_as, signed_in
from muster.hq import founding
from muster.hq.people import factors
from muster.hq.people.choices import SecondFactor
from muster.hq.people.models import Account, Factor, RecoveryCode, SignInRule
from muster.hq.people.one_time_codes import STEP_S, code_at, draw_secret, find_step, step_of
from muster.hq.people.sealed import SecretUnreadable, open_secret, seal_secret
from muster.hq.people.security_keys import KeyRefused, Origin, ask_for_known, take_known, take_new
from muster.hq.people.sign_in import MOST_OF_POST
from muster.hq.people.traces import account_trace
from muster.hq.records.queries import list_events

pytestmark = pytest.mark.usefixtures("headquarters")
AT = datetime(2027, 1, 4, 9, 0, 10, tzinfo=UTC)
SECRET = b"12345678901234567890"
PORT = "8000"
PASSWORD = "a long enough password of four words"


@pytest.fixture(autouse=True)
def undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def with_password(post: str) -> Account:
    account = account_of(post)
    account.set_password(PASSWORD)
    account.save()
    return account


def with_codes(post: str, *, at: datetime) -> Account:
    """An account with a known secret, whose first code was taken two steps before."""
    account = with_password(post)
    before = at - timedelta(seconds=2 * STEP_S)
    code = code_at(SECRET, at=before)
    factors.add_codes(account=account, name="duty telephone", secret=SECRET, code=code, at=before)
    return account


def verbs_of(post: str, seen_by: str) -> list[str]:
    look_as(seen_by)
    return [event.code for event in list_events(account_trace(account_of(post).post).pk)]


def test_codes_are_those_of_the_examples_of_the_standard() -> None:
    """RFC 6238, appendix B, the last six of eight digits."""
    for seconds, code in ((59, "287082"), (1111111109, "081804"), (1234567890, "005924"), (20000000000, "353130")):
        assert code_at(SECRET, at=datetime.fromtimestamp(seconds, UTC)) == code


def test_a_code_is_good_one_step_early_and_late_and_no_further() -> None:
    now = step_of(AT)
    codes = {drift: code_at(SECRET, at=AT + timedelta(seconds=STEP_S * drift)) for drift in range(-2, 3)}
    found = {drift: find_step(SECRET, code, after=0, at=AT) for drift, code in codes.items()}
    assert found == {-2: None, -1: now - 1, 0: now, 1: now + 1, 2: None}


def test_a_code_is_taken_once_and_none_from_before_it() -> None:
    account = with_codes("J5-PLANS", at=AT)
    code, earlier = code_at(SECRET, at=AT), code_at(SECRET, at=AT - timedelta(seconds=STEP_S))
    assert not factors.take_code(account=account, code="000000", at=AT)
    assert factors.take_code(account=account, code=f" {code[:3]} {code[3:]} ", at=AT)
    assert not factors.take_code(account=account, code=code, at=AT)
    assert not factors.take_code(account=account, code=earlier, at=AT)
    assert Factor.objects.get(account=account).used_at == AT


def test_the_secret_is_sealed_in_the_database_and_opens_for_its_factor_alone() -> None:
    factor = Factor.objects.get(account=with_codes("J5-PLANS", at=AT))
    assert SECRET not in bytes(factor.secret)
    assert open_secret(bytes(factor.secret), key=settings.SECRET_KEY, of=f"factor {factor.pk}") == SECRET
    for key, of in ((settings.SECRET_KEY, "factor of another"), ("another key", f"factor {factor.pk}")):
        with pytest.raises(SecretUnreadable, match="sealed by other keys"):
            open_secret(bytes(factor.secret), key=key, of=of)
    assert seal_secret(SECRET, key="k", of="x") != seal_secret(SECRET, key="k", of="x")


def test_a_recovery_code_opens_once_and_only_its_digest_is_kept() -> None:
    account = with_codes("J5-PLANS", at=AT)
    first, second, *_rest = codes = factors.draw_recovery_codes(account=account, at=AT)
    assert (len(codes), len(set(codes))) == (factors.CODES, factors.CODES)
    assert all(kept.digest.startswith("argon2$argon2id$") for kept in RecoveryCode.objects.filter(account=account))
    assert factors.take_code(account=account, code=first.lower(), at=AT)
    assert not factors.take_code(account=account, code=first, at=AT)
    assert not factors.take_code(account=account, code=f"3{second[1:]}", at=AT)
    factors.draw_recovery_codes(account=account, at=AT)
    assert not factors.take_code(account=account, code=second, at=AT)
    assert verbs_of("J5-PLANS", "J5-PLANS")[:3] == [
        "recovery_codes_drawn",
        "recovery_code_used",
        "recovery_codes_drawn",
    ]


def test_signing_in_takes_the_password_and_then_a_code() -> None:
    now = datetime.now(UTC)
    with_codes("LNO-FRA", at=now)
    client = Client()
    answer = client.post("/sign-in", {"username": "LNO-FRA", "password": PASSWORD})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/sign-in/factor")
    assert client.get("/tables/offers").status_code == 302
    wrong = client.post("/sign-in/factor", {"proof_code": "000000"})
    assert (wrong.status_code, "That was not right" in wrong.text) == (403, True)
    right = client.post("/sign-in/factor", {"proof_code": code_at(SECRET, at=datetime.now(UTC))})
    assert (right.status_code, right.headers["Location"]) == (302, "/")
    assert client.get("/tables/offers").status_code == 200
    assert verbs_of("LNO-FRA", "LNO-FRA") == ["signed_in", "factor_added"]


def test_a_second_factor_is_asked_of_nobody_who_has_not_given_the_password() -> None:
    with_codes("LNO-FRA", at=datetime.now(UTC))
    client = Client()
    answer = client.post("/sign-in/factor", {"proof_code": code_at(SECRET, at=datetime.now(UTC))})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/sign-in")


def test_guessing_codes_closes_the_door() -> None:
    with_codes("LNO-FRA", at=datetime.now(UTC))
    client = Client()
    client.post("/sign-in", {"username": "LNO-FRA", "password": PASSWORD})
    for _ in range(MOST_OF_POST):
        assert client.post("/sign-in/factor", {"proof_code": "000000"}).status_code == 403
    answer = client.post("/sign-in/factor", {"proof_code": code_at(SECRET, at=datetime.now(UTC))})
    assert answer.status_code == 429
    assert verbs_of("LNO-FRA", "J5-PLANS")[0] == "sign_in_barred"


def test_adding_codes_shows_the_key_and_then_recovery_codes_once() -> None:
    client = signed_in("LNO-POL")
    page = client.get("/factors/codes").text
    letters = re.search(r'<p class="letters">([A-Z2-7]{32})</p>', page)
    assert letters is not None
    assert "<svg" in page
    assert 'style="' not in page
    wrong = client.post("/factors/codes", {"name": "telephone", "code": "000000"})
    assert (wrong.status_code, "This is not the code of now" in wrong.text) == (422, True)
    assert letters[1] in wrong.text
    code = code_at(base64.b32decode(letters[1]), at=datetime.now(UTC))
    added = client.post("/factors/codes", {"name": "telephone", "code": code})
    codes = re.findall(r"<li>([1-8][A-Z2-9-]{14})</li>", added.text)
    assert len(codes) == factors.CODES
    listed = client.get("/factors").text
    assert ("telephone" in listed, "8 codes are left" in listed) == (True, True)
    assert not any(code in listed for code in codes)
    factor = Factor.objects.get(account=account_of("LNO-POL"))
    assert client.post(f"/factors/{factor.pk}/remove").status_code == 302
    assert not RecoveryCode.objects.filter(account=account_of("LNO-POL")).exists()
    assert verbs_of("LNO-POL", "LNO-POL") == ["factor_removed", "recovery_codes_drawn", "factor_added"]


def test_nobody_removes_the_factor_of_another() -> None:
    factor = Factor.objects.get(account=with_codes("LNO-FRA", at=AT))
    assert signed_in("LNO-POL").post(f"/factors/{factor.pk}/remove").status_code == 302
    assert Factor.objects.filter(pk=factor.pk).exists()


@pytest.mark.parametrize(
    ("post", "is_led"), [("J5-PLANS", True), ("COS", True), ("ADMIN", True), ("LNO-FRA", True), ("OBSERVER-1", False)]
)
def test_all_but_observers_are_led_to_add_a_factor(post: str, is_led: bool) -> None:
    founding.choose_second_factor(SecondFactor.REQUIRED)
    client = signed_in(post)
    answer = client.get("/tables/offers")
    assert (answer.status_code, answer.headers.get("Location")) == ((302, "/factors") if is_led else (200, None))
    assert client.get("/factors").status_code == 200
    factors.add_codes(account=account_of(post), name="x", secret=SECRET, code=code_at(SECRET, at=AT), at=AT)
    assert client.get("/tables/offers").status_code == 200
    (factor,) = Factor.objects.filter(account=account_of(post))
    assert client.post(f"/factors/{factor.pk}/remove").status_code == (403 if is_led else 302)


def test_where_nothing_is_said_a_factor_is_required() -> None:
    SignInRule.objects.all().delete()
    assert factors.is_required(account_of("J5-PLANS"))


def test_a_password_that_is_given_out_can_take_the_factors_away() -> None:
    with_codes("J5-PLANS", at=AT)
    founding.give_password("J5-PLANS")
    assert Factor.objects.filter(account__post="J5-PLANS").count() == 1
    founding.give_password("J5-PLANS", without_factors=True)
    assert Factor.objects.filter(account__post="J5-PLANS").count() == 0
    assert verbs_of("J5-PLANS", "J5-PLANS")[:3] == ["factor_removed", "password_given", "password_given"]


@pytest.mark.parametrize("answer", ["", "{}", "[]", "null", '{"id": "x"}', '{"rawId": "AA", "response": {}}'])
def test_an_answer_of_a_key_that_was_made_up_is_refused(answer: str) -> None:
    origin = Origin("http", "localhost:" + PORT)
    state = ask_for_known(origin, []).state
    with pytest.raises(KeyRefused):
        take_known(origin, state, [], answer)
    with pytest.raises(KeyRefused):
        take_new(origin, state, answer)


@pytest.mark.parametrize(
    ("scheme", "host", "takes"),
    [
        ("http", "localhost:" + PORT, True),
        ("https", "hq.example", True),
        ("http", "hq.example", False),
        ("http", "127.0.0.1:8000", False),
        ("https", "10.0.0.5", False),
        ("https", "[::1]:8000", False),
    ],
)
def test_keys_are_offered_where_browsers_let_them_be_used(scheme: str, host: str, takes: bool) -> None:
    assert Origin(scheme, host).takes_keys() == takes


def test_a_draw_is_a_secret_of_its_own() -> None:
    assert len({draw_secret() for _ in range(20)}) == 20
    assert {len(draw_secret())} == {20}
