//! The one HTTP client, shared by every command.
