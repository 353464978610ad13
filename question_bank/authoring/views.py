"""The screens of /cms/: list, form, page of an item, comparison. They read the clock, call one service, and show."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, ClassVar, Final

from django.contrib.admin.utils import quote
from django.db.models import BooleanField, ExpressionWrapper, Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.timezone import get_default_timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.views.generic import RevisionsRevertMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.models import TaskState
from wagtail.snippets.views import snippets

from kernel import audit, clock
from kernel.errors import SocleError
from question_bank.models import digest_of

from . import preview, reviewing, selectors, writing
from .columns import COLUMNS
from .compare import differences
from .errors import DraftMoved, ItemRefused
from .forms import BaseItemForm, Told
from .gates import judge
from .models import ItemDraft, Stage
from .structured import read


class ItemList(snippets.IndexView):  # type: ignore[misc]
    """Every situation of the bank, whatever its stage."""

    any_permission_required: ClassVar = ["add", "change", "view"]
    add_item_label = lazy("Nouvelle situation")

    def get_base_queryset(self) -> Any:
        """Leave the texts where they are; one query for the tags of a whole page."""
        rows = ItemDraft.objects.defer("content", "words").select_related("author")
        ended = ExpressionWrapper(Q(valid_to__lt=today()), output_field=BooleanField())
        return rows.annotate(has_ended=ended).prefetch_related("tags")  # type: ignore[misc]

    def _get_title_column(self, field_name: str, *args: Any, **kwargs: Any) -> Any:
        return super()._get_title_column(field_name, *args, width="24%", **kwargs)

    @cached_property
    def list_display(self) -> list[Any]:
        """The title, then what one looks for."""
        return ["__str__", *COLUMNS]


class Writing:
    """What creating and editing share: no publication from here, no save behind one’s back."""

    request: HttpRequest
    object: ItemDraft
    form: BaseItemForm
    action: str
    produced_error_message: str
    conflict: Any = None

    def setup(self, *args: Any, **kwargs: Any) -> None:
        """Save when asked: a revision is an act of its author, not of a timer."""
        super().setup(*args, **kwargs)  # type: ignore[misc]
        self.autosave_enabled = False

    def get_available_actions(self) -> list[str]:
        """Save, submit, withdraw: nothing publishes but a review."""
        known = super().get_available_actions()  # type: ignore[misc]
        return [action for action in known if action in {"create", "edit", "submit", "cancel-workflow"}]

    def get_form(self, *args: Any, **kwargs: Any) -> BaseItemForm:
        """Let the gates speak when the item is submitted."""
        form: BaseItemForm = super().get_form(*args, **kwargs)  # type: ignore[misc]
        form.is_submitting = self.action == "submit"
        return form

    def form_valid(self, form: BaseItemForm) -> HttpResponse:
        """Save; whatever is refused is said above the form, with the text still in it."""
        try:
            response: HttpResponse = super().form_valid(form)  # type: ignore[misc]
        except DraftMoved as moved:
            self.conflict = differences(moved.latest, form.content)
            form.data = form.data.copy()
            form.data["base"] = digest_of(moved.latest)
            return self._refused(form, moved)
        except SocleError as error:
            return self._refused(form, error)
        return response

    def _refused(self, form: BaseItemForm, error: SocleError) -> HttpResponse:
        self.produced_error_message = error.sentence
        response: HttpResponse = self.form_invalid(form)  # type: ignore[attr-defined]
        response.status_code = error.status
        return response

    def submit_action(self) -> None:
        """Ask for a second person."""
        writing.submit_draft(draft_id=self.object.pk, author=self.request.user, now=clock.now())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what the gates say of it, and the other text when somebody else saved meanwhile."""
        context: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]
        form = context["form"]
        waiting = form.refusals if form.is_bound or not form.instance.pk else told(form)
        return context | {"conflict": self.conflict, "told": waiting}

    def get_error_message(self) -> str:
        """Say what to do, and that nothing is lost."""
        return gettext("Rien n’est encore enregistré : réglez d’abord ce qui est signalé. Votre texte est resté ici.")


