//! Tokens in the hands of other programs.

use crate::support::binary::{Home, finish};
use crate::support::token_api::{FAR, api, jwt, obtain};

#[test]
fn tokens_are_handed_over_in_the_words_of_other_programs() {
    let (home, server) = (Home::new(), api(FAR));
    obtain(&home, &server, "p").expect(0);
    let base = format!("--base-url {}", server.url());
    let token = jwt(FAR, "a1");
    let print = |flags: &str| {
        home.run(&format!("token print {flags} {base}"))
            .expect(0)
            .stdout
    };
    assert_eq!(print(""), format!("{token}\n"));
    assert_eq!(print("refresh"), format!("{}\n", jwt(FAR, "r1")));
    assert_eq!(
        print("--export"),
        format!("export APICTL_TOKEN='{token}'\n")
    );
    assert_eq!(print("--export API"), format!("export API='{token}'\n"));
    let exec: serde_json::Value = serde_json::from_str(&print("--output exec-credential")).unwrap();
    assert_eq!(exec["status"]["token"], token);
    assert_eq!(
        exec["status"]["expirationTimestamp"],
        "2096-10-02T07:06:40Z"
    );
    let aws: serde_json::Value =
        serde_json::from_str(&print("--output credential-process")).unwrap();
    assert_eq!(aws["Version"], 1);
    let git = |host: &str| {
        home.run_with_input(
            &format!("token print --output git-credential {base} get"),
            &format!("protocol=http\nhost={host}\n\n"),
        )
        .expect(0)
        .stdout
    };
    assert_eq!(
        git(&format!("127.0.0.1:{}", server.port())),
        format!("username=alice\npassword={token}\npassword_expiry_utc={FAR}\n")
    );
    assert_eq!(git("evil.test"), "");
    let refresh = jwt(FAR, "r1");
    assert_eq!(
        print("refresh --export"),
        format!("export APICTL_TOKEN='{refresh}'\n")
    );
    assert_eq!(
        print("refresh --as-header"),
        format!("Authorization: JWT {refresh}\n")
    );
    let exec: serde_json::Value =
        serde_json::from_str(&print("refresh --output exec-credential")).unwrap();
    assert_eq!(exec["status"]["token"], refresh);
    let json: serde_json::Value = serde_json::from_str(&print("refresh --format json")).unwrap();
    assert_eq!(json["token"], refresh);
    assert_eq!(json["expires_at"], "2096-10-02T07:06:40Z");
}

#[test]
fn a_program_runs_with_the_token_and_its_exit_code_is_ours() {
    let (home, server) = (Home::new(), api(FAR));
    obtain(&home, &server, "p").expect(0);
    let mut command = home.command(["token", "exec", "--base-url", &server.url(), "--"]);
    command.args(["/bin/sh", "-c", "echo $APICTL_TOKEN; exit 7"]);
    let said = finish(command.spawn().unwrap()).expect(7);
    assert_eq!(said.stdout, format!("{}\n", jwt(FAR, "a1")));
    let said = home
        .run(&format!(
            "token exec --base-url {} -- no-such-program",
            server.url()
        ))
        .expect(2);
    assert!(
        said.stderr.contains("cannot run 'no-such-program'"),
        "{}",
        said.stderr
    );
}
