-- Tests of 9.4.1. sh-sysvol (IAD) lets Authenticated Users read and Domain Admins do everything; sh-profile (CTX)
-- lets Desktop-Users make folders, CREATOR OWNER modify what is inside, and Domain Admins do everything.

local ctx = "ctx/compliant.json"
local portal, cloud = "identities.roles[r-portal-master]", "identities.roles[r-global-admin]"
local settings = "identities.directory_settings"

local function schema_admins(accounts, groups)
  return { ["identities.groups"] = { id = "g-schema", name = "CORP\\Schema Admins", source = "ad",
    accounts = accounts, groups = groups } }
end

local tanaka = "identities.accounts[ad-a.tanaka]"

local function share(dataset, ...)
  return { id = "sh-x", dataset = dataset, path = "\\\\fs\\x", entries = { ... } }
end

local function allow(principal, rights, applies_to)
  return { principal = principal, action = "allow", rights = rights, applies_to = applies_to or "everything" }
end

local function deny(principal, rights, applies_to)
  return { principal = principal, action = "deny", rights = rights, applies_to = applies_to or "everything" }
end

local function only(one)
  return { ["data.shares"] = { one } }
end

local function sysvol(...)
  return only(share("group_policy", ...))
end

local function profiles(...)
  return only(share("profile_data", ...))
end

local session = "citrix.session_policies[sp-base]"
local function policy(field, value)
  return { [session .. "." .. field] = value }
end

local function without_reason(field, value)
  return { [session] = { id = "sp-base", name = "x", enabled = true, priority = 1, groups = empty_list,
    clipboard = field == "clipboard" and value or "off", client_drives = field == "client_drives" and value or "off",
    usb = field == "usb" and value or "off", idle_minutes = 30 } }
end

-- IAD without Entra Connect, and without an account in a cloud directory.
local function without_entra(changes)
  local set = { ["contract.options"] = { "two_site", "mfa_option" } }
  for _, id in ipairs({ "en-k.sato", "en-s.takahashi", "en-a.tanaka", "en-bg1", "en-bg2", "en-sync" }) do
    set["identities.accounts[" .. id .. "].source"] = "portal"
  end
  for path, value in pairs(changes) do
    set[path] = value
  end
  return set
end

local group = "citrix.delivery_groups[dg-jp]"
local domain_users = { ["identities.groups"] = { id = "g-all", name = "KTH\\Domain Users", source = "ad",
  accounts = empty_list, groups = empty_list } }

local roles = { ["service-rights-within-scope"] = "unknown", ["own-rights-within-scope"] = "unknown",
  ["no-broad-group-privileged"] = "unknown" }

