//! Rate limiters seen from outside: traces, models, probing and inference.
