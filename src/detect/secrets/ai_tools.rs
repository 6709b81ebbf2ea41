//! Tools around models: tracing, vector stores, search.

use crate::detect::{
    checks,
    rule::{Candidate, Outcome, Rule},
    secrets::keyed,
    shape::{Alphabet, Part, Shape},
};

pub(in crate::detect) static RULES: &[&Rule] = &[
    &LANGSMITH,
    &LANGSMITH_LEGACY,
    &LANGFUSE,
    &WANDB,
    &WANDB_LEGACY,
    &PINECONE,
    &PINECONE_LEGACY,
    &TAVILY,
    &FIRECRAWL,
    &EXA,
    &BRAVE_SEARCH,
];

/// LangSmith personal and service keys.
static LANGSMITH: Rule = Rule::secret("langsmith_key", "LANGSMITH_KEY")
    .issued_by("langsmith")
    .token(&["lsv2_pt_", "lsv2_sk_"], &[Alphabet::Hex.exactly(32), Part::Text("_"), Alphabet::Hex.exactly(10)])
    .checked(checks::distinctive)
    .known_from("LangSmith documentation, create an account and API key; length as observed")
    .evidence(
        &["lsv2_pt_{hex:32}_{hex:10}", "LANGSMITH_API_KEY=lsv2_sk_{hex:32}_{hex:10}", "key lsv2_pt_{hex:32}_{hex:10}."],
        &["lsv2_pt_{hex:32}", "lsv2_xx_{hex:32}_{hex:10}", "alsv2_pt_{hex:32}_{hex:10}"],
    );

/// LangSmith keys of the first generation.
static LANGSMITH_LEGACY: Rule = Rule::secret("langsmith_legacy_key", "LANGSMITH_KEY")
    .issued_by("langsmith")
    .token(&["ls__"], &[Alphabet::Hex.exactly(32)])
    .known_from("LangSmith documentation, create an account and API key; length as observed")
    .evidence(
        &["ls__{hex:32}", "LANGCHAIN_API_KEY=ls__{hex:32}", "'ls__{hex:32}'"],
        &["ls__{hex:31}", "ls__{word:32}", "als__{hex:32}"],
    );

/// Langfuse secret keys; it is often hosted by its users.
static LANGFUSE: Rule = Rule::secret("langfuse_secret_key", "LANGFUSE_KEY")
    .issued_by_anybody()
    .token(&["sk-lf-"], &keyed::UUID)
    .checked(checks::distinctive)
    .known_from("Langfuse documentation, API authentication")
    .evidence(
        &["sk-lf-{uuid}", "LANGFUSE_SECRET_KEY=sk-lf-{uuid}", "(sk-lf-{uuid})"],
        &["pk-lf-{uuid}", "sk-lf-{hex:32}", "ask-lf-{uuid}"],
    );

/// Weights & Biases keys of the second generation.
static WANDB: Rule = Rule::secret("wandb_key", "WANDB_KEY")
    .issued_by("wandb")
    .token(&["wandb_v1_"], &[Alphabet::Base64Url.between(60, 90)])
    .checked(checks::distinctive)
    .known_from("Weights & Biases documentation, API keys; length as observed")
    .evidence(
        &["wandb_v1_{base62:77}", "WANDB_API_KEY=wandb_v1_{base64url:77}", "wandb login wandb_v1_{base62:77}"],
        &["wandb_v1_{base62:20}", "wandb_v2_{base62:77}", "awandb_v1_{base62:77}"],
    );

/// Weights & Biases keys of the first generation.
static WANDB_LEGACY: Rule = Rule::secret("wandb_legacy_key", "WANDB_KEY")
    .issued_by("wandb")
    .shaped(Shape::Keyed {
        words: &[&["wandb", "key"], &["wandb", "token"], &["wandb", "password"], &["wandb", "login"], &["weightsbiases", "key"]],
        body: Alphabet::Hex,
        least: 40,
        most: 40,
    })
    .checked(keyed::random)
    .known_from("Weights & Biases documentation, API keys")
    .evidence(
        &["WANDB_API_KEY={hex:40}", "machine api.wandb.ai login user password {hex:40}", "wandb login {hex:40}"],
        &["{hex:40}", "wandb run at commit {hex:40}", "WANDB_API_KEY={hex:39}"],
    );

