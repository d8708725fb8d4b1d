import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Duplex } from "node:stream";
import { TLSSocket } from "node:tls";
import { generate } from "selfsigned";
import type { Twin } from "../kit/index.ts";
import { upstashHost } from "./http.ts";

export interface UpstashProxy {
  url: string;
  /** The certificate authority that its clients must trust: a PEM file, removed by `stop`. */
  caFile: string;
  /** Environment that makes a Go program (Upstash's provider plugin) use it. Go reads `SSL_CERT_FILE` on Linux. */
  env: { HTTPS_PROXY: string; SSL_CERT_FILE: string; NO_PROXY: string };
  stop(): Promise<void>;
}

/**
 * An HTTPS proxy that redirects `api.upstash.com` to the twin: the real provider plugin has no setting for another
 * address, but honours `HTTPS_PROXY`. Connections to other hosts are refused, so that nothing leaves the machine
 * through it.
 */
export async function startUpstashProxy(twin: Pick<Twin, "port">): Promise<UpstashProxy> {
  const { authority, key, cert } = await certificates();
  const folder = mkdtempSync(join(tmpdir(), "upstash-proxy-"));
  const caFile = join(folder, "ca.pem");
  writeFileSync(caFile, authority);

  const open = new Set<Duplex>();
  const track = <S extends Duplex>(socket: S): S => {
    open.add(socket);
    socket.on("error", () => socket.destroy()).on("close", () => open.delete(socket));
    return socket;
  };
  const server = createServer((_, response) => {
    response.writeHead(405).end("This proxy takes CONNECT only.\n");
  });
  server.on("connect", (request, socket: Socket) => {
    track(socket);
    if (request.url?.split(":")[0] !== upstashHost) {
      socket.end(`HTTP/1.1 502 Bad Gateway\r\n\r\nThis proxy stands for ${upstashHost} alone.\n`);
      return;
    }
    socket.write("HTTP/1.1 200 Connection Established\r\n\r\n");
    const clear = track(new TLSSocket(socket, { isServer: true, key, cert, ALPNProtocols: ["http/1.1"] }));
    const upstream = track(connect(twin.port, "127.0.0.1"));
    clear.pipe(upstream).pipe(clear);
    clear.on("close", () => upstream.destroy());
    upstream.on("close", () => clear.destroy());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    url,
    caFile,
    env: { HTTPS_PROXY: url, SSL_CERT_FILE: caFile, NO_PROXY: "127.0.0.1,localhost" },
    async stop() {
      if (!server.listening) return;
      const closed = once(server, "close");
      server.close();
      for (const socket of open) socket.destroy();
      await closed;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A certificate authority created for this run, and its certificate for Upstash's host. */
async function certificates(): Promise<{ authority: string; key: string; cert: string }> {
  const authority = await generate([{ name: "commonName", value: "Local twin authority" }], {
    keyType: "ec",
    algorithm: "sha256",
    extensions: [
      { name: "basicConstraints", cA: true, critical: true },
      { name: "keyUsage", keyCertSign: true, cRLSign: true, critical: true },
    ],
  });
  const { private: key, cert } = await generate([{ name: "commonName", value: upstashHost }], {
    keyType: "ec",
    algorithm: "sha256",
    ca: { key: authority.private, cert: authority.cert },
    extensions: [
      { name: "basicConstraints", cA: false },
      { name: "keyUsage", digitalSignature: true, critical: true },
      { name: "extKeyUsage", serverAuth: true },
      { name: "subjectAltName", altNames: [{ type: 2, value: upstashHost }] },
    ],
  });
  return { authority: authority.cert, key, cert };
}
