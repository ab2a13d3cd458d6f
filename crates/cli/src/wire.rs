//! The JSON of the annotation contract, version 1: spans in code points, ids by layer.

use serde::Serialize;
use serde_json::{Map, Value, json};
use tolmach_document::{
    Analysis, Attribution, CodePoints, Document, Entity, EventMention, Id, Iob, Mention, Place, Quantity,
    Reading, Region, RegionKind, TextRange, Tie, TimeExpression,
};

/// One annotation object. Null members are left out.
pub fn annotation(document: &Document, reading: &Reading, tokens: bool) -> Value {
    let w = Wire { points: CodePoints::new(&document.text) };
    let x = &reading.extraction;
    let mut out = Map::new();
    out.insert("schema".into(), "tolmach.annotation/1".into());
    out.insert("doc".into(), doc(document));
    out.insert("text".into(), document.text.as_str().into());
    out.insert("regions".into(), w.rows(&x.regions, Wire::region));
    out.insert(
        "sentences".into(),
        reading.analysis.sentences.iter().map(|s| json!({"span": w.span(s.range)})).collect(),
    );
    if tokens {
        out.insert("tokens".into(), w.tokens(&reading.analysis));
    }
    out.insert("mentions".into(), w.table(x.mentions.iter(), Wire::mention));
    out.insert("entities".into(), w.table(x.entities.iter(), Wire::entity));
    out.insert("times".into(), w.table(x.times.iter(), Wire::time));
    out.insert("places".into(), w.table(x.places.iter(), Wire::place));
    out.insert("quantities".into(), w.table(x.quantities.iter(), Wire::quantity));
    out.insert("attributions".into(), w.table(x.attributions.iter(), Wire::attribution));
    out.insert("events".into(), w.table(x.events.iter(), Wire::event));
    out.insert("ties".into(), w.table(x.ties.iter(), Wire::tie));
    let warnings = reading.issues.iter().map(|issue| {
        clean(json!({"code": issue.code, "message": issue.message, "span": issue.range.map(|r| w.span(r))}))
    });
    out.insert("warnings".into(), warnings.collect());
    Value::Object(out)
}

fn doc(d: &Document) -> Value {
    clean(json!({
        "id": d.id, "title": d.title, "outlet": d.outlet, "author": d.author, "url": d.url,
        "published": d.published.as_ref().map(ToString::to_string), "language": d.language, "path": d.path,
    }))
}

/// Leaves out null members of an object.
fn clean(value: Value) -> Value {
    match value {
        Value::Object(map) => Value::Object(map.into_iter().filter(|(_, v)| !v.is_null()).collect()),
        other => other,
    }
}

fn id<Row>(letter: char, id: Id<Row>) -> String {
    format!("{letter}{}", id.index() + 1)
}

fn ids<Row>(letter: char, list: &[Id<Row>]) -> Vec<String> {
    list.iter().map(|one| id(letter, *one)).collect()
}

/// Scores are printed with four decimals, so that equal readings give equal bytes.
fn score(value: f32) -> f64 {
    (f64::from(value) * 10_000.0).round() / 10_000.0
}

struct Wire<'t> {
    points: CodePoints<'t>,
}

