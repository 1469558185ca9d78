"""Programs that know nothing of us say the same: poppler's pdfsig and pyHanko's own command."""

import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from motcua.signing.development import PIN
from motcua.signing.report import Verdict
from motcua.signing.signing import Field, sign
from motcua.signing.verifying import verify
from tests.signing.attacks import flipped
from tests.signing.ca import signing_keys

PDFSIG, PYHANKO = shutil.which("pdfsig"), Path(sys.executable).parent / "pyhanko"


@pytest.fixture
def files(tmp_path: Path, plain_pdf: bytes) -> Path:
    """A good file, signed by a person and the agency, and the same with one bit of another value. They look at the
    clock themselves, so these were signed now."""
    at = datetime.now(UTC)
    keys = signing_keys(tmp_path, at)
    person, agency = keys.of_person("chutich.hoasen"), keys.of_agency("H99.101")
    assert person and agency
    once = sign(plain_pdf, person.unlock(PIN), Field("NguoiKy", (330, 60, 510, 110)), at=at)
    good = sign(once, agency, Field("CoQuan", (85, 60, 295, 110)), at=at)
    bad = flipped(good, good.index(b"/CreationDate") + 18)
    assert verify(good, keys.trust(), at=at).verdict is Verdict.VALID
    assert verify(bad, keys.trust(), at=at).verdict is Verdict.CHANGED
    (tmp_path / "good.pdf").write_bytes(good)
    (tmp_path / "bad.pdf").write_bytes(bad)
    return tmp_path


def told(*words: str | Path) -> str:
    done = subprocess.run([str(word) for word in words], capture_output=True, text=True, timeout=60, check=False)
    return done.stdout + done.stderr


@pytest.mark.skipif(not PDFSIG, reason="no pdfsig on this machine (Debian: poppler-utils): it was not asked")
def test_pdfsig_agrees(files: Path) -> None:
    good, bad = told("pdfsig", "-nocert", files / "good.pdf"), told("pdfsig", "-nocert", files / "bad.pdf")
    assert good.count("Signature is Valid.") == 2
    assert "Signer Certificate Common Name: Bùi Quang Vinh" in good
    assert (bad.count("Signature is Valid."), bad.count("Digest Mismatch.")) == (0, 2)


def test_the_command_of_pyhanko_agrees(files: Path) -> None:
    ask = (PYHANKO, "sign", "validate", "--pretty-print", "--trust-replace", "--trust", files / "dev-ca/root.pem")
    good, bad = told(*ask, files / "good.pdf"), told(*ask, files / "bad.pdf")
    assert good.count("The signature is judged VALID.") == 2
    assert good.count("The TSA certificate is trusted.") == 2
    assert (bad.count("judged VALID"), bad.count("The signature is judged INVALID.")) == (0, 2)
