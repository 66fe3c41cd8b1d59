"""Pages in three languages: words change, and what staffs exchange does not."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from django.template import Context, Template
from django.test import Client
from django.utils import translation

from hq.seeded import Seeded, account_of, seed, signed_in

pytestmark = pytest.mark.usefixtures("headquarters")


@pytest.fixture
def seeded() -> Iterator[Seeded]:
    with transaction.atomic():
        yield seed()
        transaction.set_rollback(True)


def in_language(client: Client, language: str) -> Client:
    client.cookies["muster_language"] = language
    return client


@pytest.mark.parametrize(
    ("asked", "language", "title"),
    [
        ("fr-CA,fr;q=0.9", "fr", "Se connecter"),
        ("uk", "uk", "Увійти"),
        ("de,en;q=0.5", "en", "Sign in"),
        ("ru", "en", "Sign in"),
    ],
)
def test_the_first_page_is_in_the_language_of_the_browser(asked: str, language: str, title: str) -> None:
    with transaction.atomic():
        page = Client(headers={"accept-language": asked}).get("/sign-in").text
    assert f'<html lang="{language}">' in page
    assert f"<h1>{title}</h1>" in page


def test_the_switch_is_kept_in_a_cookie_and_leads_back(seeded: Seeded) -> None:
    client = signed_in("LNO-FRA")
    came_from = "http://testserver/tables/offers?owner=FRA"
    answer = client.post("/language", {"language": "fr"}, headers={"referer": came_from})
    assert (answer.status_code, answer.headers["Location"]) == (302, came_from)
    kept = client.cookies["muster_language"]
    assert (kept.value, kept["httponly"], kept["samesite"]) == ("fr", True, "Strict")
    page = client.get("/tables/offers").text
    assert '<html lang="fr">' in page
    assert '<button name="language" value="fr" lang="fr" aria-label="FR, Français" aria-current="true">' in page


@pytest.mark.parametrize("elsewhere", ["https://example.org/", "//example.org", "javascript:alert(1)"])
def test_the_switch_leads_nowhere_else(elsewhere: str) -> None:
    with transaction.atomic():
        answer = Client().post("/language", {"language": "uk", "next": elsewhere}, headers={"referer": elsewhere})
    assert answer.headers["Location"] == "/"


def test_a_language_that_is_not_there_is_not_kept() -> None:
    client = Client()
    with transaction.atomic():
        client.post("/language", {"language": "xx", "next": "/"})
    assert "muster_language" not in client.cookies


def test_a_password_that_was_given_out_is_enough_to_switch(seeded: Seeded) -> None:
    account = account_of("LNO-FRA")
    account.must_change_password = True
    account.save()
    client = Client()
    client.force_login(account)
    assert client.post("/language", {"language": "uk", "next": "/password"}).headers["Location"] == "/password"
    assert "Встановіть власний пароль" in client.get("/password").text


def test_a_form_is_told_in_the_language_of_the_nation(seeded: Seeded) -> None:
    page = in_language(signed_in("LNO-FRA"), "fr").get("/tables/offers/new").text
    assert "Préavis, jours" in page
    assert "de l’ordre jusqu’à ce qu’une unité soit prête à charger [jours]. Vide" in page


def test_marking_codes_dates_and_numbers_stay(seeded: Seeded) -> None:
    offer = seeded.offers["FRA-ALONE"].id
    english, ukrainian = (in_language(signed_in("LNO-FRA"), code).get(f"/rows/{offer}").text for code in ("en", "uk"))
    for same in ("RESTRICTED, releasable to FRA", "2026-11-26 12:00:00Z", "in country", "C+30"):
        assert (same in english, same in ukrainian) == (True, True)
    for language in ("en", "fr", "uk"):
        with translation.override(language):
            assert Template("{{ a }} {{ b }}").render(Context({"a": 36.14, "b": 12500})) == "36.14 12500"


def test_what_was_done_is_told_in_words(seeded: Seeded) -> None:
    page = f"/rows/{seeded.offers['FRA-ALONE'].id}"
    told = {code: in_language(signed_in("LNO-FRA"), code).get(page).text for code in ("en", "fr", "uk")}
    assert "<strong>row entered</strong> by LNO-FRA" in told["en"]
    assert "<strong>ligne saisie</strong> par LNO-FRA" in told["fr"]
    assert "<strong>рядок внесено</strong> виконавець: LNO-FRA" in told["uk"]


def test_a_refusal_says_why_in_the_language_of_the_reader(seeded: Seeded) -> None:
    answer = in_language(signed_in("J5-PLANS"), "uk").get("/tables/offers/new")
    assert answer.status_code == 403
    assert "Пропозиції вносять країни, таблиці угруповання вносить штаб." in answer.text


def test_what_one_may_not_see_is_answered_alike_in_every_language(seeded: Seeded) -> None:
    answer = in_language(signed_in("LNO-POL"), "fr").get(f"/rows/{seeded.offers['FRA-ALONE'].id}")
    assert answer.status_code == 404
    assert "Il n’y a rien ici que vous puissiez voir." in answer.text
