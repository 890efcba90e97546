// @fastify/rate-limit: a fixed window from the first request, headers in delta seconds.
//
//     node fastify.mjs MAX WINDOW_MS [--continue-exceeding]
//
// With `--continue-exceeding` each refused request starts the window anew.

import Fastify from "fastify";
import rateLimit from "@fastify/rate-limit";
import { announce } from "./loopback.mjs";

const [max, window, option] = process.argv.slice(2);
const application = Fastify({ keepAliveTimeout: 75_000 });
await application.register(rateLimit, {
  max: Number(max),
  timeWindow: Number(window),
  continueExceeding: option === "--continue-exceeding",
});
application.get("/", async () => "hello");
await application.listen({ host: "127.0.0.1", port: 0 });
announce(application.server.address().port);
