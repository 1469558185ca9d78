"""The life of an edition: drafted, reviewed, published, expired. Published it never changes; a change is a new edition."""

from motcua.base.machine import Machine, move

DRAFT, IN_REVIEW, PUBLISHED, EXPIRED = "draft", "in_review", "published", "expired"
UNPUBLISHED = (DRAFT, IN_REVIEW)
LABELS = {DRAFT: "Bản nháp", IN_REVIEW: "Đang duyệt", PUBLISHED: "Đang công bố", EXPIRED: "Hết hiệu lực"}
LABELS_EN = {DRAFT: "Draft", IN_REVIEW: "In review", PUBLISHED: "Published", EXPIRED: "Expired"}

EDITION = Machine(
    states=frozenset(LABELS),
    start=DRAFT,
    final=frozenset({EXPIRED}),
    moves=(
        #    verb         from       to         who                              button
        move("revise",    DRAFT,     "",        "administrator system",          "Sửa"),
        move("send",      DRAFT,     IN_REVIEW, "administrator",                 "Gửi duyệt"),
        move("send_back", IN_REVIEW, DRAFT,     "administrator approver",        "Trả lại để sửa"),
        move("publish",   IN_REVIEW, PUBLISHED, "administrator approver system", "Công bố"),
        move("publish",   DRAFT,     PUBLISHED, "system",                        "Công bố"),  # loaders: reviewed as a file
        move("expire",    PUBLISHED, EXPIRED,   "system approver",               "Cho hết hiệu lực"),
    ),
)  # fmt: skip
