"""The life of an edition: drafted, published, expired. A published edition never changes; a change is a new edition."""

from motcua.base.machine import Machine, move

DRAFT, PUBLISHED, EXPIRED = "draft", "published", "expired"
LABELS = {DRAFT: "Bản nháp", PUBLISHED: "Đang công bố", EXPIRED: "Hết hiệu lực"}
LABELS_EN = {DRAFT: "Draft", PUBLISHED: "Published", EXPIRED: "Expired"}

EDITION = Machine(
    states=frozenset(LABELS),
    start=DRAFT,
    final=frozenset({EXPIRED}),
    moves=(
        move("publish", DRAFT, PUBLISHED, "system approver", "Công bố"),
        move("expire", PUBLISHED, EXPIRED, "system approver", "Cho hết hiệu lực"),
    ),
)
