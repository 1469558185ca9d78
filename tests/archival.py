"""Whether a PDF keeps the rules of PDF/A-2b, read with another library (pypdf). No full validator is to be had in a
package that we install; what a document of ours could break is looked at: ISO 19005-2, the clauses named below.
"""

import io
from collections.abc import Iterator
from typing import Any

from pypdf import PdfReader
from pypdf.generic import DictionaryObject, IndirectObject, StreamObject

FORBIDDEN = {
    "/JavaScript": "6.5", "/JS": "6.5", "/AA": "6.5", "/OpenAction": "6.5", "/OPI": "6.2.9", "/Ref": "6.2.9",
    "/Alternates": "6.2.8", "/XFA": "6.4", "/NeedAppearances": "6.4", "/EF": "6.8", "/TR": "6.2.5",
}  # fmt: skip
FILTERS = {"/FlateDecode", "/DCTDecode", "/JPXDecode", "/CCITTFaxDecode", "/JBIG2Decode", "/ASCII85Decode",
           "/ASCIIHexDecode", "/RunLengthDecode"}  # fmt: skip


def archival_faults(pdf: bytes) -> list[str]:
    """What keeps it from being PDF/A-2b; empty when nothing was found."""
    read = PdfReader(io.BytesIO(pdf))
    if read.is_encrypted:
        return ["6.1.3 encrypted"]
    found = [] if "/ID" in read.trailer else ["6.1.3 no ID"]
    root = read.trailer["/Root"]
    said = root["/Metadata"].get_data().decode() if "/Metadata" in root else ""
    for part in ("<pdfaid:part>2</pdfaid:part>", "<pdfaid:conformance>B</pdfaid:conformance>"):
        found += [] if part in said else ["6.6 does not say that it is PDF/A-2b"]
    intents = [each.get_object() for each in root.get("/OutputIntents", ())]
    if [(each["/S"], each["/DestOutputProfile"]["/N"]) for each in intents] != [("/GTS_PDFA1", 3)]:
        found.append("6.2.3 no output intent of RGB")
    for each in everything(read):
        found += faults(each)
    return sorted(set(found))


def everything(read: PdfReader) -> Iterator[DictionaryObject]:
    """Every dictionary and stream that the document has, each once."""
    for number in range(1, int(read.trailer["/Size"])):
        yield from _inside(IndirectObject(number, 0, read).get_object())


def _inside(value: Any) -> Iterator[DictionaryObject]:
    if isinstance(value, DictionaryObject):
        yield value
    for part in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        if not isinstance(part, IndirectObject):
            yield from _inside(part)


def faults(each: DictionaryObject) -> Iterator[str]:
    """What is wrong with one of them."""
    yield from (f"{FORBIDDEN[key]} {key}" for key in each.keys() & FORBIDDEN.keys())
    if each.get("/Type") == "/FontDescriptor" and not {"/FontFile", "/FontFile2", "/FontFile3"} & each.keys():
        yield f"6.2.11.4 the font {each.get('/FontName')} is not embedded"
    if each.get("/Subtype") == "/Image":
        if each.get("/Interpolate"):
            yield "6.2.8 a picture is smoothed"
        if "/CMYK" in str(each.get("/ColorSpace")):
            yield "6.2.4 colours that the output intent does not know"
    if isinstance(each, StreamObject):
        filters = each.get("/Filter", [])
        for name in filters if isinstance(filters, list) else [filters]:
            if name not in FILTERS:
                yield f"6.1.7 the filter {name}"
