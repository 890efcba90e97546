//! What continuous integration reads: JUnit files and GitHub's annotations.

use std::path::Path;

use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite};

use super::context::Context;
use super::failure::Failure;

/// How one check ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ending {
    /// As it should.
    Passed,
    /// Not as it should.
    Failed,
    /// It could not be carried out.
    Errored,
    /// It was left out.
    Skipped,
}

/// One check as CI systems show it.
#[derive(Debug)]
pub(crate) struct Case {
    /// What was checked.
    pub(crate) name: String,
    /// How it ended.
    pub(crate) ending: Ending,
    /// Why, in a sentence.
    pub(crate) message: String,
}

/// Writes a JUnit file of one suite, and the folder that it is to lie in.
pub(crate) fn write_junit(path: &Path, suite: &str, cases: &[Case]) -> Result<(), Failure> {
    let mut tests = TestSuite::new(suite);
    for case in cases {
        let mut status = match case.ending {
            Ending::Passed => TestCaseStatus::success(),
            Ending::Failed => TestCaseStatus::non_success(NonSuccessKind::Failure),
            Ending::Errored => TestCaseStatus::non_success(NonSuccessKind::Error),
            Ending::Skipped => TestCaseStatus::skipped(),
        };
        if case.ending != Ending::Passed {
            status.set_message(case.message.as_str());
        }
        let mut test = TestCase::new(case.name.as_str(), status);
        test.set_classname(suite);
        tests.add_test_case(test);
    }
    let mut report = Report::new("apictl");
    report.add_test_suite(tests);
    let shown = path.display();
    let text = report
        .to_string()
        .map_err(|error| Failure::local(format!("cannot write {shown}")).because(&error))?;
    let folder = path.parent().map_or(Ok(()), std::fs::create_dir_all);
    folder
        .and_then(|()| std::fs::write(path, text))
        .map_err(|error| Failure::local(format!("cannot write {shown}")).because(&error))
}

/// Annotates the workflow run with every check that did not pass, where GitHub runs us.
pub(crate) fn annotate(ctx: &Context, cases: &[Case]) {
    if ctx.environment.variable("GITHUB_ACTIONS") != Some("true") {
        return;
    }
    for case in cases {
        let level = match case.ending {
            Ending::Passed | Ending::Skipped => continue,
            Ending::Failed => "error",
            Ending::Errored => "warning",
        };
        // The runner reads commands from standard error as well, which keeps standard output for data.
        super::context::print_error_line(&format!(
            "::{level} title={}::{}",
            escape(&case.name).replace(':', "%3A").replace(',', "%2C"),
            escape(&case.message)
        ));
    }
}

/// Adds a section to the summary page of the workflow run, where GitHub runs us.
pub(crate) fn summarise(ctx: &Context, markdown: &str) -> Result<(), Failure> {
    let Some(path) = ctx
        .environment
        .variable("GITHUB_STEP_SUMMARY")
        .filter(|path| !path.is_empty())
    else {
        return Ok(());
    };
    std::fs::OpenOptions::new()
        .create(true)
        .append(true)
        .open(path)
        .and_then(|mut file| std::io::Write::write_all(&mut file, markdown.as_bytes()))
        .map_err(|error| {
            Failure::local(format!("cannot write GITHUB_STEP_SUMMARY ({path})")).because(&error)
        })
}

fn escape(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}
