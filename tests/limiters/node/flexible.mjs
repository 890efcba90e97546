// rate-limiter-flexible in memory: a fixed window from the first request.
//
//     node flexible.mjs POINTS SECONDS [BLOCK_SECONDS]
//
// With BLOCK_SECONDS the first request too many shuts the client out for that long.

import http from "node:http";
import { RateLimiterMemory } from "rate-limiter-flexible";
import { serve } from "./loopback.mjs";

const [points, duration, blockDuration = 0] = process.argv.slice(2).map(Number);
const limiter = new RateLimiterMemory({ points, duration, blockDuration });

const server = http.createServer(async (request, reply) => {
  try {
    await limiter.consume(request.socket.remoteAddress);
    reply.end("hello");
  } catch (refusal) {
    reply.statusCode = 429;
    reply.setHeader("Retry-After", Math.ceil(refusal.msBeforeNext / 1000));
    reply.end("too many requests");
  }
});
serve(server);
