"""Module and journey files to break: the module that the documentation shows, in a folder of the test's own."""

import shutil
from pathlib import Path

from lms.learning.modulefiles.reading import CONTENT

KEY = "messagerie-securisee-ou-courriel"
JOURNEY = """\
key: mon-parcours
audience: professional
professions: []
competencies: []
fr:
  title: Bien écrire
  summary: Écrire au bon endroit, à la bonne personne.
en:
  title: Writing well
  summary: Write in the right place, to the right person.
parts:
  - key: ecrire
    modules: [messagerie-securisee-ou-courriel]
    reserved: [messagerie-securisee-ou-courriel]
    hours: 0
    fr:
      title: Écrire
      in_class: |-
        Jouer la scène à deux :

        - l’un **demande** ;
        - l’autre répond.
    en:
      title: Writing
"""


def module_folder(root: Path, key: str = KEY) -> Path:
    """Copy the module to `root`/modules and return its folder."""
    folder = root / "modules" / key
    shutil.copytree(CONTENT / "modules" / KEY, folder)
    if key != KEY:
        for path in folder.glob("*.yaml"):
            edit(path, f"key: {KEY}", f"key: {key}")
    return folder


def journey_file(root: Path, text: str = JOURNEY) -> Path:
    """Write a journey of that module and return its file."""
    path = root / "journeys" / "mon-parcours.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text.replace(" :", "\u00a0:").replace(" ;", "\u00a0;"), encoding="utf-8")
    return path


def edit(path: Path, old: str, new: str) -> None:
    """Change the first `old` of a file, which must be there."""
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{path.name} does not say {old!r}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
