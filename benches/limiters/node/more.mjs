// One limiter of a Node library that the test suite has none of.
//
//     node more.mjs KIND LIMIT SECONDS [MORE]        (the functions below, by name)

import http from "node:http";
import cluster from "node:cluster";
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
