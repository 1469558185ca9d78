// Checks a credential of a motcua node with nothing of motcua: Node's own crypto and the node's published DID document.
//   node check_credential.mjs credential.jwt did.json      exit code 0: the signature is right
import { readFileSync } from 'node:fs';

const [token, document] = [readFileSync(process.argv[2], 'utf8').trim(), JSON.parse(readFileSync(process.argv[3], 'utf8'))];
const [head, payload, signature] = token.split('.');
const read = (part) => JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
const [header, claims] = [read(head), read(payload)];
const fail = (why) => { console.log(`REFUSED: ${why}`); process.exit(1); };

if (header.alg !== 'ES256' || header.typ !== 'vc+jwt') fail('no credential signed as ES256');
if (claims.issuer?.id !== document.id) fail('the issuer is another than the document is of');
const method = document.verificationMethod.find((each) => each.id === header.kid && document.assertionMethod.includes(each.id));
if (!method) fail('the key is not among those published for this');
const { kty, crv, x, y } = method.publicKeyJwk;
const key = await crypto.subtle.importKey('jwk', { kty, crv, x, y }, { name: 'ECDSA', namedCurve: 'P-256' }, false, ['verify']);
const signed = new TextEncoder().encode(`${head}.${payload}`);
const right = await crypto.subtle.verify({ name: 'ECDSA', hash: 'SHA-256' }, key, Buffer.from(signature, 'base64url'), signed);
if (!right) fail('the signature is wrong');

const now = Date.now();
if (now < Date.parse(claims.validFrom)) fail('not yet valid');
if (claims.validUntil && now > Date.parse(claims.validUntil)) fail('no longer valid');
console.log(`SIGNATURE RIGHT: ${claims.issuer.name}, ${claims.credentialSubject.resultTitle} ${claims.credentialSubject.resultNumber}`);
console.log(`Now ask whether it still holds: ${claims.credentialStatus.id}`);
