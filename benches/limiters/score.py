#!/usr/bin/env python3
"""Scores results of run.py, again too: `python3 benches/limiters/score.py DIR [--wrong]`.

A configuration is one line of DIR/results.ndjson. Its truth is drawn anew from its seed where kinds.py still has it, so
that a truth that was put right counts for answers given before.
"""

import itertools
import json
import sys

import kinds

FIGURES = {"limit": ("limit", "burst", "max_in_flight"), "window": ("window_s", "rate_per_s")}
SURE = 0.95


def part(said, truth):
    """Which of limit, window and algorithm one limit has right."""
    right = {"algorithm": said.get("algorithm") == truth["algorithm"]}
    right["limit"] = (said.get("enforcers") or 1) == truth.get("enforcers", 1) and all(
        said.get(name) in (truth[name] if isinstance(truth[name], list) else [truth[name]])
        for name in FIGURES["limit"]
        if name in truth
    )
    # A limit on requests in flight has no time in it: to say that it is one is all there is.
    right["window"] = right["algorithm"] and right["limit"] if truth["algorithm"] == "concurrency" else all(
        said.get(name) is not None and abs(said[name] - truth[name]) <= 0.05 * truth[name]
        for name in FIGURES["window"]
        if name in truth
    )
    return right


def judge(answer, truth):
    """Verdicts about one answer. Each of several limits has to be named, and no other."""
    limits = answer.get("limits") or []
    if not truth:
        one = answer.get("verdict") == "not_limited"
        right = dict.fromkeys(["limit", "window", "algorithm"], one)
    elif len(limits) != len(truth):
        right = dict.fromkeys(["limit", "window", "algorithm"], False)
    else:
        orders = ([part(said, true) for said, true in zip(limits, order)] for order in itertools.permutations(truth))
        best = max(orders, key=lambda parts: sum(sum(each.values()) for each in parts))
        right = {name: all(each[name] for each in best) for name in ["limit", "window", "algorithm"]}
    confidence = max((limit.get("confidence") or 0 for limit in limits), default=0)
    return {**right, "all": all(right.values()), "confidence": confidence}


def words(limits):
    """Limits in one line."""
    names = ["algorithm", "limit", "burst", "max_in_flight", "window_s", "rate_per_s", "enforcers", "counts_rejected"]
    return " + ".join(
        " ".join(f"{limit[name]}" if name == "algorithm" else f"{name}={limit[name]}" for name in names
                 if limit.get(name) is not None and (name, limit[name]) != ("enforcers", 1))
        for limit in limits
    ) or "no limit"


def load(folder):
    """The lines of a folder with their truths of today."""
    with open(f"{folder}/results.ndjson") as file:
        lines = [json.loads(line) for line in file]
    drawn = {}
    for seed in {line["seed"] for line in lines}:
        for each in kinds.configurations(seed):
            drawn[seed, each["kind"], tuple(each["command"])] = each["truth"]
    for line in lines:
        line["truth"] = drawn.get((line["seed"], line["kind"], tuple(line["command"])), line["truth"])
        line["verdicts"] = judge(line["answer"], line["truth"])
    return lines


def table(lines):
    """A row for each kind that has a fault, and the totals."""
    heads = ["limit", "window", "algorithm", "all"]
    print("| kind | configurations | limit exact | window or rate within 5 % | algorithm | all three | sure | of them wrong |")
    print("|---|---|---|---|---|---|---|---|")

    def row(name, some):
        counts = [sum(line["verdicts"][head] for line in some) for head in heads]
        sure = [line for line in some if line["verdicts"]["confidence"] >= SURE]
        wrong = sum(not line["verdicts"]["all"] for line in sure)
        shares = [f"{count} ({100 * count / len(some):.1f} %)" if name == "total" else str(count) for count in counts]
        print("|", " | ".join([name, str(len(some)), *shares, str(len(sure)), str(wrong)]), "|")

    for kind in dict.fromkeys(line["kind"] for line in lines):
        row(kind, [line for line in lines if line["kind"] == kind])
    row("total", lines)


def wrong(lines):
    """What was got wrong, a line each."""
    for line in lines:
        verdicts = line["verdicts"]
        if not verdicts["all"]:
            faults = ",".join(name for name in ["limit", "window", "algorithm"] if not verdicts[name])
            answer = line["answer"]
            said = words(answer.get("limits") or []) if answer.get("verdict") == "limited" else answer.get("verdict") or answer
            print(f"{line['kind']}: {' '.join(line['command'])} is {words(line['truth'])}, said to be {said} "
                  f"[{faults}; {verdicts['confidence']:.2f}; {line['trace']}]")


if __name__ == "__main__":
    results = load(sys.argv[1])
    table(results)
    if "--wrong" in sys.argv:
        wrong(results)
