//! The server as a process: its port, what it says, its end.

use serde::Serialize;

use super::args::Args;
use super::settings::config;
use crate::cli::context::Context;
use crate::cli::failure::{Exit, Failure};
use crate::cli::runtime::interruption;
use crate::ui::{Format, Look, Report, Tone, facts};

#[derive(Debug, Serialize)]
struct ServeReport {
    schema: &'static str,
    url: String,
    users: Vec<&'static str>,
}

pub(crate) fn run(args: &Args, ctx: &Context) -> Result<Exit, Failure> {
    let config = config(args, ctx)?;
    let format = ctx.format()?;
    ctx.run_async(async {
        let address = (args.data.host, args.data.port);
        let listener = tokio::net::TcpListener::bind(address)
            .await
            .map_err(|error| cannot_listen(args, &error))?;
        let address = listener
            .local_addr()
            .map_err(|error| Failure::local("the port has no address").because(&error))?;
        let report = ServeReport {
            schema: "apictl.serve/1",
            url: format!("http://{address}"),
            users: vec!["alice", "bob", "carol", "admin", "inactive"],
        };
        match format {
            Format::Table => ctx.say(&report.table(ctx.err_look())),
            Format::Json | Format::Ndjson => {
                let line = serde_json::to_string(&report)
                    .map_err(|error| Failure::local("cannot write the report").because(&error))?;
                ctx.write(format!("{line}\n").as_bytes())?;
            }
        }
        let (stopping, stopped) = tokio::sync::oneshot::channel();
        let once = async {
            interruption().await;
            let _ = stopping.send(());
        };
        // Nobody has to wait for what takes long.
        let twice = async {
            match stopped.await {
                Ok(()) => interruption().await,
                Err(_) => std::future::pending().await,
            }
        };
        tokio::select! {
            served = crate::server::serve(listener, config, once) => served
                .map(|()| Exit::Yes)
                .map_err(|error| Failure::local("the server failed").because(&error)),
            () = twice => Ok(Exit::Interrupted),
        }
    })
}

fn cannot_listen(args: &Args, error: &std::io::Error) -> Failure {
    let failure = Failure::local(format!(
        "cannot listen on {}:{}",
        args.data.host, args.data.port
    ))
    .because(error);
    if error.kind() == std::io::ErrorKind::AddrInUse {
        return failure.hint("another program has the port; `--port 0` takes a free one");
    }
    failure
}

impl Report for ServeReport {
    fn table(&self, look: &Look) -> String {
        let rows = facts(
            look,
            [
                ("api", look.paint(Tone::Strong, &self.url)),
                (
                    "users",
                    format!(
                        "{}; everybody's password is NAME-pass",
                        self.users.join(", ")
                    ),
                ),
                ("try", "apictl token obtain -u alice".to_owned()),
                ("stop", "Ctrl-C".to_owned()),
            ],
        );
        format!("an embedded API that answers as Django REST framework does\n{rows}")
    }
}
