// openid-client on its strict OpenID Connect path, found by the issuer alone: MCP URL and callback in.
import assert from "node:assert/strict";
import * as oidc from "openid-client";
import { hear, say } from "./talk.mjs";

const [url, callback] = process.argv.slice(2);
const unasked = await fetch(url, { method: "POST", body: "{}" });
const [, document] = /resource_metadata="([^"]+)"/.exec(unasked.headers.get("www-authenticate"));
const { resource, authorization_servers } = await (await fetch(document)).json();
assert.equal(resource, url);

const scope = "mcp openid email profile offline_access";
const metadata = { client_name: "polis-tests", redirect_uris: [callback], token_endpoint_auth_method: "none", scope };
const config = await oidc.dynamicClientRegistration(new URL(authorization_servers[0]), metadata, oidc.None(), {
  algorithm: "oidc",
  execute: [oidc.allowInsecureRequests, oidc.enableNonRepudiationChecks], // signatures of id_tokens are checked too
});
const client = config.clientMetadata();

const pkceCodeVerifier = oidc.randomPKCECodeVerifier();
const [expectedState, expectedNonce] = [oidc.randomState(), oidc.randomNonce()];
const asked = oidc.buildAuthorizationUrl(config, {
  redirect_uri: callback,
  scope,
  resource,
  state: expectedState,
  nonce: expectedNonce,
  prompt: "consent",
  code_challenge: await oidc.calculatePKCECodeChallenge(pkceCodeVerifier),
  code_challenge_method: "S256",
});
say({ visit: asked.href });

const back = new URL(callback);
back.search = new URLSearchParams(await hear());
const checks = { pkceCodeVerifier, expectedState, expectedNonce, idTokenExpected: true };
const tokens = await oidc.authorizationCodeGrant(config, back, checks, { resource });
const claims = tokens.claims();
const person = await oidc.fetchUserInfo(config, tokens.access_token, claims.sub);
say({ called: await call(tokens.access_token), client, tokens, claims, person });

await hear(); // its access token is over: it is told so, and refreshes
await assert.rejects(call(tokens.access_token), oidc.WWWAuthenticateChallengeError);
const newer = await oidc.refreshTokenGrant(config, tokens.refresh_token, { resource });
say({ called: await call(newer.access_token), tokens: newer });

await hear();
await oidc.tokenRevocation(config, newer.refresh_token);
const refused = await call(newer.access_token).catch((error) => error);
assert(refused instanceof oidc.WWWAuthenticateChallengeError);
const dead = await oidc.refreshTokenGrant(config, newer.refresh_token, { resource }).catch((error) => error);
assert(dead instanceof oidc.ResponseBodyError);
say({ refused: refused.cause[0].parameters.error, dead: [dead.status, dead.error] });

async function call(token) {
  const params = { name: "polis_account", arguments: {} };
  const message = JSON.stringify({ jsonrpc: "2.0", id: 1, method: "tools/call", params });
  const headers = new Headers({ "content-type": "application/json", "mcp-protocol-version": "2025-11-25" });
  const answer = await oidc.fetchProtectedResource(config, token, new URL(url), "POST", message, headers);
  return (await answer.json()).result.structuredContent;
}
