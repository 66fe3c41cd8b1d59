"""Documents and their files, behind the boundary; of a file the application changes the label and nothing else."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

from muster.hq.boundary.schema import Restrict
from muster.hq.database.roles import APPLICATION

_KINDS = [
    ("order", "order"),
    ("directive", "directive"),
    ("annex", "annex"),
    ("report", "report"),
    ("minutes", "minutes"),
    ("agreement", "agreement"),
    ("procedure", "standing operating procedure"),
    ("form", "form"),
    ("map", "map"),
    ("other", "other"),
]
_MARKINGS = [(0, "open"), (1, "restricted"), (2, "sensitive")]
_NEVER_OVERWRITTEN = f"""
REVOKE UPDATE ON hq.records_documentfile FROM {APPLICATION};
GRANT UPDATE (marking, rel_low, rel_high) ON hq.records_documentfile TO {APPLICATION};
"""


class Migration(migrations.Migration):
    """Tables of documents."""

    dependencies = [("boundary", "0002_numbers_read_once"), ("records", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Document",
            fields=[
                ("owner", models.CharField(max_length=3)),
                ("marking", models.SmallIntegerField(choices=_MARKINGS)),
                ("rel_low", models.BigIntegerField()),
                ("rel_high", models.BigIntegerField()),
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("title", models.CharField(max_length=160)),
                ("words", models.TextField()),
                ("kind", models.CharField(choices=_KINDS, max_length=20)),
                ("version", models.PositiveIntegerField(default=1)),
                ("changed_at", models.DateTimeField()),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ("-changed_at", "title", "id"),
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("marking__gte", 0), ("marking__lt", 3)), name="document_marking_is_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("rel_high__gte", 0), ("rel_low__gte", 0)),
                        name="document_masks_are_not_negative",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("withdrawn_at__isnull", True)),
                        fields=("owner", "title"),
                        name="document_is_titled_once_by_its_owner",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("title", ""), _negated=True), name="document_has_a_title"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", [kind for kind, _ in _KINDS])), name="document_kind_is_known"
                    ),
                    models.CheckConstraint(condition=models.Q(("version__gte", 1)), name="document_has_a_version"),
                ],
            },
        ),
        migrations.CreateModel(
            name="DocumentFile",
            fields=[
                ("owner", models.CharField(max_length=3)),
                ("marking", models.SmallIntegerField(choices=_MARKINGS)),
                ("rel_low", models.BigIntegerField()),
                ("rel_high", models.BigIntegerField()),
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("number", models.PositiveIntegerField()),
                ("name", models.CharField(max_length=120)),
                ("words", models.TextField()),
                ("dated_on", models.DateField(blank=True, null=True)),
                ("size_bytes", models.PositiveIntegerField()),
                ("sha256", models.CharField(max_length=64)),
                ("added_by", models.CharField(max_length=40)),
                ("added_at", models.DateTimeField()),
                ("content", models.BinaryField()),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="files", to="records.document"
                    ),
                ),
            ],
            options={
                "ordering": ("-number",),
                "abstract": False,
                "indexes": [models.Index(fields=["owner", "sha256"], name="file_by_its_digest")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("marking__gte", 0), ("marking__lt", 3)),
                        name="documentfile_marking_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("rel_high__gte", 0), ("rel_low__gte", 0)),
                        name="documentfile_masks_are_not_negative",
                    ),
                    models.UniqueConstraint(fields=("document", "number"), name="document_has_a_version_once"),
                    models.CheckConstraint(
                        condition=models.Q(("size_bytes__gte", 1), ("size_bytes__lte", 20_000_000)),
                        name="file_is_neither_empty_nor_too_large",
                    ),
                ],
            },
        ),
        Restrict("records_document"),
        Restrict("records_documentfile"),
        migrations.RunSQL(_NEVER_OVERWRITTEN),
    ]
