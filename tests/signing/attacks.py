"""Ways to make a file say what its signer never signed. Each takes the authority, the plain and the signed file."""

import io
import re
import zlib
from dataclasses import replace
from datetime import timedelta

from asn1crypto.cms import ContentInfo
from cryptography import x509
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigFieldSpec, append_signature_field
from pypdf import PdfWriter

from motcua.signing.adapters.time_stamps import OwnTimeStamps
from motcua.signing.development import Authority, Made, named
from motcua.signing.signing import Field, sign
from tests.signing.ca import Ca, key

YEAR = timedelta(days=365)


def flipped(file: bytes, place: int) -> bytes:
    return file[:place] + bytes([file[place] ^ 1]) + file[place + 1 :]


def contents(signed: bytes) -> tuple[int, int]:
    """Where the signature stands in the file, as hexadecimal digits."""
    found = re.search(rb"/Contents <([0-9a-fA-F]+)>", signed)
    assert found
    return found.span(1)


def byte_of_content_flipped(ca: Ca, plain: bytes, signed: bytes) -> bytes:
    return flipped(signed, signed.index(b"stream") + 40)


def byte_of_metadata_flipped(ca: Ca, plain: bytes, signed: bytes) -> bytes:
    return flipped(signed, signed.index(b"/CreationDate") + 18)


def byte_of_signature_flipped(ca: Ca, plain: bytes, signed: bytes) -> bytes:
    begin, end = contents(signed)
    cms = ContentInfo.load(bytes.fromhex(signed[begin:end].decode()))
    value = cms["content"]["signer_infos"][0]["signature"].native.hex().encode()
    place = signed.lower().index(value) + len(value) - 4
    return signed[:place] + (b"1" if signed[place : place + 1] == b"0" else b"0") + signed[place + 1 :]


def byte_range_moved(ca: Ca, plain: bytes, signed: bytes) -> bytes:
    return re.sub(rb"/ByteRange \[0 (\d)", lambda found: b"/ByteRange [9 " + found[1], signed)


def byte_range_of_nothing(ca: Ca, plain: bytes, signed: bytes) -> bytes:
    return re.sub(rb"/ByteRange \[[^\]]+\]", lambda found: b"/ByteRange [0 0 0 0]".ljust(len(found[0])), signed)


def byte_range_below_zero(ca: Ca, plain: bytes, signed: bytes) -> bytes:
    return re.sub(rb"/ByteRange \[[^\]]+\]", lambda found: b"/ByteRange [-9 9 9 -9]".ljust(len(found[0])), signed)


def signature_emptied(ca: Ca, plain: bytes, signed: bytes) -> bytes:
    begin, end = contents(signed)
    return signed[:begin] + b"0" * (end - begin) + signed[end:]


def one_signature_in_two_fields(ca: Ca, plain: bytes, signed: bytes, more: int = 1) -> bytes:
    writer = IncrementalPdfFileWriter(io.BytesIO(signed))
    fields = writer.root["/AcroForm"]["/Fields"]
    value = fields[0].get_object().raw_get("/V")
    for number in range(more):
        field = {"/FT": pdf_name("/Sig"), "/T": generic.pdf_string(f"x{number}"), "/V": value}
        fields.append(writer.add_object(generic.DictionaryObject({pdf_name(name): field[name] for name in field})))
    writer.update_root()
    writer.update_container(fields)
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def one_signature_in_many_fields(ca: Ca, plain: bytes, signed: bytes) -> bytes:
    return one_signature_in_two_fields(ca, plain, signed, more=400)


def signature_of_another_file(ca: Ca, plain: bytes, signed: bytes) -> bytes:
    other = sign(plain, ca.key(), Field("NguoiKy", reason="Khác"), at=ca.at)
    (begin, end), (first, last) = contents(signed), contents(other)
    return signed[:begin] + other[first:last][: end - begin].ljust(end - begin, b"0") + signed[end:]


def signature_cut_off(ca: Ca, plain: bytes, signed: bytes) -> bytes:
    return signed[: len(plain)]


def end_cut_off(ca: Ca, plain: bytes, signed: bytes) -> bytes:
    return signed[:-200]


def bytes_put_before(ca: Ca, plain: bytes, signed: bytes) -> bytes:
    return b"%PDF-1.4 nothing\n" + signed


def bytes_put_behind(ca: Ca, plain: bytes, signed: bytes) -> bytes:
    return signed + b"\n% more\n"