impl Wire<'_> {
    fn span(&self, range: TextRange) -> [usize; 2] {
        self.points.of_range(range)
    }

    fn spans(&self, ranges: &[TextRange]) -> Vec<[usize; 2]> {
        ranges.iter().map(|range| self.span(*range)).collect()
    }

    fn rows<Row>(&self, rows: &[Row], one: fn(&Self, &Row) -> Value) -> Value {
        rows.iter().map(|row| one(self, row)).collect()
    }

    fn table<'r, Row: 'r>(
        &self,
        rows: impl Iterator<Item = &'r Row>,
        one: fn(&Self, usize, &Row) -> Value,
    ) -> Value {
        rows.enumerate().map(|(index, row)| clean(one(self, index, row))).collect()
    }

    fn region(&self, row: &Region) -> Value {
        let kind = match row.kind {
            RegionKind::Boilerplate => "boilerplate",
            RegionKind::Duplicate => "duplicate",
            RegionKind::Byline => "byline",
            RegionKind::Caption => "caption",
            RegionKind::Heading => "heading",
            RegionKind::QuoteBlock => "quote-block",
        };
        json!({"span": self.span(row.range), "kind": kind, "rule": row.rule.0})
    }

    fn tokens(&self, a: &Analysis) -> Value {
        #[derive(Serialize)]
        struct Row<'a> {
            span: [usize; 2],
            lemma: &'a str,
            pos: &'a str,
            tag: &'a str,
            dep: &'a str,
            head: u32,
            ent: String,
        }
        let rows = (0..a.tokens.len()).map(|t| Row {
            span: self.span(a.tokens[t].range),
            lemma: a.lemmas.get(t),
            pos: a.pos[t].name(),
            tag: a.tags[t].name(),
            dep: a.deps[t].name(),
            head: a.heads[t],
            ent: match a.entities[t] {
                Iob::Out => "O".to_owned(),
                Iob::Begin(label) => format!("B-{label}"),
                Iob::In(label) => format!("I-{label}"),
            },
        });
        rows.map(|row| serde_json::to_value(row).expect("plain fields")).collect()
    }

    fn mention(&self, index: usize, m: &Mention) -> Value {
        json!({"id": id('m', Id::<Mention>::new(index)), "span": self.span(m.range), "type": m.kind.name(),
               "entity": id('n', m.entity), "form": m.form.name(), "rule": m.rule.0})
    }

    fn entity(&self, index: usize, e: &Entity) -> Value {
        let roles: Vec<Value> = e
            .roles
            .iter()
            .map(|role| {
                json!({"title": role.title, "from": role.from.map(|d| d.to_string()), "to": role.to.map(|d| d.to_string())})
            })
            .collect();
        json!({"id": id('n', Id::<Entity>::new(index)), "name": e.name, "type": e.kind.name(), "country": e.country,
               "code": e.code, "sector": e.sectors, "roles": roles,
               "ref": e.registry.as_ref().map(|(registry, id)| json!({"registry": registry, "id": id}))})
    }

    fn time(&self, index: usize, t: &TimeExpression) -> Value {
        json!({"id": id('t', Id::<TimeExpression>::new(index)), "span": self.span(t.range), "type": t.kind.name(),
               "value": t.value, "interval": t.interval.map(|i| [i.start.to_string(), i.end.to_string()]),
               "mod": t.modifier, "rule": t.rule.0})
    }

    fn place(&self, index: usize, p: &Place) -> Value {
        json!({"id": id('p', Id::<Place>::new(index)), "span": self.span(p.range), "name": p.name,
               "geonameid": p.geonameid, "lat": p.lat, "lon": p.lon, "country": p.country, "admin1": p.admin1,
               "kind": p.kind, "metonym": p.metonym.then_some(true), "rule": p.rule.0, "score": score(p.score.0)})
    }

    fn quantity(&self, index: usize, q: &Quantity) -> Value {
        json!({"id": id('q', Id::<Quantity>::new(index)), "span": self.span(q.range), "value": number(q.value),
               "high": q.high.map(number), "unit": q.unit, "bound": q.bound.name(),
               "direction": q.direction.map(|d| d.name()), "of": q.of, "time": q.time.map(|t| id('t', t)), "rule": q.rule.0})
    }

    fn attribution(&self, index: usize, a: &Attribution) -> Value {
        let source = a
            .source
            .as_ref()
            .map(|s| clean(json!({"spans": self.spans(&s.ranges), "entity": s.entity.map(|e| id('n', e))})));
        let mut out = clean(json!({
            "id": id('a', Id::<Attribution>::new(index)), "kind": a.kind.name(),
            "cue": {"spans": self.spans(&a.cue), "lemma": a.cue_lemma}, "content": {"spans": self.spans(&a.content)},
            "stance": a.stance.name(), "parent": a.parent.map(|p| id('a', p)), "channel": a.channel.map(|c| id('n', c)),
            "denies": ids('a', &a.denies), "supports": ids('a', &a.supports), "time": a.time.map(|t| id('t', t)),
            "place": a.place.map(|p| id('p', p)), "certainty": a.certainty.name(), "rule": a.rule.0, "score": score(a.score.0),
        }));
        // The contract writes `null` where the text leaves the source open, so this member always stands.
        out["source"] = source.into();
        out
    }

    fn event(&self, index: usize, e: &EventMention) -> Value {
        let actors: Vec<Value> = e
            .participants
            .iter()
            .map(|p| {
                clean(json!({"span": self.span(p.range), "entity": p.entity.map(|x| id('n', x)), "role": p.role.name()}))
            })
            .collect();
        json!({"id": id('e', Id::<EventMention>::new(index)), "trigger": self.span(e.trigger), "span": self.span(e.range),
               "type": e.category, "mode": e.mode, "context": e.contexts, "cameo": e.cameo, "quad": e.quad,
               "goldstein": e.goldstein.map(score), "actors": actors, "time": e.time.map(|t| id('t', t)),
               "place": e.place.map(|p| id('p', p)),
               "factuality": {"polarity": if e.factuality.positive { "positive" } else { "negative" },
                              "certainty": e.factuality.certainty.name(), "tense": e.factuality.tense.name()},
               "attributed_to": e.attribution.map(|a| id('a', a)), "rule": e.rule.0, "score": score(e.score.0)})
    }

    fn tie(&self, index: usize, t: &Tie) -> Value {
        json!({"id": id('r', Id::<Tie>::new(index)), "kind": t.kind.name(), "a": id('n', t.a), "b": id('n', t.b),
               "span": self.span(t.range), "time": t.time.map(|x| id('t', x)),
               "attributed_to": t.attribution.map(|a| id('a', a)), "rule": t.rule.0})
    }
}

/// Whole numbers are printed without a fraction.
fn number(value: f64) -> Value {
    if value.fract() == 0.0 && value.abs() < 9e15 { json!(value as i64) } else { json!(value) }
}
