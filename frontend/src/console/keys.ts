/**
 * The helper's key pair for one duty, kept in IndexedDB so that a reload of the console opens the running talk again.
 *
 * The private key can't be read out of the browser, not even by us. What is kept is named by the duty's code; pairs of
 * other duties are deleted at the next start, this one at sign-out. Where the browser denies storage the pair lives
 * in memory, and a reload can't open what was sealed to it.
 */
import { type DutyKeyPair, newDutyKeyPair } from "../crypto/index.js";

const DATABASE = "suoja-duty";
const STORE = "pairs";

/** The duty's pair: the kept one, or a new one that is kept from now on. Deletes the pairs of other duties. */
export async function dutyKeyPair(duty: string): Promise<DutyKeyPair> {
  let database: IDBDatabase | undefined;
  try {
    database = await openDatabase();
    await deleteOthers(database, duty);
    return (await keptPair(database, duty)) ?? (await keepPair(database, duty, await newDutyKeyPair()));
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
    return newDutyKeyPair();
  } finally {
    database?.close();
  }
}

/** Deletes every pair. Never throws: signing out must not fail on a browser's storage. */
export async function forgetDutyKeys(): Promise<void> {
  try {
    const database = await openDatabase();
    await done(store(database, "readwrite").clear());
    database.close();
  } catch {
    // Storage was denied, so there is nothing to delete; and a pair that stays opens nothing once its duty is over.
  }
}

function keptPair(database: IDBDatabase, duty: string): Promise<DutyKeyPair | undefined> {
  return done<DutyKeyPair | undefined>(store(database, "readonly").get(duty));
}

/** Of two tabs that start at once the first one's pair counts: the read and the write are one transaction. */
async function keepPair(database: IDBDatabase, duty: string, pair: DutyKeyPair): Promise<DutyKeyPair> {
  const pairs = store(database, "readwrite");
  const first = await done<DutyKeyPair | undefined>(pairs.get(duty));
  if (first) return first;
  await done(pairs.put(pair, duty));
  return pair;
}

async function deleteOthers(database: IDBDatabase, duty: string): Promise<void> {
  const pairs = store(database, "readwrite");
  for (const key of await done(pairs.getAllKeys())) if (key !== duty) await done(pairs.delete(key));
}

function store(database: IDBDatabase, mode: IDBTransactionMode): IDBObjectStore {
  return database.transaction(STORE, mode).objectStore(STORE);
}

function openDatabase(): Promise<IDBDatabase> {
  // A page whose storage is blocked throws here at once, in Firefox as an error event.
  const request = indexedDB.open(DATABASE, 1);
  request.onupgradeneeded = () => request.result.createObjectStore(STORE);
  return done(request);
}

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new DOMException("no storage", "UnknownError"));
  });
}