def updated(signed: bytes, change: object) -> bytes:
    writer = IncrementalPdfFileWriter(io.BytesIO(signed))
    change(writer)  # type: ignore[operator]
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def page_added(ca: Ca, plain: bytes, signed: bytes) -> bytes:
    def change(writer: IncrementalPdfFileWriter) -> None:
        box = generic.ArrayObject(map(generic.NumberObject, (0, 0, 595, 842)))
        page = writer.add_object(generic.DictionaryObject({
            pdf_name("/Type"): pdf_name("/Page"), pdf_name("/MediaBox"): box,
            pdf_name("/Resources"): generic.DictionaryObject(), pdf_name("/Parent"): writer.root.raw_get("/Pages"),
        }))  # fmt: skip
        pages = writer.root["/Pages"]
        pages["/Kids"].append(page)
        pages["/Count"] = generic.NumberObject(int(pages["/Count"]) + 1)
        writer.update_container(pages)

    return updated(signed, change)


def first_page(writer: IncrementalPdfFileWriter) -> generic.DictionaryObject:
    page = writer.root["/Pages"]["/Kids"][0]
    assert isinstance(page, generic.DictionaryObject)
    return page


def content_replaced(ca: Ca, plain: bytes, signed: bytes) -> bytes:
    def change(writer: IncrementalPdfFileWriter) -> None:
        page = first_page(writer)
        page["/Contents"] = writer.add_object(generic.StreamObject(stream_data=b"1 0 0 rg 0 0 600 800 re f"))
        writer.update_container(page)

    return updated(signed, change)


def note_laid_over(ca: Ca, plain: bytes, signed: bytes) -> bytes:
    def change(writer: IncrementalPdfFileWriter) -> None:
        note = writer.add_object(generic.DictionaryObject({
            pdf_name("/Type"): pdf_name("/Annot"), pdf_name("/Subtype"): pdf_name("/FreeText"),
            pdf_name("/Contents"): generic.pdf_string("Được miễn phí"),
            pdf_name("/DA"): generic.pdf_string("/Helv 20 Tf"),
            pdf_name("/Rect"): generic.ArrayObject(map(generic.NumberObject, (50, 50, 500, 800))),
        }))  # fmt: skip
        page = first_page(writer)
        page["/Annots"] = generic.ArrayObject([*page.get("/Annots", ()), note])
        writer.update_container(page)

    return updated(signed, change)


def empty_field_laid_over(ca: Ca, plain: bytes, signed: bytes) -> bytes:
    def change(writer: IncrementalPdfFileWriter) -> None:
        append_signature_field(writer, SigFieldSpec("Che", on_page=0, box=(50, 50, 500, 800)))
        field = next(
            each.get_object() for each in writer.root["/AcroForm"]["/Fields"] if each.get_object()["/T"] == "Che"
        )
        shown = generic.StreamObject(stream_data=b"1 1 1 rg 0 0 450 750 re f", dict_data={
            pdf_name("/Type"): pdf_name("/XObject"), pdf_name("/Subtype"): pdf_name("/Form"),
            pdf_name("/BBox"): generic.ArrayObject(map(generic.NumberObject, (0, 0, 450, 750)))})  # fmt: skip
        field["/AP"] = generic.DictionaryObject({pdf_name("/N"): writer.add_object(shown)})

    return updated(signed, change)


def value_taken_from_field(ca: Ca, plain: bytes, signed: bytes) -> bytes:
    def change(writer: IncrementalPdfFileWriter) -> None:
        field = writer.root["/AcroForm"]["/Fields"][0]
        del field["/V"]
        writer.update_container(field)

    return updated(signed, change)


def kind_made_unknown(ca: Ca, plain: bytes, signed: bytes) -> bytes:
    return signed.replace(b"/ETSI.CAdES.detached", b"/ETSI.CAdES.deattach")


def by_another_authority_of_the_same_name(ca: Ca, plain: bytes, signed: bytes) -> bytes:
    other = Ca.made(ca.at)
    return sign(plain, other.key(), Field("NguoiKy"), at=ca.at)


