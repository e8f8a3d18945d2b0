// TypeScript client 2 connected by OAuth: MCP URL, callback and "legacy" or "auto" in; calls as often as it is told.
import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { Kept, hear, say } from "./talk.mjs";

const [url, callback, mode] = process.argv.slice(2);
const authProvider = new Kept(callback);
const transport = () => new StreamableHTTPClientTransport(new URL(url), { authProvider });
const options = mode === "auto" ? { versionNegotiation: { mode: "auto" } } : {};
const named = () => new Client({ name: "polis-tests", version: "1.0.0" }, options);

const first = transport();
await named().connect(first).catch((error) => {
  if (!authProvider.verifier) throw error; // it asked for a visit and could not connect yet
});
await first.finishAuth(new URLSearchParams(await hear()));

const client = named();
await client.connect(transport());
for (;;) {
  const called = (await client.callTool({ name: "polis_account", arguments: {} })).structuredContent;
  const version = client.getNegotiatedProtocolVersion();
  say({ called, version, tokens: authProvider.tokens(), client: authProvider.clientInformation() });
  await hear();
}
