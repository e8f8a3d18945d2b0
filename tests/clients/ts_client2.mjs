// TypeScript client 2: URL, token, tool, arguments and "legacy" or "auto" in; one JSON line out.
import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";

const [url, token, tool, args, mode] = process.argv.slice(2);
const options = mode === "auto" ? { versionNegotiation: { mode: "auto" } } : {};
const client = new Client({ name: "polis-tests", version: "1.0.0" }, options);
const transport = new StreamableHTTPClientTransport(new URL(url), {
  requestInit: { headers: { Authorization: `Bearer ${token}` } },
});
await client.connect(transport);
const { tools } = await client.listTools();
const called = await client.callTool({ name: tool, arguments: JSON.parse(args) });
const version = client.getNegotiatedProtocolVersion();
await client.close();
console.log(
  JSON.stringify({
    version,
    tools: tools.map((one) => one.name),
    structured: called.structuredContent,
    is_error: called.isError ?? false,
  }),
);
