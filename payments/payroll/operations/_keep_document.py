from __future__ import annotations

from datetime import datetime
from hashlib import sha256
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from coop.audit import operations as audit
from coop.kernel import BadInput, saying
from coop.members.types import MemberRef
from payments.payroll.models import Document
from payments.payroll.models.documents import LARGEST
from payments.payroll.operations._lock import only_for
from payments.payroll.rules.documents import media_type_of


@transaction.atomic
def keep_document(*, by: MemberRef, at: datetime, name: str, content: bytes) -> UUID:
    """Keep a receipt; the same bytes again are the same document. Its id.

    What it is is read from its content, never from its name: PDF, PNG, JPEG or UTF-8 text. Raises
    `document_empty`, `document_too_large` (over 2,000,000 bytes), `document_kind`.
    """
    only_for(by, "treasurer", "board")
    if not content:
        raise BadInput("document_empty", _("This file is empty."))
    if len(content) > LARGEST:
        raise BadInput("document_too_large", _("A receipt has at most 2 MB."))
    kind = media_type_of(content)
    if kind is None:
        raise BadInput("document_kind", _("A receipt is a PDF, a PNG or JPEG picture, or text."))
    mark = sha256(content).hexdigest()
    plain = "".join(letter for letter in name if letter.isprintable()).strip()[:120]
    Document.objects.bulk_create(
        [
            Document(
                cooperative_id=by.cooperative_id, name=plain or "receipt", media_type=kind,
                content=content, size=len(content), sha256=mark, kept_by_id=by.person_id,
                kept_at=at,
            )
        ],
        ignore_conflicts=True,
    )  # fmt: skip
    kept = Document.objects.values_list("id", flat=True).get(
        cooperative_id=by.cooperative_id, sha256=mark
    )
    audit.record(by=by, at=at, sentence=saying("kept a receipt"), about=("document", kept))
    return kept
