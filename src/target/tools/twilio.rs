//! Twilio: messages, calls, conversations and verification. Bodies are forms; names in the URL of an account end in `.json`.
//!
//! Source: the API references at twilio.com/docs.

use super::{Tool, table};

pub(super) const TOOL: Tool = Tool {
    name: "twilio",
    places: &["twilio.com"],
    graphql: None,
    table: table!(
        "
GET    /*/Accounts/{account}.json                       get_account READ
GET    /*/Accounts/{account}/Messages.json              list_messages READ
GET    /*/Accounts/{account}/Messages/*                 get_message READ
GET    /*/Accounts/{account}/Messages/*/Media.json      list_media READ
GET    /*/Accounts/{account}/Calls.json                 list_calls READ
GET    /*/Accounts/{account}/Calls/*                    get_call READ
GET    /*/Accounts/{account}/Recordings.json            list_recordings READ
GET    /*/Accounts/{account}/Recordings/{file}          get_recording READ export
GET    /*/Accounts/{account}/IncomingPhoneNumbers.json  list_numbers READ
GET    /*/Accounts/{account}/AvailablePhoneNumbers/**   search_numbers READ
GET    /*/Accounts/{account}/Usage/**                   get_usage READ
GET    /*/PhoneNumbers/*                                look_up_number READ
GET    /v1/Conversations                                list_conversations READ
GET    /v1/Conversations/{channel}                      get_conversation READ
GET    /v1/Conversations/{channel}/Messages             list_messages READ
GET    /v1/Services                                     list_services READ
POST   /*/Accounts/{account}/Messages.json              send_message WRITE message principal=?To webhook=?StatusCallback
POST   /*/Accounts/{account}/Messages/*                 update_message WRITE
DELETE /*/Accounts/{account}/Messages/*                 delete_message WRITE delete
POST   /*/Accounts/{account}/Calls.json                 make_call WRITE message principal=?To webhook=?Url webhook=?StatusCallback
POST   /*/Accounts/{account}/Calls/*                    update_call WRITE - webhook=?Url
POST   /*/Accounts/{account}/Calls/*/Recordings.json    record_call WRITE
DELETE /*/Accounts/{account}/Recordings/{file}          delete_recording WRITE delete
DELETE /*/Accounts/{account}/Calls/*                    delete_call WRITE delete
POST   /*/Accounts/{account}/Conferences/*/Participants.json add_participant WRITE message,invite principal=?To
POST   /v2/Services/*/Verifications                     send_verification WRITE message principal=?To
POST   /v2/Services/*/VerificationCheck                 check_verification WRITE
POST   /v1/Conversations                                create_conversation WRITE
POST   /v1/Conversations/{channel}                      update_conversation WRITE
DELETE /v1/Conversations/{channel}                      delete_conversation ADMIN delete
POST   /v1/Conversations/{channel}/Messages             send_message WRITE message
DELETE /v1/Conversations/{channel}/Messages/*           delete_message WRITE delete
POST   /v1/Conversations/{channel}/Participants         add_participant ADMIN invite principal=?Identity principal=?MessagingBinding.Address
DELETE /v1/Conversations/{channel}/Participants/*       remove_participant ADMIN delete,access
POST   /v1/Conversations/{channel}/Webhooks             create_webhook ADMIN webhook webhook=?Configuration.Url
POST   /*/Flows/*/Executions                            run_flow WRITE message,execute principal=?To
POST   /v1/Services                                     create_service ADMIN webhook webhook=?InboundRequestUrl webhook=?FallbackUrl webhook=?StatusCallback
POST   /v1/Services/*                                   update_service ADMIN webhook webhook=?InboundRequestUrl webhook=?FallbackUrl webhook=?StatusCallback
DELETE /v1/Services/*                                   delete_service ADMIN delete
POST   /*/Accounts/{account}/IncomingPhoneNumbers.json  buy_number ADMIN payment,webhook webhook=?SmsUrl webhook=?VoiceUrl webhook=?StatusCallback
POST   /*/Accounts/{account}/IncomingPhoneNumbers/*     update_number ADMIN webhook webhook=?SmsUrl webhook=?VoiceUrl webhook=?StatusCallback
DELETE /*/Accounts/{account}/IncomingPhoneNumbers/*     release_number ADMIN delete
POST   /*/Accounts.json                                 create_account ADMIN access
POST   /*/Accounts/{account}.json                       update_account ADMIN access
POST   /*/Accounts/{account}/Keys.json                  create_api_key ADMIN access,credential
POST   /v1/Keys                                         create_api_key ADMIN access,credential
DELETE /*/Accounts/{account}/Keys/*                     delete_api_key ADMIN delete,credential
POST   /*/Accounts/{account}/SigningKeys.json           create_api_key ADMIN access,credential
POST   /*/Accounts/{account}/Addresses.json             create_address WRITE
POST   /v1/AuthTokens/**                                rotate_auth_token ADMIN access,credential
POST   /v1/Webhooks                                     create_webhook ADMIN webhook webhook=?WebhookUrl
POST   /v1/Subscriptions                                create_webhook ADMIN webhook
POST   /v1/Sinks                                        create_webhook ADMIN webhook webhook=~destination
"
    ),
};
