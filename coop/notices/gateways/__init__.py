"""The ways out: one class for each outside service."""

from __future__ import annotations

from django.conf import settings

from coop.notices.gateways.http_sms import HttpSms
from coop.notices.gateways.mail import DjangoMail
from coop.notices.gateways.protocols import MailGateway, SendFailed, SmsGateway
from coop.notices.gateways.screen import NoSms, ScreenPhone

__all__ = ["MailGateway", "SendFailed", "SmsGateway", "mail", "sms"]


def sms() -> SmsGateway:
    """The provider named in SMS_URL; else the on-screen phone of a demonstration; else none."""
    if settings.SMS_URL:
        return HttpSms(settings.SMS_URL, settings.SMS_TOKEN)
    return ScreenPhone() if settings.LETSEMA_DEMO else NoSms()


def mail() -> MailGateway:
    """Django's mail, whose backend the settings choose (anymail in production)."""
    return DjangoMail()
