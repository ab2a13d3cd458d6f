//! A page to its article: text by `dom_smoothie` or the `trafilatura` crate, metadata from the page's own
//! machine-readable tags. A date is taken only where a tag states it; none is invented from running text.

use crate::metadata::Metadata;
use crate::{Hints, Refusal, date};
use dom_query::Document as Page;
use dom_smoothie::{Config, Readability, TextMode};
use serde_json::Value;
use tolmach_document::{Document, Issue};

/// How an article is found in a page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Extractor {
    /// `dom_smoothie`: level in quality on news, several times faster.
    #[default]
    Fast,
    /// The `trafilatura` crate with its fallbacks.
    Quality,
}

/// Most elements in one page; beyond it a page is a bomb, not an article.
const MAX_ELEMENTS: usize = 200_000;
/// Deepest nesting of tags: the extractors recurse.
const MAX_DEPTH: usize = 400;

/// Whether decoded text is a page.
pub fn is_page(text: &str) -> bool {
    let head: String = text
        .trim_start_matches('\u{feff}')
        .trim_start()
        .chars()
        .take(600)
        .collect::<String>()
        .to_ascii_lowercase();
    let signs = ["<!doctype html", "<html", "<head", "<body", "<article"];
    let starts = head.starts_with('<');
    starts
        && (signs.iter().any(|sign| head.contains(sign))
            || head.starts_with("<div")
            || head.starts_with("<p>"))
}

/// The article of a page.
pub fn read(html: &str, hints: &Hints) -> Result<Document, Refusal> {
    let mut issues = Vec::new();
    if depth(html) > MAX_DEPTH {
        issues.push(issue("page nested too deeply; its markup was dropped"));
        let text = without_markup(html);
        return finish(Document { text, issues, ..Document::default() });
    }
    let page = Page::from(html);
    let mut document = Document::default();
    metadata(&page).lay_over(&mut document);
    document.text = paragraphs(&article(html, hints.extractor).unwrap_or_default());
    if document.text.is_empty() {
        document.text = paragraphs(
            &page.select("body p").iter().map(|p| p.text().to_string()).collect::<Vec<_>>().join("\n\n"),
        );
    }
    document.issues.append(&mut issues);
    finish(document)
}

fn finish(document: Document) -> Result<Document, Refusal> {
    if document.text.trim().is_empty() { Err(Refusal::NoArticle) } else { Ok(document) }
}

fn issue(message: &str) -> Issue {
    Issue { code: "html", message: message.to_owned(), range: None }
}

fn article(html: &str, extractor: Extractor) -> Option<String> {
    match extractor {
        Extractor::Fast => {
            let config = Config {
                text_mode: TextMode::Formatted,
                max_elements_to_parse: MAX_ELEMENTS,
                ..Config::default()
            };
            Some(Readability::new(html, None, Some(config)).ok()?.parse().ok()?.text_content.to_string())
        }
        Extractor::Quality => {
            let found = trafilatura::extract(html, &trafilatura::Options::default()).ok()?;
            // Its plain text runs paragraphs together; its markup keeps them.
            Some(Page::from(found.content_html.as_str()).formatted_text().to_string())
        }
    }
}

/// Depth of open tags by a plain scan, so that a bomb is seen before anything recurses.
fn depth(html: &str) -> usize {
    const VOID: [&str; 14] = [
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr",
        "p",
    ];
    let (mut now, mut most) = (0usize, 0usize);
    for piece in html.split('<').skip(1) {
        let name: String =
            piece.trim_start_matches('/').chars().take_while(char::is_ascii_alphanumeric).take(12).collect();
        let name = name.to_ascii_lowercase();
        if name.is_empty() || VOID.contains(&name.as_str()) {
            continue;
        }
        if piece.starts_with('/') {
            now = now.saturating_sub(1);
        } else if !piece.split('>').next().is_some_and(|tag| tag.ends_with('/')) {
            now += 1;
            most = most.max(now);
        }
    }
    most
}

fn without_markup(html: &str) -> String {
    let pieces = html.split('<').map(|piece| piece.split_once('>').map_or(piece, |(_, text)| text));
    paragraphs(&pieces.collect::<Vec<_>>().join(" "))
}

/// Trimmed lines, one blank line between paragraphs, no-break spaces as blanks.
fn paragraphs(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        if !out.is_empty() {
            out.push_str("\n\n");
        }
        for (at, word) in line.split_whitespace().enumerate() {
            if at > 0 {
                out.push(' ');
            }
            out.push_str(word);
        }
    }
    out
}

/// Title, outlet, author, date, language and address as the page's tags state them.
fn metadata(page: &Page) -> Metadata {
    let meta = |names: &[&str]| names.iter().find_map(|name| content(page, name));
    let ld = linked_data(page);
    let published = [&[
        "article:published_time",
        "datePublished",
        "date",
        "pubdate",
        "publish-date",
        "dc.date.issued",
        "DC.date",
        "sailthru.date",
        "parsely-pub-date",
    ][..]]
    .iter()
    .find_map(|names| {
        names.iter().filter_map(|name| content(page, name)).find(|text| date::read(text).is_some())
    });
    let time = || {
        let stamp = page.select(
            "article time[datetime], time[pubdate], time[itemprop=datePublished], header time[datetime]",
        );
        stamp
            .iter()
            .filter_map(|t| t.attr("datetime"))
            .map(|t| t.to_string())
            .find(|text| date::read(text).is_some())
    };
    Metadata {
        title: ld.title.or_else(|| meta(&["og:title", "twitter:title"])).or_else(|| heading(page)),
        outlet: meta(&["og:site_name"]).or(ld.outlet).or_else(|| meta(&["application-name", "publisher"])),
        author: ld
            .author
            .or_else(|| meta(&["author", "article:author", "byl"]))
            .filter(|name| !name.starts_with("http")),
        published: ld.published.filter(|text| date::read(text).is_some()).or(published).or_else(time),
        language: page
            .select("html[lang]")
            .attr("lang")
            .map(|l| l.chars().take(2).collect::<String>().to_lowercase()),
        url: page
            .select("link[rel=canonical]")
            .attr("href")
            .map(|h| h.to_string())
            .or_else(|| meta(&["og:url"])),
    }
}

