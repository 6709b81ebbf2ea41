use alloc::{format, string::ToString};

use super::*;
use crate::{decision::Decision, secret::Sensitive, target::Verb};

const MINUTE: u64 = 60_000;
const NOW: u64 = 1_795_260_000_000;

fn memory(replica: u64) -> Memory {
    Memory::new(MemoryKey::new([7; 16]), replica)
}

fn event(destination: &str, verb: Verb, decision: Decision) -> Event {
    Event { agent: "a".into(), tool: "slack".into(), destination: Sensitive::new(destination.into()), verb, decision }
}

#[test]
fn a_destination_is_new_until_something_was_sent_there() {
    let mut memory = memory(1);
    let is_new = |memory: &Memory, event: &Event| Recalled::of(memory, event, NOW, None).new_destination;
    let write = event("x/general", Verb::Write, Decision::Allow);
    assert!(is_new(&memory, &write));
    memory.note(&event("x/general", Verb::Read, Decision::Allow), NOW);
    memory.note(&event("x/general", Verb::Write, Decision::Deny), NOW);
    assert!(is_new(&memory, &write));
    memory.note(&write, NOW);
    assert!(!is_new(&memory, &write));
    assert!(is_new(&memory, &event("x/other", Verb::Write, Decision::Allow)));
    assert!(is_new(&memory, &Event { agent: "b".into(), ..write.clone() }));
    memory.forget(NOW + 40 * 24 * 60 * MINUTE);
    assert_eq!(memory, super::tests::memory(1));
}

#[test]
fn counts_have_windows_and_keys() {
    let mut memory = memory(1);
    for minute in 0..30 {
        memory.note(&event("x", Verb::Write, Decision::Allow), NOW + minute * MINUTE);
        memory.note(&event("y", Verb::Read, Decision::Deny), NOW + minute * MINUTE);
    }
    let count = |of, per, window_minutes| {
        let call = event("x", Verb::Read, Decision::Allow);
        Recalled::of(&memory, &call, NOW + 29 * MINUTE, None).count(&Count { of, per, window_minutes, limit: 0 })
    };
    assert_eq!(count(Counted::Calls, Per::Agent, 10), 20);
    assert_eq!(count(Counted::Calls, Per::Destination, 10), 10);
    assert_eq!(count(Counted::Writes, Per::Agent, 1440), 30);
    assert_eq!(count(Counted::Denials, Per::Destination, 60), 0);
}

#[test]
fn a_burst_is_five_times_the_usual() {
    let mut memory = memory(1);
    let call = event("x", Verb::Write, Decision::Allow);
    let bursts = |memory: &Memory, at| Recalled::of(memory, &call, at, None).volume_burst;
    for minute in 0..120 {
        memory.note(&call, NOW + minute * MINUTE);
    }
    assert!(!bursts(&memory, NOW + 119 * MINUTE));
    for _ in 0..60 {
        memory.note(&call, NOW + 120 * MINUTE);
    }
    assert!(bursts(&memory, NOW + 120 * MINUTE));
    assert!(!bursts(&memory, NOW + 140 * MINUTE));
    assert!(Recalled::of(&memory, &call, NOW + 120 * MINUTE, Some(180)).budget_exceeded);
    assert!(!Recalled::of(&memory, &call, NOW + 120 * MINUTE, Some(181)).budget_exceeded);
}

#[test]
fn trust_moves_as_documented() {
    let mut memory = memory(1);
    assert_eq!(memory.trust("a"), 50);
    (0..100).for_each(|_| memory.judge("a", Judgement::Approved));
    assert_eq!((memory.trust("a"), memory.trust("b")), (80, 50));
    memory.judge("a", Judgement::Denied);
    memory.judge("a", Judgement::Threat);
    assert_eq!(memory.trust("a"), 45);
    (0..9).for_each(|_| memory.judge("a", Judgement::Threat));
    assert_eq!(memory.trust("a"), 0);
}

#[test]
fn a_grant_is_for_one_call_once() {
    let mut memory = memory(1);
    memory.grant("d1", "a", NOW + MINUTE);
    assert!(memory.has_grant("d1", "a", NOW) && !memory.has_grant("d2", "a", NOW) && !memory.has_grant("d1", "b", NOW));
    assert!(!memory.has_grant("d1", "a", NOW + MINUTE));
    assert!(memory.consume_grant("d1", "a", NOW));
    assert!(!memory.consume_grant("d1", "a", NOW));
    memory.refuse("d3", "a", NOW + MINUTE);
    assert!(memory.is_refused("d3", "a", NOW) && !memory.is_refused("d3", "a", NOW + MINUTE));
}

#[test]
fn what_a_response_held_is_known_again() {
    let mut memory = memory(1);
    let text = "Dear board, the acquisition of Northwind closes on the second of May at eleven euros a share.";
    let mut prints = memory.fingerprints();
    prints.add_text(text.as_bytes());
    prints.add_value(b"123-45-6789");
    memory.taint("trace-1", prints, NOW);
    let source = |memory: &Memory, text: &str, at| {
        let mut prints = memory.fingerprints();
        prints.add_text(text.as_bytes());
        memory.source_of(prints, at).map(|source| source.trace)
    };
    for carried in [
        "fyi: THE ACQUISITION OF NORTHWIND closes on the second",
        "x_the-acquisition/of%northwind...closes   on\nthe second",
        text,
    ] {
        assert_eq!(source(&memory, carried, NOW).as_deref(), Some("trace-1"), "{carried}");
    }
    for unrelated in ["", "the acquisition", "Lunch on the second floor at eleven; please bring your own cups and some patience."]
    {
        assert_eq!(source(&memory, unrelated, NOW), None, "{unrelated}");
    }
    let mut value = memory.fingerprints();
    value.add_value(b"123456789");
    assert!(memory.source_of(value, NOW).is_some());
    assert_eq!(source(&memory, text, NOW + 61 * MINUTE), None);
}

#[test]
fn nothing_of_a_response_is_written() {
    let mut memory = memory(1);
    let mut prints = memory.fingerprints();
    prints.add_text(b"canary-value canary-value canary-value canary-value");
    memory.taint("trace-1", prints, NOW);
    memory.note(&event("canary-value", Verb::Write, Decision::Allow), NOW);
    assert!(!memory.to_json().contains("canary"));
    assert_eq!(format!("{memory:?} {:?}", event("canary-value", Verb::Read, Decision::Deny)).matches("canary").count(), 0);
}

#[test]
fn a_memory_survives_its_text() {
    let mut memory = memory(1);
    memory.note(&event("x", Verb::Write, Decision::Allow), NOW);
    memory.judge("a", Judgement::Approved);
    memory.grant("d", "a", NOW + MINUTE);
    memory.refuse("e", "a", NOW + MINUTE);
    let mut prints = memory.fingerprints();
    prints.add_text(b"some text that is long enough to leave a fingerprint or two");
    memory.taint("t", prints, NOW);
    assert_eq!(Memory::from_json(&memory.to_json(), MemoryKey::new([7; 16]), 1).unwrap(), memory);
    let cases = [
        ("{}", "memory:1:1: the key `version` is missing"),
        (r#"{"version":2}"#, "memory:1:2: version: is of another version"),
        (
            r#"{"version":1,"seen":[[1,"x"]],"counts":[],"judged":[],"grants":[],"refusals":[],"taint":[]}"#,
            "memory:1:22: seen[0]: is no entry of a memory",
        ),
    ];
    for (text, want) in cases {
        assert_eq!(Memory::from_json(text, MemoryKey::new([7; 16]), 1).unwrap_err().to_string(), want);
    }
}
