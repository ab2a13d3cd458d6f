//! What shows how far an event is told as real: features of one word in its parse, for the learned reading.
//!
//! One place for training and use. Emits names; hashing and weighing them is the model's work.

use crate::event::grammar::{is_passive, kid, kids};
use tolmach_document::{Dep, Parsed, Pos};
use tolmach_lexicon::Lexicon;

/// Heads followed up from the event.
const STEPS: usize = 4;

/// Words of a sentence looked at.
const WORDS: usize = 80;

/// What a clause looks like around its predicate.
#[derive(Default)]
struct Clause {
    /// Auxiliaries and negation with the tag of the verb.
    aux: String,
    subject: String,
    has_object: bool,
}

/// What the features of the event are crossed with.
struct Crossing {
    own: Clause,
    above: Clause,
    lemma: String,
    dep: &'static str,
    tag: String,
    first: String,
    second: String,
    rule: String,
    classes: Vec<String>,
    marks: Vec<String>,
    telling: Vec<String>,
    asked: bool,
}

/// Calls `emit` with the name of every feature of the event at `t`.
pub fn of(p: Parsed<'_>, lexicon: &Lexicon, t: usize, emit: &mut dyn FnMut(&str)) {
    let lemma = p.lemma(t).to_lowercase();
    emit(&format!("lemma:{lemma}"));
    emit(&format!("tag:{}", p.tag(t)));
    emit(&format!("dep:{}", p.dep(t)));
    emit(&format!("tag.dep:{}:{}", p.tag(t), p.dep(t)));
    emit(&format!("root:{}", p.is_root(t)));
    let mut x = Crossing {
        own: below(p, t, "", emit),
        above: Clause::default(),
        lemma,
        dep: p.dep(t).name(),
        tag: p.tag(t).to_string(),
        first: String::new(),
        second: String::new(),
        rule: String::new(),
        classes: Vec::new(),
        marks: kids(p, t).filter(|c| p.dep(*c) == Dep::Mark).map(|c| p.lower(c).to_owned()).collect(),
        telling: Vec::new(),
        asked: false,
    };
    above(p, lexicon, t, &mut x, emit);
    beside(p, t, emit);
    around(p, t, &mut x, emit);
    ruled(p, lexicon, t, &mut x, emit);
    crossed(&x, emit);
}

/// Auxiliaries, negation, determiners, subjects, objects, adverbs.
fn below(p: Parsed<'_>, t: usize, name: &str, emit: &mut dyn FnMut(&str)) -> Clause {
    let mut out = Clause::default();
    let mut aux = Vec::new();
    for c in kids(p, t) {
        let (word, dep) = (p.lower(c), p.dep(c));
        match dep {
            Dep::Neg => aux.push("not"),
            Dep::Aux | Dep::Auxpass => aux.push(word),
            Dep::Nsubj | Dep::Nsubjpass => {
                out.subject = if p.pos(c) == Pos::Propn { "NAME".to_owned() } else { word.to_owned() };
                emit(&format!("{name}subj:{}", out.subject));
                noun(p, c, &format!("{name}subj"), emit);
                continue;
            }
            Dep::Dobj => {
                out.has_object = true;
                noun(p, c, &format!("{name}obj"), emit);
                continue;
            }
            Dep::Advcl | Dep::Ccomp | Dep::Xcomp | Dep::Conj => {
                if let Some(mark) = kid(p, c, Dep::Mark) {
                    emit(&format!("{name}k:{dep}:{}", p.lower(mark)));
                }
            }
            _ => {}
        }
        let tells = matches!(
            dep,
            Dep::Neg
                | Dep::Aux
                | Dep::Auxpass
                | Dep::Mark
                | Dep::Advmod
                | Dep::Det
                | Dep::Preconj
                | Dep::Prt
                | Dep::Poss
                | Dep::Intj
                | Dep::Acomp
                | Dep::Attr
                | Dep::Prep
        );
        emit(&if tells { format!("{name}k:{dep}:{word}") } else { format!("{name}k:{dep}") });
    }
    out.aux = format!("{}:{}", aux.join(" "), p.tag(t));
    emit(&format!("{name}aux:{}", out.aux));
    if is_passive(p, t) {
        emit(&format!("{name}passive"));
    }
    out
}

fn noun(p: Parsed<'_>, t: usize, name: &str, emit: &mut dyn FnMut(&str)) {
    emit(&format!("{name}.tag:{}", p.tag(t)));
    if let Some(det) = kid(p, t, Dep::Det) {
        emit(&format!("{name}.det:{}", p.lower(det)));
    }
}

/// The predicates above, how the event hangs on them, and what hangs on them.
fn above(p: Parsed<'_>, lexicon: &Lexicon, t: usize, x: &mut Crossing, emit: &mut dyn FnMut(&str)) {
    let mut at = t;
    let mut path = String::new();
    for step in 1..=STEPS {
        let head = p.head(at);
        if head == at {
            emit(&format!("top:{step}:{path}"));
            break;
        }
        let name = p.dep(at).name();
        path.push_str(name);
        let lemma = p.lemma(head).to_lowercase();
        emit(&format!("up{step}:{path}"));
        emit(&format!("up{step}:{path}:{lemma}"));
        emit(&format!("up{step}:{path}:{}", p.tag(head)));
        match step {
            1 => {
                x.first = format!("{path}:{lemma}");
                x.above = below(p, head, "up1.", emit);
            }
            2 => {
                x.second = format!("{path}:{lemma}");
                below(p, head, "up2.", emit);
            }
            _ => {}
        }
        emit(&format!("up{}.lemma:{lemma}", step.min(3)));
        if let Some(effect) = lexicon.event.commitment().governor(&lemma) {
            emit(&format!("class{step}:{}:{name}", effect.class));
            emit(&format!("class:{}", effect.class));
            x.classes.push(format!("{step}:{}:{name}", effect.class));
        }
        path.push('>');
        at = head;
    }
}

