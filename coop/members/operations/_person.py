from __future__ import annotations

from uuid import UUID

from django.db import transaction
from phonenumber_field.phonenumber import PhoneNumber
from phonenumbers import NumberParseException

from coop.kernel import BadInput
from coop.members.models import User


@transaction.atomic
def known_person(*, phone: str, name: str, language: str = "en") -> UUID:
    """The person of that phone number (E.164), made known when she is new; her name is kept."""
    try:
        number = PhoneNumber.from_string(phone)
    except NumberParseException as error:
        raise BadInput("phone_unreadable", f"{phone!r} is not a phone number.") from error
    if not number.is_valid():
        raise BadInput("phone_invalid", f"{phone!r} is not a number that can be called.")
    existing = User.objects.filter(phone=number).first()
    if existing is not None:
        return existing.id
    return User.objects.create_user(str(number), name=name, language=language).id
