"""Addresses of all pages."""

from django.urls import path

from muster.hq import home, languages
from muster.hq.access import views as access
from muster.hq.api import api
from muster.hq.board import views as board
from muster.hq.jobs import views as jobs
from muster.hq.notices import views as notices
from muster.hq.people import establishment_views as establishment
from muster.hq.people import factor_views as factors
from muster.hq.people import post_views as posts
from muster.hq.people import views as people
from muster.hq.plans import making_views as making
from muster.hq.plans import views as plans
from muster.hq.records import views as records
from muster.hq.scenario import import_views as imports
from muster.hq.scenario import row_views as rows
from muster.hq.scenario import saved_views as saved
from muster.hq.scenario import views as scenario
from muster.hq.search import views as search

urlpatterns = [
    path("language", languages.language, name="language"),
    path("api/", api.urls),
    path("search", search.found, name="search"),
    path("keys", access.list_and_make, name="keys"),
    path("keys/<uuid:key>/revoke", access.revoke, name="key-revoke"),
    path("", home.home, name="home"),
    path("sign-in", people.SignIn.as_view(), name="sign-in"),
    path("sign-out", people.SignOut.as_view(), name="sign-out"),
    path("password", people.ChangePassword.as_view(), name="password"),
    path("board", board.board, name="board"),
    path("board/gantt", board.gantt, name="board-gantt"),
    path("board/coverage", board.coverage, name="board-coverage"),
    path("board/print", board.print_view, name="board-print"),
    path("board/<slug:layer>.json", board.layer, name="board-layer"),
    path("sign-in/factor", people.sign_in_factor, name="sign-in-factor"),
    path("prove", people.prove_again, name="prove"),
    path("sessions", people.where_signed_in, name="sessions"),
    path("sessions/end", people.sign_out_everywhere, name="sign-out-everywhere"),
    path("invitations/<str:token>", people.invitation, name="invitation"),
    path("factors", factors.list_factors, name="factors"),
    path("factors/codes", factors.add_codes, name="factor-codes"),
    path("factors/key", factors.add_key, name="factor-key"),
    path("factors/recovery", factors.draw_recovery_codes, name="recovery-codes"),
    path("factors/<uuid:factor>/remove", factors.remove_factor, name="factor-remove"),
    path("posts", posts.posts, name="posts"),
    path("posts.csv", posts.posts_csv, name="posts-csv"),
    path("posts/new", establishment.enter, name="post-enter"),
    path("posts/<slug:post>", posts.post, name="post"),
    path("posts/<slug:post>/edit", establishment.change, name="post-change"),
    path("posts/<slug:post>/close", establishment.close, name="post-close"),
    path("posts/<slug:post>/password", establishment.give_password, name="post-password"),
    path("posts/<slug:post>/invite", establishment.invite, name="post-invite"),
    path("posts/<slug:post>/agree", establishment.agree, name="post-agree"),
    path("posts/<slug:post>/holders/new", posts.holder_enter, name="holder-enter"),
    path("holders/<uuid:holding>/edit", posts.holder_change, name="holder-change"),
    path("holders/<uuid:holding>/withdraw", posts.holder_withdraw, name="holder-withdraw"),
    path("holders/<uuid:holding>/answer", posts.holder_answer, name="holder-answer"),
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
    path("notices", notices.notices, name="notices"),
    path("notices/seen", notices.seen, name="notices-seen"),
    path("jobs", jobs.jobs, name="jobs"),
    path("jobs/<uuid:job>", jobs.job, name="job"),
    path("jobs/<uuid:job>/progress", jobs.progress, name="job-progress"),
    path("jobs/<uuid:job>/stop", jobs.stop, name="job-stop"),
    path("plans/make", making.make, name="plan-make"),
    path("plans/<uuid:plan>/propose", making.propose, name="plan-propose"),
    path("plans", plans.plans, name="plans"),
    path("plans/<uuid:plan>", plans.plan, name="plan"),
    path("plans/<uuid:plan>/lines.csv", plans.plan_lines, name="plan-lines"),
    path("plans/<uuid:plan>/compare", plans.plan_compare, name="plan-compare"),
    path("plans/<uuid:plan>/files/<str:name>", plans.plan_file, name="plan-file"),
    path("released", plans.released, name="released"),
    path("released/<uuid:form>", plans.released_form, name="released-form"),
    path("plans/<uuid:plan>/send", plans.act, {"act": "send"}, name="plan-send"),
    path("plans/<uuid:plan>/release", plans.act, {"act": "release"}, name="plan-release"),
    path("plans/<uuid:plan>/take-back", plans.act, {"act": "take-back"}, name="plan-take-back"),
    path("plans/<uuid:plan>/set-aside", plans.act, {"act": "set-aside"}, name="plan-set-aside"),
    path("plans/<uuid:plan>/opinion", plans.opinion, name="plan-opinion"),
    path("records", records.records, name="records"),
]
