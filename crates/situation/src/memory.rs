//! A store in memory: the plainest reading of the contract of [`Storage`], for tests and for one-off pictures.

use crate::{DocumentKey, Judgement, Outcome, Report, Scope, Snapshot, Standing, Storage, Stored};
use std::collections::BTreeMap;
use std::convert::Infallible;

/// Keeps reports in memory.
#[derive(Clone, Debug, Default)]
pub struct Memory {
    versions: BTreeMap<String, Vec<Stored>>,
    judgements: Vec<Judgement>,
}

impl Memory {
    /// Identity and position of the version `key`, wherever it stands.
    fn find(&self, key: DocumentKey) -> Option<(String, usize)> {
        self.versions.iter().find_map(|(identity, versions)| {
            versions.iter().position(|v| v.key == key).map(|at| (identity.clone(), at))
        })
    }

    /// The stored form of a report as the next version of nothing.
    fn stored(report: &Report) -> Stored {
        Stored {
            identity: report.identity.clone(),
            key: report.key,
            document: report.document.clone(),
            version: 1,
            current: true,
            added: report.at.clone(),
            reader: report.reader.clone(),
            statements: report.statements.clone(),
            issues: Stored::issues(&report.issues),
            signature: report.signature.clone(),
        }
    }

    fn read_again(&mut self, report: &Report) {
        let (identity, at) = self.find(report.key).expect("its standing says that it is there");
        let old = &mut self.versions.get_mut(&identity).expect("just found")[at];
        let kept = Stored { version: old.version, added: old.added.clone(), ..Self::stored(report) };
        *old = Stored { current: old.current, ..kept };
    }

    /// A text that comes back is its old version made current again.
    fn correct(&mut self, report: &Report) -> Outcome {
        let versions = self.versions.get_mut(&report.identity).expect("a changed document is known");
        versions.iter_mut().for_each(|version| version.current = false);
        if let Some(old) = versions.iter_mut().find(|v| v.key == report.key) {
            old.current = true;
            return Outcome::Corrected(old.version);
        }
        let version = versions.len() as u32 + 1;
        versions.push(Stored { version, ..Self::stored(report) });
        Outcome::Corrected(version)
    }
}

impl Storage for Memory {
    type Error = Infallible;

    fn standing(&self, identity: &str, key: DocumentKey, reader: &str) -> Result<Standing, Infallible> {
        Ok(match self.find(key) {
            None if self.versions.contains_key(identity) => Standing::Changed,
            None => Standing::New,
            Some((holder, at)) => {
                let version = &self.versions[&holder][at];
                match () {
                    () if holder == identity && !version.current => Standing::Changed,
                    () if version.reader == reader => Standing::Same,
                    () => Standing::ReadOtherwise,
                }
            }
        })
    }

    fn append(&mut self, report: &Report) -> Result<Outcome, Infallible> {
        Ok(match self.standing(&report.identity, report.key, &report.reader)? {
            Standing::Same if !report.again => Outcome::Unchanged,
            Standing::Same | Standing::ReadOtherwise => {
                self.read_again(report);
                Outcome::ReadAgain
            }
            Standing::New => {
                self.versions.insert(report.identity.clone(), vec![Self::stored(report)]);
                Outcome::Added
            }
            Standing::Changed => self.correct(report),
        })
    }

    fn judge(&mut self, judgement: &Judgement) -> Result<(), Infallible> {
        if !self.judgements.contains(judgement) {
            self.judgements.push(judgement.clone());
        }
        Ok(())
    }

    fn snapshot(&self, scope: Scope) -> Result<Snapshot, Infallible> {
        let all = self.versions.values().flatten();
        let shown = all.filter(|v| scope == Scope::History || v.current).cloned();
        Ok(Snapshot::new(shown.collect(), self.judgements.clone()))
    }
}
