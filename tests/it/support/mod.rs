//! Helpers of the tests: the binary under test, servers, a clean home.
