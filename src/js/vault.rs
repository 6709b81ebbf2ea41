//! Vaults, by number, and the redaction that fills them.

use alloc::{string::String, vec::Vec};
use core::cell::RefCell;

use wasm_bindgen::prelude::*;

use super::{ENGINES, slab::Slab};
use crate::Vault;

std::thread_local! {
    static VAULTS: RefCell<Slab<Vault>> = const { RefCell::new(Slab::new()) };
}

/// An empty vault for at most so many values.
#[wasm_bindgen(js_name = vaultNew)]
pub fn vault_new(most_entries: usize) -> u32 {
    VAULTS.with_borrow_mut(|vaults| vaults.insert(Vault::with_capacity(most_entries)))
}

/// Drops a vault, and overwrites what it held.
#[wasm_bindgen(js_name = vaultFree)]
pub fn vault_free(vault: u32) {
    VAULTS.with_borrow_mut(|vaults| vaults.remove(vault));
}

/// Empties a vault.
#[wasm_bindgen(js_name = vaultClear)]
pub fn vault_clear(vault: u32) {
    VAULTS.with_borrow_mut(|vaults| vaults.get_mut(vault).map(Vault::clear));
}

/// How many values a vault holds.
#[wasm_bindgen(js_name = vaultSize)]
pub fn vault_size(vault: u32) -> usize {
    VAULTS.with_borrow(|vaults| vaults.get(vault).map_or(0, Vault::len))
}

/// Puts the originals back.
#[wasm_bindgen(js_name = vaultRestore)]
pub fn vault_restore(vault: u32, bytes: &[u8]) -> Option<Vec<u8>> {
    VAULTS.with_borrow(|vaults| vaults.get(vault).map(|vault| vault.restore_bytes(bytes)))
}

/// Redacts a text by the engine's options. Vault 0 is none; `undefined` when the vault is full.
#[wasm_bindgen(js_name = engineRedact)]
pub fn engine_redact(engine: u32, vault: u32, text: &str) -> Option<String> {
    ENGINES.with_borrow(|engines| {
        let engine = engines.get(engine)?;
        VAULTS.with_borrow_mut(|vaults| match vaults.get_mut(vault) {
            Some(vault) => engine.redact_with(text, vault).ok(),
            None => Some(engine.redact_text(text)),
        })
    })
}
