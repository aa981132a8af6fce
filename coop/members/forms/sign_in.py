"""The forms of signing in, each counted: by number, by session and by network address."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import ConfirmLoginCodeForm as AllauthConfirm
from allauth.account.forms import LoginForm as AllauthLogin
from allauth.account.forms import RequestLoginCodeForm as AllauthRequest
from allauth.account.forms import SignupForm as AllauthSignup
from allauth.account.forms import VerifyPhoneForm as AllauthVerify
from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm as AllauthAuthenticate
from allauth.mfa.base.forms import ReauthenticateForm as AllauthReauthenticate
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from coop.members.gateways.limiter import TooMany, Unsure, spend

QUARTER_HOUR = 900
#: Texts to one number, guesses of one session or person, and anything from one address.
CODES, GUESSES, FROM_ONE_ADDRESS = 5, 10, 100


@contextmanager
def _said_in_the_form() -> Iterator[None]:
    try:
        yield
    except (TooMany, Unsure) as refused:
        raise ValidationError(refused.message, code=refused.code) from refused


def _count(what: str, whom: str, limit: int) -> None:
    address = get_adapter().get_client_ip(context.request)
    with _said_in_the_form():
        spend(
            f"sign-in:address:{address}", limit=FROM_ONE_ADDRESS, seconds=QUARTER_HOUR,
            closed_when_down=True,
        )  # fmt: skip
        spend(f"sign-in:{what}:{whom}", limit=limit, seconds=QUARTER_HOUR, closed_when_down=True)


def _session() -> str:
    return str(context.request.session.session_key)


class RequestCodeForm(AllauthRequest):  # type: ignore[misc]
    def clean_phone(self) -> str:
        _count("code", self.cleaned_data["phone"], CODES)
        return str(super().clean_phone())


class LoginForm(AllauthLogin):  # type: ignore[misc]
    """A number is enough; the code that comes by SMS is the rest."""

    def clean_login(self) -> str:
        phone = str(super().clean_login())
        _count("code", phone, CODES)
        return phone


class SignupForm(AllauthSignup):  # type: ignore[misc]
    """A name and a phone number."""

    name = forms.CharField(
        label=_("Your name"), max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )  # fmt: skip
    field_order = ("name", "phone")

    def clean_phone(self) -> str:
        phone = str(self.cleaned_data["phone"])
        _count("code", phone, CODES)
        return phone


class _Guess:
    """A six-digit code may be guessed a few times, however many requests run at once."""

    cleaned_data: dict[str, Any]

    def clean_code(self) -> str:
        _count("guess", _session(), GUESSES)
        return str(super().clean_code())  # type: ignore[misc]


class ConfirmCodeForm(_Guess, AllauthConfirm):  # type: ignore[misc]
    pass


class VerifyPhoneForm(_Guess, AllauthVerify):  # type: ignore[misc]
    pass


class _SecondKey:
    """The second factor is counted by person, whatever session guesses."""

    user: Any

    def clean_code(self) -> str:
        _count("second", str(self.user.pk), GUESSES)
        return str(super().clean_code())  # type: ignore[misc]


class AuthenticateForm(_SecondKey, AllauthAuthenticate):  # type: ignore[misc]
    pass


class ReauthenticateForm(_SecondKey, AllauthReauthenticate):  # type: ignore[misc]
    pass
