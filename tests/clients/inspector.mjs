// Inspector on the command line: URL, token, tool, arguments and era in; one JSON line out.
// Without a token it is given the URL alone.
// It does not say which revision it settled on, so the shape of the result has to.
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const [url, token, tool, args, era] = process.argv.slice(2);
const command = fileURLToPath(
  new URL("node_modules/@modelcontextprotocol/inspector/clients/launcher/build/index.js", import.meta.url),
);

function inspect(...options) {
  const header = token ? ["--header", `Authorization: Bearer ${token}`] : [];
  const words = ["--cli", url, "--transport", "http", ...header];
  const how = ["--stored-auth-only", "--protocol-era", era, "--format", "json", "--quiet"];
  const output = execFileSync(process.execPath, [command, ...words, ...how, ...options]);
  return JSON.parse(output.toString()).result;
}

const { tools } = inspect("--method", "tools/list", "--strict");
const called = inspect("--method", "tools/call", "--tool-name", tool, "--tool-args-json", args);
console.log(
  JSON.stringify({
    era: called.resultType === "complete" ? "modern" : "legacy",
    tools: tools.map((one) => one.name),
    structured: called.structuredContent,
    is_error: called.isError ?? false,
  }),
);
