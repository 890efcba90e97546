// One limiter of a Node library that the test suite has none of.
//
//     node more.mjs KIND LIMIT SECONDS [MORE]        (the functions below, by name)

import { spawn } from "node:child_process";
import cluster from "node:cluster";
import fs from "node:fs";
import http from "node:http";
import os from "node:os";
import path from "node:path";
import { announce, serve } from "./loopback.mjs";

const [kind, first, second, third] = process.argv.slice(2);
const [limit, seconds, more] = [first, second, third].map(Number);
const milliseconds = seconds * 1000;

// Serves a function that says whether a request is let in.
const plain = (admitted) =>
  serve(
    http.createServer(async (_, reply) => {
      const yes = await admitted();
      reply.statusCode = yes ? 200 : 429;
      reply.end(yes ? "hello" : "slow down");
    }),
  );

const passes = (promise) => promise.then(() => true, () => false);

// A Redis of our own on a Unix socket, and a client of it.
const redis = async () => {
  const { default: Redis } = await import("ioredis");
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "apictl-redis-"));
  const socket = path.join(folder, "redis.sock");
  const command = ["--port", "0", "--unixsocket", socket, "--save", "", "--dir", folder];
  const server = spawn("redis-server", command, { stdio: "ignore" });
  process.on("exit", () => {
    server.kill("SIGKILL");
    fs.rmSync(folder, { recursive: true, force: true });
  });
  process.on("SIGTERM", () => process.exit(0));
  while (!fs.existsSync(socket)) await new Promise((resolve) => setTimeout(resolve, 10));
  return new Redis({ path: socket });
};

