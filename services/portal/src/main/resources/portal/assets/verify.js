// Checks in the reader's browser that an event is in the ledger: asks for its bytes, its proof and
// the log's key, and computes everything again (RFC 9162, 2.1.3.2). All words come from the page.
(() => {
  'use strict';

  const box = document.getElementById('verify');
  const asked = box.dataset;
  const button = box.querySelector('button');
  const steps = box.querySelector('ol');
  const verdict = box.querySelector('[role=status]');
  const words = box.querySelector('template').content;

  const word = name => words.querySelector(`[data-word="${name}"]`).textContent;

  class Failed extends Error {}
  class Unreachable extends Error {}

  const base64 = bytes => btoa(String.fromCharCode(...bytes));

  function fromBase64(text) {
    let bytes;
    try {
      bytes = Uint8Array.from(atob(text), c => c.charCodeAt(0));
    } catch {
      throw new Failed('form');
    }
    if (base64(bytes) !== text) throw new Failed('form');
    return bytes;
  }

  const utf8 = text => new TextEncoder().encode(text);

  function joined(...parts) {
    const all = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
    let at = 0;
    for (const part of parts) {
      all.set(part, at);
      at += part.length;
    }
    return all;
  }

  const sha256 = async (...parts) =>
    new Uint8Array(await crypto.subtle.digest('SHA-256', joined(...parts)));
  const node = (left, right) => sha256([1], left, right);

  async function read(address) {
    let answer;
    try {
      answer = await fetch(address, {
        cache: 'no-store', credentials: 'omit', redirect: 'error', signal: AbortSignal.timeout(20000),
      });
      if (answer.ok) return new Uint8Array(await answer.arrayBuffer());
    } catch {
      // No answer, or half of one: the same to the reader.
    }
    throw new Unreachable();
  }

  function text(bytes) {
    try {
      return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    } catch {
      throw new Failed('form');
    }
  }

  function json(bytes) {
    try {
      return JSON.parse(text(bytes));
    } catch {
      throw new Failed('form');
    }
  }

  function tell(kind, name, ...hashes) {
    const line = document.createElement('li');
    line.className = kind;
    line.append(word(name));
    for (const hash of hashes) {
      const code = document.createElement('code');
      code.dir = 'ltr';
      code.textContent = hash;
      line.append(' ', code);
    }
    steps.append(line);
  }

  function hold(holds, name, ...hashes) {
    if (!holds) throw new Failed(name);
    tell('good', name, ...hashes);
  }

  // A signed note whose text is a checkpoint: origin, size, root.
  function checkpoint(note) {
    const end = note.lastIndexOf('\n\n');
    const body = note.slice(0, end + 1);
    const lines = body.split('\n');
    if (end < 0 || lines.length < 4 || !/^(0|[1-9][0-9]{0,18})$/.test(lines[1])) {
      throw new Failed('form');
    }
    return {
      body, origin: lines[0], size: BigInt(lines[1]), root: lines[2],
      signatures: note.slice(end + 2).split('\n').filter(line => line),
    };
  }

  async function climb(leaf, index, size, path) {
    let at = index;
    let last = size - 1n;
    let hash = leaf;
    for (const written of path) {
      const sibling = fromBase64(written);
      if (last === 0n || sibling.length !== 32) throw new Failed('root');
      const left = (at & 1n) === 1n || at === last;
      hash = left ? await node(sibling, hash) : await node(hash, sibling);
      tell('step', left ? 'left' : 'right', written, '→', base64(hash));
      if (left) {
        while ((at & 1n) === 0n && at !== 0n) {
          at >>= 1n;
          last >>= 1n;
        }
      }
      at >>= 1n;
      last >>= 1n;
    }
    if (last !== 0n) throw new Failed('root');
    return hash;
  }

  // Whether the log's key signed it; null where this browser does not know Ed25519.
  async function signed(note, line) {
    const parts = /^([^+\s]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)\n?$/.exec(line);
    if (!parts || parts[1] !== note.origin) return false;
    const encoded = fromBase64(parts[3]);
    if (encoded.length !== 33 || encoded[0] !== 1) return false;
    const id = (await sha256(utf8(parts[1] + '\n'), encoded)).slice(0, 4);
    if (Array.from(id, b => b.toString(16).padStart(2, '0')).join('') !== parts[2]) return false;
    const start = `\u2014 ${parts[1]} `;
    const given = note.signatures
      .filter(signature => signature.startsWith(start))
      .map(signature => fromBase64(signature.slice(start.length)))
      .filter(bytes => id.every((b, i) => b === bytes[i]));
    let key;
    try {
      key = await crypto.subtle.importKey('raw', encoded.slice(1), 'Ed25519', false, ['verify']);
    } catch {
      return null;
    }
    for (const bytes of given) {
      if (!await crypto.subtle.verify('Ed25519', key, bytes.slice(4), utf8(note.body))) return false;
    }
    return given.length > 0;
  }

  async function check() {
    const entry = await read(asked.entry);
    const leaf = await sha256([0], entry);
    hold(json(entry).id === asked.event, 'event', asked.event);
    hold(base64(leaf) === asked.leaf, 'leaf', base64(leaf));
    const proof = json(await read(asked.proof));
    const note = checkpoint(String(proof.checkpoint));
    const index = BigInt(asked.index);
    hold(String(proof.index) === asked.index && index < note.size, 'index', `${index} < ${note.size}`);
    const root = await climb(leaf, index, note.size, Array.from(proof.path, String));
    hold(base64(root) === note.root, 'root', note.root);
    const key = text(await read(asked.key));
    const good = await signed(note, key);
    if (good === null) {
      tell('step', 'unknown-signature');
      return 'unsigned';
    }
    hold(good, 'signature', key.trim());
    return 'good';
  }

  function say(kind, name) {
    verdict.className = `notice ${kind}`;
    verdict.textContent = word(name);
  }

  let running = false;

  async function run() {
    if (running) return;
    running = true;
    steps.replaceChildren();
    say('going', 'running');
    try {
      const outcome = await check();
      say(outcome === 'good' ? 'good' : 'going', outcome);
    } catch (failure) {
      if (failure instanceof Unreachable) {
        say('going', 'unreachable');
      } else {
        // Whatever cannot be read as what it must be does not prove anything.
        const name = failure instanceof Failed ? failure.message : 'form';
        tell('bad', `not-${name}`);
        say('bad', 'bad');
      }
    }
    running = false;
  }

  box.querySelector('.without').hidden = true;
  if (window.isSecureContext && window.crypto?.subtle) {
    button.hidden = false;
    button.addEventListener('click', run);
  } else {
    say('going', 'insecure');
  }
})();
