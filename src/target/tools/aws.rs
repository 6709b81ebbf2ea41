//! Amazon Web Services: actions by `service:Action`, and the paths of the services that have paths, below the name of
//! the service.
//!
//! Source: the API references of the services at docs.aws.amazon.com.

use super::{Tool, table};

pub(super) const TOOL: Tool = Tool {
    name: "aws",
    places: &["amazonaws.com", "amazonaws.com.cn", "api.aws", "on.aws"],
    graphql: None,
    table: table!(
        "
AWS       iam:CreateUser                                 create_user                        ADMIN access            principal=?UserName
AWS       iam:DeleteUser                                 delete_user                        ADMIN access,delete     principal=?UserName
AWS       iam:CreateAccessKey                            create_access_key                  ADMIN credential,access principal=?UserName
AWS       iam:UpdateAccessKey                            update_access_key                  ADMIN credential        principal=?UserName
AWS       iam:DeleteAccessKey                            delete_access_key                  ADMIN credential,delete principal=?UserName
AWS       iam:CreateLoginProfile                         create_login_profile               ADMIN credential,access principal=?UserName
AWS       iam:UpdateLoginProfile                         update_login_profile               ADMIN credential        principal=?UserName
AWS       iam:AttachUserPolicy                           attach_user_policy                 ADMIN access            principal=?UserName file=?PolicyArn
AWS       iam:AttachRolePolicy                           attach_role_policy                 ADMIN access            principal=?RoleName file=?PolicyArn
AWS       iam:AttachGroupPolicy                          attach_group_policy                ADMIN access            principal=?GroupName file=?PolicyArn
AWS       iam:PutUserPolicy                              put_user_policy                    ADMIN access            principal=?UserName file=?PolicyName
AWS       iam:PutRolePolicy                              put_role_policy                    ADMIN access            principal=?RoleName file=?PolicyName
AWS       iam:PutGroupPolicy                             put_group_policy                   ADMIN access            principal=?GroupName file=?PolicyName
AWS       iam:DetachUserPolicy                           detach_user_policy                 ADMIN access            principal=?UserName file=?PolicyArn
AWS       iam:DetachRolePolicy                           detach_role_policy                 ADMIN access            principal=?RoleName file=?PolicyArn
AWS       iam:CreatePolicy                               create_policy                      ADMIN access            file=?PolicyName
AWS       iam:CreatePolicyVersion                        create_policy_version              ADMIN access            file=?PolicyArn
AWS       iam:DeletePolicy                               delete_policy                      ADMIN access,delete     file=?PolicyArn
AWS       iam:CreateRole                                 create_role                        ADMIN access            file=?RoleName
AWS       iam:UpdateAssumeRolePolicy                     update_assume_role_policy          ADMIN access,share      file=?RoleName
AWS       iam:DeleteRole                                 delete_role                        ADMIN access,delete     file=?RoleName
AWS       iam:CreateGroup                                create_group                       ADMIN access            file=?GroupName
AWS       iam:AddUserToGroup                             add_user_to_group                  ADMIN access            principal=?UserName file=?GroupName
AWS       iam:RemoveUserFromGroup                        remove_user_from_group             ADMIN access            principal=?UserName file=?GroupName
AWS       iam:DeactivateMFADevice                        deactivate_mfadevice               ADMIN access,credential principal=?UserName
AWS       iam:CreateServiceSpecificCredential            create_service_specific_credential ADMIN credential        principal=?UserName
AWS       iam:GetCredentialReport                        get_credential_report              READ  export,credential
AWS       iam:GetAccountAuthorizationDetails             get_account_authorization_details  READ  export
AWS       iam:GetUser                                    get_user                           READ  -
AWS       iam:ListUsers                                  list_users                         READ  -
AWS       iam:ListRoles                                  list_roles                         READ  -
AWS       iam:ListAccessKeys                             list_access_keys                   READ  -
AWS       iam:ListAttachedUserPolicies                   list_attached_user_policies        READ  -
AWS       iam:GetPolicyVersion                           get_policy_version                 READ  -                 file=?PolicyArn
AWS       iam:SimulatePrincipalPolicy                    simulate_principal_policy          READ  -
AWS       sts:AssumeRole                                 assume_role                        ADMIN credential,access file=?RoleArn
AWS       sts:AssumeRoleWithWebIdentity                  assume_role_with_web_identity      ADMIN credential,access file=?RoleArn
AWS       sts:AssumeRoleWithSAML                         assume_role_with_saml              ADMIN credential,access file=?RoleArn
AWS       sts:GetSessionToken                            get_session_token                  ADMIN credential
AWS       sts:GetFederationToken                         get_federation_token               ADMIN credential
AWS       sts:GetCallerIdentity                          get_caller_identity                READ  -
AWS       sts:GetAccessKeyInfo                           get_access_key_info                READ  -
AWS       sts:DecodeAuthorizationMessage                 decode_authorization_message       READ  -
AWS       organizations:CreateAccount                    create_account                     ADMIN access            principal=?Email
AWS       organizations:CloseAccount                     close_account                      ADMIN delete            account=?AccountId
AWS       organizations:InviteAccountToOrganization      invite_account_to_organization     ADMIN invite,access     principal=$.Target.Id
AWS       organizations:RemoveAccountFromOrganization    remove_account_from_organization   ADMIN access,delete     account=?AccountId
AWS       organizations:LeaveOrganization                leave_organization                 ADMIN access,delete
AWS       organizations:AttachPolicy                     attach_policy                      ADMIN access            account=?TargetId file=?PolicyId
AWS       organizations:DetachPolicy                     detach_policy                      ADMIN access            account=?TargetId file=?PolicyId
AWS       organizations:CreatePolicy                     create_policy                      ADMIN access            file=?Name
AWS       organizations:DeleteOrganization               delete_organization                ADMIN delete
AWS       organizations:MoveAccount                      move_account                       ADMIN access            account=?AccountId
AWS       organizations:ListAccounts                     list_accounts                      READ  -
AWS       organizations:DescribeOrganization             describe_organization              READ  -
AWS       organizations:DescribeAccount                  describe_account                   READ  -                 account=?AccountId
AWS       organizations:ListPolicies                     list_policies                      READ  -
AWS       organizations:ListRoots                        list_roots                         READ  -
AWS       ec2:RunInstances                               run_instances                      WRITE deploy
AWS       ec2:StartInstances                             start_instances                    WRITE deploy            file=?InstanceId.1
AWS       ec2:StopInstances                              stop_instances                     WRITE deploy            file=?InstanceId.1
AWS       ec2:RebootInstances                            reboot_instances                   WRITE deploy            file=?InstanceId.1
AWS       ec2:TerminateInstances                         terminate_instances                WRITE delete,deploy     file=?InstanceId.1
AWS       ec2:ModifyInstanceAttribute                    modify_instance_attribute          ADMIN access            file=?InstanceId
AWS       ec2:AuthorizeSecurityGroupIngress              authorize_security_group_ingress   ADMIN access,share      file=?GroupId
AWS       ec2:AuthorizeSecurityGroupEgress               authorize_security_group_egress    ADMIN access            file=?GroupId
AWS       ec2:RevokeSecurityGroupIngress                 revoke_security_group_ingress      ADMIN access            file=?GroupId
AWS       ec2:CreateSecurityGroup                        create_security_group              ADMIN access            file=?GroupName
AWS       ec2:DeleteSecurityGroup                        delete_security_group              ADMIN access,delete     file=?GroupId
AWS       ec2:CreateKeyPair                              create_key_pair                    ADMIN credential        file=?KeyName
AWS       ec2:ImportKeyPair                              import_key_pair                    ADMIN credential        file=?KeyName
AWS       ec2:ModifySnapshotAttribute                    modify_snapshot_attribute          ADMIN share,access      file=?SnapshotId principal=?CreateVolumePermission.Add.* principal=?UserId.*
AWS       ec2:ModifyImageAttribute                       modify_image_attribute             ADMIN share,access      file=?ImageId principal=?LaunchPermission.Add.* principal=?UserId.*
AWS       ec2:CreateSnapshot                             create_snapshot                    WRITE -                 file=?VolumeId
AWS       ec2:DeleteSnapshot                             delete_snapshot                    WRITE delete            file=?SnapshotId
AWS       ec2:DeleteVolume                               delete_volume                      WRITE delete            file=?VolumeId
AWS       ec2:DeleteVpc                                  delete_vpc                         ADMIN delete            file=?VpcId
AWS       ec2:CreateVpc                                  create_vpc                         ADMIN -                 file=?CidrBlock
AWS       ec2:CreateTags                                 create_tags                        WRITE -                 file=?ResourceId.1
AWS       ec2:AssociateIamInstanceProfile                associate_iam_instance_profile     ADMIN access            file=?InstanceId
AWS       ec2:GetPasswordData                            get_password_data                  READ  credential        file=?InstanceId
AWS       ec2:GetConsoleOutput                           get_console_output                 READ  -                 file=?InstanceId
AWS       ec2:DescribeInstances                          describe_instances                 READ  -                 file=?InstanceId.1
AWS       ec2:DescribeSecurityGroups                     describe_security_groups           READ  -
AWS       ec2:DescribeImages                             describe_images                    READ  -
AWS       ec2:DescribeSnapshots                          describe_snapshots                 READ  -
AWS       ec2:DescribeRegions                            describe_regions                   READ  -
AWS       dynamodb:GetItem                               get_item                           READ  -                 project=$.TableName
AWS       dynamodb:BatchGetItem                          batch_get_item                     READ  -
AWS       dynamodb:Query                                 query                              READ  -                 project=$.TableName
AWS       dynamodb:Scan                                  scan                               READ  export            project=$.TableName
AWS       dynamodb:PutItem                               put_item                           WRITE -                 project=$.TableName
AWS       dynamodb:UpdateItem                            update_item                        WRITE -                 project=$.TableName
AWS       dynamodb:DeleteItem                            delete_item                        WRITE delete            project=$.TableName
AWS       dynamodb:BatchWriteItem                        batch_write_item                   WRITE -
AWS       dynamodb:TransactWriteItems                    transact_write_items               WRITE -
AWS       dynamodb:TransactGetItems                      transact_get_items                 READ  -
AWS       dynamodb:ExecuteStatement                      execute_statement                  WRITE execute
AWS       dynamodb:BatchExecuteStatement                 batch_execute_statement            WRITE execute
AWS       dynamodb:CreateTable                           create_table                       WRITE -                 project=$.TableName
AWS       dynamodb:UpdateTable                           update_table                       ADMIN -                 project=$.TableName
AWS       dynamodb:DeleteTable                           delete_table                       ADMIN delete            project=$.TableName
AWS       dynamodb:DeleteBackup                          delete_backup                      ADMIN delete            file=$.BackupArn
AWS       dynamodb:ExportTableToPointInTime              export_table_to_point_in_time      ADMIN export            file=$.S3Bucket
AWS       dynamodb:PutResourcePolicy                     put_resource_policy                ADMIN access,share      file=$.ResourceArn
AWS       dynamodb:DescribeTable                         describe_table                     READ  -                 project=$.TableName
AWS       dynamodb:ListTables                            list_tables                        READ  -
AWS       secretsmanager:GetSecretValue                  get_secret_value                   READ  credential        file=$.SecretId
AWS       secretsmanager:BatchGetSecretValue             batch_get_secret_value             READ  credential
AWS       secretsmanager:ListSecrets                     list_secrets                       READ  -
AWS       secretsmanager:DescribeSecret                  describe_secret                    READ  -                 file=$.SecretId
AWS       secretsmanager:GetRandomPassword               get_random_password                READ  credential
AWS       secretsmanager:CreateSecret                    create_secret                      ADMIN credential        file=$.Name
AWS       secretsmanager:PutSecretValue                  put_secret_value                   ADMIN credential        file=$.SecretId
AWS       secretsmanager:UpdateSecret                    update_secret                      ADMIN credential        file=$.SecretId
AWS       secretsmanager:DeleteSecret                    delete_secret                      ADMIN credential,delete file=$.SecretId
AWS       secretsmanager:RestoreSecret                   restore_secret                     ADMIN credential        file=$.SecretId
AWS       secretsmanager:RotateSecret                    rotate_secret                      ADMIN credential        file=$.SecretId
AWS       secretsmanager:PutResourcePolicy               put_resource_policy                ADMIN access,share      file=$.SecretId
AWS       ssm:GetParameter                               get_parameter                      READ  credential        file=$.Name
AWS       ssm:GetParameters                              get_parameters                     READ  credential        file=$.Names[*]
AWS       ssm:GetParametersByPath                        get_parameters_by_path             READ  credential,export file=$.Path
AWS       ssm:PutParameter                               put_parameter                      ADMIN credential        file=$.Name
AWS       ssm:DeleteParameter                            delete_parameter                   ADMIN delete            file=$.Name
AWS       ssm:DeleteParameters                           delete_parameters                  ADMIN delete            file=$.Names[*]
AWS       ssm:SendCommand                                send_command                       WRITE execute           file=$.InstanceIds[*]
AWS       ssm:StartSession                               start_session                      ADMIN execute,access    file=$.Target
AWS       ssm:StartAutomationExecution                   start_automation_execution         WRITE execute           file=$.DocumentName
AWS       ssm:ModifyDocumentPermission                   modify_document_permission         ADMIN share,access      file=$.Name principal=$.AccountIdsToAdd[*]
AWS       ssm:DescribeInstanceInformation                describe_instance_information      READ  -
AWS       ssm:GetCommandInvocation                       get_command_invocation             READ  -
AWS       kms:CreateKey                                  create_key                         ADMIN credential
AWS       kms:ScheduleKeyDeletion                        schedule_key_deletion              ADMIN credential,delete file=$.KeyId
AWS       kms:DisableKey                                 disable_key                        ADMIN credential        file=$.KeyId
AWS       kms:PutKeyPolicy                               put_key_policy                     ADMIN access,credential file=$.KeyId
AWS       kms:CreateGrant                                create_grant                       ADMIN access,credential file=$.KeyId
AWS       kms:Decrypt                                    decrypt                            READ  credential        file=$.KeyId
AWS       kms:Encrypt                                    encrypt                            READ  -                 file=$.KeyId
AWS       kms:GenerateDataKey                            generate_data_key                  READ  credential        file=$.KeyId
AWS       kms:Sign                                       sign                               WRITE credential        file=$.KeyId
AWS       kms:Verify                                     verify                             READ  -                 file=$.KeyId
AWS       kms:DescribeKey                                describe_key                       READ  -                 file=$.KeyId
AWS       kms:ListKeys                                   list_keys                          READ  -
AWS       kms:GetKeyPolicy                               get_key_policy                     READ  -                 file=$.KeyId
AWS       rds:DescribeDBInstances                        describe_dbinstances               READ  -                 project=?DBInstanceIdentifier
AWS       rds:DescribeDBSnapshots                        describe_dbsnapshots               READ  -
AWS       rds:DescribeDBClusters                         describe_dbclusters                READ  -
AWS       rds:CreateDBInstance                           create_dbinstance                  WRITE deploy            project=?DBInstanceIdentifier
AWS       rds:ModifyDBInstance                           modify_dbinstance                  ADMIN deploy            project=?DBInstanceIdentifier
AWS       rds:RebootDBInstance                           reboot_dbinstance                  WRITE deploy            project=?DBInstanceIdentifier
AWS       rds:StopDBInstance                             stop_dbinstance                    WRITE deploy            project=?DBInstanceIdentifier
AWS       rds:DeleteDBInstance                           delete_dbinstance                  ADMIN delete            project=?DBInstanceIdentifier
AWS       rds:DeleteDBCluster                            delete_dbcluster                   ADMIN delete            project=?DBClusterIdentifier
AWS       rds:CreateDBSnapshot                           create_dbsnapshot                  WRITE -                 project=?DBInstanceIdentifier file=?DBSnapshotIdentifier
AWS       rds:DeleteDBSnapshot                           delete_dbsnapshot                  WRITE delete            file=?DBSnapshotIdentifier
AWS       rds:ModifyDBSnapshotAttribute                  modify_dbsnapshot_attribute        ADMIN share,access      file=?DBSnapshotIdentifier principal=?ValuesToAdd.*
AWS       rds:StartExportTask                            start_export_task                  ADMIN export            file=?S3BucketName
AWS       cloudformation:CreateStack                     create_stack                       ADMIN deploy            project=?StackName
AWS       cloudformation:UpdateStack                     update_stack                       ADMIN deploy            project=?StackName
AWS       cloudformation:ExecuteChangeSet                execute_change_set                 ADMIN deploy            project=?StackName
AWS       cloudformation:CreateChangeSet                 create_change_set                  WRITE -                 project=?StackName
AWS       cloudformation:DeleteStack                     delete_stack                       ADMIN delete,deploy     project=?StackName
AWS       cloudformation:DescribeStacks                  describe_stacks                    READ  -                 project=?StackName
AWS       cloudformation:ListStacks                      list_stacks                        READ  -
AWS       cloudformation:GetTemplate                     get_template                       READ  -                 project=?StackName
AWS       cloudformation:ValidateTemplate                validate_template                  READ  -
AWS       cloudformation:DescribeStackEvents             describe_stack_events              READ  -                 project=?StackName
AWS       sns:Publish                                    publish                            WRITE message           channel=?TopicArn channel=?TargetArn principal=?PhoneNumber
AWS       sns:PublishBatch                               publish_batch                      WRITE message           channel=?TopicArn
AWS       sns:Subscribe                                  subscribe                          ADMIN webhook           channel=?TopicArn webhook=?Endpoint
AWS       sns:CreateTopic                                create_topic                       WRITE -                 channel=?Name
AWS       sns:DeleteTopic                                delete_topic                       ADMIN delete            channel=?TopicArn
AWS       sns:AddPermission                              add_permission                     ADMIN share,access      channel=?TopicArn principal=?AWSAccountId.member.*
AWS       sns:SetTopicAttributes                         set_topic_attributes               ADMIN access            channel=?TopicArn
AWS       sns:Unsubscribe                                unsubscribe                        ADMIN webhook
AWS       sns:ListTopics                                 list_topics                        READ  -
AWS       sns:ListSubscriptions                          list_subscriptions                 READ  -
AWS       sns:GetTopicAttributes                         get_topic_attributes               READ  -                 channel=?TopicArn
AWS       sqs:SendMessage                                send_message                       WRITE message           channel=?QueueUrl
AWS       sqs:SendMessageBatch                           send_message_batch                 WRITE message           channel=?QueueUrl
AWS       sqs:ReceiveMessage                             receive_message                    READ  -                 channel=?QueueUrl
AWS       sqs:DeleteMessage                              delete_message                     WRITE delete            channel=?QueueUrl
AWS       sqs:DeleteMessageBatch                         delete_message_batch               WRITE delete            channel=?QueueUrl
AWS       sqs:PurgeQueue                                 purge_queue                        ADMIN delete            channel=?QueueUrl
AWS       sqs:CreateQueue                                create_queue                       WRITE -                 channel=?QueueName
AWS       sqs:DeleteQueue                                delete_queue                       ADMIN delete            channel=?QueueUrl
AWS       sqs:AddPermission                              add_permission                     ADMIN share,access      channel=?QueueUrl principal=?AWSAccountId.* principal=$.AWSAccountIds[*]
AWS       sqs:SetQueueAttributes                         set_queue_attributes               ADMIN access            channel=?QueueUrl
AWS       sqs:ListQueues                                 list_queues                        READ  -
AWS       sqs:GetQueueUrl                                get_queue_url                      READ  -                 channel=?QueueName
AWS       sqs:GetQueueAttributes                         get_queue_attributes               READ  -                 channel=?QueueUrl
AWS       logs:StartQuery                                start_query                        READ  export            project=$.logGroupName
AWS       logs:GetQueryResults                           get_query_results                  READ  export
AWS       logs:FilterLogEvents                           filter_log_events                  READ  export            project=$.logGroupName
AWS       logs:GetLogEvents                              get_log_events                     READ  export            project=$.logGroupName
AWS       logs:DescribeLogGroups                         describe_log_groups                READ  -
AWS       logs:PutLogEvents                              put_log_events                     WRITE -                 project=$.logGroupName
AWS       logs:CreateLogGroup                            create_log_group                   WRITE -                 project=$.logGroupName
AWS       logs:PutRetentionPolicy                        put_retention_policy               ADMIN -                 project=$.logGroupName
AWS       logs:DeleteLogGroup                            delete_log_group                   ADMIN delete            project=$.logGroupName
AWS       logs:DeleteLogStream                           delete_log_stream                  WRITE delete            project=$.logGroupName
AWS       logs:PutSubscriptionFilter                     put_subscription_filter            ADMIN webhook,export    project=$.logGroupName webhook=$.destinationArn
AWS       logs:CreateExportTask                          create_export_task                 ADMIN export            project=$.logGroupName file=$.destination
AWS       ses:SendEmail                                  send_email                         WRITE message           principal=?Destination.ToAddresses.member.* principal=?Destination.CcAddresses.member.* principal=?Destination.BccAddresses.member.*
AWS       ses:SendRawEmail                               send_raw_email                     WRITE message           principal=?Destinations.member.*
AWS       ses:SendTemplatedEmail                         send_templated_email               WRITE message           principal=?Destination.ToAddresses.member.*
AWS       ses:VerifyEmailIdentity                        verify_email_identity              ADMIN access            principal=?EmailAddress
AWS       ses:DeleteIdentity                             delete_identity                    ADMIN delete
AWS       ses:ListIdentities                             list_identities                    READ  -
AWS       ses:GetSendQuota                               get_send_quota                     READ  -
AWS       ses:PutIdentityPolicy                          put_identity_policy                ADMIN access
AWS       ecr:GetAuthorizationToken                      get_authorization_token            READ  credential
AWS       cloudtrail:StopLogging                         stop_logging                       ADMIN delete
AWS       cloudtrail:DeleteTrail                         delete_trail                       ADMIN delete
AWS       cloudtrail:LookupEvents                        lookup_events                      READ  -
GET       /s3                                            list_buckets                       READ
GET|HEAD  /s3/{project}?policy                           get_bucket_policy                  READ
PUT|POST  /s3/{project}?policy                           put_bucket_policy                  ADMIN access,share
DELETE    /s3/{project}?policy                           delete_bucket_policy               ADMIN access,delete
PUT       /s3/{project}?acl                              put_bucket_acl                     ADMIN access,share
PUT       /s3/{project}?publicAccessBlock                put_public_access_block            ADMIN access
DELETE    /s3/{project}?publicAccessBlock                delete_public_access_block         ADMIN access,share
PUT       /s3/{project}?website                          put_bucket_website                 ADMIN share,deploy
PUT       /s3/{project}?notification                     put_bucket_notification            ADMIN webhook
PUT       /s3/{project}?replication                      put_bucket_replication             ADMIN export,access
PUT       /s3/{project}?lifecycle                        put_bucket_lifecycle               ADMIN delete
PUT       /s3/{project}?versioning                       put_bucket_versioning              ADMIN
PUT       /s3/{project}?encryption                       put_bucket_encryption              ADMIN
PUT       /s3/{project}?logging                          put_bucket_logging                 ADMIN
PUT       /s3/{project}?cors                             put_bucket_cors                    ADMIN access
PUT       /s3/{project}?tagging                          put_bucket_tagging                 WRITE
POST      /s3/{project}?delete                           delete_objects                     WRITE delete
GET|HEAD  /s3/{project}                                  list_objects                       READ
PUT       /s3/{project}                                  create_bucket                      WRITE
POST      /s3/{project}                                  upload_object                      WRITE
DELETE    /s3/{project}                                  delete_bucket                      ADMIN delete
PUT       /s3/{project}/{file**}?acl                     put_object_acl                     ADMIN access,share
PUT       /s3/{project}/{file**}?tagging                 put_object_tagging                 WRITE
PUT       /s3/{project}/{file**}?retention               put_object_retention               ADMIN
POST      /s3/{project}/{file**}?restore                 restore_object                     WRITE
POST|PUT  /s3/{project}/{file**}?uploadId                upload_part                        WRITE
POST      /s3/{project}/{file**}?uploads                 create_multipart_upload            WRITE
POST      /s3/{project}/{file**}?select                  select_object_content              READ  export
GET       /s3/{project}/{file**}?acl                     get_object_acl                     READ
GET       /s3/{project}/{file**}?tagging                 get_object_tagging                 READ
GET       /s3/{project}/{file**}                         get_object                         READ  export
HEAD      /s3/{project}/{file**}                         head_object                        READ
PUT|POST  /s3/{project}/{file**}                         put_object                         WRITE
DELETE    /s3/{project}/{file**}                         delete_object                      WRITE delete
GET       /lambda/*/functions                            list_functions                     READ
GET       /lambda/*/functions/{project}                  get_function                       READ  export
GET       /lambda/*/functions/{project}/**               get_function                       READ
POST      /lambda/*/functions/{project}/invocations      invoke_function                    WRITE execute
POST      /lambda/*/functions/{project}/invoke-async     invoke_function                    WRITE execute
POST      /lambda/*/functions                            create_function                    WRITE deploy            project=$.FunctionName
PUT       /lambda/*/functions/{project}/code             update_function_code               WRITE deploy
PUT       /lambda/*/functions/{project}/configuration    update_function_configuration      WRITE deploy
POST      /lambda/*/functions/{project}/policy           add_permission                     ADMIN access,share
DELETE    /lambda/*/functions/{project}/policy/*         remove_permission                  ADMIN access
POST|PUT  /lambda/*/functions/{project}/url              create_function_url                ADMIN share,deploy
POST      /lambda/*/event-source-mappings                create_event_source_mapping        WRITE deploy            project=$.FunctionName
DELETE    /lambda/*/functions/{project}                  delete_function                    ADMIN delete,deploy
GET       /apigateway/restapis                           list_rest_apis                     READ
GET       /apigateway/restapis/{project}                 get_rest_api                       READ
GET       /apigateway/**                                 get_api                            READ
POST      /apigateway/restapis                           create_rest_api                    WRITE deploy
POST      /apigateway/restapis/{project}/deployments     create_deployment                  WRITE deploy
PATCH|PUT /apigateway/restapis/{project}/**              update_rest_api                    WRITE deploy
POST      /apigateway/restapis/{project}/authorizers     create_authorizer                  ADMIN access
POST      /apigateway/apikeys                            create_api_key                     ADMIN credential
DELETE    /apigateway/restapis/{project}                 delete_rest_api                    ADMIN delete,deploy
GET       /eks/clusters                                  list_clusters                      READ
GET       /eks/clusters/{project}                        describe_cluster                   READ
GET       /eks/clusters/{project}/**                     describe_cluster                   READ
POST      /eks/clusters                                  create_cluster                     WRITE deploy            project=$.name
POST      /eks/clusters/{project}/access-entries         create_access_entry                ADMIN access            principal=$.principalArn
POST      /eks/clusters/{project}/access-entries/*/access-policies associate_access_policy            ADMIN access
POST      /eks/clusters/{project}/update-config          update_cluster_config              ADMIN deploy
POST      /eks/clusters/{project}/node-groups            create_nodegroup                   WRITE deploy
DELETE    /eks/clusters/{project}/node-groups/*          delete_nodegroup                   ADMIN delete,deploy
DELETE    /eks/clusters/{project}                        delete_cluster                     ADMIN delete,deploy
GET       /route53/*/hostedzone                          list_hosted_zones                  READ
GET       /route53/*/hostedzone/{project}                get_hosted_zone                    READ
GET       /route53/*/hostedzone/{project}/rrset          list_record_sets                   READ
GET       /route53/**                                    get_dns                            READ
POST      /route53/*/hostedzone                          create_hosted_zone                 ADMIN deploy
POST      /route53/*/hostedzone/{project}/rrset          change_record_sets                 ADMIN deploy
DELETE    /route53/*/hostedzone/{project}                delete_hosted_zone                 ADMIN delete,deploy
POST      /ses/v2/email/outbound-emails                  send_email                         WRITE message           principal=$.Destination.ToAddresses[*] principal=$.Destination.CcAddresses[*] principal=$.Destination.BccAddresses[*]
POST      /ses/v2/email/outbound-bulk-emails             send_bulk_email                    WRITE message           principal=$.BulkEmailEntries[*].Destination.ToAddresses[*]
GET       /ses/v2/email/identities                       list_identities                    READ
POST      /ses/v2/email/identities                       create_identity                    ADMIN access            principal=$.EmailIdentity
DELETE    /ses/v2/email/identities/*                     delete_identity                    ADMIN delete
POST      /bedrock/model/{project}/converse              converse                           WRITE model
POST      /bedrock/model/{project}/converse-stream       converse                           WRITE model
POST      /bedrock/model/{project}/*                     invoke_model                       WRITE model
POST      /bedrock/agents/{project}/agentAliases/*/sessions/*/text invoke_agent                       WRITE model,execute
POST      /bedrock/knowledgebases/{project}/retrieve     retrieve                           READ  model
POST      /bedrock/retrieveAndGenerate                   retrieve_and_generate              WRITE model
POST      /bedrock/guardrail/*/version/*/apply           apply_guardrail                    READ  model
GET       /bedrock/foundation-models                     list_foundation_models             READ
GET       /bedrock/foundation-models/*                   get_foundation_model               READ
GET       /bedrock/**                                    get_model                          READ
PUT       /bedrock/agents                                create_agent                       WRITE
DELETE    /bedrock/agents/{project}                      delete_agent                       ADMIN delete
ANY       /execute-api/**                                invoke_api                         WRITE execute
ANY       /lambda-url/**                                 invoke_function                    WRITE execute
"
    ),
};
