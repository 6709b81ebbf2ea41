//! Providers of models.

use crate::detect::{
    checks,
    rule::{Candidate, Outcome, Rule},
    secrets::keyed,
    shape::{Alphabet, Shape},
};

pub(in crate::detect) static RULES: &[&Rule] = &[
    &GROQ,
    &XAI,
    &PERPLEXITY,
    &HUGGING_FACE,
    &REPLICATE,
    &TOGETHER,
    &OPENROUTER,
    &CEREBRAS,
    &NVIDIA,
    &FIREWORKS,
    &ELEVENLABS,
    &DEEPSEEK,
    &AZURE_OPENAI,
    &COHERE,
    &MISTRAL,
    &ASSEMBLYAI,
    &DEEPGRAM,
];

/// Groq.
static GROQ: Rule = Rule::secret("groq_key", "GROQ_KEY")
    .issued_by("groq")
    .token(&["gsk_"], &[Alphabet::Alphanumeric.exactly(52)])
    .checked(checks::distinctive)
    .known_from("GroqDocs, API reference, authentication")
    .evidence(
        &["gsk_{base62:52}", "GROQ_API_KEY=gsk_{base62:52}", "Authorization: Bearer gsk_{base62:52}"],
        &["gsk_{base62:51}", "gsk_your_key_here", "agsk_{base62:52}"],
    );

/// xAI.
static XAI: Rule = Rule::secret("xai_key", "XAI_KEY")
    .issued_by("xai")
    .token(&["xai-"], &[Alphabet::Base64Url.between(70, 120)])
    .checked(checks::distinctive)
    .known_from("xAI documentation, API keys; length as observed")
    .evidence(
        &["xai-{base62:80}", "XAI_API_KEY=xai-{base62:80}", "Bearer xai-{base64url:84}"],
        &["xai-{base62:40}", "xai-org", "maxai-{base62:80}"],
    );

/// Perplexity.
static PERPLEXITY: Rule = Rule::secret("perplexity_key", "PERPLEXITY_KEY")
    .issued_by("perplexity")
    .token(&["pplx-"], &[Alphabet::Alphanumeric.between(44, 60)])
    .checked(checks::distinctive)
    .known_from("Perplexity documentation, API key management")
    .evidence(
        &["pplx-{base62:48}", "PPLX_API_KEY=\"pplx-{base62:48}\"", "the key pplx-{hex:48}, as agreed"],
        &["pplx-{base62:20}", "pplx-70b-online", "xpplx-{base62:48}"],
    );

/// Hugging Face user and organisation tokens.
static HUGGING_FACE: Rule = Rule::secret("huggingface_token", "HUGGINGFACE_TOKEN")
    .issued_by("huggingface")
    .token(&["hf_", "api_org_"], &[Alphabet::Alphanumeric.exactly(34)])
    .known_from("Hugging Face Hub documentation, user access tokens")
    .evidence(
        &["hf_{letters:34}", "HF_TOKEN=hf_{letters:34}", "token: api_org_{letters:34}"],
        &["hf_{letters:33}", "hf_hub_download_with_a_long_function_name", "shf_{letters:34}"],
    );

/// Replicate.
static REPLICATE: Rule = Rule::secret("replicate_token", "REPLICATE_TOKEN")
    .issued_by("replicate")
    .token(&["r8_"], &[Alphabet::Alphanumeric.exactly(37)])
    .checked(checks::distinctive)
    .known_from("Replicate documentation, API tokens")
    .evidence(
        &["r8_{base62:37}", "REPLICATE_API_TOKEN=r8_{base62:37}", "Token r8_{base62:37}"],
        &["r8_{base62:36}", "r8_{base62:38}", "xr8_{base62:37}"],
    );

/// Together.
static TOGETHER: Rule = Rule::secret("together_key", "TOGETHER_KEY")
    .issued_by("together")
    .token(&["tgp_v1_"], &[Alphabet::Base64Url.between(40, 50)])
    .checked(checks::distinctive)
    .known_from("Together AI documentation, API keys")
    .evidence(
        &["tgp_v1_{base64url:43}", "TOGETHER_API_KEY=tgp_v1_{base64url:43}", "Bearer tgp_v1_{base64url:43}"],
        &["tgp_v1_{base62:20}", "tgp_v2_{base62:43}", "atgp_v1_{base62:43}"],
    );

