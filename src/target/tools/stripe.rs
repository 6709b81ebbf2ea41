//! Stripe: bodies are forms.
//!
//! Source: the API reference at docs.stripe.com.

use super::{Tool, table};

pub(super) const TOOL: Tool = Tool {
    name: "stripe",
    places: &["stripe.com"],
    graphql: None,
    table: table!(
        "
GET    /v1/balance                              get_balance               READ
GET    /v1/balance_transactions                 list_balance_transactions READ
GET    /v1/customers                            list_customers            READ
GET    /v1/customers/search                     search_customers          READ
GET    /v1/customers/{account}                  get_customer              READ
POST   /v1/customers                            create_customer           WRITE
POST   /v1/customers/{account}                  update_customer           WRITE
POST   /v1/customers/{account}/sources          add_payment_source        WRITE payment
DELETE /v1/customers/{account}                  delete_customer           WRITE delete
GET    /v1/charges                              list_charges              READ  -                  account=?customer
GET    /v1/charges/{file}                       get_charge                READ
POST   /v1/charges                              create_charge             WRITE payment            account=?customer
POST   /v1/charges/{file}/capture               capture_charge            WRITE payment
POST   /v1/charges/{file}                       update_charge             WRITE
GET    /v1/payment_intents                      list_payment_intents      READ  -                  account=?customer
GET    /v1/payment_intents/{file}               get_payment_intent        READ
POST   /v1/payment_intents                      create_payment_intent     WRITE payment            account=?customer
POST   /v1/payment_intents/{file}/*             change_payment_intent     WRITE payment
POST   /v1/payment_intents/{file}               update_payment_intent     WRITE payment
GET    /v1/refunds                              list_refunds              READ
POST   /v1/refunds                              create_refund             WRITE payment            file=?charge file=?payment_intent
POST   /v1/refunds/*                            update_refund             WRITE payment
GET    /v1/payouts                              list_payouts              READ
POST   /v1/payouts                              create_payout             ADMIN payment
POST   /v1/payouts/*                            change_payout             ADMIN payment
POST   /v1/transfers                            create_transfer           ADMIN payment            account=?destination principal=?destination
POST   /v1/topups                               create_topup              ADMIN payment
GET    /v1/invoices                             list_invoices             READ  -                  account=?customer
GET    /v1/invoices/{file}                      get_invoice               READ
POST   /v1/invoices                             create_invoice            WRITE payment            account=?customer
POST   /v1/invoices/create_preview              preview_invoice           READ  -                  account=?customer
POST   /v1/invoices/{file}/send                 send_invoice              WRITE payment,message
POST   /v1/invoices/{file}/*                    change_invoice            WRITE payment
POST   /v1/invoices/{file}                      update_invoice            WRITE payment
DELETE /v1/invoices/{file}                      delete_invoice            WRITE delete
POST   /v1/invoiceitems                         create_invoice_item       WRITE payment            account=?customer
GET    /v1/subscriptions                        list_subscriptions        READ  -                  account=?customer
GET    /v1/subscriptions/{file}                 get_subscription          READ
POST   /v1/subscriptions                        create_subscription       WRITE payment            account=?customer
POST   /v1/subscriptions/{file}                 update_subscription       WRITE payment
DELETE /v1/subscriptions/{file}                 cancel_subscription       WRITE payment,delete
POST   /v1/checkout/sessions                    create_checkout_session   WRITE payment            account=?customer
POST   /v1/payment_links                        create_payment_link       WRITE payment
POST   /v1/payment_methods/*/attach             attach_payment_method     WRITE payment            account=?customer
GET    /v1/products                             list_products             READ
POST   /v1/products                             create_product            WRITE
DELETE /v1/products/*                           delete_product            WRITE delete
GET    /v1/prices                               list_prices               READ
POST   /v1/prices                               create_price              WRITE
POST   /v1/coupons                              create_coupon             WRITE payment
GET    /v1/events                               list_events               READ
GET    /v1/accounts                             list_accounts             READ
GET    /v1/accounts/{account}                   get_account               READ
POST   /v1/accounts                             create_account            ADMIN access
POST   /v1/accounts/{account}                   update_account            ADMIN access
POST   /v1/accounts/{account}/external_accounts add_external_account      ADMIN payment,access
DELETE /v1/accounts/{account}                   delete_account            ADMIN delete
POST   /v1/account_links                        create_account_link       ADMIN access             account=?account
POST   /v1/tokens                               create_token              WRITE credential
POST   /v1/ephemeral_keys                       create_ephemeral_key      ADMIN credential         account=?customer
GET    /v1/webhook_endpoints                    list_webhooks             READ
POST   /v1/webhook_endpoints                    create_webhook            ADMIN webhook            webhook=?url
POST   /v1/webhook_endpoints/*                  update_webhook            ADMIN webhook            webhook=?url
DELETE /v1/webhook_endpoints/*                  delete_webhook            ADMIN webhook,delete
POST   /v2/core/event_destinations              create_webhook            ADMIN webhook            webhook=$.webhook_endpoint.url
POST   /v1/issuing/cards                        create_card               ADMIN payment,credential
POST   /v1/reporting/report_runs                create_report             READ  export
POST   /v1/disputes/*                           update_dispute            WRITE payment
GET    /v1/files                                list_files                READ
POST   /v1/files                                upload_file               WRITE
POST   /v1/file_links                           create_file_link          ADMIN share              file=?file principal=anyone
POST   /v1/apps/secrets                         set_secret                ADMIN credential
"
    ),
};
