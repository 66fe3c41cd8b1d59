"""Addresses of all pages."""

from django.urls import path
from django.views.generic import RedirectView

from muster.hq.access import views as access
from muster.hq.api import api
from muster.hq.people import views as people
from muster.hq.records import views as records
from muster.hq.scenario import import_views as imports
from muster.hq.scenario import row_views as rows
from muster.hq.scenario import saved_views as saved
from muster.hq.scenario import views as scenario
from muster.hq.search import views as search

urlpatterns = [
    path("api/", api.urls),
    path("search", search.found, name="search"),
    path("keys", access.list_and_make, name="keys"),
    path("keys/<uuid:key>/revoke", access.revoke, name="key-revoke"),
    path("", RedirectView.as_view(url="/tables/offers"), name="home"),
    path("sign-in", people.SignIn.as_view(), name="sign-in"),
    path("sign-out", people.SignOut.as_view(), name="sign-out"),
    path("password", people.ChangePassword.as_view(), name="password"),
    path("scenario", scenario.scenario, name="scenario"),
    path("scenario/check", scenario.faults, name="faults"),
    path("scenario/folder", scenario.folder, name="folder"),
    path("versions/<uuid:version>", scenario.version, name="version"),
    path("versions/<uuid:version>/folder", scenario.version_folder, name="version-folder"),
    path("versions/<uuid:version>/workbook", scenario.version_workbook, name="version-workbook"),
    path("imports", imports.send, name="import-send"),
    path("imports/<uuid:kept>", imports.answer, name="import"),
    path("tables/<slug:table>/views", saved.save, name="view-save"),
    path("views/<uuid:view>/remove", saved.remove, name="view-remove"),
    path("tables/<slug:table>", rows.table, name="table"),
    path("tables/<slug:table>.csv", rows.table_csv, name="table-csv"),
    path("tables/<slug:table>/new", rows.enter, name="row-enter"),
    path("rows/<uuid:row>", rows.row, name="row"),
    path("rows/<uuid:row>/edit", rows.change, name="row-change"),
    path("rows/<uuid:row>/label", rows.release, name="row-release"),
    path("rows/<uuid:row>/withdraw", rows.act, {"act": "withdraw"}, name="row-withdraw"),
    path("rows/<uuid:row>/remove", rows.act, {"act": "remove"}, name="row-remove"),
    path("rows/<uuid:row>/restore", rows.act, {"act": "restore"}, name="row-restore"),
    path("rows/<uuid:row>/undo", rows.act, {"act": "undo"}, name="row-undo"),
    path("records", records.records, name="records"),
]
