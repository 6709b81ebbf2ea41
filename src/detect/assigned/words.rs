#![allow(
    clippy::indexing_slicing,
    clippy::as_conversions,
    clippy::arithmetic_side_effects,
    reason = "the table is made by the compiler, where a wrong index does not compile"
)]
//! The words that names are made of, in one table of hashes that the compiler makes.

use super::vendors;

/// What a word says about the value that it names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    /// The value is a password, whatever it looks like.
    Password,
    /// The value is a secret when it looks random.
    Secret,
    /// With a vendor's name or a very random value, a secret.
    Key,
    /// A service that issues keys.
    Vendor,
    /// The same, but also an ordinary word.
    Common,
    /// The value is an identifier when the name ends so.
    Harmless,
    /// The value is not secret, wherever in the name it stands.
    Public,
    /// A person or program that logs in.
    Login,
}

impl Class {
    /// Its bit in a set of classes.
    pub(super) const fn bit(self) -> u8 {
        1 << self as u8
    }
}

const CLASSES: [Class; 8] =
    [Class::Password, Class::Secret, Class::Key, Class::Vendor, Class::Common, Class::Harmless, Class::Public, Class::Login];

const WORDS: [&str; 8] = [
    "password passwd passwort passphrase passcode userpass dbpass securestring presharedkey psk pwd pass pw psw kennwort contrasena motdepasse senha wachtwoord",
    "secret token tokens apikey apikeys accesskey privatekey privkey authkey credential credentials creds cred bearer licensekey
     encryptionkey encryptkey decryptionkey signingkey masterkey clientkey sharedkey accountkey appkey applicationkey
     connectionstring connstr passkey sessionkey writekey webhookkey apptoken subscriptionkey servicekey serverkey rootkey
     hmackey pat psk jwt sessionid sessiontoken phpsessid jsessionid connectsid laravelsession aspnetcoresession sessid
     aspxauth remembertoken sessioncookie csrfsecret secretkey salt pepper apisecret appsecret sigkey storagekey primarykeyvalue
     tkn secrete",
    "key keys auth access private authorization api cookie session login sig webhook admin pin otp",
    vendors::DISTINCTIVE,
    vendors::COMMON,
    "id ids uuid guid hash sha sha1 sha256 sha512 md5 crc digest checksum signature signatures signature256 etag cursor pagetoken nexttoken nextpagetoken
     continuationtoken continuation synctoken resumetoken pushtoken devicetoken csrftoken xsrftoken requestverificationtoken antiforgerytoken fcmtoken captchatoken recaptchatoken turnstiletoken authenticitytoken cancelkey
     csrf xsrf idempotencykey cachekey partitionkey primarykey foreignkey sortkey rowkey objectkey s3key bucketkey translationkey
     i18nkey messagekey routingkey configkey dedupkey dedupekey deduplicationkey correlationkey groupkey lockkey shardkey hashkey
     rangekey indexkey lookupkey issuekey projectkey parentkey entitykey recordkey uniquekey jobkey taskkey registrykey statekey
     url uri endpoint host hostname path file filename folder dir name type kind version
     commit revision fingerprint thumbprint integrity nonce iv tokentype tokenizer tokenize keyword keywords hotkey shortcut
     keyname keytype keyalgorithm algorithm alg expiry expires expiration expired count counts length size limit max min date time
     timestamp at arn region format description desc title label ref node nodes class status state code errorcode error message
     msg mode policy policies required enabled disabled valid invalid keyid accesskeyid apikeyid secretname secretid clientid tokenid appid accountid orgid projectid
     teamid traceid spanid requestid messageid eventid customerid transactionid orderid deviceid sessionidhash tenantid
     subscriptionid color icon image img avatar src href link placeholder help hint prefix suffix field column regex pattern
     domain address usage used index idx position offset types provider issuer audience scope scopes strategy method
     methods service services rotation age ttl lifetime duration interval source target vaulturl",
    "public publickey pubkey publishable publishablekey anon sitekey example sample schema translation fixture idempotency
     idempotent nextpage nonmatching dummy bogus maxtokens maxnewtokens mintokens totaltokens prompttokens completiontokens inputtokens
     outputtokens cachedtokens reasoningtokens budgettokens stoptoken eostoken bostoken padtoken unktoken digestvalue signaturevalue ciphertext x509certificate modulus",
    "user username userid uid login usr account email",
];

const SLOTS: usize = 4096;
static TABLE: [u32; SLOTS] = table();
/// Bits of the hashed first two letters of every word: most places in a name end here.
static FILTER: [u64; 16] = filter(WORDS.len());
/// The same of the words that count inside other words, too: passwords, secrets and keys.
static INNER_FILTER: [u64; 16] = filter(INNER);
const INNER: usize = 3;

const SEED: u32 = 0x811c_9dc5;

const fn step(hash: u32, byte: u8) -> u32 {
    (hash ^ byte as u32).wrapping_mul(0x0100_0193)
}

const fn mixed(hash: u32) -> u32 {
    let hash = (hash ^ (hash >> 15)).wrapping_mul(0x85eb_ca6b);
    let hash = hash ^ (hash >> 13);
    // Zero is an empty slot.
    (hash & !7) | 8
}

