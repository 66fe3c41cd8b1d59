"""What a post is, who holds it, and what its account signs in by."""

import uuid

import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models

from muster.hq.boundary.schema import Restrict


class Migration(migrations.Migration):
    """Tables of holders are behind the boundary; those of accounts are read for their own account alone."""

    dependencies = [
        ("boundary", "0001_initial"),
        ("people", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Trace",
            fields=[
                ("owner", models.CharField(max_length=3)),
                ("marking", models.SmallIntegerField(choices=[(0, "open"), (1, "restricted"), (2, "sensitive")])),
                ("rel_low", models.BigIntegerField()),
                ("rel_high", models.BigIntegerField()),
                ("id", models.UUIDField(primary_key=True, serialize=False)),
            ],
            options={
                "managed": False,
            },
        ),
        migrations.CreateModel(
            name="Site",
            fields=[
                ("code", models.CharField(max_length=8, primary_key=True, serialize=False)),
                ("city", models.CharField(max_length=80)),
                ("time_zone", models.CharField(max_length=40)),
                ("languages", models.JSONField(default=list)),
            ],
            options={
                "ordering": ("code",),
            },
        ),
        migrations.AddField(
            model_name="post",
            name="branch",
            field=models.CharField(
                blank=True,
                choices=[
                    ("COMD", "command group"),
                    ("J1", "J1 personnel"),
                    ("J2", "J2 intelligence"),
                    ("J3", "J3 operations"),
                    ("J4", "J4 logistics"),
                    ("J5", "J5 plans"),
                    ("J6", "J6 communications"),
                    ("J7", "J7 training"),
                    ("J8", "J8 resources"),
                    ("J9", "J9 civil-military cooperation"),
                ],
                max_length=4,
            ),
        ),
        migrations.AddField(
            model_name="post",
            name="closed_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="post",
            name="filled_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="posts_filled",
                to="people.principal",
            ),
        ),
        migrations.AddField(
            model_name="post",
            name="language",
            field=models.CharField(
                blank=True, choices=[("en", "English"), ("fr", "French"), ("uk", "Ukrainian")], max_length=2
            ),
        ),
        migrations.AddField(
            model_name="post",
            name="rank",
            field=models.CharField(
                blank=True,
                choices=[
                    ("OF-1", "OF-1"),
                    ("OF-2", "OF-2"),
                    ("OF-3", "OF-3"),
                    ("OF-4", "OF-4"),
                    ("OF-5", "OF-5"),
                    ("OF-6", "OF-6"),
                    ("OF-7", "OF-7"),
                    ("OF-8", "OF-8"),
                    ("OF-9", "OF-9"),
                    ("OF-10", "OF-10"),
                    ("OR-1", "OR-1"),
                    ("OR-2", "OR-2"),
                    ("OR-3", "OR-3"),
                    ("OR-4", "OR-4"),
                    ("OR-5", "OR-5"),
                    ("OR-6", "OR-6"),
                    ("OR-7", "OR-7"),
                    ("OR-8", "OR-8"),
                    ("OR-9", "OR-9"),
                ],
                max_length=5,
            ),
        ),
        migrations.AddField(
            model_name="post",
            name="version",
            field=models.PositiveIntegerField(default=1),
        ),
        migrations.AlterField(
            model_name="post",
            name="code",
            field=models.CharField(
                max_length=40,
                primary_key=True,
                serialize=False,
                validators=[
                    django.core.validators.RegexValidator(
                        "^[A-Z0-9]+(-[A-Z0-9]+)*$", "Capitals and digits, parted by hyphens: J4-MOV."
                    )
                ],
            ),
        ),
        migrations.AlterField(
            model_name="post",
            name="role",
            field=models.CharField(
                choices=[
                    ("planner", "headquarters planner"),
                    ("chief", "chief of staff"),
                    ("watch", "watch-keeper"),
                    ("liaison", "national liaison officer"),
                    ("observer", "observer"),
                    ("administrator", "administrator"),
                ],
                max_length=20,
            ),
        ),
        migrations.CreateModel(
            name="Factor",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("totp", "one-time codes from an application"),
                            ("security_key", "security key or passkey"),
                        ],
                        max_length=20,
                    ),
                ),
                ("name", models.CharField(max_length=60)),
                ("secret", models.BinaryField()),
                ("credential", models.BinaryField(null=True, unique=True)),
                ("counter", models.BigIntegerField(default=0)),
                ("added_at", models.DateTimeField()),
                ("used_at", models.DateTimeField(null=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="factors", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ("added_at",),
            },
        ),
        migrations.CreateModel(
            name="Holding",
            fields=[
                ("owner", models.CharField(max_length=3)),
                ("marking", models.SmallIntegerField(choices=[(0, "open"), (1, "restricted"), (2, "sensitive")])),
                ("rel_low", models.BigIntegerField()),
                ("rel_high", models.BigIntegerField()),
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "holder",
                    models.CharField(
                        max_length=20,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[A-Z]{3}-[A-Z0-9]{1,12}$", "A code of your nation and no name: FRA-0421."
                            )
                        ],
                    ),
                ),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField(blank=True, null=True)),
                ("is_withdrawn", models.BooleanField(default=False)),
                ("version", models.PositiveIntegerField(default=1)),
                ("changed_at", models.DateTimeField()),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="holdings", to="people.post"
                    ),
                ),
            ],
            options={
                "ordering": ("post", "starts_on", "holder"),
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("digest", models.BinaryField(max_length=32, unique=True)),
                ("made_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("used_at", models.DateTimeField(null=True)),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="invitations", to="people.post"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="OpenSession",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("begun_at", models.DateTimeField()),
                ("seen_at", models.DateTimeField()),
                ("address", models.GenericIPAddressField()),
                ("browser", models.CharField(max_length=60)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="open_sessions",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("-seen_at",),
            },
        ),
        migrations.CreateModel(
            name="RecoveryCode",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.SmallIntegerField()),
                ("digest", models.CharField(max_length=128)),
                ("used_at", models.DateTimeField(null=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="recovery_codes",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SignInRule",
            fields=[
                ("id", models.SmallIntegerField(default=1, primary_key=True, serialize=False)),
                (
                    "second_factor",
                    models.CharField(choices=[("required", "required"), ("offered", "offered")], max_length=10),
                ),
            ],
            options={
                "constraints": [models.CheckConstraint(condition=models.Q(("id", 1)), name="sign_in_rule_is_one")],
            },
        ),
        migrations.AddField(
            model_name="post",
            name="site",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to="people.site"
            ),
        ),
        migrations.CreateModel(
            name="HoldingAnswer",
            fields=[
                ("owner", models.CharField(max_length=3)),
                ("marking", models.SmallIntegerField(choices=[(0, "open"), (1, "restricted"), (2, "sensitive")])),
                ("rel_low", models.BigIntegerField()),
                ("rel_high", models.BigIntegerField()),
                (
                    "holding",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="answer",
                        serialize=False,
                        to="people.holding",
                    ),
                ),
                (
                    "verdict",
                    models.CharField(choices=[("accepted", "accepted"), ("declined", "declined")], max_length=10),
                ),
                ("why", models.CharField(blank=True, max_length=200)),
                ("answered_at", models.DateTimeField()),
            ],
            options={
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("marking__gte", 0), ("marking__lt", 3)),
                        name="holdinganswer_marking_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("rel_high__gte", 0), ("rel_low__gte", 0)),
                        name="holdinganswer_masks_are_not_negative",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="holding",
            constraint=models.CheckConstraint(
                condition=models.Q(("marking__gte", 0), ("marking__lt", 3)), name="holding_marking_is_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="holding",
            constraint=models.CheckConstraint(
                condition=models.Q(("rel_high__gte", 0), ("rel_low__gte", 0)), name="holding_masks_are_not_negative"
            ),
        ),
        migrations.AddConstraint(
            model_name="holding",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_on__isnull", True), ("ends_on__gt", models.F("starts_on")), _connector="OR"),
                name="holding_ends_after_it_starts",
                violation_error_message="It must end after it starts.",
            ),
        ),
        migrations.AddConstraint(
            model_name="holding",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("holder__startswith", django.db.models.functions.text.Concat(models.F("owner"), models.Value("-")))
                ),
                name="holding_is_of_its_nation",
                violation_error_message="The code of a holder begins with that of their nation.",
            ),
        ),
        migrations.AddConstraint(
            model_name="recoverycode",
            constraint=models.UniqueConstraint(fields=("account", "number"), name="recovery_code_has_its_number"),
        ),
        Restrict("people_holding"),
        Restrict("people_holdinganswer"),
    ]
