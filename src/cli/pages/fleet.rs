//! The part of a list that falls to this machine when a scheduler runs the same command on several. Pure.

use crate::pages::Shard;

/// What the environment says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Fleet {
    /// One machine alone.
    Alone,
    /// One of several: which part, and how that is known.
    Part(Shard, &'static str),
    /// One of several, but the parts are not known, for the reason given.
    Unclear(String),
}

/// Reads the variables of a Kubernetes Indexed Job, of GitLab's `parallel`, and of a Slurm array.
pub(super) fn of(variable: impl Fn(&str) -> Option<String>) -> Fleet {
    let number = |name: &str| variable(name)?.trim().parse::<u64>().ok();
    if let Some(index) = number("JOB_COMPLETION_INDEX") {
        // Kubernetes sets the index, from 0; how many there are the manifest must say.
        return match number("JOB_COMPLETIONS") {
            Some(of) => part(index + 1, of, "JOB_COMPLETION_INDEX and JOB_COMPLETIONS"),
            None => Fleet::Unclear(
                "JOB_COMPLETION_INDEX is set, JOB_COMPLETIONS is not: set it to the completions of the Job"
                    .to_owned(),
            ),
        };
    }
    if let (Some(index), Some(of)) = (number("CI_NODE_INDEX"), number("CI_NODE_TOTAL")) {
        return part(index, of, "CI_NODE_INDEX and CI_NODE_TOTAL");
    }
    if let (Some(id), Some(of)) = (
        number("SLURM_ARRAY_TASK_ID"),
        number("SLURM_ARRAY_TASK_COUNT"),
    ) {
        let first = number("SLURM_ARRAY_TASK_MIN").unwrap_or(0);
        let step = number("SLURM_ARRAY_TASK_STEP").unwrap_or(1).max(1);
        let even = number("SLURM_ARRAY_TASK_MAX")
            .is_none_or(|last| last == first + step * of.saturating_sub(1));
        let offset = id.saturating_sub(first);
        if !even || offset % step != 0 {
            return Fleet::Unclear(
                "the tasks of the Slurm array are not evenly numbered".to_owned(),
            );
        }
        return part(
            offset / step + 1,
            of,
            "SLURM_ARRAY_TASK_ID and SLURM_ARRAY_TASK_COUNT",
        );
    }
    Fleet::Alone
}

fn part(index: u64, of: u64, names: &'static str) -> Fleet {
    if of == 1 && index == 1 {
        return Fleet::Alone;
    }
    match format!("{index}/{of}").parse() {
        Ok(shard) => Fleet::Part(shard, names),
        Err(_) => Fleet::Unclear(format!("{names} say part {index} of {of}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fleet(variables: &[(&str, &str)]) -> Fleet {
        of(|name| {
            let found = variables.iter().find(|(known, _)| *known == name);
            found.map(|(_, value)| (*value).to_owned())
        })
    }

    fn shard(variables: &[(&str, &str)]) -> String {
        match fleet(variables) {
            Fleet::Part(shard, _) => shard.to_string(),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn schedulers_name_the_part() {
        assert_eq!(
            shard(&[("JOB_COMPLETION_INDEX", "0"), ("JOB_COMPLETIONS", "4")]),
            "1/4"
        );
        assert_eq!(
            shard(&[("CI_NODE_INDEX", "4"), ("CI_NODE_TOTAL", "4")]),
            "4/4"
        );
        assert_eq!(
            shard(&[
                ("SLURM_ARRAY_TASK_ID", "7"),
                ("SLURM_ARRAY_TASK_COUNT", "4"),
                ("SLURM_ARRAY_TASK_MIN", "1"),
                ("SLURM_ARRAY_TASK_MAX", "10"),
                ("SLURM_ARRAY_TASK_STEP", "3"),
            ]),
            "3/4"
        );
    }

    #[test]
    fn one_machine_is_alone_and_riddles_are_no_parts() {
        assert_eq!(fleet(&[]), Fleet::Alone);
        // GitLab sets the total in every job.
        assert_eq!(fleet(&[("CI_NODE_TOTAL", "1")]), Fleet::Alone);
        assert_eq!(
            fleet(&[("CI_NODE_INDEX", "1"), ("CI_NODE_TOTAL", "1")]),
            Fleet::Alone
        );
        for riddle in [
            &[("JOB_COMPLETION_INDEX", "1")][..],
            &[("JOB_COMPLETION_INDEX", "4"), ("JOB_COMPLETIONS", "4")],
            &[
                ("SLURM_ARRAY_TASK_ID", "3"),
                ("SLURM_ARRAY_TASK_COUNT", "3"),
                ("SLURM_ARRAY_TASK_MIN", "1"),
                ("SLURM_ARRAY_TASK_MAX", "7"),
            ],
        ] {
            assert!(matches!(fleet(riddle), Fleet::Unclear(_)), "{riddle:?}");
        }
    }
}
