// nginx as a reverse proxy, where it is found or can be installed from Debian's packages.

import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { installFromDebian } from "../../scripts/debian.mjs";
import { freePort } from "../../tests/js/support/free-port.mjs";

const PLACES = ["/usr/sbin/nginx", "/usr/local/sbin/nginx", "/usr/bin/nginx"];

/** A running nginx that passes everything on, or `undefined` where there is none. */
export async function startNginx(upstreamPort) {
  const command = find() ?? install();
  if (command === undefined) return undefined;
  const directory = mkdtempSync(join(tmpdir(), "interven-nginx-"));
  const port = await freePort();
  writeFileSync(join(directory, "nginx.conf"), configuration(directory, port, upstreamPort));
  const server = spawn(command, ["-p", directory, "-c", "nginx.conf", "-e", "stderr"], { stdio: "ignore" });
  const end = () => {
    server.kill();
    rmSync(directory, { recursive: true, force: true });
  };
  process.on("exit", end);
  await reachable(port);
  return { port, end };
}

const configuration = (directory, port, upstreamPort) => `
daemon off;
worker_processes 1;
pid ${directory}/nginx.pid;
events {}
http {
  access_log off;
  client_body_temp_path ${directory}/body;
  proxy_temp_path ${directory}/proxy;
  fastcgi_temp_path ${directory}/fastcgi;
  uwsgi_temp_path ${directory}/uwsgi;
  scgi_temp_path ${directory}/scgi;
  client_body_buffer_size 1m;
  keepalive_requests 1000000;
  upstream notes { server 127.0.0.1:${upstreamPort}; keepalive 32; keepalive_requests 1000000; }
  server {
    listen 127.0.0.1:${port};
    location / {
      proxy_pass http://notes;
      proxy_http_version 1.1;
      proxy_set_header Connection "";
    }
  }
}
`;

const find = () => PLACES.find((path) => existsSync(path));

function install() {
  return installFromDebian("nginx", ["nginx-light"]) ? find() : undefined;
}

async function reachable(port) {
  for (let tries = 0; tries < 100; tries++) {
    const reached = await new Promise((resolve) => {
      const socket = connect(port, "127.0.0.1", () => {
        socket.destroy();
        resolve(true);
      });
      socket.on("error", () => resolve(false));
    });
    if (reached) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error("nginx does not listen");
}