def by_oneself(ca: Ca, plain: bytes, signed: bytes) -> bytes:
    alone = Authority(ca.at - YEAR)
    usage = x509.KeyUsage(True, True, False, False, False, False, False, False, False)
    own = alone._begun(named("Bùi Quang Vinh", "Cơ quan"), named("Bùi Quang Vinh", "Cơ quan"), alone.root.private,
                       (ca.at - YEAR, ca.at + YEAR)).add_extension(usage, True)  # fmt: skip
    from cryptography.hazmat.primitives import hashes

    from motcua.signing.adapters.pkcs12 import plain as read
    from motcua.signing.ports import Trust

    made = Made(own.sign(alone.root.private, hashes.SHA256()), alone.root.private)
    return sign(plain, replace(key(made), trust=Trust((read(made.certificate),))), Field("NguoiKy"), at=ca.at)


def for_another_purpose(ca: Ca, plain: bytes, signed: bytes) -> bytes:
    usage = x509.KeyUsage(False, False, True, False, False, False, False, False, False)
    made = ca.authority._issued(named("Máy chủ", "Cơ quan"), usage, None, None)
    from motcua.signing import certificates, signing

    careless = frozenset({"key_encipherment"})
    kept = certificates.USES, signing.USES
    try:
        certificates.USES = signing.USES = careless
        return sign(plain, replace(key(made), trust=ca.trust()), Field("NguoiKy"), at=ca.at)
    finally:
        certificates.USES, signing.USES = kept


def expired_and_stamped_by_a_stranger(ca: Ca, plain: bytes, signed: bytes) -> bytes:
    stranger = Ca.made(ca.at)
    short = ca.key(span=(ca.at - 2 * YEAR, ca.at - YEAR))
    ca.clock.at = stranger.clock.at = ca.at - YEAR - timedelta(days=9)
    stamper = stranger.authority.stamper((ca.at - 2 * YEAR, ca.at + YEAR))
    stamps = OwnTimeStamps(key(stamper), stranger.clock)
    trust = replace(ca.trust(), roots=(*ca.trust().roots, *stranger.trust().roots), crls=(), time_stamps=stamps)
    return sign(plain, replace(short, trust=trust), Field("NguoiKy"), at=stranger.clock.at)


def signed_again_by_a_stranger(ca: Ca, plain: bytes, signed: bytes) -> bytes:
    return sign(signed, Ca.made(ca.at).key(), Field("Khac", (50, 50, 500, 800)), at=ca.at)


def encrypted(ca: Ca, plain: bytes, signed: bytes) -> bytes:
    writer = PdfWriter(clone_from=io.BytesIO(plain))
    writer.encrypt("mật khẩu", algorithm="AES-256")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def made_of(objects: list[bytes], more: bytes = b"") -> bytes:
    """A file of these objects, from 1; the first is the root."""
    out, places = b"%PDF-1.7\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    trailer = b"trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, more, len(out))
    return out + head + table + trailer


def many_objects(ca: Ca, plain: bytes, signed: bytes) -> bytes:
    return made_of(
        [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[]/Count 0>>", *[b"<</A[1 2 3]>>"] * 10_000]
    )


def fields_without_end(ca: Ca, plain: bytes, signed: bytes) -> bytes:
    return made_of([b"<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[3 0 R]>>>>", b"<</Type/Pages/Kids[]/Count 0>>",
                    b"<</T(a)/FT/Sig/Kids[3 0 R]>>"])  # fmt: skip


def arrays_in_arrays(ca: Ca, plain: bytes, signed: bytes) -> bytes:
    deep = b"[" * 100_000 + b"]" * 100_000
    return made_of(
        [b"<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields %s>>>>" % deep, b"<</Type/Pages/Kids[]/Count 0>>"]
    )


def update_before_itself(ca: Ca, plain: bytes, signed: bytes) -> bytes:
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[]/Count 0>>"]
    return made_of(objects, b"/Prev %d" % made_of(objects).index(b"xref"))


def a_bomb_beside_the_lists(ca: Ca, plain: bytes, signed: bytes) -> bytes:
    packed = zlib.compress(zlib.compress(bytes(60_000_000), 9), 9)

    def change(writer: IncrementalPdfFileWriter) -> None:
        filters = generic.ArrayObject([pdf_name("/FlateDecode"), pdf_name("/FlateDecode")])
        stream = generic.StreamObject(encoded_data=packed, dict_data={pdf_name("/Filter"): filters})
        lists = generic.ArrayObject([*writer.root["/DSS"]["/CRLs"], writer.add_object(stream)])
        writer.root["/DSS"]["/CRLs"] = lists
        writer.update_container(writer.root["/DSS"])

    return updated(signed, change)