/// Pinecone.
static PINECONE: Rule = Rule::secret("pinecone_key", "PINECONE_KEY")
    .issued_by("pinecone")
    .token(&["pcsk_"], &[Alphabet::Alphanumeric.between(4, 8), Part::Text("_"), Alphabet::Alphanumeric.between(56, 70)])
    .checked(checks::distinctive)
    .known_from("Pinecone documentation, manage API keys; length as observed")
    .evidence(
        &["pcsk_{base62:5}_{base62:63}", "PINECONE_API_KEY=pcsk_{base62:6}_{base62:63}", "Api-Key: pcsk_{base62:6}_{base62:63}"],
        &["pcsk_{base62:5}", "pcsk_{base62:63}", "apcsk_{base62:5}_{base62:63}"],
    );

/// Pinecone keys of the first generation.
static PINECONE_LEGACY: Rule = Rule::secret("pinecone_legacy_key", "PINECONE_KEY")
    .issued_by("pinecone")
    .shaped(Shape::Keyed {
        words: &[&["pinecone", "key"], &["pinecone", "token"], &["pinecone", "secret"]],
        body: Alphabet::Dashed,
        least: 36,
        most: 36,
    })
    .checked(keyed::uuid)
    .known_from("Pinecone documentation, manage API keys; form as observed")
    .evidence(
        &["PINECONE_API_KEY={uuid}", "pinecone key: {uuid}", "pinecone.token = \"{uuid}\""],
        &["{uuid}", "pinecone index {uuid}", "PINECONE_API_KEY={hex:36}"],
    );

/// Tavily.
static TAVILY: Rule = Rule::secret("tavily_key", "TAVILY_KEY")
    .issued_by("tavily")
    .token(&["tvly-"], &[Alphabet::Base64Url.between(24, 64)])
    .checked(keyed::random)
    .known_from("Tavily documentation, API introduction; length as observed")
    .evidence(
        &["tvly-{base62:32}", "TAVILY_API_KEY=tvly-dev-{base62:32}", "Bearer tvly-{base62:32}"],
        &["tvly-YOUR_API_KEY", "tvly-put-the-key-of-your-account-here", "atvly-{base62:32}"],
    );

/// Firecrawl.
static FIRECRAWL: Rule = Rule::secret("firecrawl_key", "FIRECRAWL_KEY")
    .issued_by("firecrawl")
    .token(&["fc-"], &[Alphabet::Hex.exactly(32)])
    .known_from("Firecrawl documentation, authentication; length as observed")
    .evidence(
        &["fc-{hex:32}", "FIRECRAWL_API_KEY=fc-{hex:32}", "Bearer fc-{hex:32}"],
        &["fc-{hex:31}", "fc-YOUR_API_KEY", "afc-{hex:32}"],
    );

/// Exa.
static EXA: Rule = Rule::secret("exa_key", "EXA_KEY")
    .issued_by("exa")
    // Its name begins other words, so that it counts with the next word only.
    .shaped(Shape::Keyed {
        words: &[&["exaapikey"], &["exakey"], &["exaaikey"], &["exaapitoken"]],
        body: Alphabet::Dashed,
        least: 36,
        most: 36,
    })
    .checked(keyed::uuid)
    .known_from("Exa documentation, getting started; form as observed")
    .evidence(
        &["EXA_API_KEY={uuid}", "exa key: {uuid}", "exaApiKey = '{uuid}'"],
        &["{uuid}", "example key: {uuid}", "EXA_API_KEY={hex:36}"],
    );

/// Brave Search subscription tokens.
static BRAVE_SEARCH: Rule = Rule::secret("brave_search_key", "BRAVE_SEARCH_KEY")
    .issued_by("brave")
    .token(&["BSA"], &[Alphabet::Base64Url.between(24, 40)])
    .checked(brave)
    .known_from("Brave Search API documentation, authentication; length as observed")
    .evidence(
        &["BSA{base64url:28}", "BRAVE_API_KEY=BSA{base64url:28}", "X-Subscription-Token: BSA{base64url:24}"],
        &["BSA{base62:12}", "BSA{base62:60}", "XBSA{base64url:28}"],
    );

fn brave(candidate: &Candidate<'_>) -> Outcome {
    keyed::certain_beside(candidate, &[&["brave"], &["subscriptiontoken"]])
}
