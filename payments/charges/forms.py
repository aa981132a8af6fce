"""Courtesy before the operations say the same."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from coop.kernel import Money, RuleBroken
from payments.charges.types import CardCard, CardState, How

#: Test cards of the sandbox and what each is for.
TEST_CARDS = [
    ("pm_card_visa", _("Visa 4242: works")),
    ("pm_card_mastercard", _("Mastercard 4444: works")),
    ("pm_card_chargeDeclined", _("Visa 0002: the bank says no")),
    ("pm_card_chargeCustomerFail", _("Visa 0341: is saved, then the bank says no")),
    ("pm_card_authenticationRequired", _("Visa 3184: the bank asks first")),
]


class CardForm(forms.Form):
    """Only in the sandbox: a real card number never reaches this server."""

    method = forms.ChoiceField(
        label=_("Which test card"), choices=TEST_CARDS, widget=forms.RadioSelect
    )


class HoldForm(forms.Form):
    """With which of her cards a household pays."""

    card = forms.ChoiceField(label=_("Pay with"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, cards: list[CardCard], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        usable = [card for card in cards if card.state == CardState.ACTIVE]
        choices = [(str(card.id), f"{card.brand.title()} {card.last4}") for card in usable]
        self.fields["card"].choices = choices  # type: ignore[attr-defined]
        if choices:
            self.fields["card"].initial = choices[0][0]


class _AmountForm(forms.Form):
    amount = forms.DecimalField(label=_("Amount"), min_value=Decimal("0.01"))

    def __init__(self, *args: Any, currency: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.currency = currency
        self.order_fields(["amount"])

    def clean_amount(self) -> Money:
        try:
            return Money.of(self.cleaned_data["amount"], self.currency)
        except RuleBroken as refused:
            raise forms.ValidationError(refused.message) from refused


class ReceiptForm(_AmountForm):
    how = forms.ChoiceField(
        label=_("How it came"),
        choices=[
            (How.BANK.value, _("Bank transfer")),
            (How.MOBILE_MONEY.value, _("Mobile money")),
            (How.CASH.value, _("Cash")),
        ],
    )
    received_on = forms.DateField(
        label=_("Received on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    reference = forms.CharField(label=_("Reference"), max_length=120, required=False)


class RefundForm(_AmountForm):
    reason = forms.CharField(
        label=_("Why"),
        max_length=200,
        help_text=_(
            "What was not paid too much, the cooperative bears. What was earned stays paid."
        ),
    )
