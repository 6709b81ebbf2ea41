//! Confluence: both versions of its REST API, beside Jira on one host.
//!
//! Source: the Confluence Cloud REST references, v1 and v2, at developer.atlassian.com.

use super::{Tool, table};

pub(super) const TOOL: Tool = Tool {
    name: "confluence",
    places: &["{org}.atlassian.net/wiki", "api.atlassian.com/ex/confluence/{org}"],
    graphql: None,
    table: table!(
        "
GET    /wiki/api/v2/pages                            list_pages READ
GET    /wiki/api/v2/pages/{file}                     get_page READ
GET    /wiki/api/v2/pages/{file}/children            list_children READ
GET    /wiki/api/v2/pages/{file}/attachments         list_attachments READ
GET    /wiki/api/v2/pages/{file}/footer-comments     list_comments READ
GET    /wiki/api/v2/spaces                           list_spaces READ
GET    /wiki/api/v2/spaces/{project}                 get_space READ
GET    /wiki/api/v2/spaces/{project}/pages           list_pages READ
GET    /wiki/api/v2/spaces/{project}/permissions     list_permissions READ
GET    /wiki/api/v2/blogposts                        list_blog_posts READ
GET    /wiki/api/v2/blogposts/{file}                 get_blog_post READ
GET    /wiki/rest/api/search                         search READ
GET    /wiki/rest/api/content/search                 search READ
GET    /wiki/rest/api/content                        list_pages READ
GET    /wiki/rest/api/content/{file}                 get_page READ
GET    /wiki/rest/api/content/{file}/child/*         list_children READ
GET    /wiki/rest/api/content/{file}/restriction     list_restrictions READ
GET    /wiki/rest/api/content/*/child/attachment/{file}/download download_attachment READ export
GET    /wiki/rest/api/space                          list_spaces READ
GET    /wiki/rest/api/user/current                   get_authenticated_user READ
GET    /wiki/rest/api/audit                          read_audit_log READ export
GET    /wiki/rest/api/audit/export                   read_audit_log READ export
POST   /wiki/api/v2/users-bulk                       list_users READ
POST   /wiki/rest/api/contentbody/convert/*          convert_body READ
POST   /wiki/api/v2/pages                            create_page WRITE - project=$.spaceId
PUT    /wiki/api/v2/pages/{file}                     update_page WRITE - project=$.spaceId
DELETE /wiki/api/v2/pages/{file}                     delete_page WRITE delete
POST   /wiki/api/v2/blogposts                        create_blog_post WRITE message project=$.spaceId
PUT    /wiki/api/v2/blogposts/{file}                 update_blog_post WRITE message
DELETE /wiki/api/v2/blogposts/{file}                 delete_blog_post WRITE delete
POST   /wiki/api/v2/footer-comments                  create_comment WRITE message file=$.pageId
POST   /wiki/api/v2/inline-comments                  create_comment WRITE message file=$.pageId
DELETE /wiki/api/v2/footer-comments/*                delete_comment WRITE delete
DELETE /wiki/api/v2/attachments/{file}               delete_attachment WRITE delete
POST   /wiki/rest/api/content#type=comment           create_comment WRITE message file=$.container.id
POST   /wiki/rest/api/content                        create_page WRITE - project=$.space.key
PUT    /wiki/rest/api/content/{file}                 update_page WRITE - project=$.space.key
DELETE /wiki/rest/api/content/{file}                 delete_page WRITE delete
POST   /wiki/rest/api/content/{file}/child/attachment upload_attachment WRITE
PUT    /wiki/rest/api/content/{file}/child/attachment upload_attachment WRITE
POST   /wiki/rest/api/content/{file}/label           add_label WRITE
PUT    /wiki/rest/api/content/{file}/move/**         move_page WRITE
POST   /wiki/rest/api/content/{file}/copy            copy_page WRITE
POST   /wiki/rest/api/space                          create_space ADMIN - project=$.key
POST   /wiki/api/v2/spaces                           create_space ADMIN - project=$.key
PUT    /wiki/rest/api/space/{project}                update_space ADMIN
DELETE /wiki/rest/api/space/{project}                delete_space ADMIN delete
POST   /wiki/rest/api/space/{project}/permission     grant_permission ADMIN share,access principal=$.subject.identifier
POST   /wiki/rest/api/space/{project}/permission/*   grant_permission ADMIN share,access principal=$.subject.identifier
DELETE /wiki/rest/api/space/{project}/permission/*   revoke_permission ADMIN delete,access
POST   /wiki/rest/api/content/{file}/restriction     add_restriction ADMIN share,access principal=$[*].restrictions.user[*].accountId principal=$[*].restrictions.group[*].name
PUT    /wiki/rest/api/content/{file}/restriction     set_restrictions ADMIN share,access principal=$[*].restrictions.user[*].accountId principal=$[*].restrictions.group[*].name
PUT    /wiki/rest/api/content/{file}/restriction/byOperation/*/user add_restriction ADMIN share,access principal=?accountId
DELETE /wiki/rest/api/content/{file}/restriction     remove_restrictions ADMIN share,delete,access
POST   /wiki/rest/api/group                          create_group ADMIN access
DELETE /wiki/rest/api/group/**                       delete_group ADMIN delete,access
POST   /wiki/rest/api/group/userByGroupId            add_group_member ADMIN invite,access principal=$.accountId
POST   /wiki/api/v2/user/access/invite-by-email      invite_user ADMIN invite,access principal=$.emails[*]
"
    ),
};
