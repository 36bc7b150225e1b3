// What lies on this phone, in IndexedDB. Content lies sealed (seal.js): in the clear are only the
// keys, whose it is (a name that says nothing), the order and the state, which every page may ask.
//   queue    sessions to be sent, and those sent in the last days
//   photos   their photographs, each until the server has it
//   accounts who is signed in: the key that seals, and what the form needs without signal
//   drafts   what is being typed, one for each account
const NAME = "tcns";
const STORES = { queue: "key", photos: "key", accounts: "owner", drafts: "owner" };
let opened;

function open() {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => {
      for (const [name, keyPath] of Object.entries(STORES)) request.result.createObjectStore(name, { keyPath });
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => { opened = undefined; reject(request.error); };
  });
  return opened;
}

// One transaction; resolves once it is on the disk, so that nobody is told "saved" before it is.
async function within(names, mode, ask) {
  const database = await open();
  return new Promise((resolve, reject) => {
    let request;
    const transaction = database.transaction(names, mode, { durability: "strict" });
    transaction.oncomplete = () => resolve(request?.result);
    transaction.onabort = transaction.onerror = () => reject(transaction.error ?? request?.error);
    try {
      request = ask((name) => transaction.objectStore(name));
    } catch (error) {
      reject(error);
      transaction.abort();
    }
  });
}

export const get = (name, key) => within(name, "readonly", (store) => store(name).get(key));
export const all = (name) => within(name, "readonly", (store) => store(name).getAll());
export const put = (name, value) => change([[name, value]]);
export const remove = (name, key) => change([], [[name, key]]);

// All of it or nothing, wherever it is cut off: what to put, as [store, value], and what to take
// away, as [store, key].
export function change(puts, removals = []) {
  const names = new Set([...puts, ...removals].map(([name]) => name));
  return within([...names], "readwrite", (store) => {
    for (const [name, value] of puts) store(name).put(value);
    for (const [name, key] of removals) store(name).delete(key);
  });
}

// Whether the phone has no room left for what was to be put.
export const isFull = (error) => error?.name === "QuotaExceededError";
