//! HMAC-SHA-256 for the signatures of the older protocol. What stands in the buffer is overwritten when it goes: it is a key,
//! and a message that may hold payload.

use alloc::vec::Vec;

use wasm_bindgen::prelude::*;

use super::BUFFER;

/// HMAC-SHA-256, 32 bytes. In the buffer: the key, and the message.
#[wasm_bindgen(js_name = hmacSha256)]
pub fn hmac_sha256(key: usize) -> Option<Vec<u8>> {
    taken(|buffer| {
        let (key, message) = buffer.split_at_checked(key)?;
        Some(crate::hmac_sha256(key, message).to_vec())
    })
}

/// Whether a tag is that of a message; how long it takes tells nothing about the right one. In the buffer: the key, the tag, and
/// the message.
#[wasm_bindgen(js_name = verifyHmacSha256)]
pub fn verify_hmac_sha256(key: usize, tag: usize) -> bool {
    let verified = taken(|buffer| {
        let (key, rest) = buffer.split_at_checked(key)?;
        let (tag, message) = rest.split_at_checked(tag)?;
        Some(crate::verify_hmac_sha256(key, message, tag))
    });
    verified == Some(true)
}

fn taken<T>(action: impl FnOnce(&[u8]) -> Option<T>) -> Option<T> {
    let mut buffer = BUFFER.take();
    let result = action(&buffer);
    buffer.fill(0);
    // Otherwise writing what nobody reads again would be left out.
    core::hint::black_box(&buffer);
    result
}
