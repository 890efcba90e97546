//! A login is renewed in time, once, and written down before it is used.

use std::future::{Future, poll_fn};
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};
use std::task::Poll;
use std::time::Duration;

use apictl::http::{
    Authority, Body, Bytes, Client, Event, Observer, Pending, Request, StatusCode, Transport,
};
use apictl::secret::Secret;
use apictl::server::{self, Config, Jwt};
use apictl::token::{Applicant, Clock, Keeper, Key, Preset, Renewed, Store, obtain};
use jiff::Timestamp;
use tempfile::TempDir;

use crate::support::in_process;

const START: i64 = 1_800_000_000;

/// The embedded API with rotation and a blacklist, alice's login there, and one clock for both sides.
pub(super) struct World {
    pub(super) client: Client,
    pub(super) time: Arc<AtomicI64>,
    pub(super) log: Arc<Mutex<Vec<String>>>,
    pub(super) data: TempDir,
    pub(super) key: Key,
}

impl World {
    pub(super) async fn new() -> Self {
        let time = Arc::new(AtomicI64::new(START));
        let told = Arc::clone(&time);
        let config = Config {
            jwt: Jwt {
                rotate: true,
                blacklist_after_rotation: true,
                ..Jwt::default()
            },
            clock: server::Clock::from_fn(move || {
                f64::from(i32::try_from(told.load(Ordering::SeqCst)).unwrap())
            }),
            ..Config::default()
        };
        let log = Arc::new(Mutex::new(Vec::new()));
        let client =
            in_process::client(server::router(config)).with_observer(Some(observer_of(&log)));
        let world = Self {
            key: Key::new(client.base().origin().ascii_serialization(), "alice"),
            client,
            time,
            log,
            data: tempfile::tempdir().unwrap(),
        };
        let applicant = Applicant {
            username: Some("alice".to_owned()),
            password: Secret::new("alice-pass"),
            ..Applicant::default()
        };
        let obtained = obtain(
            &world.client,
            &Preset::Simplejwt.shape(),
            &applicant,
            Timestamp::from_second(START).unwrap(),
        )
        .await
        .unwrap();
        let store = world.store();
        let held = store.hold(&world.key).await.unwrap();
        held.save(&obtained.login).unwrap();
        drop(held);
        world.log.lock().unwrap().clear();
        world
    }

    /// Writes requests down in this world's log.
    pub(super) fn observer(&self) -> Observer {
        observer_of(&self.log)
    }

    pub(super) fn store(&self) -> Store {
        Store::under(self.data.path())
    }

    /// What another process would have: the same store, nothing in memory.
    pub(super) fn keeper(&self) -> Arc<Keeper> {
        self.keeper_through(&self.client)
    }

    pub(super) fn keeper_through(&self, client: &Client) -> Arc<Keeper> {
        let time = Arc::clone(&self.time);
        let clock: Clock =
            Arc::new(move || Timestamp::from_second(time.load(Ordering::SeqCst)).unwrap());
        Arc::new(Keeper::new(client, self.store(), self.key.clone(), clock))
    }

    /// Whether somebody holds the login: holding it takes more than one step then.
    async fn is_held(&self) -> bool {
        let store = self.store();
        let mut hold = Box::pin(store.hold(&self.key));
        poll_fn(|context| Poll::Ready(hold.as_mut().poll(context).is_pending())).await
    }

    pub(super) fn pass(&self, seconds: i64) {
        self.time.fetch_add(seconds, Ordering::SeqCst);
    }

    pub(super) fn refreshes(&self) -> usize {
        let log = self.log.lock().unwrap();
        log.iter()
            .filter(|line| *line == "POST /api/token/refresh/")
            .count()
    }

    pub(super) async fn me(&self, keeper: &Arc<Keeper>) -> StatusCode {
        let authority: Arc<dyn Authority> = Arc::clone(keeper) as _;
        let client = self.client.clone().with_authority(Some(authority));
        let request = Request::get(client.url("/api/me/").unwrap());
        client.send_authorised(request).await.unwrap().status
    }
}

fn observer_of(log: &Arc<Mutex<Vec<String>>>) -> Observer {
    let log = Arc::clone(log);
    Arc::new(move |event: &Event<'_>| {
        if let Event::Sent { method, url, .. } = event {
            let line = format!("{method} {}", url.path());
            log.lock().unwrap().push(line);
        }
    })
}

#[tokio::test]
async fn a_token_is_used_until_thirty_seconds_before_its_end() {
    let world = World::new().await;
    let keeper = world.keeper();
    world.pass(269);
    assert_eq!(world.me(&keeper).await, StatusCode::OK);
    assert_eq!(world.refreshes(), 0);
    world.pass(1);
    assert_eq!(world.me(&keeper).await, StatusCode::OK);
    assert_eq!(world.me(&keeper).await, StatusCode::OK);
    assert_eq!(world.refreshes(), 1);
}

