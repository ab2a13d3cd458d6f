//! Small dossiers made by hand: a text, and rows that point at its words.
#![allow(dead_code, reason = "each test file uses its part")]

use tolmach_document::*;
use tolmach_situation::{Links, Memory, Picture, Report, Scope, Snapshot, Storage, brief};

/// A report under construction.
pub struct Draft {
    pub document: Document,
    pub reading: Reading,
}

/// The cue of an attribution whose content says nothing by itself.
pub const TAKES_UP: &str = "take up";

pub const RULE: RuleId = RuleId("test.by-hand");

impl Draft {
    /// A report of `outlet`, published on `day`; every line of `text` is a sentence.
    pub fn new(outlet: &str, day: &str, text: &str) -> Self {
        let document = Document {
            id: format!("{outlet} {day}").to_lowercase().replace(' ', "-"),
            outlet: Some(outlet.to_owned()),
            published: Moment::parse(day),
            text: text.to_owned(),
            ..Document::default()
        };
        let mut reading = Reading::default();
        let mut at = 0;
        for line in text.split_inclusive('\n') {
            let range = TextRange::at(at, at + line.trim_end().len());
            reading.analysis.sentences.push(Sentence { range, tokens: TokenRange::default() });
            at += line.len();
        }
        Self { document, reading }
    }

    /// The first place of these words.
    #[track_caller]
    pub fn find(&self, words: &str) -> TextRange {
        let at = self.document.text.find(words).unwrap_or_else(|| panic!("no {words:?} in the text"));
        TextRange::at(at, at + words.len())
    }

    /// An entity with its mentions; a mention that is its name or starts with a capital is a name.
    pub fn entity(&mut self, name: &str, kind: EntityKind, mentions: &[&str]) -> EntityId {
        let entity = self.reading.extraction.entities.push(Entity {
            name: name.to_owned(),
            kind,
            country: None,
            code: None,
            sectors: Vec::new(),
            roles: Vec::new(),
            registry: None,
        });
        for words in mentions {
            let range = self.find(words);
            let form = if words.starts_with(char::is_uppercase) { Form::Name } else { Form::Nominal };
            self.reading.extraction.mentions.push(Mention { range, head: 0, kind, form, entity, rule: RULE });
        }
        entity
    }

    pub fn person(&mut self, name: &str) -> EntityId {
        self.entity(name, EntityKind::Person, &[name])
    }

    pub fn time(&mut self, words: &str, start: &str, end: &str) -> TimeId {
        let day = |text: &str| text.parse::<Date>().unwrap();
        let interval = Some(Interval { start: day(start), end: day(end) });
        self.reading.extraction.times.push(TimeExpression {
            range: self.find(words),
            kind: TimeKind::Date,
            value: start.to_owned(),
            interval,
            modifier: None,
            rule: RULE,
        })
    }

    /// `source` says `content`.
    pub fn says(&mut self, source: Option<EntityId>, stance: Stance, content: &str) -> AttributionId {
        let range = self.find(content);
        let source = source.map(|entity| {
            let mention = self.reading.extraction.mentions.iter().find(|m| m.entity == entity);
            Source { ranges: mention.map(|m| m.range).into_iter().collect(), entity: Some(entity) }
        });
        self.reading.extraction.attributions.push(Attribution {
            kind: AttributionKind::Indirect,
            source,
            cue: Vec::new(),
            cue_lemma: "say".to_owned(),
            content: vec![range],
            stance,
            parent: None,
            channel: None,
            denies: Vec::new(),
            supports: Vec::new(),
            time: None,
            place: None,
            certainty: Certainty::Certain,
            rule: RULE,
            score: Score(1.0),
        })
    }

    pub fn attribution(&mut self, id: AttributionId) -> &mut Attribution {
        &mut self.reading.extraction.attributions[id]
    }

