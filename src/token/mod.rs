//! Token pairs from a server: obtain, refresh, verify, revoke, store.
