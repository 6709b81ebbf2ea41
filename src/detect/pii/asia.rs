//! Asia: identity and tax numbers.

use super::near::{Compact, by_itself, date, if_named, if_named_or_grouped, only_named, short_date};
use crate::{
    detect::{
        checksums,
        rule::{Candidate, Outcome, Rule},
        shape::Shape,
    },
    finding::Confidence,
};

pub(in crate::detect) static RULES: &[&Rule] = &[
    &IN_AADHAAR,
    &IN_PAN,
    &IN_GSTIN,
    &IN_VOTER,
    &CN_ID,
    &KR_RRN,
    &JP_MY_NUMBER,
    &TW_ID,
    &HK_ID,
    &SG_NRIC,
    &SG_UEN,
    &KR_BRN,
    &TH_ID,
    &MY_NRIC,
];

/// India: Aadhaar.
static IN_AADHAAR: Rule = Rule::pii("in_aadhaar", "IN_AADHAAR", aadhaar)
    .shaped(Shape::Forms(&["0000 0000 0000", "0000-0000-0000", "0000:0000:0000", "000000000000"]))
    .needs_name_or_groups(&["aadhaar", "aadhar", "uidai"])
    .known_from("UIDAI, Aadhaar numbering scheme")
    .evidence(
        &["{id:aadhaar:0000 0000 0000}", "Aadhaar {id:aadhaar}", "aadhaar_number={id:aadhaar:0000-0000-0000}"],
        &["{bad:aadhaar:0000 0000 0000}", "x {id:aadhaar}", "{id:aadhaar:0000 0000 0000} 1234"],
    );

fn aadhaar(candidate: &Candidate<'_>) -> Outcome {
    let compact = Compact::of(candidate.text);
    let palindrome = compact.iter().eq(compact.iter().rev());
    let valid = matches!(compact.first(), Some(b'2'..=b'9')) && !palindrome && checksums::verhoeff(&compact);
    if_named_or_grouped(candidate, valid, IN_AADHAAR.names)
}

/// India: permanent account numbers; the fourth letter is the kind of holder.
static IN_PAN: Rule = Rule::pii("in_pan", "IN_PAN", pan)
    .shaped(Shape::Forms(&["AAAAA0000A"]))
    .needs_name(&["pan", "permanent account number", "income tax", "pan card"])
    .known_from("Income Tax Department, structure of PAN")
    .evidence(
        &["PAN ABCPK{digits:4}L", "permanent account number: BNZPM{digits:4}F", "pan_number=ABCCK{digits:4}L"],
        &["x ABCPK{digits:4}L", "x ABCZK{digits:4}L", "span ABCPK{digits:4}L"],
    );

fn pan(candidate: &Candidate<'_>) -> Outcome {
    let compact = Compact::of(candidate.text);
    let holder = compact.get(3).is_some_and(|b| b"ABCEFGHJLPT".contains(b));
    if_named(candidate, holder, IN_PAN.names)
}

/// India: goods and services tax.
static IN_GSTIN: Rule = Rule::pii("in_gstin", "IN_GSTIN", gstin)
    .shaped(Shape::Forms(&["00AAAAA0000AXZX"]))
    .known_from("GSTN, structure of GSTIN")
    .evidence(&["{id:gstin}", "GSTIN: {id:gstin}", "gst={id:gstin}"], &["{badletter:gstin}", "{id:gstin}1", "A{id:gstin}"]);

fn gstin(candidate: &Candidate<'_>) -> Outcome {
    let compact = Compact::of(candidate.text);
    let state = matches!(compact.get(..2), Some([b'0'..=b'2', _] | [b'3', b'0'..=b'8'] | b"97" | b"99"));
    by_itself(candidate, state && checksums::in_gstin(&compact), &["gstin", "gst"])
}

/// India: voters.
static IN_VOTER: Rule = Rule::pii("in_voter_id", "IN_VOTER_ID", voter)
    .shaped(Shape::Forms(&["AAA0000000"]))
    .needs_name(&["voter id", "voter", "epic no", "epic number", "election card"])
    .known_from("Election Commission of India, EPIC number")
    .evidence(
        &["voter id ABC{digits:7}", "EPIC no: XYZ{digits:7}", "voter_id=ABC{digits:7}"],
        &["x ABC{digits:7}", "voter id AB{digits:8}", "epics ABCD{digits:7}"],
    );

fn voter(candidate: &Candidate<'_>) -> Outcome {
    if_named(candidate, true, IN_VOTER.names)
}

/// China: resident identity cards.
static CN_ID: Rule = Rule::pii("cn_resident_id", "CN_RESIDENT_ID", cn)
    .shaped(Shape::Forms(&["00000000000000000X"]))
    .known_from("GB 11643-1999")
    .evidence(&["{id:cn}", "身份证 {id:cn}", "id_card={id:cn}"], &["{badletter:cn}", "{id:cn}1", "3.{id:cn}"]);