/// OpenRouter.
static OPENROUTER: Rule = Rule::secret("openrouter_key", "OPENROUTER_KEY")
    .issued_by("openrouter")
    .token(&["sk-or-v1-"], &[Alphabet::Hex.exactly(64)])
    .checked(checks::distinctive)
    .known_from("OpenRouter documentation, authentication")
    .evidence(
        &["sk-or-v1-{hex:64}", "OPENROUTER_API_KEY=sk-or-v1-{hex:64}", "(sk-or-v1-{hex:64})"],
        &["sk-or-v1-{hex:63}", "sk-or-v1-your-key", "task-or-v1-{hex:64}"],
    );

/// Cerebras.
static CEREBRAS: Rule = Rule::secret("cerebras_key", "CEREBRAS_KEY")
    .issued_by("cerebras")
    .token(&["csk-"], &[Alphabet::Lower.between(44, 52)])
    .checked(checks::distinctive)
    .known_from("Cerebras Inference documentation, authentication")
    .evidence(
        &["csk-{base36:48}", "CEREBRAS_API_KEY=csk-{base36:48}", "Bearer csk-{base36:48}"],
        &["csk-{base36:20}", "csk-{base62:48}", "dcsk-{base36:48}"],
    );

/// NVIDIA's API catalogue and NGC.
static NVIDIA: Rule = Rule::secret("nvidia_key", "NVIDIA_KEY")
    .issued_by("nvidia")
    .token(&["nvapi-"], &[Alphabet::Base64Url.between(55, 90)])
    .checked(checks::distinctive)
    .known_from("NVIDIA NIM documentation, API keys; length as observed")
    .evidence(
        &["nvapi-{base64url:64}", "NVIDIA_API_KEY=nvapi-{base64url:60}", "Bearer nvapi-{base64url:70}"],
        &["nvapi-{base62:20}", "nvapi-reference", "xnvapi-{base64url:64}"],
    );

/// Fireworks. The prefix also abbreviates firewalls and firmware.
static FIREWORKS: Rule = Rule::secret("fireworks_key", "FIREWORKS_KEY")
    .issued_by("fireworks")
    .token(&["fw_"], &[Alphabet::Alphanumeric.between(22, 28)])
    .checked(fireworks)
    .known_from("Fireworks AI documentation, API keys; length as observed")
    .evidence(
        &["fw_{base62:24}", "FIREWORKS_API_KEY=fw_{base62:24}", "fireworks key fw_{base62:24}"],
        &["fw_{base62:10}", "fw_{word:24}", "fw_version_of_the_installed_image"],
    );

fn fireworks(candidate: &Candidate<'_>) -> Outcome {
    keyed::certain_beside(candidate, &[&["fireworks"]])
}

/// ElevenLabs.
static ELEVENLABS: Rule = Rule::secret("elevenlabs_key", "ELEVENLABS_KEY")
    .issued_by("elevenlabs")
    .token(&["sk_"], &[Alphabet::Hex.exactly(48)])
    .known_from("ElevenLabs documentation, authentication; length as observed")
    .evidence(
        &["sk_{hex:48}", "xi-api-key: sk_{hex:48}", "ELEVENLABS_API_KEY=sk_{hex:48}"],
        &["sk_{hex:47}", "sk_{base62:48}", "task_{hex:48}"],
    );

/// DeepSeek, and others that took over the form (DashScope, Moonshot): hence anybody's.
static DEEPSEEK: Rule = Rule::secret("deepseek_key", "DEEPSEEK_KEY")
    .issued_by_anybody()
    .token(&["sk-"], &[Alphabet::Hex.exactly(32)])
    .known_from("DeepSeek API documentation, first call; length as observed")
    .evidence(
        &["sk-{hex:32}", "DEEPSEEK_API_KEY=sk-{hex:32}", "Bearer sk-{hex:32}"],
        &["sk-{hex:31}", "sk-{hex:33}", "task-{hex:32}"],
    );