fn content(page: &Page, name: &str) -> Option<String> {
    let found =
        page.select(&format!("meta[property='{name}'], meta[name='{name}'], meta[itemprop='{name}']"));
    found.attr("content").map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
}

fn heading(page: &Page) -> Option<String> {
    let text = page.select("h1").first().text().trim().to_owned();
    let text = if text.is_empty() { page.select("title").first().text().trim().to_owned() } else { text };
    (!text.is_empty()).then(|| text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// The first article of the page's JSON-LD.
fn linked_data(page: &Page) -> Metadata {
    for script in page.select("script[type='application/ld+json']").iter() {
        let Ok(value) = serde_json::from_str::<Value>(&script.text()) else { continue };
        let graph = value.get("@graph").and_then(Value::as_array).cloned();
        let items = graph.or_else(|| value.as_array().cloned()).unwrap_or_else(|| vec![value]);
        if let Some(item) = items.iter().find(|item| is_article(item)) {
            return from_article(item);
        }
    }
    Metadata::default()
}

fn is_article(item: &Value) -> bool {
    let kinds = |value: &Value| {
        value
            .as_str()
            .is_some_and(|kind| kind.ends_with("Article") || kind == "BlogPosting" || kind == "Report")
    };
    match item.get("@type") {
        Some(Value::Array(list)) => list.iter().any(kinds),
        Some(one) => kinds(one),
        None => false,
    }
}

fn from_article(item: &Value) -> Metadata {
    let text = |value: Option<&Value>| value.and_then(Value::as_str).map(str::to_owned);
    let name = |value: Option<&Value>| match value {
        Some(Value::String(name)) => Some(name.clone()),
        Some(Value::Array(list)) => {
            let names: Vec<&str> = list
                .iter()
                .filter_map(|one| one.get("name").and_then(Value::as_str).or(one.as_str()))
                .collect();
            (!names.is_empty()).then(|| names.join(", "))
        }
        Some(one) => text(one.get("name")),
        None => None,
    };
    Metadata {
        title: text(item.get("headline")),
        outlet: name(item.get("publisher")),
        author: name(item.get("author")),
        published: text(item.get("datePublished")),
        language: None,
        url: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(head: &str, body: &str) -> String {
        format!(
            "<!DOCTYPE html><html lang=\"en-GB\"><head>{head}</head><body><nav><a href=/>Home</a></nav>{body}<footer>© 2024</footer></body></html>"
        )
    }

    fn article() -> String {
        let line = "The provincial akimat said the water had risen by forty centimetres overnight, and that two villages were cut off. ";
        format!(
            "<article><h1>Ural River rises</h1><p>{}</p><p>{}</p></article>",
            line.repeat(4),
            line.repeat(5)
        )
    }

    #[test]
    fn article_text_keeps_its_paragraphs_and_loses_the_furniture() {
        for extractor in [Extractor::Fast, Extractor::Quality] {
            let hints = Hints { extractor, ..Hints::default() };
            let document =
                read(&page("<title>Ural River rises | Steppe Wire</title>", &article()), &hints).unwrap();
            assert!(
                document.text.contains("overnight") && document.text.contains("\n\n"),
                "{extractor:?}: {}",
                document.text
            );
            assert!(!document.text.contains("Home"), "{extractor:?}");
        }
    }

    #[test]
    fn metadata_comes_from_the_tags() {
        let ld = r#"<script type="application/ld+json">{"@context":"https://schema.org","@type":"NewsArticle","headline":"Ural River rises","datePublished":"2024-04-09T07:30:00+05:00","author":[{"@type":"Person","name":"Aigerim Bekova"}],"publisher":{"name":"Steppe Wire"}}</script>"#;
        let document = read(&page(ld, &article()), &Hints::default()).unwrap();
        assert_eq!(document.title.as_deref(), Some("Ural River rises"));
        assert_eq!(document.author.as_deref(), Some("Aigerim Bekova"));
        assert_eq!(document.outlet.as_deref(), Some("Steppe Wire"));
        assert_eq!(document.published.unwrap().date.to_string(), "2024-04-09");
        assert_eq!(document.language.as_deref(), Some("en"));
    }

    #[test]
    fn an_undated_page_stays_undated() {
        let document = read(&page("", &article()), &Hints::default()).unwrap();
        assert_eq!(document.published, None);
    }

    #[test]
    fn a_bomb_of_tags_is_answered_quickly() {
        let html = format!(
            "<html><body>{}The bridge fell.{}</body></html>",
            "<div>".repeat(200_000),
            "</div>".repeat(200_000)
        );
        let document = read(&html, &Hints::default()).unwrap();
        assert_eq!((document.text.as_str(), document.issues[0].code), ("The bridge fell.", "html"));
    }

    #[test]
    fn text_that_mentions_tags_is_no_page() {
        assert!(!is_page("He wrote <html> on the wall.") && is_page("\n<!DOCTYPE HTML><p>x"));
    }
}