fn cn(candidate: &Candidate<'_>) -> Outcome {
    let compact = Compact::of(candidate.text);
    let part = |from: usize, to: usize| compact.get(from..to).unwrap_or_default();
    let born = date(part(6, 10), part(10, 12), part(12, 14)) && matches!(compact.first(), Some(b'1'..=b'9'));
    by_itself(candidate, born && checksums::iso_11_2(&compact), &["身份证", "身份证号", "id card", "resident id"])
}

/// Korea: resident registration; the check digit was given up in October 2020, so the grouped form needs a date only.
static KR_RRN: Rule = Rule::pii("kr_rrn", "KR_RRN", kr)
    .shaped(Shape::Forms(&["000000-0000000", "0000000000000"]))
    .needs_name_or_groups(&[
        "rrn",
        "frn",
        "주민등록번호",
        "주민번호",
        "외국인등록번호",
        "resident registration",
        "foreigner registration",
    ])
    .known_from("주민등록법 시행규칙 제2조")
    .evidence(
        &["{id:kr:000000-0000000}", "RRN {id:kr:000000-0000000}", "주민등록번호 {id:kr}"],
        &["x {id:kr}", "99{digits:4}-9{digits:7}", "RRN {id:kr}1"],
    );

fn kr(candidate: &Candidate<'_>) -> Outcome {
    let compact = Compact::of(candidate.text);
    let born = short_date(compact.get(..6).unwrap_or_default());
    let century = matches!(compact.get(6), Some(b'1'..=b'8'));
    match if_named_or_grouped(candidate, born && century, KR_RRN.names) {
        Outcome::Found(_) if !checksums::kr_rrn(&compact) => Outcome::Found(Confidence::Low),
        outcome => outcome,
    }
}

/// Japan: individual numbers.
static JP_MY_NUMBER: Rule = Rule::pii("jp_my_number", "JP_MY_NUMBER", my_number)
    .shaped(Shape::Forms(&["0000 0000 0000", "0000-0000-0000", "000000000000"]))
    .needs_name(&["my number", "mynumber", "マイナンバー", "個人番号", "individual number"])
    .known_from("総務省令第八十五号, 個人番号")
    .evidence(
        &["My Number {id:mynumber}", "マイナンバー: {id:mynumber:0000 0000 0000}", "my_number={id:mynumber}"],
        &["x {bad:mynumber}", "x {id:mynumber}", "x {id:mynumber:0000 0000 0000}"],
    );

fn my_number(candidate: &Candidate<'_>) -> Outcome {
    let valid = checksums::jp_my_number(&Compact::of(candidate.text));
    if_named(candidate, valid, JP_MY_NUMBER.names)
}

/// Taiwan: national identification.
static TW_ID: Rule = Rule::pii("tw_national_id", "TW_NATIONAL_ID", tw)
    .shaped(Shape::Forms(&["A000000000"]))
    .needs_name(&["身分證", "身分證字號", "national id", "taiwan id", "id number"])
    .known_from("內政部戶政司, 國民身分證統一編號")
    .evidence(
        &["身分證 {id:tw}", "national id: {id:tw}", "national_id={id:tw}"],
        &["x {bad:tw}", "x {id:tw}", "national id {id:tw}1"],
    );

fn tw(candidate: &Candidate<'_>) -> Outcome {
    let compact = Compact::of(candidate.text);
    let kind = matches!(compact.get(1), Some(b'1' | b'2' | b'8' | b'9'));
    if_named(candidate, kind && checksums::tw_id(&compact), TW_ID.names)
}

/// Hong Kong: identity cards.
static HK_ID: Rule = Rule::pii("hk_id", "HK_ID", hk)
    .shaped(Shape::Forms(&["A000000(X)", "AA000000(X)", "A000000X", "AA000000X"]))
    .needs_name_or_groups(&["hkid", "hong kong id", "identity card", "身份證"])
    .known_from("Immigration Department of Hong Kong, identity card check digit")
    .evidence(
        &["{id:hkid:0000000(0)}", "HKID {id:hkid}", "hkid={id:hkid:0000000(0)}"],
        &["{badletter:hkid:0000000(0)}", "x {id:hkid}", "HKID {id:hkid}1"],
    );

fn hk(candidate: &Candidate<'_>) -> Outcome {
    let upper = candidate.text.first().is_some_and(u8::is_ascii_uppercase);
    let valid = checksums::hk_id(&Compact::of(candidate.text));
    if_named_or_grouped(candidate, upper && valid, HK_ID.names)
}

/// Singapore: citizens and foreigners.
static SG_NRIC: Rule = Rule::pii("sg_nric", "SG_NRIC", sg)
    .shaped(Shape::Forms(&["A0000000A"]))
    .needs_name(&["nric", "fin", "uin", "identity card"])
    .known_from("ICA Singapore, NRIC and FIN")
    .evidence(&["NRIC {id:nric}", "nric={id:nric}", "FIN: {id:nric}"], &["x {badletter:nric}", "x {id:nric}", "nric {id:nric}1"]);

