"""Sites of the headquarters; in one that was founded before, its chief of staff, and who fills liaison posts."""

from typing import Any

from django.db import migrations
from django.db.models import F

SITES = (
    ("PAR", "Paris", "Europe/Paris", ["fr", "en"]),
    ("LON", "London", "Europe/London", ["en"]),
    ("KYI", "Kyiv", "Europe/Kyiv", ["uk", "en"]),
)


def complete(apps: Any, schema_editor: Any) -> None:
    """Add what a headquarters of before lacks."""
    alias = schema_editor.connection.alias
    site, post = apps.get_model("people", "Site"), apps.get_model("people", "Post")
    for code, city, time_zone, languages in SITES:
        site.objects.using(alias).create(code=code, city=city, time_zone=time_zone, languages=languages)
    posts = post.objects.using(alias)
    posts.filter(role="liaison").update(filled_by=F("nation"))
    planner = posts.filter(role="planner").order_by("code").first()
    if planner is not None:
        posts.get_or_create(
            code="COS",
            defaults={"title": "Chief of staff", "role": "chief", "clearance": planner.clearance, "branch": "COMD"},
        )


class Migration(migrations.Migration):
    """Rows, apart from the tables they are in."""

    dependencies = [("people", "0002_posts_and_factors")]

    operations = [migrations.RunPython(complete, migrations.RunPython.noop)]
