-- Tests of 9.4.4. On IAD all hosts are the provider's and ut-rsat is listed for Domain Admins; on CTX nothing is
-- listed, cc-jp-01 is the provider's and the other hosts are the customer's. at-whitepaper was confirmed on
-- 2026-04-10 (IAD).

local ctx = "ctx/compliant.json"
local rsat = "utilities.items[ut-rsat]"
local statement = "attestations[at-whitepaper]"

local function utility(changes)
  local one = { id = "ut-x", party = "customer", name = "Disk tool", documented = true, bypasses = false,
    roles = { "r-domain-admins" }, logged = true }
  for field, value in pairs(changes) do
    one[field] = value
  end
  return { ["utilities.items"] = one }
end

local function program(name, changes)
  local one = { name = name, version = "1.0", publisher = "Example Corporation" }
  for field, value in pairs(changes or {}) do
    one[field] = value
  end
  return { ["hosts[jump01].software"] = one }
end

local digest = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
local hit = { ["provider-hosts-clean"] = "fail" }
local listed = { ["provider-lists-none"] = "unknown", ["utilities-restricted"] = "unknown",
  ["bypasses-documented"] = "unknown" }

return {
  base = "iad/compliant.json",

  -- ---- R1: the statement ----
  { "CTX passes, and nothing is listed", base = ctx, expect = {} },
  { "nobody collected statements", remove = { "attestations" }, expect = { ["provider-states-none"] = "unknown" } },
  { "the statement is about other clauses", set = { [statement .. ".controls"] = { "5.1.1" } },
    expect = { ["provider-states-none"] = "unknown" }, blame = "attestations" },
  { "the clause in the spelling of the annex", set = { [statement .. ".controls"] = { "A.9.4.4" } }, expect = {} },
  { "the statement is about the other service", set = { [statement .. ".scope"] = { "ctx" } },
    expect = { ["provider-states-none"] = "unknown" }, blame = "attestations" },
  { "the customer cannot state it for the provider", set = { [statement .. ".issuer_party"] = "customer" },
    expect = { ["provider-states-none"] = "fail" } },
  { "there is no evidence", set = { [statement .. ".evidence"] = empty_list },
    expect = { ["provider-states-none"] = "fail" } },
  { "confirmed 365 days ago", set = { [statement .. ".reviewed_at"] = "2025-11-20T09:00:00+09:00" }, expect = {} },
  { "confirmed 366 days ago", set = { [statement .. ".reviewed_at"] = "2025-11-19T09:00:00+09:00" },
    expect = { ["provider-states-none"] = "fail" } },
  { "expires today", set = { [statement .. ".expires"] = "2026-11-20" }, expect = {} },
  { "expired yesterday", set = { [statement .. ".expires"] = "2026-11-19" },
    expect = { ["provider-states-none"] = "fail" } },

  -- ---- R1: the list ----
  { "the provider lists one all the same", append = utility({ party = "provider", bypasses = true }),
    expect = { ["provider-lists-none"] = "fail" }, blame = "utilities.items[ut-x].bypasses" },
  { "a documented way around is one too, of the provider",
    append = utility({ party = "provider", bypasses = true, documented = true }),
    expect = { ["provider-lists-none"] = "fail" } },
  { "RSAT and PowerShell are tools of administration",
    set = { [rsat .. ".party"] = "provider", [rsat .. ".bypasses"] = true, [rsat .. ".documented"] = false },
    expect = {} },
  { "a name that only begins like one of them",
    append = utility({ party = "provider", bypasses = true, name = "PowerShellEmpire" }),
    expect = { ["provider-lists-none"] = "fail" } },
  { "a name that has one of them as a word",
    append = utility({ party = "provider", bypasses = true, documented = false, name = "PowerShell Empire" }),
    expect = { ["provider-lists-none"] = "fail", ["bypasses-documented"] = "fail" },
    blame = "utilities.items[ut-x].bypasses" },
  { "the version of PowerShell that gets around logging is no tool of administration",
    append = utility({ party = "provider", bypasses = true, name = "PowerShell 2.0" }),
    expect = { ["provider-lists-none"] = "fail" } },
  { "in full-width capitals it is the same tool",
    append = utility({ party = "provider", bypasses = true, documented = false, name = "ＰＯＷＥＲＳＨＥＬＬ" }),
    expect = {} },
  { "a tool of administration that the tenant names",
    append = utility({ party = "provider", bypasses = true, documented = false, name = "Citrix Director" }),
    params = { admin_tools = { "Citrix Director" } }, expect = {} },
  { "a tenant that names its tools excepts no other",
    set = { [rsat .. ".party"] = "provider", [rsat .. ".bypasses"] = true },
    params = { admin_tools = { "RSAT" } }, expect = { ["provider-lists-none"] = "fail" },
    blame = rsat .. ".bypasses" },
  { "a customer's utility is not the provider's", append = utility({ bypasses = true }), expect = {} },
  { "a utility of both is the provider's too", append = utility({ party = "shared", bypasses = true }),
    expect = { ["provider-lists-none"] = "fail" }, blame = "utilities.items[ut-x].bypasses" },
  { "nobody knows whether it gets around security", append = utility({ party = "provider", bypasses = null }),
    expect = { ["provider-lists-none"] = "unknown", ["bypasses-documented"] = "unknown" } },
  { "nobody collected utilities", remove = { "utilities" },
    expect = { ["provider-lists-none"] = "unknown", ["utilities-restricted"] = "unknown",
      ["bypasses-documented"] = "unknown", ["utilities-reviewed"] = "unknown" } },
  { "an empty list, and nobody says when it was made", set = { ["utilities.items"] = empty_list },
    remove = { "utilities.collected_at" }, expect = { ["provider-lists-none"] = "unknown",
      ["utilities-restricted"] = "unknown", ["bypasses-documented"] = "unknown", ["utilities-reviewed"] = "unknown" } },
  { "the list is null", set = { ["utilities.items"] = null }, expect = listed },

  -- ---- R2 ----
  { "PsExec on a host of the provider", append = program("Sysinternals PsExec"), expect = hit,
    blame = "hosts[jump01].software[Sysinternals PsExec].name" },
  { "with digits behind", append = program("psexec64.exe"), expect = hit },
  { "in full-width capitals", append = program("ＴＥＡＭＶＩＥＷＥＲ Host"), expect = hit },
  { "a word inside another word", append = program("Snmapper"), expect = {} },
  { "RSAT is a documented tool", append = program("リモート サーバー管理ツール (RSAT) PowerShell 7"), expect = {} },
  { "renamed, and found by its digest", append = program("notepad", { sha256 = digest }),
    params = { forbidden_hashes = { string.upper(digest) } }, expect = hit,
    blame = "hosts[jump01].software[notepad].sha256" },
  { "renamed, and the digest is not known", append = program("notepad", { sha256 = digest }), expect = {} },
  { "a harmless product of the same name", append = program("Nmap Industrial Maps"),
    params = { allowed_software = { "nmap industrial maps" } }, expect = {} },
  { "a harmless product, by digest", append = program("Nmap", { sha256 = digest }),
    params = { allowed_software = { digest } }, expect = {} },
  { "a listed digest under an allowed name", append = program("Nmap", { sha256 = digest }),
    params = { allowed_software = { "Nmap" }, forbidden_hashes = { digest } }, expect = hit },
  { "a publisher whose programs are forbidden", append = program("Helper", { publisher = "Dubious Ltd." }),
    params = { forbidden_publishers = { "DUBIOUS LTD." } }, expect = hit,
    blame = "hosts[jump01].software[Helper].publisher" },
  { "a program without a publisher", append = program("Helper", { publisher = null }),
    expect = { ["provider-hosts-clean"] = "unknown" } },
  { "a list that is shorter", append = program("AnyDesk"), params = { forbidden_utilities = { "Mimikatz" } },
    expect = {} },
  { "on a host of the customer", base = ctx, append = { ["hosts[fs-jp-01].software"] = { name = "TeamViewer",
      version = "15", publisher = "TeamViewer Germany GmbH" } },
    expect = { ["customer-hosts-clean"] = "fail" }, blame = "hosts[fs-jp-01].software[TeamViewer].name" },
  { "on a host that is off", append = program("AnyDesk"), set = { ["hosts[jump01].state"] = "stopped" }, expect = {} },
  { "in an image that is switched off, as images are", base = ctx, set = { ["hosts[img-w11].state"] = "stopped" },
    append = { ["hosts[img-w11].software"] = { name = "mimikatz", version = "2.2", publisher = "gentilkiwi" } },
    expect = { ["customer-hosts-clean"] = "fail" }, blame = "hosts[img-w11].software[mimikatz].name" },
  { "of an image that is switched off nobody need read the list anew", base = ctx,
    set = { ["hosts[img-w11].state"] = "stopped", ["hosts[img-w11].software_read_at"] = "2026-08-01T09:00:00+09:00" },
    expect = {} },
  { "an image that is switched off, and of which there is no list", base = ctx,
    set = { ["hosts[img-w11].state"] = "stopped" }, remove = { "hosts[img-w11].software" }, expect = {} },
  { "an image that is not used any more", base = ctx, set = { ["hosts[img-w11].state"] = "retired" },
    append = { ["hosts[img-w11].software"] = { name = "mimikatz", version = "2.2", publisher = "gentilkiwi" } },
    expect = {} },
  { "RealVNC as Windows lists it", append = program("VNC Server 7.13.0", { publisher = "RealVNC" }), expect = hit },
  { "a host without a list of software", remove = { "hosts[jump01].software" },
    expect = { ["provider-hosts-clean"] = "unknown" } },
  { "a customer's host without a list of software", base = ctx, remove = { "hosts[fs-jp-01].software" },
    expect = { ["customer-hosts-clean"] = "unknown" } },
  { "a tenant that does not ask for the list", remove = { "hosts[jump01].software" },
    params = { require_inventory = false }, expect = {} },
  { "no list at all, and the tenant does not ask for it",
    remove = { "hosts[dc01].software", "hosts[dc02].software", "hosts[sync01].software", "hosts[jump01].software" },
    params = { require_inventory = false }, expect = { ["provider-hosts-clean"] = "not_applicable" } },
  { "no host of the provider is listed on IAD, where the domain controllers are its",
    set = { ["hosts[dc01].state"] = "stopped", ["hosts[dc02].state"] = "stopped", ["hosts[sync01].state"] = "stopped",
      ["hosts[jump01].state"] = "retired" },
    expect = { ["provider-hosts-clean"] = "unknown" }, blame = "/hosts" },
  { "no host of the customer is listed on CTX, where the session hosts are its", base = ctx,
    remove = { "hosts[img-w11]", "hosts[vda-jp-01]", "hosts[vda-us-01]", "hosts[fs-jp-01]", "hosts[dc-cust]" },
    expect = { ["customer-hosts-clean"] = "unknown" }, blame = "/hosts" },
  { "the same where the tenant does not ask for lists", base = ctx, params = { require_inventory = false },
    remove = { "hosts[img-w11]", "hosts[vda-jp-01]", "hosts[vda-us-01]", "hosts[fs-jp-01]", "hosts[dc-cust]" },
    expect = { ["customer-hosts-clean"] = "not_applicable" } },
  { "no host of the provider is listed on CTX, where it need have none", base = ctx, remove = { "hosts[cc-jp-01]" },
    expect = { ["provider-hosts-clean"] = "not_applicable" } },
  { "with both services either side has some", base = "both/compliant.json",
    remove = { "hosts[cc-jp-01]", "hosts[dc01]" }, expect = { ["provider-hosts-clean"] = "unknown" } },
  { "an empty list that somebody read", set = { ["hosts[jump01].software"] = empty_list }, expect = {} },
  { "a list 31 days old", set = { ["hosts[jump01].software_read_at"] = "2026-10-19T15:00:00Z" }, expect = {} },
  { "a list 32 days old", set = { ["hosts[jump01].software_read_at"] = "2026-10-19T14:59:59Z" }, expect = hit,
    blame = "hosts[jump01].software_read_at" },
  { "nobody says when the list was read", remove = { "hosts[jump01].software_read_at" },
    expect = { ["provider-hosts-clean"] = "unknown" } },
  { "nobody collected hosts", remove = { "hosts" },
    expect = { ["provider-hosts-clean"] = "unknown", ["customer-hosts-clean"] = "unknown" } },

  -- ---- R3 ----
  { "its use is not recorded", set = { [rsat .. ".logged"] = false }, expect = { ["utilities-restricted"] = "fail" },
    blame = rsat .. ".logged" },
  { "no role is named", set = { [rsat .. ".roles"] = empty_list }, expect = { ["utilities-restricted"] = "fail" } },
  { "a role that is no administrator's", set = { [rsat .. ".roles"] = { "r-domain-admins", "r-portal-operator" } },
    expect = { ["utilities-restricted"] = "fail" } },
  { "a role that the tenant calls privileged", set = { [rsat .. ".roles"] = { "r-portal-operator" } },
    params = { privileged_roles = { "r-portal-operator" } }, expect = {} },
  { "nobody knows whether its use is recorded", set = { [rsat .. ".logged"] = null },
    expect = { ["utilities-restricted"] = "unknown" } },
  { "nothing is listed", set = { ["utilities.items"] = empty_list },
    expect = { ["utilities-restricted"] = "not_applicable", ["bypasses-documented"] = "not_applicable" } },

  -- ---- R4 ----
  { "a way around that nobody wrote about", append = utility({ bypasses = true, documented = false }),
    expect = { ["bypasses-documented"] = "fail" }, blame = "utilities.items[ut-x].documented" },
  { "a way around by the name of a tool of administration and more",
    append = utility({ bypasses = true, documented = false, name = "RSAT Unlocker" }),
    expect = { ["bypasses-documented"] = "fail" }, blame = "utilities.items[ut-x].documented" },
  { "a way around that is documented", append = utility({ bypasses = true }), expect = {} },
  { "an undocumented tool that gets around nothing", append = utility({ documented = false }), expect = {} },
  { "nobody knows whether it is documented", append = utility({ bypasses = true, documented = null }),
    expect = { ["bypasses-documented"] = "unknown" } },

  -- ---- the review ----
  { "180 days", set = { ["utilities.collected_at"] = "2026-05-23T15:00:00Z" }, expect = {} },
  { "181 days", set = { ["utilities.collected_at"] = "2026-05-23T14:59:59Z" },
    expect = { ["utilities-reviewed"] = "fail" }, blame = "/utilities/collected_at" },

  -- ---- a tenant with both services ----
  { "a statement for each service: they count together", base = "both/compliant.json",
    set = { ["attestations[at-whitepaper].scope"] = { "iad" } },
    append = { attestations = {
      id = "at-of-ctx", controls = { "9.4.4" }, statement = "CTX について表明する",
      issuer = "株式会社クラウド基盤サービス", issuer_party = "provider", subject_party = "provider",
      scope = { "ctx" }, issued = "2026-04-01", reviewed_at = "2026-04-06T15:00:00+09:00",
      reviewer = "久保 明",
      evidence = { { uri = "docs/ctx.pdf", title = "CTX に関する説明書", language = "ja" } },
    } },
    expect = {} },
  { "a statement for one of the services only", base = "both/compliant.json",
    set = { ["attestations[at-whitepaper].scope"] = { "iad" } },
    expect = { ["provider-states-none"] = "unknown" }, blame = "attestations" },
}