/// Azure OpenAI keys of 32 hexadecimal digits.
static AZURE_OPENAI: Rule = Rule::secret("azure_openai_key", "AZURE_OPENAI_KEY")
    .issued_by("azure_openai")
    .shaped(Shape::Keyed {
        words: &[&["azure", "openai", "key"], &["azure", "openai", "secret"], &["azure", "openai", "token"]],
        body: Alphabet::Hex,
        least: 32,
        most: 32,
    })
    .checked(keyed::random)
    .known_from("Microsoft Learn, Azure OpenAI REST API reference, authentication")
    .evidence(
        &["AZURE_OPENAI_API_KEY={hex:32}", "azure openai key: {hex:32}", "azureOpenAIApiKey = \"{hex:32}\""],
        &["{hex:32}", "azure_openai_deployment={hex:32}", "AZURE_OPENAI_API_KEY={hex:31}"],
    );

/// Cohere.
static COHERE: Rule = Rule::secret("cohere_key", "COHERE_KEY")
    .issued_by("cohere")
    .shaped(Shape::Keyed {
        words: &[&["cohere", "key"], &["cohere", "token"], &["cohere", "secret"], &["coapikey"]],
        body: Alphabet::Alphanumeric,
        least: 40,
        most: 40,
    })
    .checked(keyed::random)
    .known_from("Cohere documentation, API keys and rate limits; length as observed")
    .evidence(
        &["cohere_api_key = {base62:40}", "CO_API_KEY={base62:40}", "the Cohere token is {base62:40}"],
        &["{base62:40}", "a coherent commit {hex:40}", "cohere_api_key = {base62:39}"],
    );

/// Mistral.
static MISTRAL: Rule = Rule::secret("mistral_key", "MISTRAL_KEY")
    .issued_by("mistral")
    .shaped(Shape::Keyed {
        words: &[&["mistral", "key"], &["mistral", "token"], &["mistral", "secret"]],
        body: Alphabet::Alphanumeric,
        least: 32,
        most: 32,
    })
    .checked(keyed::random)
    .known_from("Mistral AI documentation, quickstart; length as observed")
    .evidence(
        &["MISTRAL_API_KEY={base62:32}", "mistral key: {base62:32}", "mistralToken = '{base62:32}'"],
        &["{base62:32}", "mistral model {hex:32}", "MISTRAL_API_KEY={base62:31}"],
    );

/// AssemblyAI.
static ASSEMBLYAI: Rule = Rule::secret("assemblyai_key", "ASSEMBLYAI_KEY")
    .issued_by("assemblyai")
    .shaped(Shape::Keyed {
        words: &[&["assemblyai", "key"], &["assemblyai", "token"], &["assemblyai", "secret"]],
        body: Alphabet::Hex,
        least: 32,
        most: 32,
    })
    .checked(keyed::random)
    .known_from("AssemblyAI documentation, API authentication; length as observed")
    .evidence(
        &["ASSEMBLYAI_API_KEY={hex:32}", "AssemblyAI key: {hex:32}", "assembly_ai_token = {hex:32}"],
        &["{hex:32}", "assemblyai transcript {hex:32}", "ASSEMBLYAI_API_KEY={hex:31}"],
    );

/// Deepgram.
static DEEPGRAM: Rule = Rule::secret("deepgram_key", "DEEPGRAM_KEY")
    .issued_by("deepgram")
    .shaped(Shape::Keyed {
        words: &[&["deepgram", "key"], &["deepgram", "token"], &["deepgram", "secret"]],
        body: Alphabet::Hex,
        least: 40,
        most: 40,
    })
    .checked(keyed::random)
    .known_from("Deepgram documentation, authentication; length as observed")
    .evidence(
        &["DEEPGRAM_API_KEY={hex:40}", "deepgram key: {hex:40}", "deepgram.token = \"{hex:40}\""],
        &["{hex:40}", "deepgram sdk at commit {hex:40}", "DEEPGRAM_API_KEY={hex:39}"],
    );
