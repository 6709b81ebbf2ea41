//! Redaction of texts that are no requests.

use alloc::{collections::BTreeSet, string::String, vec::Vec};

use super::{Engine, inspect::Look};
use crate::{
    finding::{DataClass, Finding, Writing},
    options::Operator,
    redact::{Form, Names, redact_body},
    request::Request,
    vault::{Recording, Vault, VaultFull},
};

/// How often a redacted text is looked at again until nothing more comes into view.
const MOST_PASSES: usize = 16;

impl Engine {
    /// Redacts every secret, all personal data, and orders to an agent in a text, low risk included, by the operators of the options. Findings
    /// that the allowlist expects stay, and so does any other text.
    pub fn redact_text(&self, text: &str) -> String {
        self.redacted_text(text, None)
    }

    /// The same, and the vault remembers what was replaced by placeholders.
    ///
    /// # Errors
    /// [`VaultFull`] when it has no room; the vault is then as it was.
    pub fn redact_with(&self, text: &str, vault: &mut Vault) -> Result<String, VaultFull> {
        let mut recording = Recording::of(text, vault);
        let redacted = self.redacted_text(text, Some(&mut recording));
        recording.finish()?;
        Ok(redacted)
    }

    fn redacted_text(&self, text: &str, recording: Option<&mut Recording<'_>>) -> String {
        let mut names = Names::of(recording);
        let request = as_request(text);
        let findings = self.text_findings(&request, text);
        let indexes = wanted(&findings);
        if indexes.is_empty() {
            return text.into();
        }
        let special = indexes.iter().filter_map(|i| findings.get(*i)).any(|f| f.replacement.operator() != Operator::Replace);
        if special {
            let made = redact_body(&request, &findings, &indexes, Form::Configured, &mut names);
            // INVARIANT(I7): what the operators leave must not be found again.
            if wanted(&self.text_findings(&as_request(&made), &made)).is_empty() {
                return made;
            }
            names.undo();
        }
        let mut made = redact_body(&request, &findings, &indexes, Form::Placeholders, &mut names);
        // A value can come into view when what it leant on has gone.
        for pass in 0..=MOST_PASSES {
            let request = as_request(&made);
            let mut findings = self.text_findings(&request, &made);
            let mut indexes = wanted(&findings);
            let Some(first) = indexes.first().copied() else { break };
            // A text that was made so that this goes on and on is replaced as a whole.
            if pass == MOST_PASSES {
                indexes = BTreeSet::from([first]);
                findings.iter_mut().for_each(|f| (f.span, f.writing) = (0..made.len(), Writing::Plain));
            }
            made = redact_body(&request, &findings, &indexes, Form::Placeholders, &mut names);
        }
        made
    }

    fn text_findings(&self, request: &Request, text: &str) -> Vec<Finding> {
        let (inspection, _) = self.inspect(request, Look::default());
        if inspection.coverage.skipped().next().is_some() {
            // Past the limits of a request there is still the text, from end to end.
            return self.findings_in_text(text);
        }
        inspection.findings
    }
}

fn as_request(text: &str) -> Request {
    Request::new("POST", "tool://interven/redact").body(text)
}

/// Orders to an agent as well: whoever reads the text next may be one. What marks a text as internal stays, since it protects
/// the text.
fn wanted(findings: &[Finding]) -> BTreeSet<usize> {
    let wanted = |f: &Finding| f.rule.class() != DataClass::Internal && f.allowed.is_none();
    let mut indexes = BTreeSet::new();
    indexes.extend(findings.iter().enumerate().filter(|(_, f)| wanted(f)).map(|(index, _)| index));
    indexes
}
