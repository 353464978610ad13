"""Put right the wording of the framework that was loaded before its file was: apostrophes, and a sentence with a gender.

A version is never changed, because what it measures would change under whoever was measured; but loading these few
words as another version would make everybody start anew. What is measured stays: only letters change, once.
"""

from typing import Any

from django.db import migrations

BEFORE = "ef16afbb07b998d689690fee310f2998a3f2f6f2bd3c145aa1b1ad25768cd32c"  # digests of the two files
AFTER = "7024fcabc04dcbe032e8c064f9183527cf8935e23046871109b701747a345d7b"
SENTENCE = "Vous faites face aux situations courantes sans aide."


def put_right(apps: Any, schema_editor: Any) -> None:
    """Write what the file says now in the framework that was loaded from the one before; nothing in any other."""
    framework = apps.get_model("competencies", "Framework").objects.filter(digest=BEFORE).first()
    if framework is None:
        return
    levels = apps.get_model("competencies", "ProficiencyLevel").objects.filter(framework=framework)
    levels.filter(key="independent").update(text_fr=SENTENCE)
    for name, path in (("Competency", "domain__framework"), ("Capacity", "competency__domain__framework")):
        rows = apps.get_model("competencies", name).objects.filter(**{path: framework}, title_en__contains="'")
        for row in rows.order_by("pk"):
            row.title_en = row.title_en.replace("'", "’")
            row.save(update_fields=["title_en"])
    framework.digest = AFTER
    framework.save(update_fields=["digest"])


class Migration(migrations.Migration):
    dependencies = [("competencies", "0001_initial")]
    operations = [migrations.RunPython(put_right, migrations.RunPython.noop, elidable=True)]
