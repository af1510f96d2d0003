/** The one door to the wire: types of every command, answer and event, and the way to send and read them. */
export {
  type AcceptAnswer,
  type Answer,
  type Body,
  type Call,
  type CommandName,
  type Commands,
  type DutyAnswer,
  MAX_MESSAGES_PER_SAY,
  MAX_REQUEST_BYTES,
  type Numbers,
  type Opened,
  PROTOCOL,
  type ReadAnswer,
  type Resumed,
  type SealedMessage,
} from "./commands.js";
export { decodeEvent, isNumbered } from "./decode.js";
export { Refused, Unreachable } from "./errors.js";
export type {
  Accepted,
  AnyEvent,
  Bye,
  ConversationOpened,
  ConversationState,
  Ended,
  EndedHow,
  Ending,
  Heartbeat,
  Hello,
  KeySealed,
  Language,
  NumberedEvent,
  Queue,
  Said,
  Snapshot,
  Waiting,
  WaitingVisitor,
  Writing,
} from "./events.js";
export { post, refusal, request } from "./post.js";
