//! `xtask bindgen IN.wasm OUT_DIR NAME` writes the JavaScript glue; `xtask component IN.wasm OUT.wasm` encodes a component;
//! `xtask rules OUT.js` writes what the commands say about the built-in rules.

use std::{error::Error, fmt::Write as _, fs, path::Path, process::ExitCode};

use wasm_bindgen_cli_support::Bindgen;
use wit_component::ComponentEncoder;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let done = match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["bindgen", input, folder, name] => bindgen(input, folder, name),
        ["component", input, output] => component(input, output),
        ["rules", output] => rules(output),
        _ => Err("usage: xtask bindgen IN.wasm OUT_DIR NAME | xtask component IN.wasm OUT.wasm | xtask rules OUT.js".into()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask: {error}");
            ExitCode::FAILURE
        }
    }
}

fn bindgen(input: &str, folder: &str, name: &str) -> Result<(), Box<dyn Error>> {
    let mut bindgen = Bindgen::new();
    bindgen.input_path(input).out_name(name).bundler(true)?.typescript(false);
    bindgen.remove_name_section(true).remove_producers_section(true);
    bindgen.generate(folder)?;
    // The entry for bundlers with their own idea of instances: ours instantiates by itself.
    fs::remove_file(Path::new(folder).join(format!("{name}.js")))?;
    Ok(())
}

fn component(input: &str, output: &str) -> Result<(), Box<dyn Error>> {
    let module = fs::read(input)?;
    let bytes = ComponentEncoder::default().module(&module)?.validate(true).encode()?;
    fs::write(output, bytes)?;
    Ok(())
}

/// A module with one row for each rule. Nothing in a rule's texts needs more than the quotes and escapes of Rust.
fn rules(output: &str) -> Result<(), Box<dyn Error>> {
    let mut out = String::from("export default [\n");
    for rule in interven::rules() {
        let (class, severity) = (rule.class.as_str(), rule.severity.as_str());
        let (id, label, source) = (rule.id, rule.label, rule.source);
        writeln!(out, "  {{ id: {id:?}, class: {class:?}, severity: {severity:?}, label: {label:?}, source: {source:?} }},")?;
    }
    out.push_str("];\n");
    if let Some(folder) = Path::new(output).parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(output, out)?;
    Ok(())
}
