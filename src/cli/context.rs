//! What every command is handed: settings, the client, the terminal, the clock.

use std::future::Future;
use std::io::{IsTerminal, Write};
use std::sync::{Arc, Mutex, PoisonError};

use jiff::Timestamp;

use super::config::Settings;
use super::environment::Environment;
use super::failure::{Exit, Failure};
use super::runtime::{interruption, run};
use crate::http::{
    Client, Event, Network, Observer, Url, absolute, join, shown_headers, shown_url,
};
use crate::token::{Store, Underway, Wish};
use crate::ui::{Format, Look, Progress, Report, Tone, render};

/// The surroundings of one run of one command.
pub(crate) struct Context {
    /// The settings in force.
    pub(crate) settings: Settings,
    /// Variables and folders.
    pub(crate) environment: Environment,
    out: Look,
    err: Look,
    /// Refreshes of logins, which an interruption waits for.
    pub(crate) underway: Underway,
    /// Origins that go without what is meant for the base URL's, and were named already.
    bare: Arc<Mutex<Vec<String>>>,
}

/// Who a command acts as when nobody said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fallback {
    /// Nobody: probing and permission checks name their identity.
    Anonymous,
    /// The login last obtained for the base URL's origin, else nobody.
    Current,
}

impl Context {
    /// Looks at the terminal.
    pub(crate) fn new(settings: Settings, environment: Environment) -> Self {
        let look = |terminal: bool, width: Option<u16>| Look {
            color: match settings.color.as_str() {
                "always" => true,
                "never" => false,
                _ if environment.is_set("NO_COLOR") => false,
                _ if environment
                    .variable("CLICOLOR_FORCE")
                    .is_some_and(|value| value != "0" && !value.is_empty()) =>
                {
                    true
                }
                _ => terminal && environment.variable("TERM") != Some("dumb"),
            },
            width: width.filter(|_| terminal),
        };
        let width = terminal_width();
        let out = look(std::io::stdout().is_terminal(), width);
        let err = look(std::io::stderr().is_terminal(), width);
        Self {
            settings,
            environment,
            out,
            err,
            underway: Underway::default(),
            bare: Arc::default(),
        }
    }

    /// The same surroundings for another identity.
    pub(crate) fn acting_as(&self, identity: &str) -> Self {
        let mut settings = self.settings.clone();
        settings.identity = Some(identity.to_owned());
        Self {
            settings,
            environment: self.environment.clone(),
            out: self.out,
            err: self.err,
            underway: self.underway.clone(),
            bare: Arc::clone(&self.bare),
        }
    }

    /// How standard output may look.
    pub(crate) fn look(&self) -> &Look {
        &self.out
    }

    /// How standard error may look.
    pub(crate) fn err_look(&self) -> &Look {
        &self.err
    }

