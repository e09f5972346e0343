/* Checks a copy of the report, a zip file or a folder, against the list of files in it. Nothing is sent anywhere: the file is read where
   it lies. It is written for a disk: no modules, no fetch, and a SHA-256 of its own, because some browsers keep theirs from such pages. */
window.Dossier = window.Dossier || {};
(function (dossier) {
  "use strict";
  var MANIFEST = "MANIFEST.json", SIGNATURE = "MANIFEST.json.minisig", FORM = "dossier package 1";
  var CHUNK = 1 << 22, MOST_MANIFEST = 1 << 28;

  // --- SHA-256 (FIPS 180-4), in pieces

  var K = (function () {
    var k = new Uint32Array(64), n = 0;
    for (var p = 2; n < 64; p++) {
      var prime = true;
      for (var d = 2; d * d <= p; d++) if (p % d === 0) { prime = false; break; }
      if (prime) k[n++] = (Math.cbrt(p) % 1) * 4294967296;
    }
    return k;
  })();
  var START = [0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19];

  function Sha256() {
    this.h = new Uint32Array(START);
    this.w = new Uint32Array(64);
    this.rest = new Uint8Array(64);
    this.held = 0;
    this.length = 0;
  }
  Sha256.prototype.add = function (bytes) {
    var at = 0;
    this.length += bytes.length;
    if (this.held) {
      at = Math.min(64 - this.held, bytes.length);
      this.rest.set(bytes.subarray(0, at), this.held);
      this.held += at;
      if (this.held < 64) return;
      this.block(this.rest, 0);
    }
    for (; at + 64 <= bytes.length; at += 64) this.block(bytes, at);
    this.rest.set(bytes.subarray(at));
    this.held = bytes.length - at;
  };
  Sha256.prototype.block = function (b, at) {
    var w = this.w, h = this.h, i, s, t;
    for (i = 0; i < 16; i++, at += 4) w[i] = b[at] << 24 | b[at + 1] << 16 | b[at + 2] << 8 | b[at + 3];
    for (; i < 64; i++) {
      s = w[i - 15]; t = w[i - 2];
      w[i] = w[i - 16] + w[i - 7] + ((s >>> 7 | s << 25) ^ (s >>> 18 | s << 14) ^ s >>> 3) + ((t >>> 17 | t << 15) ^ (t >>> 19 | t << 13) ^ t >>> 10);
    }
    var a = h[0], c1 = h[1], c2 = h[2], d = h[3], e = h[4], f = h[5], g = h[6], x = h[7];
    for (i = 0; i < 64; i++) {
      s = x + ((e >>> 6 | e << 26) ^ (e >>> 11 | e << 21) ^ (e >>> 25 | e << 7)) + (e & f ^ ~e & g) + K[i] + w[i] | 0;
      t = ((a >>> 2 | a << 30) ^ (a >>> 13 | a << 19) ^ (a >>> 22 | a << 10)) + (a & c1 ^ a & c2 ^ c1 & c2) | 0;
      x = g; g = f; f = e; e = d + s | 0; d = c2; c2 = c1; c1 = a; a = s + t | 0;
    }
    h[0] += a; h[1] += c1; h[2] += c2; h[3] += d; h[4] += e; h[5] += f; h[6] += g; h[7] += x;
  };
  Sha256.prototype.hex = function () {
    var bits = this.length, end = new Uint8Array(this.held < 56 ? 64 - this.held : 128 - this.held);
    end[0] = 0x80;
    var view = new DataView(end.buffer);
    view.setUint32(end.length - 8, Math.floor(bits / 0x20000000));
    view.setUint32(end.length - 4, bits << 3 >>> 0);
    this.add(end);
    return Array.prototype.map.call(this.h, function (n) { return ("0000000" + n.toString(16)).slice(-8); }).join("");
  };

  // --- reading

  function Problem(word, path) { this.word = word; this.path = path || ""; }

  function utf8(bytes) { return new TextDecoder("utf-8", { fatal: true }).decode(bytes); }

  async function bytesOf(blob) { return new Uint8Array(await blob.arrayBuffer()); }

  // eachChunk hands over the bytes of a file, and stops when there are more than there may be.
  async function eachChunk(file, most, take) {
    var seen = 0;
    function give(bytes) {
      seen += bytes.length;
      if (seen > most) throw new Problem("changed");
      take(bytes);
    }
    if (!file.deflated) {
      for (var at = 0; at < file.blob.size; at += CHUNK) give(await bytesOf(file.blob.slice(at, at + CHUNK)));
      return;
    }
    if (typeof DecompressionStream === "undefined") throw new Problem("no_inflate");
    var reader = file.blob.stream().pipeThrough(new DecompressionStream("deflate-raw")).getReader();
    try {
      for (;;) {
        var part = await reader.read();
        if (part.done) return;
        give(part.value);
      }
    } catch (e) {
      reader.cancel().catch(function () {});
      throw e instanceof Problem ? e : new Problem("damaged");
    }
  }

  // Package is what was chosen: files by their paths, and what is wrong with it as a whole.
  function Package() { this.files = new Map(); this.found = []; this.ignored = 0; }
  Package.prototype.find = function (word, path) { this.found.push(new Problem(word, path)); };
  Package.prototype.add = function (path, file) {
    if (!safe(path)) { this.find("unsafe", path); return; }
    var key = path.toLowerCase();
    if (this.files.has(path) || this.folded && this.folded.has(key)) { this.find("duplicate", path); return; }
    (this.folded = this.folded || new Set()).add(key);
    this.files.set(path, file);
  };

  function safe(path) {
    return path !== "" && !/[\\:\u0000-\u001f\u007f]/.test(path) &&
      path.split("/").every(function (part) { return part !== "" && part !== "." && part !== ".."; });
  }
  function system(path) { return /(^|\/)(\.DS_Store|\._[^/]*|thumbs\.db|desktop\.ini)$/i.test(path); }

  async function fromZip(blob) {
    var pack = new Package(), size = blob.size;
    if (size < 22) throw new Problem("not_zip");
    var end = new DataView((await bytesOf(blob.slice(size - 22))).buffer);
    if (end.getUint32(0, true) !== 0x06054b50 || end.getUint16(20, true) !== 0) throw new Problem("not_zip");
    var count = end.getUint16(10, true), length = end.getUint32(12, true), start = end.getUint32(16, true), until = size - 22;
    if (count === 0xffff || start === 0xffffffff) {
      if (size < 98) throw new Problem("not_zip");
      var large = new DataView((await bytesOf(blob.slice(size - 98, size - 22))).buffer);
      if (large.getUint32(0, true) !== 0x06064b50 || large.getUint32(56, true) !== 0x07064b50) throw new Problem("not_zip");
      count = long(large, 32); length = long(large, 40); start = long(large, 48); until = size - 98;
    }
    if (start + length !== until || length > MOST_MANIFEST) throw new Problem("not_zip");
    var list = await bytesOf(blob.slice(start, start + length)), view = new DataView(list.buffer), at = 0, top = null;
    for (var n = 0; n < count; n++) {
      if (at + 46 > length || view.getUint32(at, true) !== 0x02014b50) throw new Problem("not_zip");
      var entry = {
        flags: view.getUint16(at + 8, true), method: view.getUint16(at + 10, true), packed: view.getUint32(at + 20, true), size: view.getUint32(at + 24, true),
        mode: view.getUint16(at + 40, true), maker: view.getUint16(at + 4, true) >> 8, offset: view.getUint32(at + 42, true), blob: null
      };
      var nameEnd = at + 46 + view.getUint16(at + 28, true), name;
      try { name = utf8(list.subarray(at + 46, nameEnd)); } catch (e) { throw new Problem("not_zip"); }
      at = nameEnd + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
      if (name.slice(-1) === "/" && entry.size === 0 && safe(name.slice(0, -1))) continue;
      if (entry.size === 0xffffffff || entry.packed === 0xffffffff || entry.offset === 0xffffffff) throw new Problem("too_large");
      var slash = name.indexOf("/");
      if (top === null) top = name.slice(0, slash);
      var type = entry.maker === 3 ? entry.mode & 0xf000 : 0;
      if (slash <= 0 || name.slice(0, slash) !== top || type !== 0 && type !== 0x8000 || entry.flags & 1 || entry.method !== 0 && entry.method !== 8) {
        pack.find("unsafe", name);
        continue;
      }
      pack.add(name.slice(slash + 1), { size: entry.size, deflated: entry.method === 8, open: opener(blob, entry, name) });
    }
    if (at !== length) throw new Problem("not_zip");
    return pack;
  }
  function long(view, at) { return view.getUint32(at, true) + view.getUint32(at + 4, true) * 4294967296; }

  // opener finds the bytes of an entry behind what the entry says of itself, which has to bear the same name.
  function opener(blob, entry, name) {
    return async function () {
      var head = await bytesOf(blob.slice(entry.offset, entry.offset + 30));
      if (head.length < 30) throw new Problem("damaged");
      var view = new DataView(head.buffer), length = view.getUint16(26, true), data = entry.offset + 30 + length + view.getUint16(28, true);
      var own = await bytesOf(blob.slice(entry.offset + 30, entry.offset + 30 + length)), same = "";
      try { same = utf8(own); } catch (e) { /* then it is another name */ }
      if (view.getUint32(0, true) !== 0x04034b50 || same !== name) throw new Problem("damaged");
      return blob.slice(data, data + entry.packed);
    };
  }

  function fromFolder(list) {
    var pack = new Package(), paths = Array.prototype.map.call(list, function (f) { return f.webkitRelativePath; });
    var root = null;
    paths.forEach(function (p) {
      var m = /^([^/]+\/(?:[^/]+\/)?)MANIFEST\.json$/.exec(p);
      if (m && (root === null || m[1].length < root.length)) root = m[1];
    });
    if (root === null) throw new Problem("no_manifest");
    Array.prototype.forEach.call(list, function (file, i) {
      var path = paths[i];
      if (system(path)) { pack.ignored++; return; }
      if (path.slice(0, root.length) !== root) { pack.find("extra", path); return; }
      pack.add(path.slice(root.length), { size: file.size, deflated: false, open: function () { return file; } });
    });
    return pack;
  }

  // --- comparing

  async function hash(file, most) {
    var sha = new Sha256();
    await eachChunk({ blob: await file.open(), deflated: file.deflated }, most, function (bytes) { sha.add(bytes); });
    var length = sha.length; // of the file: the end of a SHA-256 counts too
    return { length: length, hex: sha.hex() };
  }

  async function readManifest(pack) {
    var file = pack.files.get(MANIFEST), parts = [], out = { about: null, files: [], fingerprint: "" };
    if (!file) throw new Problem("no_manifest");
    if (file.size > MOST_MANIFEST) throw new Problem("too_large", MANIFEST);
    var sha = new Sha256();
    await eachChunk({ blob: await file.open(), deflated: file.deflated }, file.size, function (bytes) { sha.add(bytes); parts.push(bytes); });
    var text = await bytesOf(new Blob(parts)), read;
    out.fingerprint = sha.hex();
    try { read = JSON.parse(utf8(text)); } catch (e) { throw new Problem("bad_manifest", MANIFEST); }
    if (!read || !read.about || typeof read.about.form !== "string" || !Array.isArray(read.files)) throw new Problem("bad_manifest", MANIFEST);
    if (read.about.form !== FORM) throw new Problem(/^dossier package /.test(read.about.form) ? "newer" : "bad_manifest", MANIFEST);
    var good = read.files.every(function (f, i) {
      return f && typeof f.path === "string" && safe(f.path) && f.path !== MANIFEST && f.path !== SIGNATURE && Number.isSafeInteger(f.size) && f.size >= 0 &&
        /^[0-9a-f]{64}$/.test(f.sha256) && (i === 0 || less(read.files[i - 1].path, f.path));
    });
    if (!good || !read.files.length) throw new Problem("bad_manifest", MANIFEST);
    out.about = read.about;
    out.files = read.files;
    return out;
  }
  // less compares as the bytes of UTF-8 compare.
  function less(a, b) {
    var x = Array.from(a), y = Array.from(b);
    for (var i = 0; i < x.length && i < y.length; i++) if (x[i] !== y[i]) return x[i].codePointAt(0) < y[i].codePointAt(0);
    return x.length < y.length;
  }

  async function check(pack, progress) {
    var m = await readManifest(pack), listed = new Set();
    for (var i = 0; i < m.files.length; i++) {
      var want = m.files[i], file = pack.files.get(want.path);
      listed.add(want.path);
      if (i % 16 === 0) await progress(i, m.files.length);
      if (!file) pack.find("missing", want.path);
      else if (file.size !== want.size) pack.find("changed", want.path);
      else {
        try {
          var got = await hash(file, want.size);
          if (got.hex !== want.sha256 || got.length !== want.size) pack.find("changed", want.path);
        } catch (e) {
          if (e instanceof Problem && e.word === "no_inflate") throw e;
          pack.find(e instanceof Problem ? e.word : "unreadable", want.path);
        }
      }
    }
    pack.files.forEach(function (file, path) {
      if (!listed.has(path) && path !== MANIFEST && path !== SIGNATURE) pack.find("extra", path);
    });
    return m;
  }

  // --- showing

  function show(box) {
    var words = JSON.parse(document.getElementById("verify-words").textContent), running = 0;
    function say(word, values) {
      return String(words[word] || word).replace(/\{(\w+)\}/g, function (all, key) { return values && key in values ? String(values[key]) : all; });
    }
    function get(selector) { return box.querySelector(selector); }
    function fill(selector, text) { get(selector).textContent = text; }

    function clear() {
      get(".verify-answer").hidden = get(".verify-print").hidden = get(".verify-found").hidden = true;
      get(".verify-facts").textContent = get(".verify-found ul").textContent = "";
      get("#verify-other").value = "";
      fill(".verify-same", "");
    }
    function fact(name, value) {
      if (value === undefined || value === "") return;
      var dt = document.createElement("dt"), dd = document.createElement("dd");
      dt.textContent = name;
      dd.textContent = value;
      dd.dir = "auto";
      get(".verify-facts").append(dt, dd);
    }
    function list(found) {
      var ul = get(".verify-found ul"), most = 200;
      found.slice(0, most).forEach(function (p) {
        var li = document.createElement("li");
        if (p.path) {
          var code = document.createElement("code");
          code.textContent = p.path.replace(/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069]/g, "\ufffd");
          li.append(code, " ");
        }
        li.append(say(p.word));
        ul.append(li);
      });
      if (found.length > most) ul.append(Object.assign(document.createElement("li"), { textContent: say("more", { n: found.length - most }) }));
      get(".verify-found").hidden = found.length === 0;
    }
    function answer(verdict, found) {
      get(".verify-answer").setAttribute("data-verdict", verdict);
      fill("#verify-verdict", say(verdict));
      fill(".verify-means", say(verdict + "_means"));
      list(found);
      get(".verify-answer").hidden = false;
      fill(".verify-status", "");
      get("#verify-verdict").focus();
    }
    function report(pack, m) {
      var a = m.about;
      fact(say("report"), a.title);
      fact(say("as_of"), a.as_of);
      fact(say("built"), a.built);
      if (a.audience !== "public") fact(say("audience"), a.audience);
      if (Array.isArray(a.part)) fact(say("part"), a.part.join(", "));
      fact(say("files"), m.files.length);
      fact(say("signature"), say(pack.files.has(SIGNATURE) ? "signature_there" : "signature_missing"));
      if (pack.ignored) fact(say("ignored"), pack.ignored);
      fill(".verify-code", m.fingerprint);
      get(".verify-print").hidden = false;
    }

    async function run(open) {
      var mine = ++running, pack = null, m = null;
      function progress(i, n) {
        if (mine !== running) throw new Problem("stopped");
        fill(".verify-status", say("progress", { i: i, n: n }));
        return new Promise(function (done) { setTimeout(done, 0); });
      }
      clear();
      fill(".verify-status", say("reading"));
      try {
        pack = await open();
        m = await check(pack, progress);
        if (mine !== running) return;
        report(pack, m);
        answer(pack.found.length ? "broken" : "intact", pack.found);
      } catch (e) {
        if (mine === running) answer(e instanceof Problem && e.word === "damaged" ? "broken" : "none", [e instanceof Problem ? e : new Problem("unreadable")]);
      }
    }

    function choose(id, other, open) {
      var input = document.getElementById(id);
      input.addEventListener("change", function () {
        if (!input.files.length) return;
        document.getElementById(other).value = "";
        run(function () { return open(input.files); });
      });
    }
    choose("verify-zip", "verify-folder", function (files) { return fromZip(files[0]); });
    choose("verify-folder", "verify-zip", fromFolder);
    get("#verify-other").addEventListener("input", function () {
      var typed = this.value.toLowerCase().replace(/[^0-9a-f]/g, "");
      fill(".verify-same", typed.length < 64 ? "" : say(typed === get(".verify-code").textContent ? "same" : "differs"));
    });
    box.hidden = false;
  }

  dossier.sha256 = function (bytes) { var s = new Sha256(); s.add(bytes); return s.hex(); };
  document.addEventListener("DOMContentLoaded", function () {
    var box = document.getElementById("verify");
    if (box) show(box);
  });
})(window.Dossier);
