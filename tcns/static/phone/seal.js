// What one account keeps is unreadable to the next on the same phone: sealed with AES-GCM under a
// key that the server gives to whoever is signed in. Scripts cannot read that key out again.
export async function keyFrom(base64) {
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  return crypto.subtle.importKey("raw", bytes, "AES-GCM", false, ["encrypt", "decrypt"]);
}

export async function sealBytes(key, bytes) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  return { iv, bytes: await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, bytes) };
}

export const openBytes = (key, sealed) =>
  crypto.subtle.decrypt({ name: "AES-GCM", iv: sealed.iv }, key, sealed.bytes);

export const seal = (key, value) => sealBytes(key, new TextEncoder().encode(JSON.stringify(value)));

export async function unseal(key, sealed) {
  return JSON.parse(new TextDecoder().decode(await openBytes(key, sealed)));
}