def told(form: BaseItemForm) -> list[Told]:
    """Return what is to mend before an item can be published, as it stands."""
    form.content = form.former
    fields = form.initial
    parts = {name: read(fields.get(name) or "") for name in fields if name == "answer" or name.endswith("_more")}
    return list(form.told(judge(form.former).problems, parts))


class NewItem(Writing, snippets.CreateView):  # type: ignore[misc]
    """Begin an item."""

    def save_instance(self) -> ItemDraft:
        """Keep the first text of an item."""
        return writing.create_draft(content=self.form.content, author=self.request.user, now=clock.now())


class EditItem(Writing, snippets.EditView):  # type: ignore[misc]
    """Write an item; what is published stays as it is."""

    def save_instance(self) -> ItemDraft:
        """Keep the text as a new revision, unless somebody else saved since the form was opened."""
        return writing.save_draft(
            draft_id=self.object.pk,
            content=self.form.content,
            base=self.form.cleaned_data.get("base", ""),
            author=self.request.user,
            now=clock.now(),
        )

    def cancel_workflow_action(self) -> None:
        """Take it back from review."""
        writing.withdraw_draft(draft_id=self.object.pk, author=self.request.user, now=clock.now())


class TakeUpRevision(RevisionsRevertMixin, EditItem):  # type: ignore[misc]
    """Begin again from an older revision: saved as a new one, over what is there now and nothing newer."""

    view_name = "revisions_revert"

    def get_form(self, *args: Any, **kwargs: Any) -> BaseItemForm:
        """Begin from what the item says now, whatever the text shown."""
        form = super().get_form(*args, **kwargs)
        form.initial["base"] = selectors.base_of(self.live_object)
        return form

    def save_instance(self) -> ItemDraft:
        """Save as any other text."""
        return EditItem.save_instance(self)


class LockItem(snippets.LockView):  # type: ignore[misc]
    """Keep an item for oneself for a while."""

    def perform_operation(self) -> None:
        """Lock it, and write who did."""
        super().perform_operation()
        _note_lock("item.locked", self.object, self.request.user)


class UnlockItem(snippets.UnlockView):  # type: ignore[misc]
    """Give an item back to everybody."""

    def perform_operation(self) -> None:
        """Unlock it, and write who did."""
        super().perform_operation()
        _note_lock("item.unlocked", self.object, self.request.user)


def _note_lock(action: str, draft: ItemDraft, actor: Any) -> None:
    audit.record(actor_id=actor.pk, action=action, target=draft, details={"key": draft.key}, at=clock.now())


