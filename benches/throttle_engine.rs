//! What a request of the throttle's engine costs, beside oha and wrk in the same run, and how late paced requests
//! leave: `cargo bench --bench throttle_engine`. CPU time of the sending process, on Linux. The server is nginx
//! with a reply of two bytes; peers that are not on the PATH are left out and named.

#![expect(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a benchmark prints, and fails by panicking"
)]

use std::fs;
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use apictl::http::{Client, Dialer, Request, Settings, Url, Wire};
use apictl::throttle::shots::{Connect, Line, Shots, Within};

const CONNECTIONS: usize = 50;
const REQUESTS: usize = 100_000;
const PACED: usize = 10_000;
/// `USER_HZ`, the unit of `/proc/PID/stat`, on every Linux of today.
const TICKS_PER_S: f64 = 100.0;

fn main() {
    let folder = std::env::temp_dir().join(format!("apictl-engine-{}", std::process::id()));
    let server = Nginx::start(&folder);
    let url = format!("http://{}/", server.address);
    println!("{REQUESTS} requests, {CONNECTIONS} connections, CPU time of the sender per request");
    for round in 1..=3 {
        let before = ticks(false);
        let recorded = ours(&url);
        let mine = cost(ticks(false) - before, recorded);
        println!("round {round}: apictl {mine:.1} us, {recorded} requests recorded");
        let total = REQUESTS.to_string();
        let connections = CONNECTIONS.to_string();
        peer("oha", &["--no-tui", "-n", &total, "-c", &connections, &url]);
        peer("wrk", &["-t", "1", "-c", &connections, "-d", "3s", &url]);
    }
    paced(&url);
    drop(server);
    let _ = fs::remove_dir_all(&folder);
}

fn with_shots<T>(url: &str, work: impl AsyncFnOnce(Shots<'_>, Request) -> T) -> T {
    let url: Url = url.parse().unwrap();
    let dialer = Dialer::new(Settings::default()).unwrap();
    let client = Client::new(Arc::new(Wire::new(dialer.clone())), url.clone());
    let connect: Connect<'_> = Box::new(|_: &Line| {
        let wire = Arc::new(Wire::new(dialer.clone()));
        Some(client.clone().with_transport(wire))
    });
    let within = Within {
        requests: usize::MAX,
        time_s: 600.0,
    };
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        let shots = Shots::new(connect, within, None);
        work(shots, Request::get(url)).await
    })
}

fn ours(url: &str) -> usize {
    with_shots(url, async |mut shots, request| {
        let line = Line::default();
        let sent = shots.burst(&line, &request, CONNECTIONS, REQUESTS).await;
        let sent = sent.unwrap();
        assert!(sent.iter().all(|sample| sample.status == Some(200)));
        sent.len()
    })
}

fn paced(url: &str) {
    let mut late: Vec<f64> = with_shots(url, async |mut shots, request| {
        let every = Duration::from_millis(1);
        let line = Line::default();
        let sent = shots
            .paced(&line, &request, (CONNECTIONS, PACED), every)
            .await
            .unwrap();
        sent.map(|(due_s, sample)| (sample.sent_s - due_s) * 1e6)
            .collect()
    });
    late.sort_by(f64::total_cmp);
    let at = |part: f64| late[((late.len() - 1) as f64 * part) as usize];
    let near = late.iter().filter(|late| late.abs() <= 200.0).count() as f64;
    println!(
        "{} requests at 1,000 a second: {:.2} % leave within 200 us of their time; late by {:.0} us at the median, \
         {:.0} us at 99 %, {:.0} us at the most",
        late.len(),
        near * 100.0 / late.len() as f64,
        at(0.5),
        at(0.99),
        at(1.0)
    );
}

fn peer(name: &str, words: &[&str]) {
    let before = ticks(true);
    let run = Command::new(name).args(words).output();
    let Ok(run) = run else {
        println!("         {name} is not here");
        return;
    };
    let text = String::from_utf8_lossy(&run.stdout).into_owned();
    let done = match name {
        // "  210512 requests in 3.00s, 30.11MB read"
        "wrk" => text
            .lines()
            .find_map(|line| line.trim().split_once(" requests in")?.0.parse().ok()),
        _ => Some(REQUESTS),
    };
    let done = done.unwrap_or_else(|| panic!("{name} said {text}"));
    println!("         {name} {:.1} us", cost(ticks(true) - before, done));
}

fn cost(ticks: f64, requests: usize) -> f64 {
    ticks / TICKS_PER_S * 1e6 / requests as f64
}

/// CPU time of this process, or of its children that have ended.
fn ticks(of_children: bool) -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap();
    let fields: Vec<&str> = stat.rsplit_once(") ").unwrap().1.split(' ').collect();
    let first = if of_children { 13 } else { 11 };
    fields[first..first + 2]
        .iter()
        .map(|field| field.parse::<f64>().unwrap())
        .sum()
}

struct Nginx {
    child: Child,
    address: String,
}

impl Nginx {
    fn start(folder: &std::path::Path) -> Self {
        fs::create_dir_all(folder).unwrap();
        let free = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = free.local_addr().unwrap().to_string();
        drop(free);
        let config = format!(
            "daemon off; master_process off; pid nginx.pid; error_log stderr crit;\n\
             events {{ worker_connections 1024; }}\n\
             http {{ access_log off; keepalive_requests 10000000;\n\
             client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi;\n\
             uwsgi_temp_path uwsgi; scgi_temp_path scgi;\n\
             server {{ listen {address}; location / {{ return 200 'ok'; }} }} }}\n"
        );
        fs::write(folder.join("nginx.conf"), config).unwrap();
        let program = ["/usr/sbin/nginx", "nginx"]
            .into_iter()
            .find(|program| Command::new(program).arg("-v").output().is_ok())
            .unwrap_or_else(|| panic!("this benchmark needs nginx: apt-get install nginx-light"));
        let child = Command::new(program)
            .arg("-p")
            .arg(folder)
            .args(["-c", "nginx.conf"])
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        while TcpStream::connect(&address).is_err() {
            std::thread::yield_now();
        }
        Self { child, address }
    }
}

impl Drop for Nginx {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
