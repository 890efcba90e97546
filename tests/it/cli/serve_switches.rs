//! Every switch of `apictl serve` is explained with an example, and every example works.

use crate::support::binary::Home;
use crate::support::served::Server;

/// The long switches of the command's own part of its help, each with the text below it.
fn switches() -> Vec<(String, String)> {
    let help = Home::new().run("serve --help").expect(0).stdout;
    let own = help.split("\nGlobal options:").next().unwrap();
    let mut switches: Vec<(String, String)> = Vec::new();
    for line in own.lines().skip_while(|line| *line != "Address and data:") {
        let words = line.trim_start();
        if words.starts_with('-') && line.len() - words.len() <= 6 {
            let long = words.split_whitespace().find(|word| word.starts_with("--"));
            switches.push((long.unwrap().to_owned(), String::new()));
        } else if let Some((_, text)) = switches.last_mut() {
            text.push(' ');
            text.push_str(words);
        }
    }
    switches
}

fn example_of(text: &str) -> &str {
    let (_, rest) = text
        .split_once("Example: `apictl serve ")
        .unwrap_or_default();
    rest.split('`').next().unwrap()
}

#[test]
fn every_switch_has_an_example_in_the_help_and_in_the_manual() {
    let switches = switches();
    assert!(switches.len() >= 35, "{switches:?}");
    let manual = std::fs::read_to_string("man/apictl-serve.1")
        .unwrap()
        .replace("\\-", "-")
        .replace('\n', " ");
    for (name, text) in switches {
        let example = example_of(&text);
        assert!(
            example.split_whitespace().any(|word| word == name),
            "{name} has no example of its use: {text}"
        );
        assert!(
            manual.contains(&format!("apictl serve {example}")),
            "the manual page lacks the example of {name}"
        );
    }
}

#[test]
fn every_example_starts_a_server() {
    for (name, text) in switches() {
        // A free port in place of the one that is shown.
        let example = example_of(&text).replace("--port 0", "");
        let home = Home::new();
        let key = include_str!("../flows/signing_keys/es256.pem");
        home.write("key.pem", key);
        let server = Server::start_in(home, &example);
        let status = server.connect().get("/api/unthrottled/").status;
        let strikes_at_random = example.contains("--fault");
        assert!(status == 200 || strikes_at_random, "{name}: {status}");
    }
}
