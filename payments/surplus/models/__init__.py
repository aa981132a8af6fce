"""A surplus as it is proposed, decided and posted."""

from payments.surplus.models.sharing import Allotment, Share, Sharing

__all__ = ["Allotment", "Share", "Sharing"]
