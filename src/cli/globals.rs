//! The flags that every command takes.

use clap::Args;

/// Flags of every command. A value left out comes from the environment, `apictl.toml`, the user's file or a default.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Global options")]
pub(crate) struct Globals {
    /// The API's address; relative URLs are joined to it
    #[arg(long, global = true, value_name = "URL")]
    pub(crate) base_url: Option<String>,
    /// Which `[profile.NAME]` of the configuration files to use
    #[arg(long, global = true, value_name = "NAME")]
    pub(crate) profile: Option<String>,
    /// Act as this stored login, or as `anon`
    #[arg(long = "as", global = true, value_name = "NAME")]
    pub(crate) identity: Option<String>,
    /// How to write the answer: table, json or ndjson; some commands know more
    #[arg(long, global = true, value_name = "FORMAT")]
    pub(crate) format: Option<String>,
    /// When to use colours
    #[arg(long, global = true, value_name = "WHEN", value_parser = ["auto", "always", "never"])]
    pub(crate) color: Option<String>,
    /// Print errors only: no progress, summaries or warnings
    #[arg(short, long, global = true)]
    pub(crate) quiet: bool,
    /// Print each request and reply line, secrets redacted
    #[arg(short, long, global = true)]
    pub(crate) verbose: bool,
    /// Longest wait for a reply, and for each further part of it
    #[arg(long, global = true, value_name = "DURATION")]
    pub(crate) timeout: Option<String>,
    /// Longest wait for a connection
    #[arg(long, global = true, value_name = "DURATION", hide_short_help = true)]
    pub(crate) connect_timeout: Option<String>,
    /// Trust the certificate authorities in this PEM file, too
    #[arg(long, global = true, value_name = "FILE", hide_short_help = true)]
    pub(crate) cacert: Option<String>,
    /// Accept any TLS certificate
    #[arg(long, global = true, hide_short_help = true)]
    pub(crate) insecure: bool,
    /// Send requests through this proxy (http, https, socks5)
    #[arg(long, global = true, value_name = "URL", hide_short_help = true)]
    pub(crate) proxy: Option<String>,
    /// Add a header field to requests to the base URL's origin; repeatable
    #[arg(short = 'H', long, global = true, value_name = "NAME: VALUE")]
    pub(crate) header: Vec<String>,
    /// Send this User-Agent
    #[arg(long, global = true, value_name = "TEXT", hide_short_help = true)]
    pub(crate) user_agent: Option<String>,
    /// Connect from this source address
    #[arg(long, global = true, value_name = "IP", hide_short_help = true)]
    pub(crate) bind: Option<String>,
    /// Use this address for a host; repeatable
    #[arg(
        long,
        global = true,
        value_name = "HOST:PORT:ADDRESS",
        hide_short_help = true
    )]
    pub(crate) resolve: Vec<String>,
    /// Speak HTTP/2 from the first byte
    #[arg(long, global = true, hide_short_help = true)]
    pub(crate) http2_prior_knowledge: bool,
    /// Never show progress
    #[arg(long, global = true, hide_short_help = true)]
    pub(crate) no_progress: bool,
}