/// The words next to the event.
fn beside(p: Parsed<'_>, t: usize, emit: &mut dyn FnMut(&str)) {
    let sentence = p.sentence(t).tokens;
    for far in 1..=3 {
        if let Some(w) = t.checked_sub(far).filter(|w| *w >= sentence.start) {
            emit(&format!("w-{far}:{}", p.lower(w)));
            emit(&format!("before:{}", p.lower(w)));
            emit(&format!("t-{far}:{}", p.tag(w)));
        }
        let w = t + far;
        if w < sentence.end {
            emit(&format!("w+{far}:{}", p.lower(w)));
            emit(&format!("t+{far}:{}", p.tag(w)));
        }
    }
}

/// The sentence: its end, its first word, conditions, questions, persons, place of the event in it.
fn around(p: Parsed<'_>, t: usize, x: &mut Crossing, emit: &mut dyn FnMut(&str)) {
    let sentence = p.sentence(t).tokens;
    let last = p.lower(sentence.end - 1);
    x.asked = last == "?";
    emit(&format!("first:{}", p.lower(sentence.start)));
    emit(&format!("last:{last}"));
    for w in sentence.iter().take(WORDS).filter(|w| *w != t) {
        if is_telling(p.lower(w)) {
            let feature = format!("{}:{}", if w < t { "left" } else { "right" }, p.lower(w));
            emit(&feature);
            if !x.telling.contains(&feature) {
                x.telling.push(feature);
            }
        }
    }
    let length = sentence.len();
    emit(&format!("length:{}", (length / 8).min(6)));
    emit(&format!("at:{}", (t - sentence.start) * 4 / length.max(1)));
}

/// Function words that bear on whole sentences.
fn is_telling(word: &str) -> bool {
    let words = "if ? not n't n’t will would could may might should can must i you we that to said when because unless \
                 whether without no never please ! before until or hope want plan likely possible";
    words.split(' ').any(|w| w == word)
}

/// What the rules say.
fn ruled(p: Parsed<'_>, lexicon: &Lexicon, t: usize, x: &mut Crossing, emit: &mut dyn FnMut(&str)) {
    let held = super::of(p, lexicon, t, None);
    let (sign, certainty, tense) =
        (if held.positive { "+" } else { "-" }, held.certainty.name(), held.tense.name());
    x.rule = format!("{sign}{certainty}:{tense}");
    emit(&format!("rule:{sign}"));
    emit(&format!("rule:{sign}{certainty}"));
    emit(&format!("rule:{}", x.rule));
    emit(&format!("rule:{}:{}", x.rule, p.tag(t)));
    emit(&format!("rule.tense:{tense}"));
}

fn crossed(x: &Crossing, emit: &mut dyn FnMut(&str)) {
    let Crossing { own, above, lemma, dep, tag, first, second, rule, .. } = x;
    let (aux, subject) = (&own.aux, &own.subject);
    emit(&format!("x1:{dep}|{aux}"));
    emit(&format!("x2:{dep}|{aux}|{subject}"));
    emit(&format!("x3:{aux}|{subject}"));
    emit(&format!("x4:{first}|{}", above.aux));
    emit(&format!("x5:{first}|{}|{aux}", above.aux));
    emit(&format!("x6:{rule}|{dep}"));
    emit(&format!("x7:{dep}|{}|{tag}", above.aux));
    emit(&format!("x8:{lemma}|{aux}"));
    emit(&format!("x9:{lemma}|{dep}"));
    emit(&format!("x10:{}|{dep}|{aux}", x.asked));
    emit(&format!("x11:{}|{first}", above.subject));
    emit(&format!("x12:{first}|{second}"));
    emit(&format!("x13:{dep}|{tag}|{subject}|{}", own.has_object));
    emit(&format!("x14:{lemma}|{subject}"));
    x.marks.iter().for_each(|mark| emit(&format!("x15:{mark}|{aux}")));
    for class in &x.classes {
        emit(&format!("x16:{class}|{aux}"));
        emit(&format!("x17:{class}|{}", above.aux));
    }
    x.telling.iter().for_each(|word| emit(&format!("x18:{word}|{dep}")));
}

/// Calls `emit` with the features that tell which question the marked `events` of a text answer.
pub fn school(p: Parsed<'_>, lexicon: &Lexicon, events: &[usize], emit: &mut dyn FnMut(&str)) {
    let words = p.len();
    emit(&format!("n:{}", events.len().min(6)));
    emit(&format!("density:{}", events.len() * 10 / words.max(1)));
    emit(&format!("length:{}", (words / 5).min(8)));
    for t in 0..words.min(4 * WORDS) {
        emit(&format!("word:{}", p.lower(t)));
    }
    for t in events {
        of(p, lexicon, *t, &mut |name| {
            let block = name.split(':').next().unwrap_or(name);
            let style = ["tag", "dep", "tag.dep", "last", "first", "w-1", "w+1", "lemma", "rule", "t-1", "t+1", "subj.tag"];
            if style.contains(&block) {
                emit(name);
            }
        });
    }
}
