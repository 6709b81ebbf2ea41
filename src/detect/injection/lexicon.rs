//! The vocabulary of requests to an agent: what is asked for, and what is done to what.

use super::lists::Words;

/// Words by which an order over what belongs to a user is found: what is acted upon, and what is done.
#[rustfmt::skip]
pub(super) const NAMES: &[&str] = &[
    "account", "accounts", "address", "addresses", "appointment", "appointments", "attachments", "bitcoin", "calendar",
    "contact", "contacts", "credentials", "cryptocurrency", "deposit", "details", "devices", "dispatch", "document",
    "documents", "download", "emergency", "ethereum", "everything", "favorite", "favourite", "financial", "folders", "forward",
    "genetic", "history", "information", "initiate", "inventory", "location", "medical", "medication", "message", "messages",
    "network", "password", "passwords", "patient", "patients", "payment", "payments", "permanent", "permission", "permissions",
    "personal", "prescription", "private", "profile", "project", "purchase", "records", "recipient", "recording", "recordings",
    "reminder", "repositories", "repository", "reservation", "retrieve", "schedule", "security", "settings", "shipping",
    "statement", "statements", "subscription", "traffic", "transaction", "transactions", "transfer", "vehicle", "withdraw",
    "portfolio", "investment", "investments", "balance", "friends", "followers", "insurance", "employee", "employees",
    "products", "meeting", "meetings", "website", "channel", "channels", "shipment", "delivery", "package", "packages",
    "blacklist", "whitelist", "firewall", "flights", "booking", "bookings", "invoices", "database", "savings", "thermostat",
    "cameras", "bedroom", "insulin", "explosives", "chemical", "weapons", "materials", "deepfake", "malware", "virtual",
    "activity", "identity", "biometric", "billing",
];

/// The same, to look a word up.
pub(super) static NAME_WORDS: Words = Words::of(NAMES);

/// What an order asks to do.
#[rustfmt::skip]
pub(super) static ACTIONS: Words = Words::of(&[
    "get", "retrieve", "fetch", "find", "search", "list", "show", "access", "send", "email", "mail", "forward",
    "share", "post", "upload", "transmit", "transfer", "wire", "pay", "withdraw", "deposit", "buy", "sell", "purchase",
    "order", "trade", "invest", "donate", "initiate", "make", "create", "generate", "schedule", "book", "reserve", "add",
    "update", "change", "modify", "set", "edit", "replace", "reset", "delete", "remove", "erase", "wipe", "cancel", "leave",
    "grant", "give", "allow", "enable", "disable", "unlock", "open", "close", "turn", "activate", "deactivate", "install",
    "uninstall", "run", "execute", "download", "use", "invite", "dispatch", "redirect", "guide", "copy", "move", "export",
    "save", "publish", "reply", "approve", "authorize", "revoke", "submit", "collect", "gather", "extract", "compile",
    "deploy", "look", "locate", "identify", "check", "track", "prescribe", "administer", "shut", "start", "stop",
]);

/// What an order to hand something out asks to do.
#[rustfmt::skip]
pub(super) static SENDING: Words = Words::of(&[
    "send", "email", "mail", "e-mail", "forward", "share", "transmit", "deliver", "upload", "post", "relay", "dispatch",
    "report",
]);

/// What there is to steal, in the words of whoever asks for it.
#[rustfmt::skip]
pub(super) static OBJECTS: Words = Words::of(&[
    "it", "them", "this", "these", "all", "every", "everything", "details", "information", "info", "contents", "content",
    "list", "history", "data", "results", "records", "copy", "password", "passwords", "code", "my", "body", "summary",
    "overview",
]);

/// Words that may stand before the verb of an order.
#[rustfmt::skip]
pub(super) static OPENERS: Words = Words::of(&[
    "please", "kindly", "can", "could", "would", "you", "then", "also", "now", "first", "next", "finally", "and",
    "immediately", "just", "must", "todo", "urgent", "important", "task", "hey", "hi", "quickly", "secondly", "after", "that",
]);

#[rustfmt::skip]
pub(super) const MINE: &[&str] = &[
    "my",
];
