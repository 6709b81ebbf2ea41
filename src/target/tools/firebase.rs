//! Firebase: Realtime Database, Firestore, messaging, authentication, rules, hosting.
//!
//! Source: the REST references at firebase.google.com and the Firestore reference at cloud.google.com.

use super::{Tool, table};

pub(super) const TOOL: Tool = Tool {
    name: "firebase",
    places: &["{project}.firebaseio.com", "{project}.firebasedatabase.app", "firestore.googleapis.com", "fcm.googleapis.com", "identitytoolkit.googleapis.com", "securetoken.googleapis.com", "firebase.googleapis.com", "firebaserules.googleapis.com", "firebasehosting.googleapis.com", "firebasestorage.googleapis.com", "firebaseremoteconfig.googleapis.com"],
    graphql: None,
    table: table!(
        "
GET            /.settings/rules.json                          get_rules             READ
PUT            /.settings/rules.json                          update_rules          ADMIN access
GET|HEAD       /{file**}.json                                 get_data              READ
PUT            /{file**}.json                                 set_data              WRITE
PATCH          /{file**}.json                                 update_data           WRITE
POST           /{file**}.json                                 push_data             WRITE
DELETE         /.json                                         delete_database       ADMIN delete
DELETE         /{file**}.json                                 delete_data           WRITE delete
POST           /*/projects/{project}/databases/*/documents:runQuery run_query             READ
POST           /*/projects/{project}/databases/*/documents:runAggregationQuery run_query             READ
POST           /*/projects/{project}/databases/*/documents:batchGet get_documents         READ
POST           /*/projects/{project}/databases/*/documents:listCollectionIds list_collections      READ
POST           /*/projects/{project}/databases/*/documents:commit commit                WRITE
POST           /*/projects/{project}/databases/*/documents:batchWrite write_documents       WRITE
POST           /*/projects/{project}/databases/*/documents:beginTransaction begin_transaction     WRITE
POST           /*/projects/{project}/databases/*/documents:rollback rollback              WRITE
POST           /*/projects/{project}/databases/*/documents/{file**}:runQuery run_query             READ
GET|HEAD       /*/projects/{project}/databases/*/documents/{file**} get_document          READ
POST           /*/projects/{project}/databases/*/documents/{file**} create_document       WRITE
PATCH          /*/projects/{project}/databases/*/documents/{file**} update_document       WRITE
DELETE         /*/projects/{project}/databases/*/documents/{file**} delete_document       WRITE delete
POST           /*/projects/{project}/databases/*:exportDocuments export_documents      ADMIN export
POST           /*/projects/{project}/databases/*:importDocuments import_documents      ADMIN
DELETE         /*/projects/{project}/databases/*              delete_database       ADMIN delete
POST           /*/projects/{project}/databases                create_database       ADMIN
POST           /v1/projects/{project}/messages:send           send_message          WRITE message           principal=$.message.token principal=$.message.topic
POST           /fcm/send                                      send_message          WRITE message           principal=$.to
POST           /*/accounts:lookup                             lookup_account        READ
POST           /*/accounts:signUp                             sign_up               WRITE credential
POST           /*/accounts:signIn*                            sign_in               WRITE credential
POST           /*/accounts:sendOobCode                        send_code             WRITE message           principal=$.email
POST           /*/accounts:*                                  update_account        ADMIN access,credential
POST           /v1/projects/{project}/accounts:lookup         lookup_account        READ
POST           /v1/projects/{project}/accounts:query          query_accounts        READ  export
GET            /v1/projects/{project}/accounts:batchGet       list_accounts         READ  export
POST           /v1/projects/{project}/accounts                create_account        ADMIN access,credential principal=$.email
POST           /v1/projects/{project}/accounts:delete         delete_account        ADMIN access,delete
POST           /v1/projects/{project}/accounts:batchDelete    delete_accounts       ADMIN access,delete
POST           /v1/projects/{project}/accounts:*              update_account        ADMIN access,credential
GET            /*/projects/{project}/config                   get_config            READ
PATCH          /*/projects/{project}/config                   update_config         ADMIN access
POST           /v1/token                                      refresh_token         WRITE credential
GET            /v1/projects/{project}/releases                list_releases         READ
POST           /v1/projects/{project}/rulesets                create_ruleset        ADMIN access
PATCH|PUT|POST /v1/projects/{project}/releases/**             release_rules         ADMIN access,deploy
POST           /v1beta1/sites/{project}/versions              create_version        WRITE
POST           /v1beta1/sites/{project}/releases              release_version       WRITE deploy
PUT            /v1/projects/{project}/remoteConfig            publish_remote_config WRITE deploy
GET            /v1/projects/{project}/remoteConfig            get_remote_config     READ
GET            /v1beta1/projects                              list_projects         READ
GET            /v1beta1/projects/{project}                    get_project           READ
GET            /v0/b/{project}/o                              list_objects          READ
GET            /v0/b/{project}/o/{file**}                     get_object            READ  export
POST           /v0/b/{project}/o                              upload_object         WRITE -                 file=?name
DELETE         /v0/b/{project}/o/{file**}                     delete_object         WRITE delete
"
    ),
};
