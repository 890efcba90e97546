//! Clients with a connection of their own each: what a measurement sends through.

use std::net::IpAddr;
use std::sync::Arc;

use crate::cli::context::Context;
use crate::cli::failure::Failure;
use crate::http::{Client, Dialer, Network, Settings, Url, Wire};

/// Makes connections: direct ones, which tell when bytes left and came, or through a proxy where one is set.
pub(super) enum Sender {
    Direct(Box<Dialer>),
    Proxied(Box<Settings>),
}

impl Sender {
    /// For requests to `url`. A proxy of the environment is not used for this machine.
    pub(super) fn new(ctx: &Context, url: &Url) -> Result<Self, Failure> {
        let settings = Settings {
            compress: false,
            ..ctx.network_settings()?
        };
        let of_environment = || {
            ["http_proxy", "https_proxy", "all_proxy"]
                .iter()
                .any(|name| {
                    let environment = &ctx.environment;
                    environment.variable(name).is_some()
                        || environment.variable(&name.to_uppercase()).is_some()
                })
        };
        if settings.proxy.is_some() || (!is_local(url) && of_environment()) {
            return Ok(Self::Proxied(Box::new(settings)));
        }
        let dialer = Dialer::new(settings)?;
        dialer.set_up(url.scheme())?;
        Ok(Self::Direct(Box::new(dialer)))
    }

    /// The same client on a new connection, from another source address or over HTTP/2 where asked for; `None`
    /// where that cannot be had.
    pub(super) fn connection(
        &self,
        client: &Client,
        source: Option<IpAddr>,
        http2: bool,
    ) -> Option<Client> {
        match self {
            Self::Direct(dialer) => {
                let mut dialer = Dialer::clone(dialer);
                if let Some(source) = source {
                    dialer = dialer.bound_to(source);
                }
                if http2 {
                    dialer = dialer.over_http2();
                }
                let wire = Wire::new(dialer);
                Some(client.clone().with_transport(Arc::new(wire)))
            }
            Self::Proxied(settings) => {
                let mut settings = Settings::clone(settings);
                settings.bind = source.or(settings.bind);
                settings.http2_prior_knowledge |= http2;
                let network = Network::new(&settings).ok()?;
                Some(client.clone().with_transport(Arc::new(network)))
            }
        }
    }
}

/// Whether a URL names this machine.
pub(super) fn is_local(url: &Url) -> bool {
    match url.host() {
        Some(url::Host::Ipv4(address)) => address.is_loopback(),
        Some(url::Host::Ipv6(address)) => address.is_loopback(),
        Some(url::Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        None => false,
    }
}
