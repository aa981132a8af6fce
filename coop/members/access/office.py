"""The office's rooms in the admin: who may enter, whose rows are there, and nothing to edit.

Every admin page of the house stands on `ReadOnly`: rows of the cooperative the officer acts in,
named fields only, no add, change or delete. What is done there is done by calling an operation.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import update_wrapper
from typing import Any, ClassVar

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.contrib.auth.views import redirect_to_login
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin, TabularInline
from unfold.sites import UnfoldAdminSite

from coop.audit import operations as audit
from coop.kernel import NotFound, RuleBroken, Said, again, saying
from coop.members.access._people import ref_of
from coop.members.types import MemberRef, OfficeName

OFFICES = tuple(office.value for office in OfficeName)


def officer(request: HttpRequest) -> MemberRef | None:
    """The signed-in person, while she holds an office of the cooperative she acts in."""
    try:
        ref = ref_of(request)
    except NotFound:
        return None
    return ref if ref.offices else None


def _nowhere() -> NotFound:
    return NotFound("page_unknown", "There is no such page.")


def _looked(rows: object) -> Said:
    return saying("looked through %(rows)s in the admin", rows=Said(str(rows)))


def _read(row: object) -> Said:
    return saying("read a row of the admin: %(row)s", row=Said(str(row)))


class OfficeSite(UnfoldAdminSite):  # type: ignore[misc]
    """Officers enter by the one sign-in of the house; for everybody else it does not exist."""

    index_title = _("The office")

    def register(self, models: Any, admin_class: Any = None, **options: Any) -> None:
        """Only rooms of the house: what libraries bring (groups, keys, addresses) stays outside."""
        if isinstance(admin_class, type) and issubclass(admin_class, ReadOnly):
            super().register(models, admin_class, **options)

    def has_permission(self, request: HttpRequest) -> bool:
        return officer(request) is not None

    def admin_view(self, view: Callable[..., Any], cacheable: bool = False) -> Callable[..., Any]:
        inside = super().admin_view(view, cacheable)

        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if not self.has_permission(request):
                raise _nowhere()
            answer: HttpResponseBase = inside(request, *args, **kwargs)
            return answer

        return update_wrapper(guarded, view)

    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponseBase:
        """There is no second sign-in with a password."""
        if not request.user.is_authenticated:
            return redirect_to_login("/admin/")
        raise _nowhere()

    def password_change(self, request: HttpRequest, extra_context: Any = None) -> HttpResponseBase:
        """People sign in with a phone and a code; there is no password to change."""
        raise _nowhere()

    def password_change_done(
        self, request: HttpRequest, extra_context: Any = None
    ) -> HttpResponseBase:
        raise _nowhere()


class _Untouched:
    """Operations are the only writers."""

    #: Offices that may look at these rows, as on the pages of the app.
    seen_by: ClassVar[tuple[str, ...]] = OFFICES

    def is_seen(self, request: HttpRequest) -> bool:
        ref = officer(request)
        return ref is not None and ref.has(*self.seen_by)

    @admin.display(description=_("Rule"))
    def says(self, row: Any) -> str:
        """The rule of a line with its facts, in the language of who looks."""
        return str(again(row.rule, row.facts))

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.is_seen(request)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.is_seen(request)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class ReadOnlyInline(_Untouched, TabularInline):  # type: ignore[misc]
    """Rows that hang on the one looked at; name their `fields`."""

    extra = 0
    hide_title = True


class ReadOnly(_Untouched, ModelAdmin):  # type: ignore[misc]
    """Rows of the cooperative the officer acts in. Name every field that may be shown in `fields`.

    `sensitive` rows leave a sentence in the trail when somebody reads them here.
    """

    sensitive: ClassVar[bool] = False
    acted_by: ClassVar[tuple[str, ...]] = ()
    list_select_related = True
    list_per_page = 50
    show_full_result_count = False

    def visible_to(self, ref: MemberRef, rows: QuerySet[Any]) -> QuerySet[Any]:
        """The rows this officer may know of; an app with a filter of its own asks it."""
        return rows.filter(cooperative_id=ref.cooperative_id)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows: QuerySet[Any] = super().get_queryset(request)
        ref = officer(request)
        return self.visible_to(ref, rows) if ref and self.is_seen(request) else rows.none()

    def has_act_permission(self, request: HttpRequest) -> bool:
        ref = officer(request)
        return ref is not None and ref.has(*self.acted_by)

    def get_object(self, request: HttpRequest, object_id: str, from_field: Any = None) -> Model:
        """What is not this officer's to see answers exactly as what does not exist."""
        found: Model | None = super().get_object(request, object_id, from_field)
        if found is None:
            raise _nowhere()
        return found

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        if not self.is_seen(request):
            raise _nowhere()
        if self.sensitive and request.method == "GET":
            self._tell(request, _looked(self.opts.verbose_name_plural))
        return super().changelist_view(request, extra_context)

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> Any:
        if not self.is_seen(request):
            raise _nowhere()
        return super().add_view(request, form_url, extra_context)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> Any:
        found = self.get_object(request, unquote(object_id))
        if self.sensitive and request.method == "GET":
            self._tell(request, _read(self.opts.verbose_name), found)
        return super().change_view(request, object_id, form_url, extra_context)

    def _tell(self, request: HttpRequest, sentence: Said, found: Model | None = None) -> None:
        ref = ref_of(request)
        about = ("cooperative", ref.cooperative_id)
        if found is not None:
            about = (str(self.opts.model_name), found.pk)
        audit.record(by=ref, at=timezone.now(), sentence=sentence, about=about)

    def each(
        self, request: HttpRequest, rows: QuerySet[Any], act: Callable[[MemberRef, Any], object]
    ) -> int:
        """Do one operation for each chosen row; a refusal is said and the others go on."""
        done = 0
        for row in rows:
            try:
                act(ref_of(request), row)
            except RuleBroken as refused:
                messages.error(request, refused.message)
            else:
                done += 1
        return done
