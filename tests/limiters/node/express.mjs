// express-rate-limit: a fixed window from the first request; refused requests count but change nothing.
//
//     node express.mjs LIMIT WINDOW_MS [legacy|draft-6|draft-7|draft-8|none]

import http from "node:http";
import express from "express";
import { rateLimit } from "express-rate-limit";
import { serve } from "./loopback.mjs";

const [limit, window, headers = "none"] = process.argv.slice(2);
const application = express();
application.use(
  rateLimit({
    limit: Number(limit),
    windowMs: Number(window),
    legacyHeaders: headers === "legacy",
    standardHeaders: headers.startsWith("draft-") ? headers : false,
  }),
);
application.get("/", (_, reply) => reply.send("hello"));
serve(http.createServer(application));
