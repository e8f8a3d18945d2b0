// TypeScript SDK, the old line, connected by OAuth: MCP URL and callback in; calls as often as it is told.
import { UnauthorizedError } from "@modelcontextprotocol/sdk/client/auth.js";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { Kept, hear, say } from "./talk.mjs";

const [url, callback] = process.argv.slice(2);
const authProvider = new Kept(callback);
const transport = () => new StreamableHTTPClientTransport(new URL(url), { authProvider });
const named = () => new Client({ name: "polis-tests", version: "1.0.0" });

const first = transport();
await named().connect(first).catch((error) => {
  if (!(error instanceof UnauthorizedError)) throw error;
});
await first.finishAuth((await hear()).code);

const second = transport();
const client = named();
await client.connect(second);
for (;;) {
  const called = (await client.callTool({ name: "polis_account", arguments: {} })).structuredContent;
  const version = second.protocolVersion;
  say({ called, version, tokens: authProvider.tokens(), client: authProvider.clientInformation() });
  await hear();
}
