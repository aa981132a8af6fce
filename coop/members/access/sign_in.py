"""Signing in by phone and code: what allauth asks of us."""

from __future__ import annotations

import uuid
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.db import transaction
from django.forms import BaseForm
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language

from coop.events import publish
from coop.members import operations, queries
from coop.members.access.phone import PhoneField
from coop.members.events import SignInCodeAsked, SignUpOfKnownPhone
from coop.members.models import User


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """The six phone methods, and new people through our own operation.

    The code goes out as an event: whoever can text hears it and sends it at once. A number nobody
    has gets no SMS, and the page answers the same, so nobody learns who belongs here.
    """

    def phone_form_field(self, **kwargs: Any) -> PhoneField:
        return PhoneField(countries=queries.countries(), **kwargs)

    def send_verification_code_sms(self, user: User, phone: str, code: str, **kwargs: Any) -> None:
        with transaction.atomic():
            publish(SignInCodeAsked(uuid.uuid4(), phone, code, timezone.now()))

    def send_unknown_account_sms(self, phone: str, **kwargs: Any) -> None:
        """Silence."""

    def send_account_already_exists_sms(self, phone: str) -> None:
        with transaction.atomic():
            publish(SignUpOfKnownPhone(uuid.uuid4(), phone, timezone.now()))

    def set_phone(self, user: User, phone: str, verified: bool) -> None:
        operations.set_phone(at=timezone.now(), person_id=user.pk, phone=phone, verified=verified)
        user.refresh_from_db(fields=["phone", "phone_verified_at"])

    def get_phone(self, user: User) -> tuple[str, bool] | None:
        return str(user.phone), user.phone_verified_at is not None

    def set_phone_verified(self, user: User, phone: str) -> None:
        self.set_phone(user, phone, True)

    def get_user_by_phone(self, phone: str) -> User | None:
        return User.objects.filter(phone=phone, is_active=True).first()

    def save_user(
        self, request: HttpRequest, user: User, form: BaseForm, commit: bool = True
    ) -> User:
        said = form.cleaned_data
        made = operations.known_person(
            phone=said["phone"], name=said["name"].strip(), language=get_language() or "en"
        )
        return User.objects.get(id=made)
