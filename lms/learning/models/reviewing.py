"""The second person: nobody publishes their own text, superusers included; approving publishes what was read."""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NoReturn

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, PagePermissionTester, Task

from kernel.errors import Forbidden
from lms.learning.blocks.base import KEY

if TYPE_CHECKING:
    Base = Page
else:
    Base = object


class SecondPersonNeeded(Forbidden):
    """The one who decides wrote the text, or the text was not submitted."""

    code = "second_person_needed"
    default_sentence = _("Un texte est publié par une autre personne que celle qui l’a écrit, après relecture.")


class Reviewed(PagePermissionTester):  # type: ignore[misc]
    """Wagtail's permissions, but for publishing: only a review does it, or the publication of a translation."""

    def can_publish(self) -> bool:
        """Say whether the person may publish from a screen: only somebody else's translation."""
        from lms.learning import reviewing

        return super().can_publish() and reviewing.may_publish_translation(self.page, self.user)

    def can_edit(self) -> bool:
        """Say whether the person may open it: also a reviewer, when it is a translation, which they publish there."""
        from lms.learning import reviewing

        return super().can_edit() or (super().can_publish() and reviewing.translation_of(self.page) is not None)

    def can_publish_subpage(self) -> bool:
        """A page is never made and published in one go."""
        return False

    def can_unschedule(self) -> bool:
        """Whoever may publish after a review may also stop what is planned."""
        return bool(super().can_publish())

    def can_set_view_restrictions(self) -> bool:
        """What is taught is public."""
        return False


class Previewed(Base):  # type: ignore[misc,valid-type]
    """A page that /cms/ may show in a frame while it is being written: our own pages let nobody frame them."""

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """Show the page as its reader will."""
        response: HttpResponse = self.drawn_preview(request, mode_name)
        response._csp_replace = {"frame-ancestors": ["'self'"]}  # type: ignore[attr-defined]
        return response

    def drawn_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """Return the page; those with several views choose one by `mode_name`."""
        response: HttpResponse = super().serve_preview(request, mode_name)
        return response


class WithoutDirectPublication(Previewed):
    """A page below which nothing is published in one go."""

    def permissions_for_user(self, user: Any) -> PagePermissionTester:
        """Return what `user` may do; its own words are published as those of any page."""
        return Above(user, self)


class Above(PagePermissionTester):  # type: ignore[misc]
    """What one may do on the catalogue."""

    def can_publish_subpage(self) -> bool:
        """A module is never made and published in one go."""
        return False


class ReviewedPage(Previewed):
    """A page that only a second person publishes, once the gates have nothing to say. Its slug is a key."""

    def clean(self) -> None:
        """Raise ValidationError when the slug may not be a key: it names files, records and other addresses."""
        super().clean()
        if self.slug and not re.fullmatch(KEY, self.slug):
            sentence = _("L’adresse s’écrit en minuscules sans accent, chiffres et traits d’union : verifier-identite.")
            raise ValidationError({"slug": sentence})

    def permissions_for_user(self, user: Any) -> PagePermissionTester:
        """Return what `user` may do."""
        return Reviewed(user, self)

    def publish(self, revision: Any, user: Any = None, **kwargs: Any) -> None:
        """Publish `revision`. Raises ValidationError when a gate has something to say."""
        from lms.learning import gates

        gates.ensure_publishable(revision.as_object())
        super().publish(revision, user=user, **kwargs)

    def put_live(self, revision: Any) -> None:
        """Publish without the gates, for what files bring: they are checked before they are loaded."""
        super().publish(revision)


class ModuleReading(Task):  # type: ignore[misc]
    """The one task of the workflow: somebody else reads the page. What is approved is what was read."""

    class Meta:
        verbose_name = _("relecture d’un module par une autre personne")

    def locked_for_user(self, obj: Any, user: Any) -> bool:
        """Lock it for everybody."""
        return True

    def user_can_access_editor(self, obj: Any, user: Any) -> bool:
        """Let reviewers open it."""
        from lms.learning import reviewing

        return reviewing.is_reviewer(obj, user)

    def get_actions(self, obj: Any, user: Any) -> list[tuple[str, Any, bool]]:
        """Offer to approve or to send back, to a reviewer who has written none of it."""
        from lms.learning import reviewing

        if not reviewing.may_review(obj, user):
            return []
        return [("reject", _("Demander des changements"), True), ("approve", _("Approuver et publier"), False)]

    def on_action(self, task_state: Any, user: Any, action_name: str, **kwargs: Any) -> Any:
        """Approve or send back. Raises SecondPersonNeeded; ValidationError when a gate has something to say."""
        from lms.learning import reviewing

        decide: Callable[..., Any] = {"approve": reviewing.approve, "reject": reviewing.send_back}.get(
            action_name, refuse
        )
        return decide(task_state=task_state, reviewer=user, comment=kwargs.get("comment", ""))

    def get_task_states_user_can_moderate(self, user: Any, **kwargs: Any) -> Any:
        """Return what waits for `user`."""
        from lms.learning import reviewing

        return reviewing.waiting_for(user, self)

    @classmethod
    def get_description(cls) -> Any:
        """Say what it is, where Wagtail lists tasks."""
        return _("Une personne qui n’a pas écrit le texte l’approuve ou le renvoie.")


def refuse(**kwargs: Any) -> NoReturn:
    """Refuse an action that this task does not know."""
    raise SecondPersonNeeded
