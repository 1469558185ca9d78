"""The once-only report on the procedures of the national portal, and how often its matches are right."""

import sys
import time
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from motcua import offline
from motcua.base.errors import Invalid
from motcua.base.wires import provider
from motcua.catalogue.ports import ProcedureFiles, Record
from motcua.review.report import Report, review
from tests.real_data import real_data

# 120 of 712 matches drawn by lot and labelled by hand: is the paper of this line (procedure:lines) what the result
# gives? 118 were. Several draws fell on one line, so these are fewer.
RIGHT = """
    1.000593:3 1.000893:4 1.001022:5 1.001233:2 1.001303:2 1.001321:5 1.001623:2 1.001669:5 1.001695:17 1.001777:1
    1.002025:1 1.002510:1 1.002550:5 1.002578:4 1.003462:12 1.003576:1 1.003583:8 1.003650:7 1.004073:8
    1.004157:3,7 1.004333:3 1.004425:3 1.004837:4 1.004844:5 1.004845:2 1.004859:5 1.004873:4 1.004936:6
    1.005100:7 1.005280:14 1.007380:3 1.007658:15 1.007660:11 1.008930:4 1.008937:5 1.009129:6,19,25,33 1.009442:3
    1.009448:2 1.009456:2 1.009462:8 1.009543:3,20 1.009555:9 1.009628:18,42 1.009646:25,43 1.009664:11
    1.009759:9,36 1.009796:5 1.010707:1 1.011441:7 1.011669:5 1.012538:6 1.012832:8 1.012886:1 1.012890:2,4
    1.012894:3 1.012906:3 1.013201:2 1.013225:9,16,31,36,44 1.013226:23 1.013227:2 1.013229:5,12,24,50 1.013230:5
    1.013233:1 1.013238:15,31,40 1.013467:5 1.013823:23,29 1.013840:2 1.013949:1,23,24,26 1.014258:5 1.014565:18
    1.014849:6 1.014900:3 2.000281:2 2.000473:2 2.000554:6 2.000635:4 2.000823:2 2.001041:4 2.001795:7 2.002038:1
    2.002042:25 2.002831:7 3.000037:9,10 3.000258:2,5 3.000323:5 3.000330:7 3.000333:3 3.000360:2 3.000363:1
    3.000367:1 3.000578:4
"""
WRONG = {("1.007740", 2), ("1.011667", 2)}  # a permit of another office; the certificate of another thing


@cache
def real_report(folder: Path) -> Report:
    """The report over all files of a folder, made once."""
    offline.connect()
    files = provider(ProcedureFiles)
    found: dict[str, Record] = {}
    for file in files.find(folder):
        try:
            for record in files.read(file, date(2026, 7, 1)):
                if isinstance(record, Record) and record.rank >= getattr(found.get(record.code), "rank", 0):
                    found[record.code] = record
        except Invalid as refusal:
            assert refusal.code == "file_unknown_format"
    begun = time.process_time()
    report = review(record.definition for record in found.values())
    sys.stderr.write(f"{time.process_time() - begun:.1f} s for {report.counts}\n")
    return report


@pytest.mark.real_data
def test_the_real_procedures_ask_for_what_other_procedures_give() -> None:
    counts = real_report(real_data("procedures")).counts
    assert (counts["procedures"], counts["papers"]) == (2487, 13727)
    assert counts["by_result"] >= 500 and counts["by_register"] >= 280 and counts["edges"] >= 3000
    assert counts["code"] == 0  # the portal gives papers no code, so all rests on names


@pytest.mark.real_data
def test_the_paper_asked_most_is_the_identity_card_that_the_state_itself_gives() -> None:
    report = real_report(real_data("procedures"))
    assert report.savings[0].name == "Thẻ căn cước"
    assert len(report.savings[0].askers) >= 60
    assert report.register_savings[0].name == "population"


@pytest.mark.real_data
def test_of_the_matches_labelled_by_hand_at_least_95_percent_are_right() -> None:
    report = real_report(real_data("procedures"))
    matched = {(asker.code, line.place) for asker in report.askers for line in asker.lines if line.by_result}
    pairs = [one.split(":") for one in RIGHT.split()]
    right = {(code, int(place)) for code, places in pairs for place in places.split(",")}
    still_right, still_wrong = len(right & matched), len(WRONG & matched)
    precision = still_right / (still_right + still_wrong)
    sys.stderr.write(f"labelled {len(right | WRONG)}, matched {still_right + still_wrong}: {precision:.1%} right\n")
    assert still_right >= 0.95 * len(right)  # what was found once is not lost
    assert precision >= 0.95