    /// The wall clock.
    #[expect(
        clippy::unused_self,
        reason = "commands reach the process through their context alone"
    )]
    pub(crate) fn now(&self) -> Timestamp {
        Timestamp::now()
    }

    /// The wall clock, to be read again and again.
    #[expect(
        clippy::unused_self,
        clippy::disallowed_methods,
        reason = "commands reach the process, and so its clock, through their context alone"
    )]
    pub(crate) fn clock(&self) -> fn() -> std::time::SystemTime {
        std::time::SystemTime::now
    }

    /// The format for a report: table, json or ndjson.
    pub(crate) fn format(&self) -> Result<Format, Failure> {
        self.settings
            .format
            .parse()
            .map_err(|why| Failure::usage(format!("--format {why}")))
    }

    /// Writes a report to standard output in the format asked for.
    pub(crate) fn print<R: Report>(&self, report: &R) -> Result<(), Failure> {
        let text = render(report, self.format()?, &self.out)
            .map_err(|error| Failure::local("cannot write the report").because(&error))?;
        self.write(text.as_bytes())
    }

    /// Writes bytes to standard output.
    #[expect(
        clippy::unused_self,
        reason = "commands reach the process through their context alone"
    )]
    pub(crate) fn write(&self, bytes: &[u8]) -> Result<(), Failure> {
        let mut out = std::io::stdout().lock();
        out.write_all(bytes)
            .and_then(|()| out.flush())
            .map_err(|error| Failure::stdout(&error))
    }

    /// Says something on standard error, unless quiet.
    pub(crate) fn say(&self, text: &str) {
        if !self.settings.quiet {
            print_error_line(text);
        }
    }

    /// Warns on standard error, unless quiet.
    pub(crate) fn warn(&self, text: &str) {
        self.say(&format!(
            "{} {text}",
            self.err.paint(Tone::Warning, "warning:")
        ));
    }

    /// A progress line on a terminal's standard error.
    pub(crate) fn progress(&self, total: Option<u64>, unit: &str) -> Progress {
        let wanted =
            !self.settings.no_progress && !self.settings.quiet && std::io::stderr().is_terminal();
        if wanted {
            Progress::new(total, unit)
        } else {
            Progress::hidden()
        }
    }

    /// The folder of the token store.
    pub(crate) fn store_folder(&self) -> std::path::PathBuf {
        match self.settings.text("store") {
            Some(folder) => folder.into(),
            None => self.environment.user_data(),
        }
    }

    /// The token store, kept as the user wishes.
    pub(crate) fn store(&self) -> Result<Store, Failure> {
        let wish = match self.settings.text("keyring").as_deref() {
            None | Some("auto") => Wish::Auto,
            Some("on") => Wish::Keyring,
            Some("off") => Wish::File,
            Some(other) => {
                return Err(Failure::usage(format!(
                    "the setting keyring is '{other}', which is none of auto, on and off"
                )));
            }
        };
        Ok(Store::under(&self.store_folder()).with_keyring(wish))
    }

    /// The client for a URL that the user gave: when nobody said what the base URL is, a full URL says it.
    pub(crate) fn client_for(
        &self,
        url: &str,
        fallback: Fallback,
    ) -> Result<(Client, Url), Failure> {
        let client = self.client_of(self.base_for(url)?, fallback)?;
        let url = client.url(url)?;
        if !client.is_anonymous() || !self.settings.headers.is_empty() {
            self.warn_of_bare(&client, &url);
        }
        Ok((client, url))
    }

    /// Warns, once for each origin, of a URL that gets no credential because it is not the base URL's.
    pub(crate) fn warn_of_bare(&self, client: &Client, url: &Url) {
        if client.is_base_origin(url) {
            return;
        }
        let origin = url.origin().ascii_serialization();
        // A panic of another holder leaves a whole list.
        let mut named = self.bare.lock().unwrap_or_else(PoisonError::into_inner);
        if named.contains(&origin) {
            return;
        }
        self.warn(&format!(
            "credentials and header fields are for the base URL {}; {origin} is asked without them",
            shown_url(client.base())
        ));
        named.push(origin);
    }

    /// The base URL for a URL that the user gave, as in [`Context::client_for`]; fails where that cannot be requested.
    pub(crate) fn base_for(&self, url: &str) -> Result<Url, Failure> {
        let base = &self.settings.base_url;
        let full = join(base, url)?;
        if !self.settings.base_url_is_default() || absolute(url).is_none() {
            return Ok(base.clone());
        }
        Ok(full.join("/").unwrap_or_else(|_| base.clone()))
    }

    /// A client without credentials, for the flows that get them.
    pub(crate) fn anonymous_client(&self, base: Url) -> Result<Client, Failure> {
        let settings = &self.settings;
        let network = Network::new(&self.network_settings()?)?;
        let mut client = Client::new(Arc::new(network), base)
            .with_timeout(settings.timeout)
            .with_headers(settings.headers.clone())
            .with_observer(self.observer());
        if let Some(agent) = &settings.user_agent {
            client = client.with_agent(agent.clone());
        }
        Ok(client)
    }

    /// How the settings say the network is to be reached.
    pub(crate) fn network_settings(&self) -> Result<crate::http::Settings, Failure> {
        let settings = &self.settings;
        let ca_bundle = match &settings.cacert {
            Some(path) => Some(std::fs::read(path).map_err(|error| {
                Failure::local(format!("cannot read the CA bundle {}", path.display()))
                    .because(&error)
            })?),
            None => None,
        };
        Ok(crate::http::Settings {
            connect_timeout: settings.connect_timeout,
            ca_bundle,
            insecure: settings.insecure,
            proxy: settings.proxy.clone(),
            bind: settings.bind,
            resolve: settings.resolve.clone(),
            http2_prior_knowledge: settings.http2_prior_knowledge,
            compress: true,
        })
    }

    fn client_of(&self, base: Url, fallback: Fallback) -> Result<Client, Failure> {
        let client = self.anonymous_client(base)?;
        let authority = super::identity::authority(self, &client, fallback)?;
        Ok(client.with_authority(authority))
    }

    fn observer(&self) -> Option<Observer> {
        if !self.settings.verbose {
            return None;
        }
        let look = self.err;
        Some(Arc::new(move |event: &Event<'_>| {
            let (head, headers) = match event {
                Event::Sent {
                    method,
                    url,
                    headers,
                } => (format!("> {method} {}", shown_url(url)), headers),
                Event::Received {
                    version,
                    status,
                    headers,
                    elapsed,
                } => (
                    format!(
                        "< {version:?} {status} after {:.1} ms",
                        elapsed.as_secs_f64() * 1e3
                    ),
                    headers,
                ),
            };
            let mark = &head[..1];
            print_error_line(&look.paint(Tone::Strong, &head));
            for line in shown_headers(headers) {
                print_error_line(&look.paint(Tone::Faint, &format!("{mark}   {line}")));
            }
        }))
    }

    /// Runs an asynchronous command to its end, or until the user interrupts it.
    pub(crate) fn block_on(
        &self,
        command: impl Future<Output = Result<Exit, Failure>>,
    ) -> Result<Exit, Failure> {
        self.run_async(async {
            tokio::select! {
                // The command may wait for a key before it waits for anything here.
                biased;
                () = self.interrupted() => Err(Failure::interrupted()),
                done = command => done,
            }
        })
    }

    /// Ends when the user interrupts and no refresh is under way; a second interruption does not wait for it.
    pub(crate) fn interrupted(&self) -> impl Future<Output = ()> + use<> {
        let underway = self.underway.clone();
        async move {
            interruption().await;
            underway.settled().await;
        }
    }

    /// Runs an asynchronous command that deals with [`interruption`] by itself.
    #[expect(
        clippy::unused_self,
        reason = "commands reach the process through their context alone"
    )]
    pub(crate) fn run_async(
        &self,
        command: impl Future<Output = Result<Exit, Failure>>,
    ) -> Result<Exit, Failure> {
        run(command).map_err(|error| Failure::local("cannot start the runtime").because(&error))?
    }
}

/// Writes a line to standard error. Nothing can be done when that fails.
pub(crate) fn print_error_line(line: &str) {
    let _ = writeln!(std::io::stderr().lock(), "{line}");
}

fn terminal_width() -> Option<u16> {
    let (_, columns) = crate::ui::terminal_size()?;
    (columns >= 20).then_some(columns)
}
