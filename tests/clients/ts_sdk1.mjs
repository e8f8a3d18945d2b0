// TypeScript SDK, the old line: URL, token, tool, arguments in; one JSON line out.
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";

const [url, token, tool, args] = process.argv.slice(2);
const client = new Client({ name: "polis-tests", version: "1.0.0" });
const transport = new StreamableHTTPClientTransport(new URL(url), {
  requestInit: { headers: { Authorization: `Bearer ${token}` } },
});
await client.connect(transport);
const { tools } = await client.listTools();
const called = await client.callTool({ name: tool, arguments: JSON.parse(args) });
await client.close();
console.log(
  JSON.stringify({
    version: transport.protocolVersion,
    tools: tools.map((one) => one.name),
    structured: called.structuredContent,
    is_error: called.isError ?? false,
  }),
);
