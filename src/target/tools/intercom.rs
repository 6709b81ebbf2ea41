//! Intercom: contacts, conversations, messages, articles.
//!
//! Source: the REST API reference at developers.intercom.com.

use super::{Tool, table};

pub(super) const TOOL: Tool = Tool {
    name: "intercom",
    places: &["intercom.io"],
    graphql: None,
    table: table!(
        "
GET    /me                                   get_authenticated_user READ
GET    /admins                               list_admins READ
GET    /admins/activity_logs                 read_audit_log READ export
GET    /contacts                             list_contacts READ
GET    /contacts/*                           get_contact READ
POST   /contacts/search                      search_contacts READ
GET    /conversations                        list_conversations READ
GET    /conversations/{channel}              get_conversation READ
POST   /conversations/search                 search_conversations READ
POST   /tickets/search                       search_tickets READ
GET    /tickets/*                            get_ticket READ
GET    /companies                            list_companies READ
GET    /companies/*                          get_company READ
POST   /companies/list                       list_companies READ
GET    /articles                             list_articles READ
GET    /articles/search                      search_articles READ
GET    /articles/{file}                      get_article READ
GET    /data_attributes                      list_data_attributes READ
GET    /teams                                list_teams READ
GET    /tags                                 list_tags READ
POST   /content/data                         export_content READ export
POST   /export/content/data                  export_content READ export
GET    /download/**                          export_content READ export
POST   /contacts                             create_contact WRITE
PUT    /contacts/*                           update_contact WRITE
DELETE /contacts/*                           delete_contact WRITE delete
POST   /contacts/merge                       merge_contacts WRITE
POST   /contacts/*/archive                   archive_contact WRITE delete
POST   /contacts/*/notes                     add_note WRITE
POST   /contacts/*/tags                      tag_contact WRITE
POST   /contacts/*/companies                 attach_company WRITE
POST   /messages                             send_message WRITE message principal=$.to.id principal=$.to.email
POST   /conversations                        create_conversation WRITE message
PUT    /conversations/{channel}              update_conversation WRITE
POST   /conversations/{channel}/reply        reply_to_conversation WRITE message
POST   /conversations/{channel}/parts        change_conversation WRITE - principal=$.assignee_id
POST   /conversations/{channel}/run_assignment_rules assign_conversation WRITE
POST   /conversations/{channel}/customers    add_participant WRITE share,invite principal=$.customer.user_id principal=$.customer.email principal=$.customer.intercom_user_id
POST   /conversations/redact                 redact_conversation WRITE delete channel=$.conversation_id
POST   /conversations/{channel}/convert      create_ticket WRITE
DELETE /conversations/{channel}              delete_conversation WRITE delete
POST   /tickets                              create_ticket WRITE message
PUT    /tickets/*                            update_ticket WRITE
POST   /tickets/*/reply                      reply_to_ticket WRITE message
DELETE /tickets/*                            delete_ticket WRITE delete
POST   /companies                            create_company WRITE
DELETE /companies/*                          delete_company WRITE delete
POST   /articles                             create_article WRITE share
PUT    /articles/{file}                      update_article WRITE share
DELETE /articles/{file}                      delete_article WRITE delete
POST   /events                               track_event WRITE
POST   /tags                                 create_tag WRITE
DELETE /tags/*                               delete_tag WRITE delete
POST   /news/news_items                      create_news WRITE message
POST   /phone_call_redirects                 redirect_call WRITE message principal=$.phone
PUT    /admins/*/away                        set_away ADMIN access
POST   /data_attributes                      create_data_attribute ADMIN
PUT    /data_attributes/*                    update_data_attribute ADMIN
DELETE /help_center/collections/*            delete_collection ADMIN delete
DELETE /news/news_items/*                    delete_news ADMIN delete
POST   /visitors/convert                     convert_visitor WRITE
POST   /subscriptions                        create_webhook ADMIN webhook webhook=$.url
POST   /auth/eagle/token                     exchange_token ADMIN access,credential
"
    ),
};
