//! Flag, environment, project file, user file, default: first wins, and `config show` says which.

use crate::support::binary::Home;

fn base_url(home: &Home, line: &str, variable: Option<&str>) -> (String, String) {
    let mut command = home.command(line.split_whitespace());
    if let Some(value) = variable {
        command.env("APICTL_BASE_URL", value);
    }
    let said = crate::support::binary::finish(command.spawn().unwrap()).expect(0);
    let report = said.json();
    let found = report["settings"]
        .as_array()
        .unwrap()
        .iter()
        .find(|one| one["name"] == "base_url")
        .unwrap();
    (
        found["value"].as_str().unwrap().to_owned(),
        found["origin"].as_str().unwrap().to_owned(),
    )
}

#[test]
fn each_layer_wins_over_the_ones_below() {
    let home = Home::new();
    let show = "config show --format json";
    let pair = |value: &str, origin: &str| (value.to_owned(), origin.to_owned());
    assert_eq!(
        base_url(&home, show, None),
        pair("http://127.0.0.1:8000", "default")
    );
    home.write(
        ".config/apictl/config.toml",
        "[profile.default]\nbase_url = 'http://user.test'\n",
    );
    assert_eq!(
        base_url(&home, show, None),
        pair("http://user.test", "user")
    );
    home.write(
        "apictl.toml",
        "[profile.default]\nbase_url = 'http://project.test'\n",
    );
    assert_eq!(
        base_url(&home, show, None),
        pair("http://project.test", "project")
    );
    assert_eq!(
        base_url(&home, show, Some("http://env.test")),
        pair("http://env.test", "environment")
    );
    let flag = "config show --format json --base-url http://flag.test";
    assert_eq!(
        base_url(&home, flag, Some("http://env.test")),
        pair("http://flag.test", "flag")
    );
}

#[test]
fn a_broken_project_file_is_named_with_its_line() {
    let home = Home::new();
    home.write("apictl.toml", "[profile.default]\nbase_url = \n");
    let said = home.run("config show").expect(2);
    assert!(
        said.stderr.contains("apictl.toml is not valid TOML"),
        "{}",
        said.stderr
    );
    assert!(
        said.stderr.contains("hint: line 2, column"),
        "{}",
        said.stderr
    );
}

#[test]
fn unknown_settings_and_secrets_in_the_project_file_are_refused() {
    let home = Home::new();
    home.write("apictl.toml", "[profile.default]\nbase_ulr = 'x'\n");
    let said = home.run("config show").expect(2);
    assert!(
        said.stderr.contains("unknown setting 'base_ulr'"),
        "{}",
        said.stderr
    );
    home.write("apictl.toml", "[profile.default]\npassword = 'x'\n");
    let said = home.run("config show").expect(2);
    assert!(
        said.stderr.contains("keep a secret in a file"),
        "{}",
        said.stderr
    );
}

#[test]
fn a_value_that_cannot_be_read_is_named_with_its_origin() {
    let home = Home::new();
    let said = home.run("config show --timeout soon").expect(2);
    assert_eq!(
        said.stderr,
        "error: timeout 'soon' (flag) is not a duration such as 30s or 2m\n"
    );
}

#[test]
fn an_error_is_one_json_object_where_json_is_asked_for() {
    let home = Home::new();
    let said = home
        .run("config show --timeout soon --format json")
        .expect(2);
    let error: serde_json::Value = serde_json::from_str(&said.stderr).unwrap();
    assert_eq!(error["error"]["kind"], "usage");
    assert_eq!(error["error"]["exit_code"], 2);
    let said = home.run("config shwo --format json").expect(2);
    let error: serde_json::Value = serde_json::from_str(&said.stderr).unwrap();
    assert_eq!(error["error"]["exit_code"], 2);
}

#[test]
fn config_init_writes_a_file_that_reads_back_and_never_overwrites() {
    let home = Home::new();
    home.run("config init").expect(0);
    home.run("config show").expect(0);
    let said = home.run("config init").expect(2);
    assert!(said.stderr.contains("already there"), "{}", said.stderr);
}

#[test]
fn an_unknown_profile_names_the_known_ones() {
    let home = Home::new();
    home.write(
        "apictl.toml",
        "[profile.default]\n[profile.staging]\nbase_url = 'http://staging.test'\n",
    );
    let said = home.run("config show --profile stagign").expect(2);
    assert!(
        said.stderr.contains("known are default, staging"),
        "{}",
        said.stderr
    );
    let (url, _) = base_url(&home, "config show --profile staging --format json", None);
    assert_eq!(url, "http://staging.test");
}

#[test]
fn help_and_completions_work_with_a_broken_configuration() {
    let home = Home::new();
    home.write("apictl.toml", "broken");
    home.run("--help").expect(0);
    let said = home.run("completions bash").expect(0);
    assert!(said.stdout.contains("_apictl()"));
}