    /// `actor` does what `clause` tells to `recipient`.
    pub fn event(&mut self, category: &str, clause: &str, actor: EntityId, recipient: Option<EntityId>) -> EventId {
        let range = self.find(clause);
        let mentions = &self.reading.extraction.mentions;
        let words = |entity| mentions.iter().find(|m| m.entity == entity).map_or(range, |m| m.range);
        let part = |entity, role| Participant { range: words(entity), entity: Some(entity), role };
        let mut participants = vec![part(actor, ParticipantRole::Actor)];
        participants.extend(recipient.map(|entity| part(entity, ParticipantRole::Recipient)));
        self.reading.extraction.events.push(EventMention {
            trigger: range,
            range,
            category: category.to_owned(),
            mode: None,
            contexts: Vec::new(),
            cameo: None,
            quad: None,
            goldstein: Some(-5.0),
            participants,
            time: None,
            place: None,
            factuality: Factuality { positive: true, certainty: Certainty::Certain, tense: Tense::Past },
            attribution: None,
            rule: RULE,
            score: Score(1.0),
        })
    }

    pub fn event_mut(&mut self, id: EventId) -> &mut EventMention {
        &mut self.reading.extraction.events[id]
    }

    pub fn amount(&mut self, words: &str, value: f64, unit: &str, of: Option<&str>, time: Option<TimeId>) {
        self.reading.extraction.quantities.push(Quantity {
            range: self.find(words),
            value,
            high: None,
            unit: Some(unit.to_owned()),
            bound: Bound::Exact,
            direction: None,
            of: of.map(ToOwned::to_owned),
            time,
            rule: RULE,
        });
    }

    /// What a store keeps of it.
    pub fn report(&self) -> Report {
        let key = tolmach_situation::document_key(&self.document);
        Report {
            identity: self.document.id.clone(),
            key,
            document: self.document.clone(),
            reader: "hand".to_owned(),
            at: "2024-05-01T00:00:00Z".to_owned(),
            statements: tolmach_situation::state(key, &self.reading, |a| a.cue_lemma == TAKES_UP),
            issues: Vec::new(),
            signature: tolmach_resolution::signature(&self.document.text),
            again: false,
        }
    }
}

/// The snapshot of these reports, whatever their order.
pub fn snapshot(drafts: &[Draft]) -> Snapshot {
    let mut memory = Memory::default();
    for draft in drafts {
        memory.append(&draft.report()).unwrap();
    }
    memory.snapshot(Scope::Current).unwrap()
}

/// Runs `look` on the picture of these reports.
pub fn with_picture<Answer>(drafts: &[Draft], look: impl FnOnce(&Picture) -> Answer) -> Answer {
    let snapshot = snapshot(drafts);
    let links: Links = tolmach_resolution::link(&snapshot);
    look(&Picture::new(&snapshot, &links))
}

/// A section of the brief as text: headline parts with " | ", quotations after ">", what is beneath indented.
pub fn section(picture: &Picture, topic: brief::Topic) -> String {
    let made = brief::brief(picture, &tolmach_situation::Question::default());
    let mut out = String::new();
    for section in made.sections.iter().filter(|section| section.topic == topic) {
        section.lines.iter().for_each(|line| write_line(&mut out, picture, line, 0));
    }
    out
}

fn write_line(out: &mut String, picture: &Picture, line: &brief::Line, depth: usize) {
    let indent = "  ".repeat(depth);
    let status = line.status.map(ToOwned::to_owned);
    let parts = [&line.when, &line.head, &line.tag, &status, &line.note, &line.chain];
    let parts: Vec<&str> = parts.into_iter().filter_map(|part| part.as_deref()).collect();
    out.push_str(&format!("{indent}{}\n", parts.join(" | ")));
    for passage in &line.passages {
        let outlet = picture.snapshot.documents[passage.document].outlet();
        out.push_str(&format!("{indent}> {} — {outlet}\n", passage.line(picture.snapshot)));
    }
    line.beneath.iter().for_each(|line| write_line(out, picture, line, depth + 1));
}

/// Compares two texts line by line without their common indentation.
#[track_caller]
pub fn same(found: &str, expected: &str) {
    let lines: Vec<&str> = expected.trim_matches('\n').lines().collect();
    let indent = lines.iter().filter(|l| !l.trim().is_empty()).map(|l| l.len() - l.trim_start().len()).min();
    let cut: Vec<&str> = lines.iter().map(|l| l.get(indent.unwrap_or(0)..).unwrap_or("")).collect();
    assert_eq!(found.trim_end(), cut.join("\n").trim_end());
}
