from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from phonenumber_field.phonenumber import PhoneNumber
from phonenumbers import NumberParseException

from coop.kernel import BadInput, RuleBroken
from coop.members.models import User


@transaction.atomic
def known_person(*, phone: str, name: str, language: str = "en") -> UUID:
    """The person of that phone number (E.164), made known when she is new; her name is kept."""
    try:
        number = PhoneNumber.from_string(phone)
    except NumberParseException as error:
        raise BadInput(
            "phone_unreadable", "%(phone)r is not a phone number.", phone=phone
        ) from error
    if not number.is_valid():
        raise BadInput(
            "phone_invalid", "%(phone)r is not a number that can be called.", phone=phone
        )
    existing = User.objects.filter(phone=number).first()
    if existing is not None:
        return existing.id
    return User.objects.create_user(str(number), name=name, language=language).id


@transaction.atomic
def set_phone(*, at: datetime, person_id: UUID, phone: str, verified: bool) -> None:
    """Note her number, and that she showed it is hers. Raises RuleBroken `phone_taken`."""
    person = User.objects.select_for_update().get(id=person_id)
    if str(person.phone) != phone:
        if User.objects.filter(phone=phone).exists():
            raise RuleBroken("phone_taken", _("Another person has this phone number."))
        person.phone, person.phone_verified_at = phone, None
    if verified:
        person.phone_verified_at = person.phone_verified_at or at
    person.save(update_fields=["phone", "phone_verified_at"])