return {
  base = "iad/compliant.json",

  -- ---- R1 ----
  { "CTX passes", base = ctx, expect = {} },
  { "a permission was added to the portal's role later",
    append = { [portal .. ".permissions"] = "billing.manage" },
    expect = { ["service-rights-within-scope"] = "fail" }, blame = "identities.roles[r-portal-master].permissions" },
  { "a permission was added to the customer's role later", append = { [cloud .. ".permissions"] = "mail.read" },
    expect = { ["own-rights-within-scope"] = "fail" } },
  { "nothing is written about a role", set = { [cloud .. ".documented_permissions"] = empty_list },
    expect = { ["own-rights-within-scope"] = "fail" } },
  { "more is written than is granted", append = { [cloud .. ".documented_permissions"] = "mail.read" }, expect = {} },
  { "another case of letters is the same permission", set = { [cloud .. ".permissions"] = { "Directory.ALL" } },
    expect = {} },
  { "a family of permissions is written", set = { [portal .. ".permissions"] = { "operator.manage", "operator.read" },
      [portal .. ".documented_permissions"] = { "operator.*" } }, expect = {} },
  { "another family is written", set = { [portal .. ".documented_permissions"] = { "contract.*", "oper" } },
    expect = { ["service-rights-within-scope"] = "fail" } },
  { "a wildcard is granted, and single permissions are written",
    set = { [portal .. ".permissions"] = { "operator.*" } },
    expect = { ["service-rights-within-scope"] = "fail" } },
  { "everything is written, of a role that gives everything",
    set = { [cloud .. ".documented_permissions"] = { "*" }, [cloud .. ".permissions"] = { "*" } }, expect = {} },
  { "everything is written, of a role that does not give everything",
    set = { ["identities.roles[r-sync].documented_permissions"] = { "*" } },
    expect = { ["own-rights-within-scope"] = "fail" } },
  { "nobody knows what is written", remove = { portal .. ".documented_permissions" },
    expect = { ["service-rights-within-scope"] = "unknown" } },
  { "nobody knows what the customer wrote", remove = { cloud .. ".documented_permissions" },
    expect = { ["own-rights-within-scope"] = "unknown" } },
  { "no role was read", remove = { "identities.roles" }, expect = roles },
  { "no role is the customer's own",
    set = { [cloud .. ".source"] = "portal", ["identities.roles[r-sync].source"] = "ad" },
    expect = { ["own-rights-within-scope"] = "not_applicable" } },

  -- ---- R2: shares ----
  { "everybody may write to SYSVOL", set = sysvol(allow("Everyone", "modify")),
    expect = { ["shares-not-open"] = "fail" }, blame = "data.shares[sh-x].entries[1].rights" },
  { "everybody, by domain and in capitals", set = sysvol(allow("NT AUTHORITY\\AUTHENTICATED USERS", "create")),
    expect = { ["shares-not-open"] = "fail" } },
  { "everybody, as Explorer shows it", set = sysvol(allow("Users (FS01\\Users)", "modify")),
    expect = { ["shares-not-open"] = "fail" } },
  { "a group whose own name has brackets", set = sysvol(allow("CORP\\GPO-Editors (Users)", "modify")), expect = {} },
  { "everybody, with yen signs",
    set = sysvol(allow("CORP¥Domain Users", "modify"), allow("CORP￥GPO-Editors", "modify")),
    expect = { ["shares-not-open"] = "fail" }, blame = "data.shares[sh-x].entries[1].rights" },
  { "everybody, with a full-width yen sign", set = sysvol(allow("CORP￥Domain Users", "modify")),
    expect = { ["shares-not-open"] = "fail" } },
  { "everybody, by the well-known SID", set = sysvol(allow("S-1-1-0", "full")),
    expect = { ["shares-not-open"] = "fail" } },
  { "Domain Users, by the SID of the domain", set = sysvol(allow("S-1-5-21-1-2-3-513", "modify")),
    expect = { ["shares-not-open"] = "fail" } },
  { "everybody may read SYSVOL", set = sysvol(allow("Everyone", "read")), expect = {} },
  { "a named group may write", set = sysvol(allow("GPO-Editors", "modify")), expect = {} },
  { "everybody may write, and is denied to", set = sysvol(allow("Everyone", "modify"), deny("EVERYONE", "full")),
    expect = {} },
  { "everybody may write, and is denied to read only",
    set = sysvol(allow("Everyone", "modify"), deny("Everyone", "read")),
    expect = { ["shares-not-open"] = "fail" } },
  { "everybody may write, and is denied to in this folder only",
    set = sysvol(allow("Everyone", "modify"), deny("Everyone", "full", "this_folder_only")),
    expect = { ["shares-not-open"] = "fail" } },
  { "everybody may write, and guests are denied to", set = sysvol(allow("Everyone", "modify"), deny("Guests", "full")),
    expect = { ["shares-not-open"] = "fail" } },
  { "an entry that is inherited counts like any other",
    set = sysvol(allow("Domain Admins", "full"), allow("Users", "modify", "subfolders_and_files")),
    expect = { ["shares-not-open"] = "fail" } },
  { "everybody may write to the master image", base = ctx, append = { ["data.shares"] = share("master_image",
      allow("Domain Users", "modify")) }, expect = { ["shares-not-open"] = "fail" } },
  { "only administrators may write to the master image", base = ctx, append = { ["data.shares"] = share("master_image",
      allow("Domain Admins", "full")) }, expect = { ["shares-not-open"] = "pass" } },
  { "a tenant with another broad group", set = sysvol(allow("全社員", "modify")),
    params = { broad_principals = { "全社員" } }, expect = { ["shares-not-open"] = "fail" } },
  { "no share was read", remove = { "data.shares" }, expect = { ["shares-not-open"] = "unknown" } },
  { "the list of shares is empty", set = { ["data.shares"] = empty_list },
    expect = { ["shares-not-open"] = "unknown" } },
  { "nobody knows what is allowed",
    set = sysvol({ principal = "Everyone", action = "allow", applies_to = "everything" }),
    expect = { ["shares-not-open"] = "unknown" } },

  { "everybody may write to all profiles on IAD",
    append = { ["data.shares"] = share("profile_data", allow("Everyone", "full")) },
    expect = { ["shares-not-open"] = "fail" }, blame = "data.shares[sh-x].entries[1].rights" },
  { "everybody may make a folder of profiles on IAD",
    append = { ["data.shares"] = share("profile_data", allow("Domain Users", "create", "this_folder_only")) },
    expect = {} },
  { "everybody may make folders anywhere on IAD",
    append = { ["data.shares"] = share("profile_data", allow("Domain Users", "create")) },
    expect = { ["shares-not-open"] = "fail" } },
  { "what is harmless of profiles is not of SYSVOL", set = sysvol(allow("Domain Users", "create", "this_folder_only")),
    expect = { ["shares-not-open"] = "fail" } },
  { "profiles of CTX are judged by their own rule", base = ctx,
    append = { ["data.shares"] = share("master_image", allow("Domain Admins", "full")) },
    set = { ["data.shares[sh-profile].entries[1].principal"] = "Domain Users",
      ["data.shares[sh-profile].entries[1].rights"] = "full" },
    expect = { ["shares-not-open"] = "pass", ["profiles-private"] = "fail" } },

  -- ---- R2: profiles ----
  { "users may make their folder", base = ctx, set = profiles(allow("Desktop-Users", "create", "this_folder_only")),
    expect = {} },
  { "users may modify everything", base = ctx, set = profiles(allow("Desktop-Users", "modify")),
    expect = { ["profiles-private"] = "fail" } },
  { "users may create in all folders", base = ctx, set = profiles(allow("Desktop-Users", "create")),
    expect = { ["profiles-private"] = "fail" } },
  { "users may read all profiles", base = ctx, set = profiles(allow("Desktop-Users", "read", "subfolders_and_files")),
    expect = { ["profiles-private"] = "fail" } },
  { "users may change the folder itself", base = ctx,
    set = profiles(allow("Desktop-Users", "full", "this_folder_only")),
    expect = { ["profiles-private"] = "fail" } },
  { "users may read all profiles, and are denied to", base = ctx,
    set = profiles(allow("Users", "read"), deny("Users", "full")), expect = {} },
  { "owners, the system and administrators by SID", base = ctx, set = profiles(allow("S-1-3-0", "full"),
      allow("S-1-5-18", "full"), allow("S-1-5-32-544", "full"), allow("S-1-5-21-1-2-3-512", "full")), expect = {} },
  { "a service that backs up is not trusted by itself", base = ctx, set = profiles(allow("svc-backup", "read")),
    expect = { ["profiles-private"] = "fail" } },
  { "a service that backs up is trusted by the tenant", base = ctx, set = profiles(allow("KTH\\svc-backup", "read")),
    params = { trusted_principals = { "svc-backup" } }, expect = {} },
  { "no share holds profiles", base = ctx, set = only(share("master_image", allow("Domain Admins", "full"))),
    expect = { ["profiles-private"] = "unknown", ["shares-not-open"] = "pass" } },

  -- ---- R3 and R4 ----
  { "guests see as much as members", set = { [settings .. ".guest_access"] = "same_as_members" },
    expect = { ["guests-see-little"] = "fail" }, blame = "/identities/directory_settings/guest_access" },
  { "guests see a limited part", set = { [settings .. ".guest_access"] = "limited" }, expect = {} },
  { "a tenant that wants guests restricted", set = { [settings .. ".guest_access"] = "limited" },
    params = { guest_access = { "restricted" } }, expect = { ["guests-see-little"] = "fail" } },
  { "nobody knows what guests see", remove = { settings .. ".guest_access" },
    expect = { ["guests-see-little"] = "unknown" } },
  { "all members invite guests", set = { [settings .. ".guest_invitations"] = "members" },
    expect = { ["guests-invited-by-few"] = "fail" }, blame = "/identities/directory_settings/guest_invitations" },
  { "nobody knows who invites guests", set = { [settings .. ".guest_invitations"] = null },
    expect = { ["guests-invited-by-few"] = "unknown" } },
  { "users register applications", set = { [settings .. ".users_register_apps"] = true },
    expect = { ["users-register-nothing"] = "fail" } },
  { "whether users register applications is a text", set = { [settings .. ".users_register_apps"] = "False" },
    expect = { ["users-register-nothing"] = "unknown" } },
  { "users consent to what is of low risk", set = { [settings .. ".user_consent"] = "verified_low_risk" },
    expect = { ["users-consent-to-nothing"] = "fail" }, blame = "/identities/directory_settings/user_consent" },
  { "a tenant that accepts that", set = { [settings .. ".user_consent"] = "verified_low_risk" },
    params = { user_consent = { "none", "verified_low_risk" } }, expect = {} },
  { "nobody knows what users consent to", remove = { settings .. ".user_consent" },
    expect = { ["users-consent-to-nothing"] = "unknown" } },
  { "IAD without Entra", set = without_entra({}),
    remove = { "identities.sync", "portals.admin_console", settings },
    expect = { ["guests-see-little"] = "not_applicable", ["guests-invited-by-few"] = "not_applicable",
      ["users-register-nothing"] = "not_applicable", ["users-consent-to-nothing"] = "not_applicable",
      ["sync-account-protected"] = "not_applicable" } },
  { "settings that are there are judged, contracted or not",
    set = without_entra({ [settings .. ".user_consent"] = "all" }),
    remove = { "identities.sync", "portals.admin_console" },
    expect = { ["users-consent-to-nothing"] = "fail", ["sync-account-protected"] = "not_applicable" },
    blame = "/identities/directory_settings/user_consent" },
  { "Entra's settings were not read", remove = { settings },
    expect = { ["guests-see-little"] = "unknown", ["guests-invited-by-few"] = "unknown",
      ["users-register-nothing"] = "unknown", ["users-consent-to-nothing"] = "unknown" } },

  -- ---- R5 ----
  { "the list of users is not in force", base = ctx, set = { [group .. ".user_filter_enabled"] = false },
    expect = { ["delivery-groups-limited"] = "fail" }, blame = group .. ".user_filter_enabled" },
  { "open to everybody on purpose", base = ctx, set = { [group .. ".user_filter_enabled"] = false,
      [group .. ".all_users_intended"] = true }, expect = {} },
  { "the list of users is Domain Users", base = ctx, set = { [group .. ".groups"] = { "g-all" } },
    append = domain_users, expect = { ["delivery-groups-limited"] = "fail" }, blame = group .. ".groups" },
  { "a group of the list has Domain Users inside", base = ctx,
    set = { ["identities.groups[g-desktop-users].groups"] = { "g-all" } }, append = domain_users,
    expect = { ["delivery-groups-limited"] = "fail" } },
  { "Domain Users on purpose", base = ctx, set = { [group .. ".groups"] = { "g-all" },
      [group .. ".all_users_intended"] = true }, append = domain_users, expect = {} },
  { "a list that is not in force needs no look, on purpose", base = ctx, set = { [group .. ".groups"] = { "g-all" },
      [group .. ".all_users_intended"] = true, [group .. ".user_filter_enabled"] = false }, append = domain_users,
    expect = {} },
  { "nobody knows which groups are in the list", base = ctx,
    set = { ["identities.groups[g-desktop-users].groups"] = null },
    expect = { ["delivery-groups-limited"] = "unknown" } },
  { "an empty list of users lets nobody in", base = ctx, set = { [group .. ".groups"] = empty_list }, expect = {} },
  { "nobody knows whether the list is in force", base = ctx, remove = { group .. ".user_filter_enabled" },
    expect = { ["delivery-groups-limited"] = "unknown" } },
  { "client addresses are listed and ignored", base = ctx, set = { [group .. ".client_addresses"] = { "192.0.2.65" } },
    expect = { ["client-filter-in-force"] = "fail" }, blame = group .. ".client_ip_filter_enabled" },
  { "nobody knows whether client addresses are listed", base = ctx, set = { [group .. ".client_addresses"] = null },
    expect = { ["client-filter-in-force"] = "unknown" } },
  { "Citrix Cloud was not read", base = ctx, remove = { "citrix" },
    expect = { ["delivery-groups-limited"] = "unknown", ["client-filter-in-force"] = "unknown",
      ["session-channels"] = "unknown", ["sessions-end-when-idle"] = "unknown" } },

  -- ---- sessions ----
  { "the clipboard both ways, for a reason", base = ctx, set = policy("clipboard", "both"), expect = {} },
  { "the clipboard both ways, for none", base = ctx, set = without_reason("clipboard", "both"),
    expect = { ["session-channels"] = "fail" }, blame = session .. ".clipboard" },
  { "the reason is a blank", base = ctx,
    set = { [session .. ".clipboard"] = "both", [session .. ".justification"] = " " },
    expect = { ["session-channels"] = "fail" } },
  { "drives to read", base = ctx, set = without_reason("client_drives", "read_only"), expect = {} },
  { "drives to write", base = ctx, set = without_reason("client_drives", "read_write"),
    expect = { ["session-channels"] = "fail" } },
  { "listed devices", base = ctx, set = without_reason("usb", "listed_devices"), expect = {} },
  { "all devices", base = ctx, set = without_reason("usb", "all"), expect = { ["session-channels"] = "fail" } },
  { "a tenant that wants the clipboard off", base = ctx, set = without_reason("clipboard", "to_session"),
    params = { clipboard = { "off" } }, expect = { ["session-channels"] = "fail" } },
  { "a policy for some only: the others have the product's defaults", base = ctx,
    set = policy("groups", { "g-desktop-users" }),
    expect = { ["session-channels"] = "fail", ["sessions-end-when-idle"] = "fail" },
    blame = "/citrix/session_policies" },
  { "a second policy for some, beside the one for everybody", base = ctx,
    append = { ["citrix.session_policies"] = { id = "sp-x", name = "x", enabled = true, priority = 2,
      groups = { "g-desktop-users" }, clipboard = "off", client_drives = "off", usb = "off", idle_minutes = 15 } },
    expect = {} },
  { "the only policy is off", base = ctx, set = policy("enabled", false),
    expect = { ["session-channels"] = "fail", ["sessions-end-when-idle"] = "fail" } },
  { "nobody knows about the clipboard", base = ctx, remove = { session .. ".clipboard" },
    expect = { ["session-channels"] = "unknown" } },
  { "sessions end after 31 minutes", base = ctx, set = policy("idle_minutes", 31),
    expect = { ["sessions-end-when-idle"] = "fail" }, blame = session .. ".idle_minutes" },
  { "sessions never end", base = ctx, set = policy("idle_minutes", 0),
    expect = { ["sessions-end-when-idle"] = "fail" } },
  { "the workspace never signs out", base = ctx, set = { ["portals.workspace.session_idle_minutes"] = 0 },
    expect = { ["sessions-end-when-idle"] = "fail" }, blame = "/portals/workspace/session_idle_minutes" },
  { "a tenant that allows an hour", base = ctx, set = policy("idle_minutes", 60), params = { max_idle_minutes = 60 },
    expect = {} },
  { "nobody knows when sessions end", base = ctx, set = policy("idle_minutes", null),
    expect = { ["sessions-end-when-idle"] = "unknown" } },
  { "a session host on the internet", base = ctx,
    set = { ["hosts[vda-jp-01].interfaces[1].public_address"] = "203.0.113.200" },
    expect = { ["session-hosts-not-public"] = "fail" }, blame = "hosts[vda-jp-01].interfaces[nic0].public_address" },
  { "a retired one", base = ctx, set = { ["hosts[vda-jp-01].interfaces[1].public_address"] = "203.0.113.200",
      ["hosts[vda-jp-01].state"] = "retired" }, expect = {} },
  { "nobody knows whether it has a public address", base = ctx,
    remove = { "hosts[vda-jp-01].interfaces[1].public_address" },
    expect = { ["session-hosts-not-public"] = "unknown" } },

  -- ---- Active Directory ----
  { "Domain Users inside the group of administrators",
    append = { ["identities.groups"] = { id = "g-all", name = "CORP\\Domain Users", source = "ad",
      accounts = empty_list, groups = empty_list }, ["identities.groups[g-tier0].groups"] = "g-all" },
    expect = { ["no-broad-group-privileged"] = "fail" }, blame = "identities.assignments[as-03].group" },
  { "groups that contain each other", append = { ["identities.groups[g-tier0].groups"] = "g-domain-admins" },
    expect = {} },
  { "nobody knows which groups are inside", set = { ["identities.groups[g-tier0].groups"] = null },
    expect = { ["no-broad-group-privileged"] = "unknown" } },
  { "somebody can copy all passwords",
    append = { ["ad.dcsync_principals"] = { name = "svc-backup", expected = false } },
    expect = { ["replication-rights-expected"] = "fail" }, blame = "ad.dcsync_principals[svc-backup].expected" },
  { "nobody knows whether that is expected", append = { ["ad.dcsync_principals"] = { name = "svc-backup" } },
    expect = { ["replication-rights-expected"] = "unknown" } },
  { "somebody is in Schema Admins", set = { ["ad.schema_admins"] = { "ad-k.sato" } },
    expect = { ["schema-admins-empty"] = "fail" }, blame = "/ad/schema_admins" },
  { "a group is in Schema Admins", append = schema_admins(empty_list, { "g-tier0" }),
    expect = { ["schema-admins-empty"] = "fail" }, blame = "identities.groups[g-schema].groups" },
  { "the list of groups knows a member of Schema Admins", append = schema_admins({ "ad-k.sato" }, empty_list),
    expect = { ["schema-admins-empty"] = "fail" }, blame = "identities.groups[g-schema].accounts" },
  { "the list of groups has Schema Admins, and nobody is in it", append = schema_admins(empty_list, empty_list),
    expect = {} },
  { "nobody knows which groups are in Schema Admins", append = schema_admins(empty_list, null),
    expect = { ["schema-admins-empty"] = "unknown" } },
  { "nobody collected identities", remove = { "identities" },
    expect = { ["service-rights-within-scope"] = "unknown", ["own-rights-within-scope"] = "unknown",
      ["guests-see-little"] = "unknown", ["guests-invited-by-few"] = "unknown",
      ["users-register-nothing"] = "unknown", ["users-consent-to-nothing"] = "unknown",
      ["no-broad-group-privileged"] = "unknown", ["no-unconstrained-delegation"] = "unknown",
      ["sync-account-protected"] = "unknown" } },
  { "nobody looked into Schema Admins", remove = { "ad.schema_admins" },
    expect = { ["schema-admins-empty"] = "unknown" } },
  { "an account may act as anybody", set = { [tanaka .. ".ad_flags"] = { "unconstrained_delegation" } },
    expect = { ["no-unconstrained-delegation"] = "fail" }, blame = tanaka .. ".ad_flags[unconstrained_delegation]" },
  { "a disabled account might", set = { [tanaka .. ".ad_flags"] = { "unconstrained_delegation" },
      [tanaka .. ".enabled"] = false }, expect = {} },
  { "nobody read the flags", remove = { tanaka .. ".ad_flags" },
    expect = { ["no-unconstrained-delegation"] = "unknown" } },
  { "everybody may join ten computers, as Windows has it", set = { ["ad.machine_account_quota"] = 10 },
    expect = { ["users-join-no-computers"] = "fail" }, blame = "/ad/machine_account_quota" },
  { "a tenant that allows ten", set = { ["ad.machine_account_quota"] = 10 }, params = { machine_account_quota = 10 },
    expect = {} },
  { "nobody read Active Directory", remove = { "ad" },
    expect = { ["replication-rights-expected"] = "unknown", ["schema-admins-empty"] = "unknown",
      ["users-join-no-computers"] = "unknown" } },
  { "the account of Entra Connect lies among all others", set = { ["identities.sync.ad_account_protected"] = false },
    expect = { ["sync-account-protected"] = "fail" }, blame = "/identities/sync/ad_account_protected" },
  { "nobody knows where it lies", remove = { "identities.sync.ad_account_protected" },
    expect = { ["sync-account-protected"] = "unknown" } },

  { "the account of Entra that synchronises is called a person's",
    set = { ["identities.accounts[en-sync].kind"] = "person" },
    expect = { ["sync-account-protected"] = "fail" }, blame = "identities.accounts[en-sync].kind" },
  { "nobody said with which account Entra is written to", remove = { "identities.sync.entra_account" },
    expect = { ["sync-account-protected"] = "unknown" }, blame = "/identities/sync/entra_account" },
  { "the account of Entra is not in the list", set = { ["identities.sync.entra_account"] = "en-nobody" },
    expect = { ["sync-account-protected"] = "unknown" }, blame = "/identities/sync/entra_account" },
}
