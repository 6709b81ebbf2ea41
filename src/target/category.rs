//! What kind of thing an operation does, for policies: `category:delete` means every operation of that kind.

macro_rules! categories {
    ($($variant:ident = $name:literal, $doc:literal;)*) => {
        /// A kind of operation. One operation may be of several.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Category { $(#[doc = $doc] $variant,)* }

        impl Category {
            /// All kinds.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// The name in policies and on the wire.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }
        }
    };
}

categories! {
    Message = "message", "Sends a message, a mail or a comment to people.";
    Share = "share", "Lets somebody see what they could not see before.";
    Invite = "invite", "Brings somebody into an organisation, a team or a channel.";
    Delete = "delete", "Destroys something, or puts it where it is hard to get back.";
    Payment = "payment", "Moves money or promises it.";
    Export = "export", "Reads much at once: dumps, reports, files.";
    Execute = "execute", "Runs code, a shell command or a workflow.";
    Access = "access", "Changes who may do what: roles, keys, memberships, policies.";
    Credential = "credential", "Makes, reads or changes a secret or a key.";
    Webhook = "webhook", "Registers an address that data will be sent to.";
    Deploy = "deploy", "Changes what runs in production, or where traffic goes.";
    Model = "model", "Asks a language model.";
    Network = "network", "A shell command that reaches other hosts.";
}

impl Category {
    /// Reads the name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|category| category.as_str() == name)
    }
}
