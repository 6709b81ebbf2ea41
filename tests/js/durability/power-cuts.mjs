// A disk that loses what was not synced. It listens to the file calls of the SQLite driver and of the store, and can write out
// what such a disk would hold at any moment. Directory entries are taken to be durable.
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { basename, join } from "node:path";

const SECTOR = 512;

/**
 * Records everything that is done to files below `directory` until `stop` is called. What is there already is durable. A disk
 * that `lies` says that the log is synced, and does nothing.
 */
export function recordDisk(directory, { lies = false } = {}) {
  const before = new Map(fs.readdirSync(directory).map((file) => [file, fs.readFileSync(join(directory, file))]));
  const events = [];
  const open = new Map();
  const original = {};
  const wrap = (name, listen) => {
    original[name] = fs[name];
    fs[name] = (...args) => {
      const result = original[name](...args);
      listen(result, ...args);
      return result;
    };
  };
  wrap("openSync", (descriptor, path) => {
    if (String(path).startsWith(directory)) open.set(descriptor, basename(path));
  });
  wrap("closeSync", (_, descriptor) => open.delete(descriptor));
  wrap("writeSync", (written, descriptor, buffer, offset, _length, position) => {
    const file = open.get(descriptor);
    if (file) events.push({ file, position, data: Buffer.from(buffer.subarray(offset, offset + written)) });
  });
  wrap("ftruncateSync", (_, descriptor, length) => {
    const file = open.get(descriptor);
    if (file) events.push({ file, length });
  });
  wrap("fsyncSync", (_, descriptor) => {
    const file = open.get(descriptor);
    if (file) events.push({ file, sync: true });
  });
  original.fdatasync = fs.fdatasync;
  fs.fdatasync = (descriptor, callback) => {
    const file = open.get(descriptor);
    if (!file || lies) return file ? setImmediate(callback, null) : original.fdatasync(descriptor, callback);
    // What is written meanwhile is not part of it.
    const covers = events.length;
    original.fdatasync(descriptor, (error) => {
      if (!error) events.push({ file, sync: true, covers });
      callback(error);
    });
  };
  wrap("unlinkSync", (_, path) => {
    if (String(path).startsWith(directory)) events.push({ file: basename(path), gone: true });
  });
  syncBuiltinESMExports();
  return {
    /** How much has happened so far. */
    get length() {
      return events.length;
    },
    syncs: () => events.filter(({ sync }) => sync).length,
    stop: () => {
      Object.assign(fs, original);
      syncBuiltinESMExports();
    },
    /** What there is after a cut behind `count` events. `keeps` says of each sector that was not synced whether it is there. */
    writeOut(count, target, keeps) {
      for (const [file, content] of contentsAt(before, events.slice(0, count), keeps))
        fs.writeFileSync(join(target, file), content);
    },
  };
}

function contentsAt(before, events, keeps) {
  const synced = new Map();
  events.forEach(({ file, sync, covers = Number.POSITIVE_INFINITY }, index) => {
    if (sync) synced.set(file, Math.max(synced.get(file) ?? 0, Math.min(index, covers)));
  });
  const contents = new Map(before);
  events.forEach((event, index) => {
    const { file } = event;
    const certain = index < (synced.get(file) ?? -1);
    const content = contents.get(file) ?? Buffer.alloc(0);
    if (event.gone) contents.delete(file);
    else if (event.length !== undefined) {
      if (certain || keeps()) contents.set(file, resized(content, event.length));
    } else if (event.data) contents.set(file, written(content, event, certain ? () => true : keeps));
  });
  return contents;
}

function written(content, { position, data }, keeps) {
  let result = content;
  for (let at = 0; at < data.length; at += SECTOR) {
    if (!keeps()) continue;
    const piece = data.subarray(at, at + SECTOR);
    const end = position + at + piece.length;
    if (result.length < end) result = resized(result, end);
    else if (result === content) result = Buffer.from(content);
    piece.copy(result, position + at);
  }
  return result;
}

function resized(content, length) {
  const result = Buffer.alloc(length);
  content.copy(result);
  return result;
}
