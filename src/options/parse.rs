//! Detectors, allowlist, redaction, private hosts and organisation from JSON. Every key is known or an error.

use alloc::{string::String, vec::Vec};

use super::{Allowed, CustomDetector, Operator, Options, Organisation, Pattern, Redaction};
use crate::{
    error::ConfigError,
    finding::{DataClass, Severity},
    json::{self, Place, Reader},
    secret::Sensitive,
};

const KEYS: &[&str] = &["detectors", "allowlist", "redaction", "allow_private", "organisation"];
const DETECTOR_KEYS: &[&str] =
    &["id", "class", "severity", "literals", "regex", "ignore_case", "near", "validator", "shows_tail"];
const ALLOWED_KEYS: &[&str] = &["reason", "sha256", "rule", "host", "path", "expires_at_ms"];
const REDACTION_KEYS: &[&str] = &["default", "classes", "rules", "key"];
const CLASSES: &[&str] = &["SECRETS", "PII", "PHI", "INTERNAL", "INJECTION"];

/// Adds what the document says to the options.
pub(super) fn read(options: &mut Options, text: &str, source: &str) -> Result<(), ConfigError> {
    let root = json::parse(text.as_bytes(), source)?;
    let reader = Reader { text, source };
    let at = Place { node: &root, key: String::new() };
    reader.only_keys(&at, KEYS)?;
    if let Some(list) = reader.optional(&at, "detectors") {
        for item in reader.items(&list)? {
            options.detectors.push(reader.detector(&item)?);
        }
    }
    if let Some(list) = reader.optional(&at, "allowlist") {
        for item in reader.items(&list)? {
            options.allowlist.push(reader.allowed(&item)?);
        }
    }
    if let Some(hosts) = reader.optional(&at, "allow_private") {
        options.allow_private = reader.any_texts(&hosts)?;
    }
    if let Some(own) = reader.optional(&at, "organisation") {
        reader.only_keys(&own, &["domains", "principals"])?;
        let texts = |name: &str| reader.optional(&own, name).map_or(Ok(Vec::new()), |list| reader.any_texts(&list));
        options.organisation = Organisation { domains: texts("domains")?, principals: texts("principals")? };
    }
    if let Some(redaction) = reader.optional(&at, "redaction") {
        options.redaction = reader.redaction(&redaction)?;
    }
    Ok(())
}

