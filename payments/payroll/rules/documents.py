"""What a file is, by its first bytes."""

from __future__ import annotations

_SIGNATURES = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
)


def media_type_of(content: bytes) -> str | None:
    """PDF, PNG, JPEG or UTF-8 text without control characters; None for anything else."""
    for signature, kind in _SIGNATURES:
        if content.startswith(signature):
            return kind
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return None
    if any(ord(letter) < 32 and letter not in "\r\n\t" for letter in text):
        return None
    return "text/plain; charset=utf-8"


def safe_cell(text: str) -> str:
    """Text that a spreadsheet will not take for a formula (OWASP: CSV injection)."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
