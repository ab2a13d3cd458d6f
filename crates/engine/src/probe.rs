//! Single questions to single layers, as benchmarks ask them: parties or events are marked, one answer comes back.

use crate::Reader;
use tolmach_document::{Document, Parsed, TextRange};
use tolmach_extraction::Context;
use tolmach_extraction::event::relation::{self, Dyad, Relation};
use tolmach_extraction::factuality::learned;

impl Reader<'_> {
    /// What the marked source does to the marked target; `None` without the model.
    pub fn relation(&mut self, text: &str, dyad: Dyad) -> Option<Relation> {
        let analysis = self.worker.analyze(text);
        let document = Document { text: text.to_owned(), ..Document::default() };
        let parsed = Parsed::new(text, &analysis);
        let ctx = Context { document: &document, parsed, lexicon: &self.engine.lexicon, gazetteer: None };
        relation::code(ctx, dyad)
    }

    /// How far each marked event is told as real, from -3 to +3; `None` without the model.
    pub fn factuality(&mut self, text: &str, events: &[TextRange]) -> Option<Vec<f32>> {
        let analysis = self.worker.analyze(text);
        learned::scores(Parsed::new(text, &analysis), &self.engine.lexicon, events)
    }
}
