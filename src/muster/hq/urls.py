"""Addresses of all pages."""

from django.urls import path
from django.views.generic import RedirectView

from muster.hq.board import views as board
from muster.hq.people import views as people
from muster.hq.plans import views as plans
from muster.hq.records import views as records

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="offers"), name="home"),
    path("sign-in", people.SignIn.as_view(), name="sign-in"),
    path("sign-out", people.SignOut.as_view(), name="sign-out"),
    path("password", people.ChangePassword.as_view(), name="password"),
    path("offers", plans.offers, name="offers"),
    path("offers.csv", plans.offers_csv, name="offers-csv"),
    path("offers/new", plans.enter, name="offer-enter"),
    path("offers/<uuid:offer>", plans.offer, name="offer"),
    path("offers/<uuid:offer>/edit", plans.change, name="offer-change"),
    path("offers/<uuid:offer>/withdraw", plans.withdraw, name="offer-withdraw"),
    path("offers/<uuid:offer>/label", plans.release, name="offer-release"),
    path("board", board.board, name="board"),
    path("board/gantt", board.gantt, name="board-gantt"),
    path("board/coverage", board.coverage, name="board-coverage"),
    path("board/print", board.print_view, name="board-print"),
    path("board/<slug:layer>.json", board.layer, name="board-layer"),
    path("records", records.records, name="records"),
]
