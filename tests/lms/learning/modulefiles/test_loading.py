"""From files to pages and back: the same bytes, whole or not at all, never over somebody's words."""

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from kernel.media import Document
from lms.accounts.api import User
from lms.learning.errors import ModuleFilesRefused
from lms.learning.models import Journey, JourneyPage, Module, ModulePage
from lms.learning.modulefiles.reading import CONTENT
from lms.learning.services.dumping import dump_content
from lms.learning.services.loading import load_content
from tests.lms.learning.modulefiles.folders import KEY, edit, journey_file, module_folder

pytestmark = pytest.mark.django_db


@pytest.fixture
def files(tmp_path: Path) -> Path:
    root = tmp_path / "content"
    module_folder(root)
    journey_file(root)
    return root


def everything(root: Path) -> dict[str, bytes]:
    return {str(path.relative_to(root)): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


def french() -> ModulePage:
    return ModulePage.objects.get(slug=KEY, locale__language_code="fr")


def author() -> User:
    return User.objects.create_user("autrice@exemple.fr", None)


def write_as(user: User, page: ModulePage, **words: Any) -> None:
    """Change a page as somebody does in /cms/, and publish it."""
    for name, value in words.items():
        setattr(page, name, value)
    page.put_live(page.save_revision(user=user))


def test_loading_writes_pages_in_both_languages_and_their_entries(files: Path) -> None:
    report = load_content(path=files)
    assert report.created == (KEY, "mon-parcours")
    module, journey = Module.objects.get(), Journey.objects.get()
    assert (module.languages, module.is_published, module.minutes, len(module.steps)) == (["fr", "en"], True, 19, 5)
    assert module.titles == {"fr": "Messagerie sécurisée ou courriel\u00a0?", "en": "Secure messaging or e-mail?"}
    assert "compte-rendu-au-bon-docteur-martin" in module.item_keys
    assert journey.module_keys == [KEY] and journey.titles["en"] == "Writing well"
    assert ModulePage.objects.filter(live=True).count() == 2


def test_loading_twice_changes_nothing(files: Path) -> None:
    load_content(path=files)
    before = list(ModulePage.objects.order_by("pk").values_list("latest_revision", flat=True))
    report = load_content(path=files)
    assert report.unchanged == (KEY, "mon-parcours") and not report.created and not report.updated
    assert list(ModulePage.objects.order_by("pk").values_list("latest_revision", flat=True)) == before


def test_a_file_laid_out_otherwise_is_not_another_one(files: Path) -> None:
    load_content(path=files)
    edit(files / "modules" / KEY / "fr.yaml", "competencies: [D3.C1]", 'competencies: ["D3.C1"]')
    assert KEY in load_content(path=files).unchanged


def test_dumping_gives_the_same_bytes(files: Path, tmp_path: Path) -> None:
    load_content(path=files)
    dump_content(path=tmp_path / "out")
    assert everything(tmp_path / "out") == everything(files)
    assert dump_content(path=tmp_path / "out") == (2, 0)


@pytest.mark.once
def test_everything_we_ship_comes_back_byte_for_byte(tmp_path: Path) -> None:
    load_content()
    dump_content(path=tmp_path)
    shipped = {name: said for name, said in everything(CONTENT).items() if "/" in name}
    assert everything(tmp_path) == shipped


def test_one_wrong_line_and_nothing_is_written(files: Path) -> None:
    module_folder(files, "un-autre-module")
    edit(files / "modules" / "un-autre-module" / "fr.yaml", "level: entry", "level: easy")
    with pytest.raises(ModuleFilesRefused) as refused:
        load_content(path=files)
    assert "un-autre-module" in refused.value.problems[0]
    assert not Module.objects.exists() and not ModulePage.objects.exists()


def test_the_command_names_the_line(files: Path) -> None:
    edit(files / "modules" / KEY / "fr.yaml", "level: entry", "level: easy")
    told = StringIO()
    with pytest.raises(CommandError, match="Nothing was loaded"):
        call_command("load_modules", path=files, stderr=told)
    assert "fr.yaml:3:" in told.getvalue()


def test_a_changed_file_changes_the_page_at_the_same_address(files: Path) -> None:
    load_content(path=files)
    before = french().pk
    edit(files / "modules" / KEY / "fr.yaml", "Lire une adresse par la fin", "Lire la fin d’une adresse")
    assert load_content(path=files).updated == (KEY,)
    assert french().pk == before
    assert [step.value["title"] for step in french().steps][2] == "Lire la fin d’une adresse"


def test_a_page_edited_in_cms_is_told_and_left(files: Path) -> None:
    load_content(path=files)
    write_as(author(), french(), title="Un autre titre")
    report = load_content(path=files)
    assert report.edited == (KEY,) and french().title == "Un autre titre"
    edit(files / "modules" / KEY / "fr.yaml", "Lire une adresse par la fin", "Lire la fin d’une adresse")
    out = StringIO()
    call_command("load_modules", path=files, stdout=out)
    assert "edited in /cms/, left as it is" in out.getvalue() and french().title == "Un autre titre"


def test_a_draft_begun_in_cms_is_left_too(files: Path) -> None:
    load_content(path=files)
    page = french()
    page.title = "Un brouillon"
    page.save_revision(user=author())
    assert KEY in load_content(path=files).unchanged
    edit(files / "modules" / KEY / "fr.yaml", "Lire une adresse par la fin", "Lire la fin d’une adresse")
    assert load_content(path=files).edited == (KEY,)
    assert french().get_latest_revision_as_object().title == "Un brouillon"


def test_an_edited_translation_is_left_too(files: Path) -> None:
    load_content(path=files)
    write_as(author(), ModulePage.objects.get(locale__language_code="en"), title="Another title")
    assert load_content(path=files).edited == (KEY,)


def test_force_overwrites_what_was_edited(files: Path) -> None:
    load_content(path=files)
    write_as(author(), french(), title="Un autre titre")
    assert load_content(path=files, force=True).updated == (KEY,)
    assert french().title.startswith("Messagerie sécurisée")
    assert load_content(path=files).unchanged == (KEY, "mon-parcours")


def test_what_was_edited_goes_back_to_its_file_and_is_then_the_files(files: Path) -> None:
    load_content(path=files)
    write_as(author(), french(), title="Un autre titre")
    assert dump_content(path=files) == (2, 1)
    assert "title: Un autre titre" in (files / "modules" / KEY / "fr.yaml").read_text(encoding="utf-8")
    report = load_content(path=files)
    assert not report.edited and french().title == "Un autre titre"
    assert load_content(path=files).unchanged == (KEY, "mon-parcours")


def test_a_draft_file_is_loaded_and_not_published_then_comes_back_as_a_draft(files: Path, tmp_path: Path) -> None:
    edit(files / "modules" / KEY / "fr.yaml", "competencies:", "status: draft\ncompetencies:")
    load_content(path=files)
    assert not Module.objects.get().is_published and not french().live
    dump_content(path=tmp_path / "out")
    assert everything(tmp_path / "out") == everything(files)


def test_a_published_file_that_is_a_draft_again_leaves_the_site(files: Path) -> None:
    load_content(path=files)
    edit(files / "modules" / KEY / "fr.yaml", "competencies:", "status: draft\ncompetencies:")
    load_content(path=files)
    assert not Module.objects.get().is_published and not ModulePage.objects.filter(live=True).exists()


def test_a_key_in_no_file_is_told_and_kept(files: Path) -> None:
    load_content(path=files)
    journey_file(files).unlink()
    assert load_content(path=files).absent == ("mon-parcours",)
    assert JourneyPage.objects.filter(live=True).count() == 2


def test_a_document_and_a_recording_are_kept_and_come_back(files: Path, tmp_path: Path) -> None:
    folder = files / "modules" / KEY
    (folder / "modele.txt").write_bytes(b"Bonjour")
    (folder / "a-ecouter.mp3").write_bytes(b"ID3" + bytes(range(64)))
    for name, words in (("fr.yaml", "Deux minutes"), ("en.yaml", "Two minutes")):
        edit(folder / name, "        - item: photo-dans-le-groupe", SHOWN.format(words=words))
    load_content(path=files)
    load_content(path=files, force=True)
    assert (Document.objects.count(), Module.objects.get().is_published) == (2, True)
    dump_content(path=tmp_path / "out")
    assert everything(tmp_path / "out") == everything(files)


SHOWN = """\
        - file:
            file: modele.txt
            title: {words}
        - audio:
            file: a-ecouter.mp3
            title: {words}
            transcript: Un **mot**.
        - item: photo-dans-le-groupe"""
