//! A sorted list of words in a section of the data file, one a line, each perhaps with fields after tabs.

use tolmach_datafile::{DataFile, Section};

use crate::error::Error;

/// Lines of UTF-8 text in order of their first fields, found by halving.
pub(crate) struct WordList {
    section: Section,
    /// Where each line begins; one more at the end.
    starts: Vec<u32>,
}

impl WordList {
    /// The section called `name`, which may be missing.
    pub(crate) fn load(file: &DataFile, name: &str) -> Result<Option<Self>, Error> {
        let Some(section) = file.section(name) else { return Ok(None) };
        std::str::from_utf8(&section).map_err(|error| Error::new(name, error))?;
        let mut starts = vec![0];
        for (at, byte) in section.iter().enumerate() {
            if *byte == b'\n' {
                starts.push(u32::try_from(at + 1).map_err(|error| Error::new(name, error))?);
            }
        }
        if section.last().is_some_and(|byte| *byte != b'\n') {
            return Err(Error::new(name, "the last line does not end"));
        }
        Ok(Some(Self { section, starts }))
    }

    /// What follows `word` on its line, or `None` if the list does not have it.
    pub(crate) fn find(&self, word: &str) -> Option<&str> {
        let (mut low, mut high) = (0, self.starts.len() - 1);
        while low < high {
            let middle = low + (high - low) / 2;
            let (key, rest) = self.line(middle);
            match key.cmp(word.as_bytes()) {
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
                std::cmp::Ordering::Equal => {
                    return Some(std::str::from_utf8(rest).expect("checked when the list was loaded"));
                }
            }
        }
        None
    }

    fn line(&self, index: usize) -> (&[u8], &[u8]) {
        let line = &self.section[self.starts[index] as usize..self.starts[index + 1] as usize - 1];
        let tab = line.iter().position(|byte| *byte == b'\t');
        tab.map_or((line, &[]), |at| (&line[..at], &line[at + 1..]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::sample::Sample;

    #[test]
    fn every_word_is_found_and_no_other() {
        let mut sample = Sample::new(1);
        sample.text("list", "a\tx\ty\nab\nb-\tz\né\n");
        sample.text("cut", "a\nb");
        sample.text("empty", "");
        let file = sample.file();
        let list = WordList::load(&file, "list").unwrap().unwrap();
        assert_eq!(
            ["a", "ab", "b-", "é"].map(|word| list.find(word)),
            [Some("x\ty"), Some(""), Some("z"), Some("")]
        );
        assert_eq!(["", "aa", "abc", "b", "z", "a\tx"].map(|word| list.find(word)), [None; 6]);
        assert_eq!(WordList::load(&file, "empty").unwrap().unwrap().find("a"), None);
        assert!(WordList::load(&file, "cut").is_err());
        assert!(WordList::load(&file, "absent").unwrap().is_none());
    }
}