class ItemPage(snippets.InspectView):  # type: ignore[misc]
    """An item as a reviewer reads it: what is seen, what the gates say, what was said; and deciding."""

    any_permission_required: ClassVar = ["add", "change", "view"]
    page_title = lazy("Relire")

    def get_fields(self) -> list[str]:
        """Show none of the raw fields."""
        return []

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Approve, refuse, remark or withdraw: one service each."""
        act = ACTS.get(request.POST.get("act", ""))
        if act is None:
            return HttpResponse(status=400)
        service, done = act
        try:
            service(self.object.pk, request.user, request.POST.get("comment", ""))
        except ItemRefused as error:
            messages.error(request, error.sentence)
        except SocleError as error:
            messages.error(request, error.sentence)
            return self._again(error.status)
        else:
            messages.success(request, str(done))
        return HttpResponseRedirect(request.path)

    def _again(self, status: int) -> HttpResponse:
        response: HttpResponse = self.render_to_response(self.get_context_data())
        response.status_code = status
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Gather what a reviewer needs to decide."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        latest = self.object.get_latest_revision_as_object()
        form = self._form(latest)
        user, draft = self.request.user, self.object
        return context | {
            "draft": draft,
            "latest": latest,
            "problems": told(form),
            "modes": preview.modes(latest.content),
            "changes": differences(draft.content, latest.content) if draft.live else [],
            "decisions": _decisions(draft),
            "remarks": draft.remarks.select_related("author").order_by("created_at", "pk"),
            "has_ended": bool(draft.valid_to and draft.valid_to < today()),
            "is_under_review": draft.stage == Stage.UNDER_REVIEW,
            "may_decide": draft.stage == Stage.UNDER_REVIEW and selectors.may_review(draft, user),
            "may_review": user.has_perm(reviewing.REVIEW),
            "may_write": user.has_perm(writing.CHANGE),
            "typed": self.request.POST.get("comment", ""),
        }

    def _form(self, latest: ItemDraft) -> BaseItemForm:
        form_class = ItemDraft.snippet_viewset.get_form_class(for_update=True)
        form: BaseItemForm = form_class(instance=latest, for_user=self.request.user)
        return form


def _decisions(draft: ItemDraft) -> Any:
    states = TaskState.objects.for_instance(draft).exclude(status=TaskState.STATUS_IN_PROGRESS)
    return states.select_related("finished_by").order_by("finished_at", "pk")


def _approve(draft_id: int, user: Any, comment: str) -> None:
    reviewing.approve_draft(draft_id=draft_id, reviewer=user, comment=comment, now=clock.now())


def _refuse(draft_id: int, user: Any, comment: str) -> None:
    reviewing.refuse_draft(draft_id=draft_id, reviewer=user, comment=comment, now=clock.now())


def _remark(draft_id: int, user: Any, comment: str) -> None:
    reviewing.remark(draft_id=draft_id, reader=user, text=comment, now=clock.now())


def _withdraw(draft_id: int, user: Any, comment: str) -> None:
    writing.withdraw_draft(draft_id=draft_id, author=user, now=clock.now())


ACTS: Final[Mapping[str, tuple[Callable[[int, Any, str], None], Any]]] = {
    "approve": (_approve, lazy("Publiée : les prochaines évaluations la proposent.")),
    "refuse": (_refuse, lazy("Renvoyée à son auteur, avec votre mot.")),
    "remark": (_remark, lazy("Remarque enregistrée.")),
    "withdraw": (_withdraw, lazy("Retirée de la relecture : elle peut être modifiée.")),
}


class ItemComparison(snippets.RevisionsCompareView):  # type: ignore[misc]
    """Two revisions, field by field; for whoever may read."""

    permission_required = "view"

    def _get_comparison(self, revision_a: ItemDraft, revision_b: ItemDraft) -> list[Any]:
        return differences(revision_a.content, revision_b.content)


class ItemHistory(snippets.HistoryView):  # type: ignore[misc]
    """What happened to an item; for whoever may read."""

    any_permission_required: ClassVar = ["add", "change", "view"]


class ItemRevision(snippets.PreviewRevisionView):  # type: ignore[misc]
    """A revision as a learner would see it; for whoever may read."""

    permission_required = "view"


class SeenItem(PermissionCheckedMixin, View):  # type: ignore[misc]
    """The latest text as a learner sees it, in a frame of the page of an item."""

    model = ItemDraft
    permission_required = "view"

    @method_decorator(xframe_options_sameorigin)
    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Draw it for one audience and wording (`mode`)."""
        latest = get_object_or_404(ItemDraft, pk=pk).get_latest_revision_as_object()
        return preview.page(latest, request, request.GET.get("mode", ""), request.path)


def page_url(draft: ItemDraft) -> str:
    """Return the address of an item's page."""
    return reverse(ItemDraft.snippet_viewset.get_url_name("inspect"), args=[quote(draft.pk)])


def list_url(query: str = "") -> str:
    """Return the address of the list."""
    return reverse(ItemDraft.snippet_viewset.get_url_name("list")) + query


def now() -> datetime:
    """Return the time of this act."""
    return clock.now()


def today() -> date:
    """Return the day it is where the house is."""
    return clock.now().astimezone(get_default_timezone()).date()
