//! Salesforce: records, queries, files, Bulk, Tooling and the flows of an org.
//!
//! Source: the REST, Bulk 2.0, Tooling and Connect REST API guides at developer.salesforce.com.

use super::{Tool, table};

pub(super) const TOOL: Tool = Tool {
    name: "salesforce",
    places: &["{org}.my.salesforce.com", "salesforce.com", "force.com"],
    graphql: None,
    table: table!(
        "
GET    /services/data                                 list_versions READ
GET    /services/data/*/query                         query READ
GET    /services/data/*/query/*                       query READ
GET    /services/data/*/queryAll                      query READ
GET    /services/data/*/search                        search READ
GET    /services/data/*/parameterizedSearch           search READ
POST   /services/data/*/parameterizedSearch           search READ
GET    /services/data/*/tooling/query                 query READ
GET    /services/data/*/sobjects                      list_objects READ
GET    /services/data/*/sobjects/{project}            describe_object READ
GET    /services/data/*/sobjects/{project}/describe   describe_object READ
GET    /services/data/*/sobjects/ContentVersion/{file}/VersionData download_file READ export
GET    /services/data/*/sobjects/{project}/*          get_record READ
GET    /services/data/*/sobjects/{project}/*/*        get_record READ
GET    /services/data/*/limits                        get_limits READ
GET    /services/data/*/analytics/reports/{file}      run_report READ export
POST   /services/data/*/analytics/reports/{file}      run_report READ export
GET    /services/data/*/jobs/query/*/results          download_results READ export
POST   /services/data/*/jobs/query                    bulk_query READ export
GET    /services/oauth2/userinfo                      get_authenticated_user READ
POST   /services/oauth2/introspect                    inspect_token READ
POST   /services/data/*/sobjects/User                 create_user ADMIN invite,access principal=$.Email principal=$.Username
PATCH  /services/data/*/sobjects/User/{principal}     update_user ADMIN access
POST   /services/data/*/sobjects/User/{principal}/password set_password ADMIN access,credential
DELETE /services/data/*/sobjects/User/{principal}/password reset_password ADMIN access,credential
POST   /services/data/*/sobjects/PermissionSet*       grant_permission ADMIN access principal=$.AssigneeId
DELETE /services/data/*/sobjects/PermissionSet*/*     revoke_permission ADMIN delete,access
POST   /services/data/*/sobjects/GroupMember          add_group_member ADMIN invite,access principal=$.UserOrGroupId
DELETE /services/data/*/sobjects/GroupMember/*        remove_group_member ADMIN delete,access
POST   /services/data/*/sobjects/ContentDocumentLink  share_file ADMIN share,access file=$.ContentDocumentId principal=$.LinkedEntityId
POST   /services/data/*/sobjects/ContentDistribution  share_file ADMIN share,access file=$.ContentVersionId principal=anyone
POST   /services/data/*/sobjects/*Share               share_record ADMIN share,access principal=$.UserOrGroupId
POST   /services/data/*/sobjects/Profile              create_profile ADMIN access
PATCH  /services/data/*/sobjects/Profile/*            update_profile ADMIN access
POST   /services/data/*/sobjects/ContentVersion       upload_file WRITE - file=$.PathOnClient
POST   /services/data/*/sobjects/FeedItem             post_to_feed WRITE message
POST   /services/data/*/sobjects/EmailMessage         create_email WRITE message principal=$.ToAddress principal=$.CcAddress principal=$.BccAddress
POST   /services/data/*/sobjects/{project}            create_record WRITE
PATCH  /services/data/*/sobjects/{project}/*          update_record WRITE
PATCH  /services/data/*/sobjects/{project}/*/*        upsert_record WRITE
DELETE /services/data/*/sobjects/{project}/*          delete_record WRITE delete
DELETE /services/data/*/sobjects/{project}/*/*        delete_record WRITE delete
POST   /services/data/*/composite                     composite WRITE
POST   /services/data/*/composite/batch               composite WRITE
POST   /services/data/*/composite/graph               composite WRITE
POST   /services/data/*/composite/tree/{project}      create_records WRITE
POST   /services/data/*/composite/sobjects            create_records WRITE - project=$.records[*].attributes.type
PATCH  /services/data/*/composite/sobjects            update_records WRITE - project=$.records[*].attributes.type
PATCH  /services/data/*/composite/sobjects/{project}/* upsert_records WRITE
DELETE /services/data/*/composite/sobjects            delete_records WRITE delete
POST   /services/data/*/jobs/ingest#operation=hardDelete bulk_delete ADMIN delete project=$.object
POST   /services/data/*/jobs/ingest#operation=delete  bulk_delete ADMIN delete project=$.object
POST   /services/data/*/jobs/ingest                   bulk_write WRITE - project=$.object
PUT    /services/data/*/jobs/ingest/*/batches         bulk_write WRITE
PATCH  /services/data/*/jobs/ingest/*                 bulk_write WRITE
POST   /services/data/*/chatter/feed-elements         post_to_feed WRITE message principal=~id
POST   /services/data/*/actions/standard/emailSimple  send_mail WRITE message principal=$.inputs[*].emailAddresses principal=$.inputs[*].emailAddressesArray[*]
POST   /services/data/*/actions/standard/chatterPost  post_to_feed WRITE message principal=$.inputs[*].subjectNameOrId
POST   /services/data/*/actions/custom/**             run_flow WRITE execute
POST   /services/data/*/actions/**                    run_action WRITE execute
POST   /services/data/*/process/approvals             approve WRITE
GET    /services/data/*/tooling/executeAnonymous      run_apex ADMIN execute
POST   /services/data/*/tooling/executeAnonymous      run_apex ADMIN execute
POST   /services/data/*/tooling/sobjects/*            change_metadata ADMIN deploy
PATCH  /services/data/*/tooling/sobjects/*/*          change_metadata ADMIN deploy
DELETE /services/data/*/tooling/sobjects/*/*          delete_metadata ADMIN delete,deploy
POST   /services/data/*/metadata/deployRequest        deploy_metadata ADMIN deploy
ANY    /services/apexrest/**                          run_apex WRITE execute
ANY    /services/Soap/**                              run_soap ADMIN
POST   /services/oauth2/token                         exchange_token ADMIN access,credential
POST   /services/oauth2/revoke                        revoke_token ADMIN access,credential
"
    ),
};
