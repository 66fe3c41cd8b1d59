"""Invitations to posts of nations, and of administrators, to which a second person agrees."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Who made an invitation, and who agreed to it; those of before are good as they are."""

    dependencies = [("people", "0003_sites_and_chief")]

    operations = [
        migrations.AddField("invitation", "made_by", models.CharField(default="", max_length=40)),
        migrations.AddField("invitation", "needs_second", models.BooleanField(default=False)),
        migrations.AddField("invitation", "agreed_by", models.CharField(blank=True, default="", max_length=40)),
        migrations.AddConstraint(
            "invitation",
            models.CheckConstraint(
                condition=models.Q(used_at__isnull=True)
                | models.Q(needs_second=False)
                | ~models.Q(agreed_by="") & ~models.Q(agreed_by=models.F("made_by")),
                name="invitation_is_used_after_a_second_person",
            ),
        ),
    ]
