"""Operations of the API about visits: one line each."""

from __future__ import annotations

from tests.tenancy.table.row import ALL, MONEY, WORKERS, Row

_B = "/api/bookings"
_SIDES = "household worker coordinator"
#: Without a household and without an office she cannot book, and is told so.
_CANNOT_BOOK = f"{WORKERS} member"
_LEFT, _DISPUTED = {"booking_id": "left_id"}, {"booking_id": "disputed_id"}
_DONE, _ASKED = {"booking_id": "done_id"}, {"booking_id": "asked_id"}
_NEED = {"address_id": "$address", "household_id": "$household_id", "service": "cleaning"}
_MAY = {"start": "2026-05-06T07:00:00Z", "end": "2026-05-06T11:00:00Z"}
_YESTERDAY = {"start": "2026-04-01T06:00:00Z", "end": "2026-04-01T07:00:00Z"}
_TUESDAYS = {"first_on": "2026-05-12", "starts": "08:00", "ends": "12:00", "count": 2}
_ONCE = "7a4e2f4e-3c55-4b6c-9b0c-5d1d8a3a1f01"

HOMES_ROWS = [
    Row(f"GET {_B}/services", ALL),
    Row(f"GET {_B}/", ALL),
    Row(f"GET {_B}/quotes/{{quote_id}}", f"household {MONEY}"),
    Row(f"POST {_B}/quotes", "household coordinator", _CANNOT_BOOK, who_first=True,
        send={**_NEED, "during": _MAY, "paid_by": "manual", "request_id": _ONCE}),
    Row(f"POST {_B}/", "household coordinator", _CANNOT_BOOK,
        send={"request_id": _ONCE, "quote_id": "$priced_id"}),
    Row(f"GET {_B}/{{booking_id}}", "household coordinator"),
    Row(f"GET {_B}/{{booking_id}}/cancel", "household coordinator"),
    Row(f"POST {_B}/{{booking_id}}/cancel", "household coordinator", "worker", send={}),
    Row(f"POST {_B}/series", "household coordinator", _CANNOT_BOOK, who_first=True,
        send={**_NEED, **_TUESDAYS, "request_id": _ONCE, "paid_by": "manual"}),
    Row(f"GET {_B}/series/{{series_id}}", "household coordinator"),
    Row(f"POST {_B}/series/{{series_id}}/cancel", "household coordinator", _CANNOT_BOOK, send={}),
]  # fmt: skip
WORK_ROWS = [
    Row(f"GET {_B}/offers", ALL),
    Row(f"GET {_B}/offers/{{offer_id}}", "worker coordinator"),
    Row(f"POST {_B}/offers/{{offer_id}}/accept", "worker", "coordinator", send={}),
    Row(f"POST {_B}/offers/{{offer_id}}/decline", "worker", "coordinator", send={}),
    Row(f"GET {_B}/offers/{{offer_id}}/why", f"{WORKERS} coordinator board"),
    Row(f"GET {_B}/times", WORKERS),
    Row(f"PUT {_B}/times/week", WORKERS, send={"week": []}),
    Row(f"PUT {_B}/times/days/{{on}}", WORKERS, args={"on": "day"}, send={}),
    Row(f"POST {_B}/times/leave", WORKERS,
        send={"first_on": "2026-06-01", "until_on": "2026-06-08", "request_id": _ONCE}),
    Row(f"GET {_B}/work", ALL),
    Row(f"GET {_B}/work/{{booking_id}}", "worker"),
    Row(f"GET {_B}/work/{{booking_id}}/address", "worker"),
    Row(f"POST {_B}/work/{{booking_id}}/withdraw", "worker coordinator", "household",
        send={"reason": "illness"}),
]  # fmt: skip
VISIT_ROWS = [
    Row(f"POST {_B}/{{booking_id}}/arrive", _SIDES, send={"code": "$client_code"}),
    Row(f"POST {_B}/{{booking_id}}/leave", "worker coordinator", "household", args=_LEFT, send={}),
    Row(f"GET {_B}/{{booking_id}}/words", _SIDES, args=_LEFT),
    Row(f"POST {_B}/{{booking_id}}/declare", "household worker", "coordinator", args=_LEFT,
        send={"during": _YESTERDAY}),
    Row(f"POST {_B}/{{booking_id}}/absent", "household worker", "coordinator", args=_LEFT, send={}),
    Row(f"POST {_B}/{{booking_id}}/agree", _SIDES, args=_LEFT,
        send={"said_at": "2026-04-01T08:00:00Z"}),
    Row(f"GET {_B}/{{booking_id}}/visit", _SIDES, args=_DONE),
    Row(f"POST {_B}/{{booking_id}}/settle", "coordinator", ALL, args=_DISPUTED, who_first=True,
        send={"during": {"start": "2026-04-01T09:00:00Z", "end": "2026-04-01T11:00:00Z"},
              "reason": "Both were heard."}),
    Row(f"GET {_B}/desk/{{day}}", "coordinator auditor"),
    Row(f"POST {_B}/{{booking_id}}/offer-next", "coordinator", ALL, args=_ASKED, who_first=True,
        send={}),
    Row(f"POST {_B}/{{booking_id}}/withdraw-offers", "coordinator", ALL, args=_ASKED,
        who_first=True, send={}),
]  # fmt: skip
ROWS = [*HOMES_ROWS, *WORK_ROWS, *VISIT_ROWS]