// What @upstash/ratelimit asks of its own client, which speaks HTTP to a Redis that knows one flag of scripts more.
const upstash = async (algorithm, options = {}) => {
  const { Ratelimit } = await import("@upstash/ratelimit");
  const client = await redis();
  const limiter = new Ratelimit({
    redis: {
      eval: (script, keys, args) => client.eval(script.replace(/^#!.*/, ""), keys.length, ...keys, ...args),
      evalsha: async () => {
        throw new Error("NOSCRIPT");
      },
    },
    limiter: algorithm(Ratelimit),
    ...options,
  });
  plain(async () => (await limiter.limit("everybody")).success);
};

const kinds = {
  async koa() {
    const { default: Koa } = await import("koa");
    const { default: ratelimit } = await import("koa-ratelimit");
    const application = new Koa();
    application.use(ratelimit({ driver: "memory", db: new Map(), duration: milliseconds, max: limit }));
    application.use((context) => (context.body = "hello"));
    serve(http.createServer(application.callback()));
  },
  // Names the whole window in Retry-After, whenever it is asked.
  async koa2() {
    const { default: Koa } = await import("koa");
    const { RateLimit } = (await import("koa2-ratelimit")).default;
    const application = new Koa();
    application.use(RateLimit.middleware({ interval: milliseconds, max: limit }));
    application.use((context) => (context.body = "hello"));
    serve(http.createServer(application.callback()));
  },
  async hono() {
    const { Hono } = await import("hono");
    const { getRequestListener } = await import("@hono/node-server");
    const { rateLimiter } = await import("hono-rate-limiter");
    const application = new Hono();
    application.use(rateLimiter({ windowMs: milliseconds, limit, standardHeaders: third, keyGenerator: () => "everybody" }));
    application.get("/", (context) => context.text("hello"));
    serve(http.createServer(getRequestListener(application.fetch)));
  },
  async hapi() {
    const { default: Hapi } = await import("@hapi/hapi");
    const { default: limits } = await import("hapi-rate-limit");
    const server = Hapi.server({ host: "127.0.0.1", port: 0 });
    const options = { userLimit: false, pathLimit: limit, pathCache: { expiresIn: milliseconds } };
    await server.register({ plugin: limits, options });
    server.route({ method: "GET", path: "/", handler: () => "hello" });
    server.listener.keepAliveTimeout = 75_000;
    await server.start();
    announce(server.info.port);
  },
  // MORE: the length of a block, by default that of the window.
  async nest() {
    await import("reflect-metadata");
    const { Controller, Get, Module } = await import("@nestjs/common");
    const { NestFactory, APP_GUARD } = await import("@nestjs/core");
    const { ThrottlerModule, ThrottlerGuard } = await import("@nestjs/throttler");
    class Hello {
      get() {
        return "hello";
      }
    }
    Get()(Hello.prototype, "get", Object.getOwnPropertyDescriptor(Hello.prototype, "get"));
    Controller()(Hello);
    class All {}
    const throttle = { limit, ttl: milliseconds, ...(third && { blockDuration: more * 1000 }) };
    Module({
      imports: [ThrottlerModule.forRoot([throttle])],
      controllers: [Hello],
      providers: [{ provide: APP_GUARD, useClass: ThrottlerGuard }],
    })(All);
    const application = await NestFactory.create(All, { logger: false });
    const server = await application.listen(0, "127.0.0.1");
    server.keepAliveTimeout = 75_000;
    announce(server.address().port);
  },
  // Burst and rate a second.
  async limiter() {
    const { TokenBucket } = await import("limiter");
    const bucket = new TokenBucket({ bucketSize: limit, tokensPerInterval: seconds, interval: "second" });
    bucket.content = limit;
    plain(() => bucket.tryRemoveTokens(1));
  },
  async lambda() {
    const { default: make } = await import("lambda-rate-limiter");
    const limiter = make({ interval: milliseconds });
    plain(() => passes(limiter.check(limit, "everybody")));
  },
  async rolling() {
    const { InMemoryRateLimiter } = await import("rolling-rate-limiter");
    const limiter = new InMemoryRateLimiter({ interval: milliseconds, maxInInterval: limit });
    plain(async () => !(await limiter.limit("everybody")));
  },
  async bottleneck() {
    const { default: Bottleneck } = await import("bottleneck");
    const limiter = new Bottleneck({
      reservoir: limit,
      reservoirRefreshAmount: limit,
      reservoirRefreshInterval: milliseconds,
      highWater: 0,
      strategy: Bottleneck.strategy.OVERFLOW,
    });
    plain(() => passes(limiter.schedule(async () => {})));
  },
  async "upstash-fixed"() {
    await upstash((all) => all.fixedWindow(limit, `${seconds} s`));
  },
  // Its memory of who was refused, on unless it is turned off, would refuse until the clock's window ends.
  async "upstash-sliding"() {
    await upstash((all) => all.slidingWindow(limit, `${seconds} s`), { ephemeralCache: false });
  },
  // CAPACITY SECONDS TOKENS: so many tokens each time.
  async "upstash-bucket"() {
    await upstash((all) => all.tokenBucket(more, `${seconds} s`, limit));
  },
  async ratelimiter() {
    const { default: Limiter } = await import("ratelimiter");
    const limiter = new Limiter({ id: "everybody", db: await redis(), max: limit, duration: milliseconds });
    const get = () => new Promise((resolve, reject) => limiter.get((error, said) => (error ? reject(error) : resolve(said))));
    plain(async () => (await get()).remaining > 0);
  },
  async "async-ratelimiter"() {
    const { default: RateLimiter } = await import("async-ratelimiter");
    const limiter = new RateLimiter({ db: await redis(), max: limit, duration: milliseconds });
    plain(async () => (await limiter.get({ id: "everybody" })).remaining > 0);
  },
  async "rate-limit-redis"() {
    const { default: express } = await import("express");
    const { rateLimit } = await import("express-rate-limit");
    const { RedisStore } = await import("rate-limit-redis");
    const [application, client] = [express(), await redis()];
    const store = new RedisStore({ sendCommand: (...command) => client.call(...command) });
    application.use(rateLimit({ limit, windowMs: milliseconds, legacyHeaders: false, standardHeaders: "draft-7", store }));
    application.get("/", (_, reply) => reply.send("hello"));
    serve(http.createServer(application));
  },
  // BURST RATE: `2/s`
  async "express-throttle"() {
    const { default: express } = await import("express");
    const { default: throttle } = await import("express-throttle");
    const application = express();
    application.get("/", throttle({ burst: limit, rate: second }), (_, reply) => reply.send("hello"));
    serve(http.createServer(application));
  },
  async "express-throttle-period"() {
    const { default: express } = await import("express");
    const { default: throttle } = await import("express-throttle");
    const application = express();
    application.get("/", throttle({ burst: limit, period: `${seconds}s` }), (_, reply) => reply.send("hello"));
    serve(http.createServer(application));
  },
  // BURST RATE_PER_SECOND
  async restify() {
    const { default: restify } = await import("restify");
    const server = restify.createServer();
    server.use(restify.plugins.throttle({ burst: limit, rate: seconds, ip: true }));
    server.get("/", (_, reply, next) => (reply.send("hello"), next()));
    serve(server);
  },
  // LIMIT WORK_SECONDS
  async "restify-in-flight"() {
    const { default: restify } = await import("restify");
    const server = restify.createServer();
    server.pre(restify.plugins.inflightRequestThrottle({ limit, server }));
    server.get("/", (_, reply, next) => setTimeout(() => (reply.send("hello"), next()), milliseconds));
    serve(server);
  },
  async moleculer() {
    const { ServiceBroker } = (await import("moleculer")).default;
    const { default: gateway } = await import("moleculer-web");
    const broker = new ServiceBroker({ logger: false });
    broker.createService({ name: "greeter", actions: { hello: () => "hello" } });
    const service = broker.createService({
      mixins: [gateway],
      settings: {
        ip: "127.0.0.1",
        port: 0,
        path: "/",
        rateLimit: { window: milliseconds, limit, headers: third === "headers" },
        routes: [{ path: "/", aliases: { "GET /": "greeter.hello" } }],
      },
    });
    await broker.start();
    service.server.keepAliveTimeout = 75_000;
    announce(service.server.address().port);
  },
  async "fast-ratelimit"() {
    const { FastRateLimit } = (await import("fast-ratelimit")).default;
    const limiter = new FastRateLimit({ threshold: limit, ttl: seconds });
    plain(() => limiter.consumeSync("everybody"));
  },
  async elysia() {
    const { Elysia } = await import("elysia");
    const { node: adapter } = await import("@elysiajs/node");
    const { rateLimit } = await import("elysia-rate-limit");
    const application = new Elysia({ adapter: adapter() });
    application.use(rateLimit({ max: limit, duration: milliseconds, generator: () => "everybody" }));
    application.get("/", () => "hello");
    const node = { keepAliveTimeout: 75_000 };
    application.listen({ port: 0, hostname: "127.0.0.1", node }, ({ raw: { node: { server } } }) => {
      const ready = () => announce(server.address().port);
      server.listening ? ready() : server.on("listening", ready);
    });
  },
  // As the example of Next.js has it: the request that brings the count to the limit is refused.
  async next() {
    const { LRUCache } = await import("lru-cache");
    const tokens = new LRUCache({ max: 500, ttl: milliseconds });
    plain(() => {
      const count = tokens.get("everybody") || [0];
      if (count[0] === 0) tokens.set("everybody", count);
      count[0] += 1;
      return count[0] < limit;
    });
  },
  // Two limits that each count what the other refuses: LIMIT SECONDS LIMIT,SECONDS.
  async union() {
    const { RateLimiterMemory, RateLimiterUnion } = (await import("rate-limiter-flexible")).default;
    const [wide, wideSeconds] = third.split(",").map(Number);
    const limiter = new RateLimiterUnion(
      new RateLimiterMemory({ keyPrefix: "narrow", points: limit, duration: seconds }),
      new RateLimiterMemory({ keyPrefix: "wide", points: wide, duration: wideSeconds }),
    );
    plain(() => passes(limiter.consume("everybody")));
  },
  // Two of express-rate-limit on one route: LIMIT SECONDS LIMIT,SECONDS.
  async express2() {
    const { default: express } = await import("express");
    const { rateLimit } = await import("express-rate-limit");
    const application = express();
    const [wide, wideSeconds] = third.split(",").map(Number);
    application.use(rateLimit({ limit, windowMs: milliseconds, legacyHeaders: false }));
    application.use(rateLimit({ limit: wide, windowMs: wideSeconds * 1000, legacyHeaders: false }));
    application.get("/", (_, reply) => reply.send("hello"));
    serve(http.createServer(application));
  },
  // express-rate-limit in so many processes: LIMIT SECONDS PROCESSES.
  async cluster() {
    if (cluster.isPrimary) {
      // The system's choice who answers, as under systemd or in most process managers.
      cluster.schedulingPolicy = cluster.SCHED_NONE;
      let listening = 0;
      cluster.on("listening", (_, address) => ++listening === more && announce(address.port));
      for (let number = 0; number < more; number++) cluster.fork();
      return;
    }
    const { default: express } = await import("express");
    const { rateLimit } = await import("express-rate-limit");
    const application = express();
    application.use(rateLimit({ limit, windowMs: milliseconds, legacyHeaders: false }));
    application.get("/", (_, reply) => reply.send("hello"));
    const server = http.createServer(application);
    server.keepAliveTimeout = 75_000;
    server.listen(0, "127.0.0.1");
    process.on("disconnect", () => process.exit(0));
  },
};

await kinds[kind]();
