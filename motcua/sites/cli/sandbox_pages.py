"""The sandbox bank's own pages: what a person sees there, with a button for every bad day a bank can have."""

from collections.abc import Mapping
from html import escape
from typing import Any
from urllib.parse import quote, urlsplit

WAYS = {
    "approve": ("Nộp tiền", "Trừ tiền và báo ngay cho cổng dịch vụ công."),
    "decline": ("Từ chối", "Không trừ tiền, báo là không thành công."),
    "timeout": ("Trừ tiền rồi mất liên lạc", "Trừ tiền, rồi không trả lời ai."),
    "silent": ("Trừ tiền mà không báo", "Trừ tiền, không gọi lại."),
    "twice": ("Báo hai lần", "Trừ tiền một lần, báo hai lần."),
    "late": ("Báo muộn", "Trừ tiền, báo sau nửa giây."),
    "short": ("Báo thiếu tiền", "Báo đã nộp, nhưng thiếu 1.000 đồng."),
    "forged": ("Báo giả", "Không trừ tiền; người lạ báo là đã nộp, với con dấu đoán mò."),
}
STATES = {"waiting": "Chờ nộp", "paid": "Đã trừ tiền", "declined": "Đã từ chối"}
PAGE = """<!doctype html><html lang="vi"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>{title}</title>
<style>body{{font:1.0625rem/1.6 sans-serif;max-width:42rem;margin:0 auto;padding:1.5rem;color:#1b1b1b}}
h1{{font-size:1.5rem}}.note{{padding:.5rem 1rem;background:#fff3cd;border-left:6px solid #8a5a00}}
dt{{font-weight:600}}dd{{margin:0 0 .75rem}}form{{margin:0 0 1rem}}
button,.link{{display:inline-block;min-height:2.75rem;padding:.5rem 1.25rem;font:inherit;font-weight:600;cursor:pointer}}
p.small{{margin:.125rem 0;color:#555}}</style></head><body>
<p class="note">Ngân hàng thử nghiệm: không có tiền thật, không nhập thông tin thẻ hay tài khoản nào ở đây.</p>
<h1>{title}</h1>{body}</body></html>"""
Said = Mapping[str, Any]


def order(said: Said, back: str) -> str:
    """One order, with what can be done about it and the way back."""
    rows = (("Đơn hàng", said["order"]), ("Số tiền", dong(said["amount"])), ("Người nhận", said["payee"]),
            ("Tình trạng", STATES[said["state"]]))  # fmt: skip
    told = "".join(f"<dt>{name}</dt><dd>{escape(str(value))}</dd>" for name, value in rows)
    ways = "".join(_button(said["order"], way, *words) for way, words in WAYS.items())
    return _page("Nộp tiền", f"<dl>{told}</dl>{ways if said['state'] == 'waiting' else ''}{_back(back)}")


def orders(known: Mapping[str, Said]) -> str:
    """Every order of this run, the latest first."""
    rows = [
        f'<li><a href="/pay/{quote(each)}">{escape(each)}</a>: {dong(said["amount"])}, {STATES[said["state"]]}</li>'
        for each, said in reversed(list(known.items()))
    ]
    return _page("Các đơn hàng", f"<ul>{''.join(rows)}</ul>" if rows else "<p>Chưa có đơn hàng nào.</p>")


def nothing() -> str:
    """There is no such order: the bank forgets all of them when it stops."""
    return _page("Không có đơn hàng này", "<p>Ngân hàng thử nghiệm quên hết khi dừng. Hãy bắt đầu nộp lại.</p>")


def dong(amount: int) -> str:
    """``"10.000 ₫"``."""
    return f"{amount:,} ₫".replace(",", ".")


def _button(name: str, way: str, label: str, told: str) -> str:
    return (
        f'<form method="post" action="/pay/{quote(name)}"><button name="as" value="{way}">{label}</button>'
        f'<p class="small">{told}</p></form>'
    )


def _back(address: str) -> str:
    safe = urlsplit(address).scheme in {"http", "https"}
    return f'<p><a class="link" href="{escape(address)}">← Quay lại cổng dịch vụ công</a></p>' if safe else ""


def _page(title: str, body: str) -> str:
    return PAGE.format(title=escape(title), body=body)
