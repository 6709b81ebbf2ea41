/** Operations of OpenAI and Anthropic. */
import { get, post, type ToolTable } from "../operation.js";

export const OPENAI: ToolTable = {
  operations: {
    create_completion: post("/chat/completions"),
    create_response: post("/responses"),
    create_embedding: post("/embeddings"),
    create_moderation: post("/moderations"),
    create_image: post("/images/generations"),
    list_models: get("/models"),
    list_files: get("/files"),
    create_batch: post("/batches"),
  },
};

export const ANTHROPIC: ToolTable = {
  headers: { "anthropic-version": "2023-06-01" },
  operations: {
    create_message: post("/v1/messages"),
    count_tokens: post("/v1/messages/count_tokens"),
    create_batch: post("/v1/messages/batches"),
    get_batch: get("/v1/messages/batches/{batch_id}"),
    list_models: get("/v1/models"),
  },
};
