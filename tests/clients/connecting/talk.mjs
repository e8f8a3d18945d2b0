// How a JavaScript client talks with its test: JSON lines both ways; where the SDKs keep their tokens.
import { randomUUID } from "node:crypto";
import { createInterface } from "node:readline";

const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();

export const say = (facts) => console.log(JSON.stringify(facts));

export async function hear() {
  const { value, done } = await lines.next();
  if (done) throw new Error("nobody answers any more");
  return JSON.parse(value);
}

// What both TypeScript lines ask of a program that keeps its tokens: see OAuthClientProvider.
export class Kept {
  constructor(callback) {
    this.redirectUrl = callback;
    const grants = ["authorization_code", "refresh_token"];
    this.clientMetadata = { client_name: "polis-tests", redirect_uris: [callback], grant_types: grants };
  }
  state = () => randomUUID();
  clientInformation = () => this.client;
  saveClientInformation = (client) => void (this.client = client);
  tokens = () => this.saved;
  saveTokens = (tokens) => void (this.saved = tokens);
  codeVerifier = () => this.verifier;
  saveCodeVerifier = (verifier) => void (this.verifier = verifier);
  discoveryState = () => this.discovered;
  saveDiscoveryState = (discovered) => void (this.discovered = discovered);
  invalidateCredentials = (what) => void (what === "tokens" && (this.saved = undefined));
  redirectToAuthorization = (url) => say({ visit: url.href });
}
