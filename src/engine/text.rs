//! Redaction of texts that are no requests.

use alloc::{collections::BTreeSet, string::String, vec::Vec};

use super::Engine;
use crate::{
    finding::Finding,
    options::Operator,
    redact::{Form, disclosed, redact_body},
    request::Request,
    vault::{Recording, Vault, VaultFull},
};

impl Engine {
    /// Redacts every secret and all personal data in a text, low risk included, by the operators of the options. Findings
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

    fn redacted_text(&self, text: &str, mut recording: Option<&mut Recording<'_>>) -> String {
        let request = as_request(text);
        let findings = self.text_findings(&request, text);
        let indexes = wanted(&findings);
        let special = indexes.iter().filter_map(|i| findings.get(*i)).any(|f| f.replacement.operator() != Operator::Replace);
        if special {
            let made = redact_body(&request, &findings, &indexes, Form::Configured, recording.as_deref_mut());
            // INVARIANT(I7): what the operators leave must not be found again.
            if wanted(&self.text_findings(&as_request(&made), &made)).is_empty() {
                return made;
            }
            if let Some(recording) = recording.as_deref_mut() {
                recording.undo();
            }
        }
        redact_body(&request, &findings, &indexes, Form::Placeholders, recording)
    }

    fn text_findings(&self, request: &Request, text: &str) -> Vec<Finding> {
        let inspection = self.inspect(request, None);
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

fn wanted(findings: &[Finding]) -> BTreeSet<usize> {
    disclosed(findings).into_iter().filter(|i| findings.get(*i).is_some_and(|f| f.allowed.is_none())).collect()
}