impl Reader<'_> {
    fn detector(&self, place: &Place<'_>) -> Result<CustomDetector, ConfigError> {
        self.only_keys(place, DETECTOR_KEYS)?;
        let class = self.required(place, "class")?;
        let severities = |name: &str| [Severity::Low, Severity::High].into_iter().find(|s| s.as_str() == name);
        let severity = self.optional(place, "severity");
        Ok(CustomDetector {
            id: self.text(&self.required(place, "id")?)?,
            class: self.one(&class, "data class", CLASSES, DataClass::parse)?,
            severity: severity.map_or(Ok(Severity::High), |s| self.one(&s, "severity", &["low", "high"], severities))?,
            pattern: self.pattern(place)?,
            near: self.optional(place, "near").map(|words| self.texts(&words)).transpose()?.unwrap_or_default(),
            validator: self.optional(place, "validator").map(|name| self.text(&name)).transpose()?,
            shows_tail: self.flag(place, "shows_tail")?,
        })
    }

    fn pattern(&self, place: &Place<'_>) -> Result<Pattern, ConfigError> {
        let ignore_case = self.flag(place, "ignore_case")?;
        match (self.optional(place, "literals"), self.optional(place, "regex")) {
            (Some(literals), None) => {
                let values = self.texts(&literals)?.into_iter().map(Sensitive::new).collect();
                Ok(Pattern::Literals { values, ignore_case })
            }
            (None, Some(regex)) if ignore_case => self.fail(&regex, "says itself what case it ignores", Some("`(?i)`".into())),
            (None, Some(regex)) => Ok(Pattern::Regex(Sensitive::new(self.text(&regex)?))),
            _ => self.fail(place, "needs either `literals` or `regex`", None),
        }
    }

    fn allowed(&self, place: &Place<'_>) -> Result<Allowed, ConfigError> {
        self.only_keys(place, ALLOWED_KEYS)?;
        let text = |name: &str| self.optional(place, name).map(|p| self.text(&p)).transpose();
        let expires = self.optional(place, "expires_at_ms").map(|p| (self.whole_number(&p), p));
        Ok(Allowed {
            reason: self.text(&self.required(place, "reason")?)?,
            sha256: text("sha256")?.map(Sensitive::new),
            rule: text("rule")?,
            host: text("host")?,
            path: text("path")?,
            expires_at_ms: match expires {
                None => None,
                Some((number, at)) => match u64::try_from(number?) {
                    Ok(ms) => Some(ms),
                    Err(_) => return self.fail(&at, "must be milliseconds since 1970", None),
                },
            },
        })
    }

    fn redaction(&self, place: &Place<'_>) -> Result<Redaction, ConfigError> {
        self.only_keys(place, REDACTION_KEYS)?;
        let mut redaction = Redaction::default();
        if let Some(default) = self.optional(place, "default") {
            redaction.default = self.operator(&default)?;
        }
        if let Some(classes) = self.optional(place, "classes") {
            self.only_keys(&classes, CLASSES)?;
            for class in DataClass::ALL {
                if let Some(operator) = self.optional(&classes, class.as_str()) {
                    redaction.classes.push((class, self.operator(&operator)?));
                }
            }
        }
        if let Some(rules) = self.optional(place, "rules") {
            for (id, _) in self.fields(&rules)? {
                let operator = self.required(&rules, id)?;
                redaction.rules.push((id.clone().into_owned(), self.operator(&operator)?));
            }
        }
        redaction.key = self.optional(place, "key").map(|key| self.text(&key).map(Sensitive::new)).transpose()?;
        Ok(redaction)
    }

    fn operator(&self, place: &Place<'_>) -> Result<Operator, ConfigError> {
        let names = Operator::ALL.map(Operator::as_str);
        self.one(place, "operator", &names, |name| Operator::ALL.into_iter().find(|o| o.as_str() == name))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use alloc::string::ToString;

    #[test]
    fn a_full_document() {
        let mut options = Options::default();
        let text = r#"{"detectors":[{"id":"codename","class":"INTERNAL","severity":"low","literals":["Blue Heron"],"ignore_case":true},
            {"id":"badge","class":"PII","regex":"B[0-9]{6}","near":["badge","employee"],"validator":"luhn","shows_tail":true}],
            "allowlist":[{"rule":"email","host":"*.example.com","path":"/to","expires_at_ms":5,"reason":"ours"}],
            "redaction":{"default":"drop","classes":{"PII":"mask"},"rules":{"email":"hash"},"key":"0123456789abcdef"}}"#;
        options.read_detection(text, "options").unwrap();
        assert_eq!(options.detectors.len(), 2);
        assert_eq!(options.allowlist.first().unwrap().expires_at_ms, Some(5));
        assert_eq!((options.redaction.default, options.redaction.classes.len()), (Operator::Drop, 1));
    }

    #[test]
    fn errors_name_key_and_remedy() {
        let cases = [
            (r#"{"detector":[]}"#, "o:1:2: detector: unknown key (did you mean `detectors`?)"),
            (r#"{"detectors":[{"id":"a","class":"PII"}]}"#, "o:1:15: detectors[0]: needs either `literals` or `regex`"),
            (
                r#"{"detectors":[{"id":"a","class":"PIII","literals":["abc"]}]}"#,
                "o:1:25: detectors[0].class: unknown data class `PIII` (did you mean `PII`?)",
            ),
            (
                r#"{"detectors":[{"id":"a","class":"PII","regex":"abc","ignore_case":true}]}"#,
                "o:1:39: detectors[0].regex: says itself what case it ignores (`(?i)`)",
            ),
            (
                r#"{"allowlist":[{"reason":"r","expires_at_ms":-1}]}"#,
                "o:1:29: allowlist[0].expires_at_ms: must be milliseconds since 1970",
            ),
            (r#"{"allowlist":[{"rule":"email"}]}"#, "o:1:15: allowlist[0]: the key `reason` is missing"),
            (
                r#"{"redaction":{"classes":{"PII":"hide"}}}"#,
                "o:1:26: redaction.classes.PII: unknown operator `hide` (one of mask, hash, replace, drop)",
            ),
        ];
        for (text, want) in cases {
            assert_eq!(Options::default().read_detection(text, "o").unwrap_err().to_string(), want);
        }
    }
}
