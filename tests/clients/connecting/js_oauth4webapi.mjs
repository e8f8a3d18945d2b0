// oauth4webapi, which takes every RFC by its word, call by call: MCP URL, callback and a method of authentication in.
import assert from "node:assert/strict";
import * as oauth from "oauth4webapi";
import { hear, say } from "./talk.mjs";

const [url, callback, method] = process.argv.slice(2);
const resource = new URL(url);
const plain = { [oauth.allowInsecureRequests]: true }; // it is on loopback
const proofs = {
  none: oauth.None,
  client_secret_basic: oauth.ClientSecretBasic,
  client_secret_post: oauth.ClientSecretPost,
};

// RFC 9728: the challenge of a call without a token, and the document it leads to
const refusal = await call("none").catch((error) => error);
assert(refusal instanceof oauth.WWWAuthenticateChallengeError);
const challenge = refusal.cause[0];
const document = await fetch(challenge.parameters.resource_metadata);
const described = await oauth.processResourceDiscoveryResponse(resource, document);
const guessed = await oauth.resourceDiscoveryRequest(resource, plain);
assert.deepEqual(await oauth.processResourceDiscoveryResponse(resource, guessed), described);

// RFC 8414 and OpenID Connect Discovery say the same
const issuer = new URL(described.authorization_servers[0]);
const discovered = (algorithm) => oauth.discoveryRequest(issuer, { ...plain, algorithm });
const server = await oauth.processDiscoveryResponse(issuer, await discovered("oauth2"));
assert.deepEqual(await oauth.processDiscoveryResponse(issuer, await discovered("oidc")), server);

// RFC 7591
const scope = "mcp openid email profile offline_access";
const metadata = { client_name: "polis-tests", redirect_uris: [callback], token_endpoint_auth_method: method, scope };
const registration = await oauth.dynamicClientRegistrationRequest(server, metadata, plain);
const client = await oauth.processDynamicClientRegistrationResponse(registration);
const proof = proofs[method](client.client_secret);

// RFC 6749, 7636, 8707, 9207, and what OpenID Connect adds
const verifier = oauth.generateRandomCodeVerifier();
const [state, nonce] = [oauth.generateRandomState(), oauth.generateRandomNonce()];
const asked = new URL(server.authorization_endpoint);
asked.search = new URLSearchParams({
  response_type: "code",
  client_id: client.client_id,
  redirect_uri: callback,
  scope,
  state,
  nonce,
  max_age: "3600",
  resource: url,
  code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
  code_challenge_method: "S256",
});
say({ visit: asked.href });
const brought = oauth.validateAuthResponse(server, client, new URLSearchParams(await hear()), state);
const named = { ...plain, additionalParameters: { resource: url } };
const exchange = await oauth.authorizationCodeGrantRequest(server, client, proof, brought, callback, verifier, named);
const expected = { expectedNonce: nonce, maxAge: 3600, requireIdToken: true };
const tokens = await oauth.processAuthorizationCodeResponse(server, client, exchange, expected);
await oauth.validateApplicationLevelSignature(server, exchange, plain);
const claims = oauth.getValidatedIdTokenClaims(tokens);
const told = await oauth.userInfoRequest(server, client, tokens.access_token, plain);
const person = await oauth.processUserInfoResponse(server, client, claims.sub, told);
const introspected = await introspect(tokens.access_token);
say({ called: await call(tokens.access_token), challenge, client, tokens, claims, person, introspected });

// its access token is over: it is told so, and refreshes
await hear();
await assert.rejects(call(tokens.access_token), oauth.WWWAuthenticateChallengeError);
const refresh = await oauth.refreshTokenGrantRequest(server, client, proof, tokens.refresh_token, named);
const newer = await oauth.processRefreshTokenResponse(server, client, refresh);
say({ called: await call(newer.access_token), tokens: newer });

// RFC 7009, after which nothing is left
await hear();
const revocation = await oauth.revocationRequest(server, client, proof, newer.refresh_token, plain);
await oauth.processRevocationResponse(revocation);
const refused = await call(newer.access_token).catch((error) => error);
assert(refused instanceof oauth.WWWAuthenticateChallengeError);
if (method !== "none") assert.equal((await introspect(newer.access_token)).active, false);
const late = await oauth.refreshTokenGrantRequest(server, client, proof, newer.refresh_token, named);
const dead = await oauth.processRefreshTokenResponse(server, client, late).catch((error) => error);
assert(dead instanceof oauth.ResponseBodyError);
say({ refused: refused.cause[0].parameters.error, dead: [dead.status, dead.error] });

async function call(token) {
  const params = { name: "polis_account", arguments: {} };
  const message = JSON.stringify({ jsonrpc: "2.0", id: 1, method: "tools/call", params });
  const headers = new Headers({ "content-type": "application/json", "mcp-protocol-version": "2025-11-25" });
  const answer = await oauth.protectedResourceRequest(token, "POST", resource, headers, message, plain);
  return (await answer.json()).result.structuredContent;
}

// RFC 7662; a client without a secret proves itself by the token it asks about
async function introspect(token) {
  const bearer = (_server, _client, _body, headers) => headers.set("authorization", `Bearer ${token}`);
  const answer = await oauth.introspectionRequest(server, client, method === "none" ? bearer : proof, token, plain);
  return oauth.processIntrospectionResponse(server, client, answer);
}
