//! OpenAI, and the same interface at Azure.
//!
//! Source: the API reference at platform.openai.com and the Azure OpenAI reference.

use super::{Tool, table};

pub(super) const TOOL: Tool = Tool {
    name: "openai",
    places: &["api.openai.com", "{org}.openai.azure.com"],
    graphql: None,
    table: table!(
        "
POST   /v1/chat/completions                           create_completion        WRITE model
POST   /v1/completions                                create_completion        WRITE model
POST   /v1/responses/input_tokens                     count_tokens             READ  model
POST   /v1/responses                                  create_response          WRITE model
GET    /v1/responses/{file}/**                        get_response             READ
DELETE /v1/responses/{file}                           delete_response          WRITE delete
POST   /v1/responses/{file}/cancel                    cancel_response          WRITE
POST   /v1/embeddings                                 create_embedding         WRITE model
POST   /v1/moderations                                create_moderation        READ  model
POST   /v1/images/*                                   create_image             WRITE model
POST   /v1/audio/speech                               create_speech            WRITE model
POST   /v1/audio/*                                    transcribe_audio         WRITE model
POST   /v1/videos                                     create_video             WRITE model
POST   /v1/realtime/**                                create_realtime_session  WRITE model,credential
GET    /v1/models                                     list_models              READ
GET    /v1/models/*                                   get_model                READ
DELETE /v1/models/*                                   delete_model             ADMIN delete
GET    /v1/files                                      list_files               READ
GET    /v1/files/{file}/content                       download_file            READ  export
GET    /v1/files/{file}                               get_file                 READ
POST   /v1/files                                      upload_file              WRITE
DELETE /v1/files/{file}                               delete_file              WRITE delete
GET    /v1/fine_tuning/jobs                           list_fine_tuning_jobs    READ
POST   /v1/fine_tuning/jobs                           create_fine_tuning_job   WRITE execute           file=$.training_file
POST   /v1/fine_tuning/jobs/*/cancel                  cancel_fine_tuning_job   WRITE
POST   /v1/fine_tuning/checkpoints/*/permissions      share_checkpoint         ADMIN share,access
GET    /v1/batches                                    list_batches             READ
POST   /v1/batches                                    create_batch             WRITE model             file=$.input_file_id
POST   /v1/batches/*/cancel                           cancel_batch             WRITE
GET    /v1/assistants                                 list_assistants          READ
POST   /v1/assistants                                 create_assistant         WRITE
POST   /v1/assistants/*                               update_assistant         WRITE
DELETE /v1/assistants/*                               delete_assistant         WRITE delete
POST   /v1/threads                                    create_thread            WRITE
POST   /v1/threads/{channel}/messages                 create_message           WRITE model             channel=$.thread_id
GET    /v1/threads/{channel}/messages                 list_messages            READ
POST   /v1/threads/{channel}/runs                     create_run               WRITE model,execute
DELETE /v1/threads/{channel}                          delete_thread            WRITE delete
POST   /v1/vector_stores/{project}/search             search_vector_store      READ
GET    /v1/vector_stores                              list_vector_stores       READ
GET    /v1/vector_stores/**                           get_vector_store         READ
POST   /v1/vector_stores                              create_vector_store      WRITE
POST   /v1/vector_stores/{project}/files              add_vector_store_file    WRITE -                 file=$.file_id
DELETE /v1/vector_stores/{project}                    delete_vector_store      ADMIN delete
GET    /v1/containers/**                              get_container            READ
POST   /v1/containers                                 create_container         WRITE execute
POST   /v1/conversations                              create_conversation      WRITE
GET    /v1/organization/**                            read_organization        READ
POST   /v1/organization/admin_api_keys                create_admin_key         ADMIN credential,access
POST   /v1/organization/invites                       invite_user              ADMIN invite,access     principal=$.email
POST   /v1/organization/projects                      create_project           ADMIN
POST   /v1/organization/projects/{project}/archive    archive_project          ADMIN delete
POST   /v1/organization/projects/{project}/users      add_project_user         ADMIN invite,access     principal=$.email principal=$.user_id
POST   /v1/organization/projects/{project}/service_accounts create_service_account   ADMIN credential,access
POST   /v1/organization/**                            update_organization      ADMIN access
DELETE /v1/organization/**                            delete_from_organization ADMIN access,delete
POST   /openai/deployments/{project}/chat/completions create_completion        WRITE model
POST   /openai/deployments/{project}/completions      create_completion        WRITE model
POST   /openai/deployments/{project}/embeddings       create_embedding         WRITE model
POST   /openai/deployments/{project}/images/*         create_image             WRITE model
POST   /openai/responses                              create_response          WRITE model
POST   /openai/v1/chat/completions                    create_completion        WRITE model
POST   /openai/v1/responses                           create_response          WRITE model
"
    ),
};
