"""E-mail through Django's backend."""

from __future__ import annotations

from smtplib import SMTPException, SMTPRecipientsRefused

from django.core.mail import EmailMessage

from coop.notices.gateways.protocols import SendFailed


class DjangoMail:
    """Plain text, no tracking; the key becomes the Message-ID, by which receivers drop a double."""

    def send(self, *, to: str, subject: str, text: str, key: str) -> str:
        message_id = f"<{key.replace(':', '.')}@letsema.invalid>"
        message = EmailMessage(subject, text, to=[to], headers={"Message-ID": message_id})
        try:
            message.send()
        except SMTPRecipientsRefused as error:
            raise SendFailed("the address was refused", may_recover=False) from error
        except (SMTPException, OSError) as error:
            raise SendFailed(
                f"the mail server failed: {type(error).__name__}", may_recover=True
            ) from error
        return message_id[:120]
