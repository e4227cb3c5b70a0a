// What cannot be sent now stays on this device until it is: what was typed ("typed") and files that were chosen ("files").
const STORES = ["typed", "files"];
let opening;

function opened() {
  opening ??= new Promise((resolve, reject) => {
    const request = indexedDB.open("kept", 1);
    request.onupgradeneeded = () => STORES.forEach((name) => request.result.createObjectStore(name, { keyPath: "id", autoIncrement: true }));
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  return opening;
}

async function ask(store, mode, question) {
  const place = (await opened()).transaction(store, mode).objectStore(store);
  return new Promise((resolve, reject) => {
    const request = question(place);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

export const keep = (store, value) => ask(store, "readwrite", (place) => place.put(value));
export const drop = (store, id) => ask(store, "readwrite", (place) => place.delete(id));
export const find = (store, id) => ask(store, "readonly", (place) => place.get(id));
export const filesOf = async (owner) => (await ask("files", "readonly", (place) => place.getAll())).filter((kept) => kept.owner === owner);
