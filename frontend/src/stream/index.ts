/** The one door to the stream: events in, in order and without gaps; messages out, once each. No page, no crypto. */
export { Backoff } from "./backoff.js";
export { Log, type LogOptions } from "./log.js";
export { Outbox, type OutboxOptions } from "./outbox.js";
export { openStream, type Stream, type StreamOptions, type StreamState } from "./stream.js";
