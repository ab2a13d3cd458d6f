//! What time is it? The one place that asks.

/// Now, ISO 8601 in UTC to the second.
#[must_use]
pub fn now() -> String {
    jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}
