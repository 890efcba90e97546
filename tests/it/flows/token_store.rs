//! Logins on disk.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use apictl::secret::Secret;
use apictl::token::{Key, Login, Preset, Store, StoreError};

fn key() -> Key {
    Key::new("http://127.0.0.1:8000", "alice@example.org")
}

fn login(refresh: &str) -> Login {
    Login {
        name: "alice@example.org".to_owned(),
        base_url: "http://127.0.0.1:8000/".to_owned(),
        shape: Preset::Simplejwt.shape(),
        scheme: "Bearer".to_owned(),
        username: Some("alice".to_owned()),
        access: Secret::new("access"),
        refresh: Some(Secret::new(refresh)),
        cookies: Vec::new(),
        client: None,
        obtained_at: "2026-11-23T12:00:00Z".parse().unwrap(),
        access_exp: None,
        refresh_exp: None,
        skew_s: 0,
    }
}

async fn stored() -> (tempfile::TempDir, Store) {
    let data = tempfile::tempdir().unwrap();
    let store = Store::under(data.path());
    let held = store.hold(&key()).await.unwrap();
    held.save(&login("first")).unwrap();
    held.make_current().unwrap();
    drop(held);
    (data, store)
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[tokio::test]
async fn a_stored_login_is_found_again_and_belongs_to_its_owner_alone() {
    let (_data, store) = stored().await;
    assert_eq!(store.load(&key()).unwrap(), Some(login("first")));
    assert_eq!(
        store.current("http://127.0.0.1:8000").unwrap().as_deref(),
        Some("alice@example.org")
    );
    let path = store.path(&key());
    assert_eq!(mode(&path), 0o600);
    assert_eq!(mode(path.parent().unwrap()), 0o700);
    assert!(
        path.file_name()
            .unwrap()
            .to_str()
            .unwrap()
            .starts_with("alice%40example.org")
    );
}

#[tokio::test]
async fn logins_of_other_origins_and_names_are_not_mixed_up() {
    let (_data, store) = stored().await;
    for other in [
        Key::new("http://127.0.0.1:8001", "alice@example.org"),
        Key::new("https://127.0.0.1:8000", "alice@example.org"),
        Key::new("http://127.0.0.1:8000", "alice"),
    ] {
        assert_eq!(store.load(&other).unwrap(), None);
    }
}

#[tokio::test]
async fn a_name_cannot_leave_the_folder_of_its_origin() {
    let (_data, store) = stored().await;
    let sly = Key::new("http://127.0.0.1:8000", "../../../../etc/passwd");
    assert_eq!(store.path(&sly).parent(), store.path(&key()).parent());
}

#[tokio::test]
async fn a_file_or_folder_that_others_can_read_is_refused() {
    let (_data, store) = stored().await;
    let path = store.path(&key());
    fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
    let error = store.load(&key()).unwrap_err();
    assert!(
        matches!(
            error,
            StoreError::Exposed {
                mode: 0o644,
                wanted: 0o600,
                ..
            }
        ),
        "{error}"
    );
    fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
    fs::set_permissions(path.parent().unwrap(), fs::Permissions::from_mode(0o750)).unwrap();
    assert!(matches!(
        store.load(&key()).unwrap_err(),
        StoreError::Exposed { wanted: 0o700, .. }
    ));
}

#[tokio::test]
async fn a_damaged_record_is_named_and_hides_no_other_login() {
    let (_data, store) = stored().await;
    let other = Key::new("http://127.0.0.1:8000", "bob");
    store
        .hold(&other)
        .await
        .unwrap()
        .save(&login("bobs"))
        .unwrap();
    fs::write(store.path(&key()), "{\"version\": 1, \"access\": \"tru").unwrap();
    let list = store.list().unwrap();
    assert_eq!(list.len(), 2);
    assert!(matches!(list[0].1, Err(StoreError::Record { .. })));
    assert!(list[1].1.is_ok());
}

#[tokio::test]
async fn what_a_killed_process_left_behind_is_written_over() {
    let (_data, store) = stored().await;
    let litter = store.path(&key()).with_extension("new");
    fs::write(&litter, "half a rec").unwrap();
    fs::set_permissions(&litter, fs::Permissions::from_mode(0o600)).unwrap();
    assert_eq!(store.load(&key()).unwrap(), Some(login("first")));
    let held = store.hold(&key()).await.unwrap();
    held.save(&login("second")).unwrap();
    assert_eq!(held.load().unwrap(), Some(login("second")));
    assert!(!litter.exists());
    assert_eq!(mode(&store.path(&key())), 0o600);
}

#[tokio::test(start_paused = true)]
async fn two_cannot_hold_one_login_at_once() {
    let (_data, store) = stored().await;
    let held = store.hold(&key()).await.unwrap();
    let error = store.hold(&key()).await.unwrap_err();
    assert!(matches!(error, StoreError::Busy { waited_s: 60, .. }));
    drop(held);
    store.hold(&key()).await.unwrap();
}

#[tokio::test]
async fn a_removed_login_is_no_longer_the_current_one() {
    let (_data, store) = stored().await;
    let held = store.hold(&key()).await.unwrap();
    assert!(held.remove().unwrap());
    assert!(!held.remove().unwrap());
    drop(held);
    assert_eq!(store.load(&key()).unwrap(), None);
    assert_eq!(store.current("http://127.0.0.1:8000").unwrap(), None);
}

#[tokio::test]
async fn nobody_is_called_anon() {
    let (_data, store) = stored().await;
    for name in ["anon", "", "a\nb"] {
        let error = store
            .hold(&Key::new("http://127.0.0.1:8000", name))
            .await
            .unwrap_err();
        assert!(matches!(error, StoreError::Name(_)));
    }
}

#[tokio::test]
async fn a_name_may_be_a_dot_or_end_like_a_file() {
    for name in [".", "..", ".json", "a.json", "a.b"] {
        let data = tempfile::tempdir().unwrap();
        let store = Store::under(data.path());
        let key = Key::new("http://a", name);
        store.hold(&key).await.unwrap().save(&login("r")).unwrap();
        assert_eq!(store.list().unwrap()[0].0, key);
    }
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(64))]

    #[test]
    fn every_name_is_found_again_under_itself(name in "[^\\p{Cc}]{1,16}", origin in "https?://[a-z0-9.:-]{1,20}") {
        let data = tempfile::tempdir().unwrap();
        let store = Store::under(data.path());
        let key = Key::new(origin, name);
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
        runtime.block_on(async {
            let Ok(held) = store.hold(&key).await else {
                // `anon` and names too long for a file.
                return;
            };
            held.save(&login("r")).unwrap();
            assert_eq!(store.list().unwrap()[0].0, key);
            assert!(store.load(&key).unwrap().is_some());
        });
    }
}
