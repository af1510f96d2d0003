/** No event is longer; a stream that sends more without a line's end isn't ours. */
const LONGEST_LINE = 262_144;

/** Reads `text/event-stream` and gives each event's data, as text. Resolves at the end of the body: was there any? */
export async function readData(
  body: ReadableStream<Uint8Array>,
  onData: (data: string) => void,
): Promise<boolean> {
  const reader = body.getReader();
  const utf8 = new TextDecoder();
  let rest = "";
  let hasAny = false;
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    const lines = (rest + utf8.decode(part.value, { stream: true })).split("\n");
    rest = lines.pop() ?? "";
    if (rest.length > LONGEST_LINE) throw new RangeError("a line without an end");
    // One event is one `data:` line (docs/live-protocol.md); comments keep proxies from closing the connection.
    for (const line of lines.filter((given) => given.startsWith("data:"))) {
      hasAny = true;
      onData(line.slice(5));
    }
  }
  return hasAny;
}
