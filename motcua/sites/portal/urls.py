"""Addresses of the portal."""

from django.urls import path, register_converter

from motcua.sites.portal.views import (
    account,
    authorising,
    correcting,
    credentials,
    door,
    dossier,
    drafts,
    finding,
    following,
    home,
    papers,
    paying,
    procedure,
    returning,
    review,
    sections,
    supplementing,
    tracking,
    vault,
    verifying,
    whole,
)


class Code:
    """A code in an address: of a procedure, a dossier, a field. Anything else is no page of ours."""

    regex = "[0-9A-Za-z._-]{1,120}"

    def to_python(self, value: str) -> str:
        """As it stands."""
        return value

    def to_url(self, value: str) -> str:
        """As it stands."""
        return value


register_converter(Code, "code")
app_name = "portal"
DRAFT = "ho-so-nhap/<uuid:draft>/"
DOSSIER = "ho-so/<code:code>/"
urlpatterns = [
    path("", home.home, name="home"),
    path("tim-kiem/", finding.search, name="search"),
    path("su-kien/<code:code>/", home.event, name="event"),
    path("linh-vuc/", home.fields, name="fields"),
    path("linh-vuc/<code:code>/", home.field, name="field"),
    path("thu-tuc/", home.procedures, name="procedures"),
    path("thu-tuc/<code:code>/", procedure.procedure, name="procedure"),
    path("tra-cuu/", tracking.track, name="track"),
    path("tra-cuu/theo-doi/", following.follow, name="follow"),
    path("tra-cuu/bo-theo-doi/", following.unfollow, name="unfollow"),
    path("tra-cuu/bien-lai/", paying.check, name="receipt_check"),
    path("ket-qua/", verifying.verify, name="verify"),
    path("ket-qua/tep/", verifying.examined, name="examine"),
    path("ket-qua/chung-thuc-so/", credentials.check, name="credential_check"),
    path("ket-qua/doi-chieu/", verifying.examined, name="compare"),
    path("dang-nhap/", door.sign_in, name="sign_in"),
    path("dang-ky/", door.sign_up, name="sign_up"),
    path("dang-xuat/", door.sign_out, name="sign_out"),
    path("nop/<code:procedure>/", drafts.start, name="start"),
    path(DRAFT, drafts.draft, name="draft"),
    path(DRAFT + "to-khai/<code:section>/", sections.section, name="section"),
    path(DRAFT + "noi-nop/", drafts.filing, name="filing"),
    path(DRAFT + "giay-to/", papers.papers, name="papers"),
    path(DRAFT + "kiem-tra/", review.review, name="review"),
    path(DRAFT + "nop/", review.file, name="file"),
    path(DRAFT + "xoa/", drafts.discard, name="discard"),
    path(DOSSIER, dossier.dossier, name="dossier"),
    path(DOSSIER + "bo-sung/", supplementing.supplement, name="supplement"),
    path(DOSSIER + "sua/", correcting.correct, name="correct"),
    path(DOSSIER + "sua/bo/", correcting.discard, name="correct_discard"),
    path(DOSSIER + "sua/phan/<code:section>/", correcting.section, name="correct_section"),
    path(DOSSIER + "cach-nhan/", returning.choose, name="choose_return"),
    path(DOSSIER + "uy-quyen/", authorising.authorise, name="authorise"),
    path(DOSSIER + "uy-quyen/<uuid:mandate>/thu-hoi/", authorising.revoke, name="revoke"),
    path(DOSSIER + "toan-bo/", whole.whole, name="whole"),
    path(DOSSIER + "to-khai/", whole.declaration, name="declaration"),
    path(DOSSIER + "nop-phi/", paying.pay, name="pay"),
    path(DOSSIER + "nop-phi/ve/", paying.back, name="pay_back"),
    path(DOSSIER + "nop-phi/bien-lai/<code:number>/", paying.receipt, name="pay_receipt"),
    path(DOSSIER + "rut/", dossier.withdraw, name="withdraw"),
    path(DOSSIER + "tep/<uuid:paper>/", dossier.paper, name="paper"),
    path(DOSSIER + "ket-qua/", dossier.result, name="result"),
    path(DOSSIER + "ket-qua/chung-thuc-so/", credentials.take, name="credential"),
    path(DOSSIER + "giay-tiep-nhan/", dossier.receipt, name="receipt"),
    path(DOSSIER + "van-ban/<code:form>/<int:fact>/", dossier.letter, name="letter"),
    path("kho/", vault.vault, name="vault"),
    path("kho/ai-da-xem/", vault.looks, name="vault_looks"),
    path("kho/tep/<uuid:version>/", vault.file, name="vault_file"),
    path("kho/chia-se/<uuid:share>/thu-hoi/", vault.revoke, name="vault_revoke"),
    path("kho/duoc-chia-se/<uuid:share>/", vault.shared, name="vault_shared"),
    path("kho/duoc-chia-se/<uuid:share>/tep/", vault.shared_file, name="vault_shared_file"),
    path("kho/<uuid:item>/", vault.item, name="vault_item"),
    path("tai-khoan/", account.account, name="account"),
    path("tai-khoan/thong-bao/", account.inbox, name="inbox"),
    path("tai-khoan/thong-bao/da-doc/", account.mark_read, name="mark_read"),
    path("tai-khoan/thong-tin/", account.profile, name="profile"),
]
