"""Principals, posts, accounts."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """The first schema."""

    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Post",
            fields=[
                ("code", models.CharField(max_length=40, primary_key=True, serialize=False)),
                ("title", models.CharField(max_length=120)),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("planner", "headquarters planner"),
                            ("liaison", "national liaison officer"),
                            ("observer", "observer"),
                            ("administrator", "administrator"),
                        ],
                        max_length=20,
                    ),
                ),
                ("clearance", models.SmallIntegerField(choices=[(0, "open"), (1, "restricted"), (2, "sensitive")])),
            ],
            options={
                "ordering": ("code",),
            },
        ),
        migrations.CreateModel(
            name="FailedSignIn",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("post_code", models.CharField(max_length=254)),
                ("address", models.GenericIPAddressField()),
                ("at", models.DateTimeField()),
            ],
            options={
                "indexes": [
                    models.Index(fields=["post_code", "at"], name="people_fail_post_co_a5e50d_idx"),
                    models.Index(fields=["address", "at"], name="people_fail_address_4e080b_idx"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Account",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                ("is_active", models.BooleanField(default=True)),
                ("must_change_password", models.BooleanField(default=True)),
                ("post", models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, to="people.post")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Principal",
            fields=[
                ("code", models.CharField(max_length=3, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=80)),
                ("bit", models.SmallIntegerField(unique=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("bit__gte", 0),
                            ("bit__lt", 126),
                            models.Q(("code", "MNF"), ("bit__gte", 3), _connector="OR"),
                        ),
                        name="principal_bit_is_free_for_nations",
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="post",
            name="nation",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to="people.principal"
            ),
        ),
        migrations.AddConstraint(
            model_name="post",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("nation__isnull", False), ("role", "liaison")),
                    models.Q(models.Q(("role", "liaison"), _negated=True), ("nation__isnull", True)),
                    _connector="OR",
                ),
                name="post_of_a_liaison_officer_has_a_nation",
            ),
        ),
    ]