const fn pair(a: u8, b: u8) -> usize {
    ((a as usize).wrapping_mul(37).wrapping_add(b as usize)) & 1023
}

const fn table() -> [u32; SLOTS] {
    let mut slots = [0u32; SLOTS];
    let mut class = 0;
    while class < WORDS.len() {
        let text = WORDS[class].as_bytes();
        let (mut at, mut hash, mut letters) = (0, SEED, 0);
        while at <= text.len() {
            if at < text.len() && text[at].is_ascii_alphanumeric() {
                hash = step(hash, text[at]);
                letters += 1;
            } else {
                if letters > 0 {
                    let entry = (mixed(hash) & !7) | class as u32;
                    let mut slot = (mixed(hash) >> 4) as usize & (SLOTS - 1);
                    while slots[slot] != 0 && slots[slot] & !7 != entry & !7 {
                        slot = (slot + 1) & (SLOTS - 1);
                    }
                    // Of two lists that hold a word the first one counts.
                    if slots[slot] == 0 {
                        slots[slot] = entry;
                    }
                }
                hash = SEED;
                letters = 0;
            }
            at += 1;
        }
        class += 1;
    }
    slots
}

const fn filter(classes: usize) -> [u64; 16] {
    let mut bits = [0u64; 16];
    let mut class = 0;
    while class < classes {
        let text = WORDS[class].as_bytes();
        let mut at = 0;
        while at + 1 < text.len() {
            let first = at == 0 || !text[at - 1].is_ascii_alphanumeric();
            if first && text[at].is_ascii_alphanumeric() && text[at + 1].is_ascii_alphanumeric() {
                let bit = pair(text[at], text[at + 1]);
                bits[bit >> 6] |= 1 << (bit & 63);
            }
            at += 1;
        }
        class += 1;
    }
    bits
}

/// Bits of the hashed first three to six letters of every word: most prefixes end here.
static STEMS: [u64; 256] = stems(WORDS.len());
static INNER_STEMS: [u64; 256] = stems(INNER);

const fn stem(hash: u32) -> usize {
    (mixed(hash) >> 4) as usize & (256 * 64 - 1)
}

const fn stems(classes: usize) -> [u64; 256] {
    let mut bits = [0u64; 256];
    let mut class = 0;
    while class < classes {
        let text = WORDS[class].as_bytes();
        let (mut at, mut hash, mut letters) = (0, SEED, 0);
        while at < text.len() {
            if text[at].is_ascii_alphanumeric() {
                hash = step(hash, text[at]);
                letters += 1;
                if letters >= 3 && letters <= 6 {
                    bits[stem(hash) / 64] |= 1 << (stem(hash) % 64);
                }
            } else {
                (hash, letters) = (SEED, 0);
            }
            at += 1;
        }
        class += 1;
    }
    bits
}

/// The hash of a word that grows by one letter at a time.
#[derive(Clone, Copy)]
pub(super) struct Prefix(u32);

impl Prefix {
    pub(super) const fn new() -> Self {
        Self(SEED)
    }

    /// With one more letter, which is in lower case.
    pub(super) const fn with(self, letter: u8) -> Self {
        Self(step(self.0, letter))
    }

    /// Whether a word may begin with these three to six letters, at the beginning of a part of the name or `inside` one.
    pub(super) fn may_go_on(self, inside: bool) -> bool {
        let stems = if inside { &INNER_STEMS } else { &STEMS };
        stems.get(stem(self.0) / 64).is_some_and(|bits| bits >> (stem(self.0) % 64) & 1 == 1)
    }

    /// The class of the word so far.
    pub(super) fn class(self) -> Option<Class> {
        let wanted = mixed(self.0);
        let mut slot = (wanted >> 4) as usize & (SLOTS - 1);
        // The table is at most half full: a chain is short.
        for _ in 0..32 {
            match TABLE.get(slot).copied().unwrap_or_default() {
                0 => return None,
                entry if entry & !7 == wanted & !7 => return CLASSES.get((entry & 7) as usize).copied(),
                _ => slot = (slot + 1) & (SLOTS - 1),
            }
        }
        None
    }
}

/// Whether any word begins with the two letters.
pub(super) fn may_begin(a: u8, b: u8) -> bool {
    has(&FILTER, pair(a, b))
}

/// Whether any of those does that count inside other words.
pub(super) fn may_begin_inside(a: u8, b: u8) -> bool {
    has(&INNER_FILTER, pair(a, b))
}

fn has(filter: &[u64; 16], bit: usize) -> bool {
    filter.get(bit >> 6).is_some_and(|bits| bits >> (bit & 63) & 1 == 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn class(word: &str) -> Option<Class> {
        word.bytes().fold(Prefix::new(), Prefix::with).class()
    }

    #[test]
    fn every_word_is_found() {
        for list in WORDS {
            for word in list.split_whitespace() {
                assert!(class(word).is_some(), "{word}");
                assert!(word.len() >= 2 && may_begin(word.as_bytes()[0], word.as_bytes()[1]), "{word}");
            }
        }
        assert_eq!(class("password"), Some(Class::Password));
        assert_eq!(class("weatherbit"), Some(Class::Vendor));
        assert_eq!(class("etag"), Some(Class::Harmless));
        assert_eq!(class("pelican"), None);
    }
}
