//! The runtime of an asynchronous command, and what interrupts it.

use std::future::Future;
use std::sync::Once;
use std::time::Duration;

use tokio::runtime::{Builder, Runtime};

use super::failure::Exit;

/// What a program in between that hands signals on does with the Ctrl-C that came here too is no second one.
const ECHO: Duration = Duration::from_millis(250);

/// Runs a command to its end, in this thread.
pub(crate) fn run<T>(command: impl Future<Output = T>) -> std::io::Result<T> {
    let runtime = new()?;
    let done = runtime.block_on(command);
    // A drop would wait for the lookup of a name or a prompt that nobody waits for any more.
    runtime.shutdown_background();
    Ok(done)
}

fn new() -> std::io::Result<Runtime> {
    Builder::new_current_thread().enable_all().build()
}

/// Ends when the user presses Ctrl-C or the process is asked to terminate. From then on a second time ends the process,
/// whatever it is about.
pub(crate) async fn interruption() {
    static WATCH: Once = Once::new();
    signalled().await;
    WATCH.call_once(|| {
        // In a thread of its own: that of the command may not come back to its runtime.
        std::thread::spawn(|| {
            std::thread::sleep(ECHO);
            if let Ok(runtime) = new() {
                runtime.block_on(signalled());
                end();
            }
        });
    });
}

#[expect(clippy::exit, reason = "nothing else ends a thread that is not asked")]
fn end() -> ! {
    std::process::exit(i32::from(Exit::Interrupted as u8))
}

/// Ends with the next SIGINT or SIGTERM.
async fn signalled() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = tokio::signal::ctrl_c() => {}
                _ = terminate.recv() => {}
            }
            return;
        }
    }
    // Without a handler the default action ends the process, which is an interruption too.
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc;

    #[test]
    fn a_command_that_is_over_waits_for_no_thread() {
        let (release, released) = mpsc::channel::<()>();
        let (over, ended) = mpsc::channel();
        std::thread::spawn(move || {
            let done = run(async {
                tokio::task::spawn_blocking(move || released.recv());
            });
            over.send(done.is_ok()).unwrap();
        });
        assert_eq!(ended.recv_timeout(Duration::from_secs(10)), Ok(true));
        drop(release);
    }
}