fn sg(candidate: &Candidate<'_>) -> Outcome {
    let compact = Compact::of(candidate.text);
    let kind = matches!(compact.first(), Some(b'S' | b'T' | b'F' | b'G' | b'M'));
    match if_named(candidate, kind, SG_NRIC.names) {
        Outcome::Found(_) if !checksums::sg_nric(&compact) => Outcome::Found(Confidence::Low),
        outcome => outcome,
    }
}

/// Singapore: businesses, companies and other entities.
static SG_UEN: Rule = Rule::pii("sg_uen", "SG_UEN", uen)
    .shaped(Shape::Forms(&["00000000A", "000000000A", "A00AA0000A"]))
    .known_from("ACRA, Unique Entity Number")
    .evidence(
        &["UEN {digits:8}D", "uen=2014{digits:5}K", "T16RF{digits:4}C"],
        &["x {digits:8}D", "x 2014{digits:5}K", "A16RF{digits:4}C"],
    );

fn uen(candidate: &Candidate<'_>) -> Outcome {
    let text = candidate.text;
    let words = ["uen", "unique entity", "acra", "business registration"];
    if text.first().is_some_and(u8::is_ascii_alphabetic) {
        return by_itself(candidate, matches!(text.first(), Some(b'T' | b'S' | b'R')), &words);
    }
    let year = text.len() == 9 || matches!(text.get(..2), Some(b"19" | b"20"));
    if_named(candidate, year && text.last().is_some_and(u8::is_ascii_uppercase), &words)
}

/// Korea: businesses.
static KR_BRN: Rule = Rule::pii("kr_brn", "KR_BRN", brn)
    .shaped(Shape::Forms(&["000-00-00000", "0000000000"]))
    .needs_name(&["brn", "사업자등록번호", "사업자번호", "business registration"])
    .known_from("국세청, 사업자등록번호")
    .evidence(
        &["BRN {id:brn}", "사업자등록번호 {id:brn:000-00-00000}", "brn={id:brn}"],
        &["x {bad:brn}", "x {id:brn}", "BRN {id:brn}1"],
    );

fn brn(candidate: &Candidate<'_>) -> Outcome {
    only_named(candidate, checksums::kr_brn(&Compact::of(candidate.text)), KR_BRN.names)
}

/// Thailand: citizens.
static TH_ID: Rule = Rule::pii("th_citizen_id", "TH_CITIZEN_ID", th)
    .shaped(Shape::Forms(&["0-0000-00000-00-0", "0 0000 00000 00 0", "0000000000000"]))
    .needs_name_or_groups(&["thai id", "เลขประจำตัวประชาชน", "เลขบัตรประชาชน", "thai national id", "citizen id", "tnin"])
    .known_from("กรมการปกครอง, เลขประจำตัวประชาชน")
    .evidence(
        &["{id:th:0-0000-00000-00-0}", "Thai ID {id:th}", "เลขประจำตัวประชาชน {id:th}"],
        &["{bad:th:0-0000-00000-00-0}", "x {id:th}", "thai id {id:th}1"],
    );

fn th(candidate: &Candidate<'_>) -> Outcome {
    let compact = Compact::of(candidate.text);
    let kind = matches!(compact.first(), Some(b'1'..=b'8'));
    // The province; numbers between are not given out.
    let place = matches!(
        compact.get(1..3),
        Some(
            [b'1', _]
                | [b'2', b'0'..=b'7']
                | [b'3', _]
                | [b'4', _]
                | [b'5', b'0'..=b'8']
                | [b'6', b'0'..=b'7']
                | [b'7', b'0'..=b'7']
                | [b'8', b'0'..=b'6']
                | [b'9', b'0'..=b'6']
        )
    );
    let valid = kind && place && checksums::th_id(&compact);
    if_named_or_grouped(candidate, valid, TH_ID.names)
}

/// Malaysia: identity cards: a date, a place and a serial; no check digit.
static MY_NRIC: Rule = Rule::pii("my_nric", "MY_NRIC", my)
    .shaped(Shape::Forms(&["000000-00-0000", "000000000000"]))
    .needs_name_or_groups(&["mykad", "nric", "kad pengenalan", "ic number", "ic no"])
    .known_from("Jabatan Pendaftaran Negara, MyKad")
    .evidence(
        &["MyKad {born}-14-{digits:4}", "nric={born}-10-{digits:4}", "{born}-14-{digits:4}"],
        &["99{digits:4}-14-{digits:4}", "{born}14{digits:4}", "mykad {born}14{digits:4}1"],
    );

fn my(candidate: &Candidate<'_>) -> Outcome {
    let compact = Compact::of(candidate.text);
    let place = !matches!(compact.get(6..8), Some(b"00" | b"17" | b"18" | b"19" | b"20" | b"69" | b"70" | b"73" | b"80" | b"81"));
    let born = short_date(compact.get(..6).unwrap_or_default());
    if candidate.text.contains(&b'-') {
        return if_named_or_grouped(candidate, born && place, MY_NRIC.names);
    }
    only_named(candidate, born && place, MY_NRIC.names)
}
