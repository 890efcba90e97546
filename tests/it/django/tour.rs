//! The commands of the tour, one by one, against a real Django REST framework project.

use serde_json::{Value, json};

use crate::support::binary::Home;
use crate::support::django::{Django, Settings};

/// Logs in as one of the project's users.
fn log_in(home: &Home, api: &str, name: &str) {
    let line = format!("token obtain --username {name} --password-stdin --base-url {api}");
    home.run_with_input(&line, &format!("{name}-pass\n"))
        .expect(0);
}

#[test]
fn the_eight_commands_of_the_tour_are_right_on_a_real_project() {
    let django = Django::start(&Settings::default());
    let api = django.url();
    let home = Home::new();

    log_in(&home, &api, "alice");
    let token = home
        .run(&format!("token print --base-url {api}"))
        .expect(0)
        .stdout;
    let decoded = home
        .run_with_input("jwt decode - --format json", &token)
        .expect(0)
        .json();
    assert_eq!(decoded["schema"], "apictl.jwt.decode/1");
    assert_eq!(decoded["claims"]["token_type"], "access");
    home.run(&format!("token verify --base-url {api}"))
        .expect(0);

    let me: Value = home
        .run(&format!("request GET /api/me/ --base-url {api}"))
        .expect(0)
        .json();
    assert_eq!(me["username"], "alice");
    home.run(&format!("token refresh --base-url {api}"))
        .expect(0);
    let renewed = home
        .run(&format!("token print --base-url {api}"))
        .expect(0)
        .stdout;
    assert_ne!(token, renewed);

    let walk =
        "pages walk /api/products/ -o products.ndjson --summary walk.json --expect-count 1023";
    home.run(&format!("{walk} --as alice --base-url {api}"))
        .expect(0);
    let items = std::fs::read_to_string(home.path().join("products.ndjson")).unwrap();
    let ids: Vec<u64> = items
        .lines()
        .map(|line| {
            serde_json::from_str::<Value>(line).unwrap()["id"]
                .as_u64()
                .unwrap()
        })
        .collect();
    assert_eq!(ids, (1..=1_023).collect::<Vec<u64>>());

    let said = home
        .run(&format!(
            "throttle probe /api/products/ --as anon --base-url {api} --format json"
        ))
        .expect(0);
    let limit = said.json()["limits"][0].clone();
    assert_eq!(
        (&limit["rate"], &limit["limit"]),
        (&json!("100/day"), &json!(100))
    );
    assert_eq!(limit["evidence"]["limit"], "observed");

    let refused = home
        .run(&format!(
            "request GET /api/secret-data/ --as alice --base-url {api}"
        ))
        .expect(3);
    assert!(
        refused.stdout.contains("You do not have permission"),
        "{}",
        refused.stdout
    );
    log_in(&home, &api, "admin");
    home.run(&format!(
        "request GET /api/secret-data/ --as admin --base-url {api}"
    ))
    .expect(0);
}

#[test]
fn a_user_limit_is_found_and_held_to() {
    let django = Django::start(&Settings::overriding(
        json!({ "THROTTLES": { "user": "40/hour" } }),
    ));
    let api = django.url();
    let home = Home::new();
    log_in(&home, &api, "bob");
    let probe = format!("throttle probe /api/products/ --as bob --base-url {api} --format json");
    let found = home.run(&probe).expect(0).json();
    assert_eq!(found["limits"][0]["rate"], "40/hour");
    assert_eq!(found["target"]["identity"], "bob");

    let check = |limit: &str, name: &str| {
        log_in(&home, &api, name);
        home.write(
            "apictl.toml",
            &format!(
                "[profile.default]\nbase_url = '{api}'\n[[throttle]]\nname = 'users'\nurl = '/api/products/'\nas = '{name}'\nlimit = '{limit}'\n"
            ),
        );
        home.run("throttle check --junit throttle.xml --format json")
    };
    let said = check("40/hour", "carol").expect(0).json();
    assert_eq!(said["checks"][0]["status"], "pass");
    let said = check("50/hour", "alice").expect(1).json();
    assert_eq!(
        (&said["passed"], &said["checks"][0]["status"]),
        (&json!(false), &json!("fail"))
    );
    let junit = std::fs::read_to_string(home.path().join("throttle.xml")).unwrap();
    assert!(junit.contains("<failure"), "{junit}");
}
