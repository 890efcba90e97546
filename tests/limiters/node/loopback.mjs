// Serves on a free loopback port, prints `ready PORT`, and dies with its parent: when standard input closes.

export function announce(port) {
  console.log(`ready ${port}`);
  process.stdin.resume();
  process.stdin.on("close", () => process.exit(0));
}

// For an Express application or a plain handler of `node:http`.
export function serve(server) {
  server.keepAliveTimeout = 75_000;
  server.listen(0, "127.0.0.1", () => announce(server.address().port));
}
