"""A stranger checks a credential with a tool that is not ours: Node's own crypto, as docs/credentials.md shows it."""

import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from joserfc.jwk import ECKey
from pytest_django.fixtures import Settings

from motcua.credentials import keys, tokens
from tests.credentials.test_tokens import ATTACKS, SITE, handed_over, opened, resigned
from tests.node import Node

pytestmark = pytest.mark.django_db
SCRIPT = Path(__file__).resolve().parent.parent.parent / "docs/check_credential.mjs"


@pytest.fixture(autouse=True)
def issuer(settings: Settings, tmp_path: Path) -> Iterator[Path]:
    """A node with an address and keys of its own."""
    settings.SITE_ADDRESS = SITE
    settings.CREDENTIAL_KEYS = tmp_path / "keys" / "credential-keys.json"
    yield settings.CREDENTIAL_KEYS


def by_node(token: str, document: dict[str, object], folder: Path) -> tuple[int, str]:
    """Exit code and words of the script; skips where there is no Node."""
    found = shutil.which("node")
    if not found:
        pytest.skip("no node on this machine: the credential was not checked by a tool that is not ours")
    (folder / "credential.jwt").write_text(token)
    (folder / "did.json").write_text(json.dumps(document))
    told = subprocess.run(
        [found, str(SCRIPT), "credential.jwt", "did.json"], cwd=folder, capture_output=True, text=True, timeout=60
    )
    return told.returncode, told.stdout or told.stderr


def test_node_believes_a_credential_by_the_published_document(node: Node, issuer: Path, tmp_path: Path) -> None:
    result = handed_over(node)
    code, told = by_node(past(tokens.issue(result, at=node.noon), issuer), keys.did_document(issuer, SITE), tmp_path)
    assert (code, told.splitlines()) == (
        0,
        [
            f"SIGNATURE RIGHT: Ủy ban nhân dân phường Hoa Sen, Giấy khai sinh {result.number}",
            f"Now ask whether it still holds: {SITE}/api/ket-qua/trang-thai/{result.id}",
        ],
    )


def past(token: str, issuer: Path) -> str:
    """The same, signed again as valid since long ago: the clock of the machine is none of a test's."""
    header, content, _, _ = opened(token)
    return resigned(keys.keys_in(issuer)[0], header, content | {"validFrom": "2020-01-01T00:00:00+07:00"})


@pytest.mark.parametrize(
    "attack",
    ["alg none, no signature", "HS256 with the public key", "another key under our name", "another holder",
     "another key under its own name", "our key, another issuer", "signature of zeros", "a longer life"],
)  # fmt: skip
def test_node_refuses_what_we_refuse(node: Node, issuer: Path, tmp_path: Path, attack: str) -> None:
    forged = ATTACKS[attack][0](past(tokens.issue(handed_over(node), at=node.noon), issuer), issuer)
    code, told = by_node(forged, keys.did_document(issuer, SITE), tmp_path)
    assert (code, told.startswith("REFUSED: ")) == (1, True)


def test_another_nodes_credential_is_not_ours_for_either_of_us(node: Node, issuer: Path, tmp_path: Path) -> None:
    header, content, _, _ = opened(tokens.issue(handed_over(node), at=node.noon))
    theirs = ECKey.generate_key("P-256", private=True)
    name = keys.kid(theirs, "https://dichvucong.other.example.vn")
    token = resigned(theirs, header | {"kid": name}, content | {"issuer": {"id": name.partition("#")[0]}})
    assert by_node(token, keys.did_document(issuer, SITE), tmp_path)[0] == 1
    found = tokens.check(token, at=node.noon)
    assert (found.problem, found.claims) == ("credential_other_issuer", {})


def test_nothing_in_a_token_contradicts_its_dates(node: Node) -> None:
    _, content, _, _ = opened(tokens.issue(handed_over(node, validity="6 tháng"), at=node.noon))
    assert not {"nbf", "exp", "iat", "iss", "jti", "sub", "vc", "vp"} & set(content)