#[tokio::test(start_paused = true)]
async fn many_tasks_of_many_processes_refresh_once() {
    let world = World::new().await;
    world.pass(1_000);
    let keepers: Vec<Arc<Keeper>> = (0..10).map(|_| world.keeper()).collect();
    let mut tasks = tokio::task::JoinSet::new();
    for n in 0..200 {
        let keeper = Arc::clone(&keepers[n % keepers.len()]);
        tasks.spawn(async move { keeper.ensure(None).await.unwrap() });
    }
    let ensured = tasks.join_all().await;
    assert_eq!(world.refreshes(), 1);
    assert!(
        ensured
            .iter()
            .all(|one| one.login.access == ensured[0].login.access)
    );
    let here = ensured
        .iter()
        .filter(|one| one.renewed == Renewed::Here)
        .count();
    assert_eq!(here, 1);
}

#[tokio::test]
async fn a_rotated_refresh_token_is_on_the_disk_before_the_access_token_is_used() {
    let world = World::new().await;
    let before = world.store().load(&world.key).unwrap().unwrap();
    world.pass(1_000);
    let ensured = world.keeper().ensure(None).await.unwrap();
    let stored = world.store().load(&world.key).unwrap().unwrap();
    assert_eq!(stored, ensured.login);
    assert_ne!(stored.refresh, before.refresh);
    // A process that starts now goes on from there, again and again.
    for _ in 0..3 {
        world.pass(1_000);
        assert_eq!(
            world.keeper().refresh_now().await.unwrap().renewed,
            Renewed::Here
        );
    }
}

#[tokio::test]
async fn a_token_that_another_process_replaced_is_taken_from_the_disk_after_a_401() {
    let world = World::new().await;
    let (ours, theirs) = (world.keeper(), world.keeper());
    assert_eq!(world.me(&ours).await, StatusCode::OK);
    world.pass(200);
    theirs.refresh_now().await.unwrap();
    // Our clock lags behind the server's: for us the old token still lives.
    world.pass(150);
    let request = Request::get(world.client.url("/api/me/").unwrap());
    let lagging = Arc::new(Keeper::new(
        &world.client,
        world.store(),
        world.key.clone(),
        Arc::new(|| Timestamp::from_second(START).unwrap()),
    ));
    let authority: Arc<dyn Authority> = Arc::clone(&lagging) as _;
    let client = world.client.clone().with_authority(Some(authority));
    assert_eq!(
        client.send_authorised(request).await.unwrap().status,
        StatusCode::OK
    );
    assert_eq!(world.me(&ours).await, StatusCode::OK);
    assert_eq!(world.refreshes(), 1);
}

#[tokio::test]
async fn an_ended_login_says_so_and_asks_nobody() {
    let world = World::new().await;
    world.pass(86_400);
    let error = world.keeper().ensure(None).await.unwrap_err();
    assert!(
        error.to_string().contains("its refresh token has expired"),
        "{error}"
    );
    assert_eq!(world.refreshes(), 0);
}

#[tokio::test]
async fn an_asked_for_life_is_given_or_refused() {
    let world = World::new().await;
    world.pass(10);
    let keeper = world.keeper();
    let least = |seconds| Some(Duration::from_secs(seconds));
    assert_eq!(
        keeper.ensure(least(290)).await.unwrap().renewed,
        Renewed::No
    );
    assert_eq!(
        keeper.ensure(least(300)).await.unwrap().renewed,
        Renewed::Here
    );
    let error = keeper.ensure(least(301)).await.unwrap_err();
    assert!(
        error
            .to_string()
            .contains("lives 300 s, less than the 301 s asked for"),
        "{error}"
    );
}

/// A server that never answers.
struct Silent;

impl Transport for Silent {
    fn send(
        &self,
        _request: http::Request<Bytes>,
    ) -> Pending<'_, Result<http::Response<Body>, Box<dyn std::error::Error + Send + Sync>>> {
        Box::pin(std::future::pending())
    }
}

#[tokio::test]
async fn a_refresh_that_is_given_up_lets_go_of_the_login() {
    let world = World::new().await;
    world.pass(1_000);
    let silent = Client::new(Arc::new(Silent), world.client.base().clone());
    let keeper = world.keeper_through(&silent);
    {
        // Ctrl-C: the future is dropped while its request is on the way.
        let mut given_up = Box::pin(keeper.ensure(None));
        let first = poll_fn(|context| Poll::Ready(given_up.as_mut().poll(context))).await;
        assert!(first.is_pending());
        assert!(world.is_held().await);
    }
    assert!(!world.is_held().await);
    let ensured = world.keeper().ensure(None).await.unwrap();
    assert_eq!(ensured.renewed, Renewed::Here);
}
