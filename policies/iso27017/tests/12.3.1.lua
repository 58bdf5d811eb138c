-- Tests of 12.3.1. On IAD the customer exports objects, GPOs, DNS zones and the configuration of
-- Entra Connect every night to its head office; on CTX it backs up images, profiles and settings.
-- Both bases are judged on 2026-11-20: IAD at 09:00, CTX at 18:00, Asia/Tokyo.

local ctx = "ctx/compliant.json"

local jobs = "backup.jobs"
local objects = jobs .. "[bk-objects]"
local gpo = jobs .. "[bk-gpo]"
local image = jobs .. "[bk-image]"
local profile = jobs .. "[bk-profile]"

local function only(rule, status)
  return { [rule] = status }
end

local stale = only("customer-backup", "fail")
local no_job = only("customer-backup", "unknown")

local of_jobs = {
  ["customer-backup"] = "unknown", ["retention"] = "unknown", ["restore-test"] = "unknown", ["place"] = "unknown",
  ["encryption"] = "unknown",
}

local function also(base, more)
  local all = {}
  for rule, status in pairs(base) do
    all[rule] = status
  end
  for rule, status in pairs(more) do
    all[rule] = status
  end
  return all
end

local function system_state(at)
  return {
    id = "bk-state", service = "iad", dataset = "system_state", kind = "system_state", last_success_at = at,
    last_size_bytes = 9128304128, source_changed_at = at, retention_days = 365, country = "JP", site = "東京本社",
    primary_site = "東日本", encrypted = true, key_kept_apart = true, restore_tested_at = "2026-09-10T09:00:00+09:00",
  }
end

local function accepted(kinds)
  local list = {}
  for i, kind in ipairs(kinds) do
    list[i] = { id = kind, reason = "再作成できる", approved_by = "E0007", expires = "2026-11-20" }
  end
  return list
end

return {
  base = "iad/compliant.json",

  -- R1: the provider's
  { "the provider's backup does not stand in for the customer's",
    remove = { objects }, expect = stale, blame = "/backup/jobs" },
  { "a provider that backs up nothing, whatever it states",
    set = { ["backup.provider.equipment_backed_up"] = false }, expect = only("provider-backup", "fail"),
    blame = "/backup/provider/equipment_backed_up" },
  { "whether it does is not known",
    set = { ["backup.provider.equipment_backed_up"] = null }, expect = only("provider-backup", "unknown"),
    blame = "/backup/provider/equipment_backed_up" },
  { "the statement is enough",
    remove = { "backup.provider" }, expect = {} },
  { "no statement at all is unknown",
    remove = { "attestations" }, expect = only("provider-backup", "unknown"), blame = "/attestations" },
  { "statements on other clauses only are unknown",
    set = { ["attestations[at-whitepaper].controls"] = { "12.4.1" } }, expect = only("provider-backup", "unknown") },
  { "the clause in another spelling is the clause",
    set = { ["attestations[at-whitepaper].controls"] = { "ISO/IEC 27017 12.3.1" } }, expect = {} },
  { "a statement for another service is none",
    set = { ["attestations[at-whitepaper].scope"] = { "ctx" } }, expect = only("provider-backup", "unknown") },
  { "a statement that was confirmed more than a year ago",
    set = { ["attestations[at-whitepaper].reviewed_at"] = "2025-11-19T14:59:59Z" },
    expect = only("provider-backup", "fail"), blame = "attestations[at-whitepaper].reviewed_at" },
  { "a statement without evidence",
    set = { ["attestations[at-whitepaper].evidence"] = empty_list }, expect = only("provider-backup", "fail"),
    blame = "attestations[at-whitepaper].evidence" },
  { "the customer cannot state the provider's practice",
    set = { ["attestations[at-whitepaper].issuer_party"] = "customer" }, expect = only("provider-backup", "fail"),
    blame = "attestations[at-whitepaper].issuer_party" },

  -- R2: a current backup of everything
  { "nothing is backed up, though somebody looked",
    set = { [jobs] = empty_list },
    expect = also(of_jobs, stale), blame = "/backup/jobs" },
  { "jobs that were not collected are unknown",
    remove = { jobs }, expect = also(of_jobs, { ["system-state"] = "unknown" }), blame = "/backup/jobs" },
  { "backup that was not collected is unknown",
    remove = { "backup" },
    expect = also(of_jobs, { ["system-state"] = "unknown", ["accepted-risk"] = "unknown" }), blame = "/backup" },
  { "two sites are no backup: a replica",
    set = { [objects .. ".kind"] = "replica" }, expect = stale, blame = "backup.jobs[bk-objects].kind" },
  { "the recycle bin is no backup",
    set = { [objects .. ".kind"] = "recycle_bin" }, expect = stale, blame = "backup.jobs[bk-objects].kind" },
  { "a snapshot is no backup", base = ctx,
    set = { [profile .. ".kind"] = "snapshot" }, expect = stale, blame = "backup.jobs[bk-profile].kind" },
  { "a snapshot beside a backup does no harm",
    append = { [jobs] = {
      id = "bk-snap", service = "iad", dataset = "directory_objects", kind = "snapshot",
      last_success_at = "2026-11-20T02:10:00+09:00", last_size_bytes = 0,
      source_changed_at = "2026-11-19T19:02:00+09:00",
      retention_days = 1, country = "US", site = "東日本", primary_site = "東日本", encrypted = false,
      key_kept_apart = false, restore_tested_at = null,
    } },
    expect = {} },
  { "a kind that nobody knows is unknown",
    set = { [objects .. ".kind"] = "copy" },
    expect = also(of_jobs, { ["system-state"] = "unknown" }), blame = "backup.jobs[bk-objects].kind" },
  { "a success with 0 bytes is none",
    set = { [objects .. ".last_size_bytes"] = 0 }, expect = stale, blame = "backup.jobs[bk-objects].last_size_bytes" },
  { "AD changed since a backup of exactly 7 days: in time",
    set = { [objects .. ".last_success_at"] = "2026-11-13T09:00:00+09:00" }, expect = {} },
  { "AD changed since a backup of 7 days and a second, in UTC",
    set = { [objects .. ".last_success_at"] = "2026-11-12T23:59:59Z" }, expect = stale,
    blame = "backup.jobs[bk-objects].last_success_at" },
  { "GPOs that did not change need no new backup",
    set = { [gpo .. ".last_success_at"] = "2026-11-05T14:20:00+09:00" }, expect = {} },
  { "GPOs that changed a second after the backup do",
    set = { [gpo .. ".last_success_at"] = "2026-11-05T05:19:59Z" }, expect = stale,
    blame = "backup.jobs[bk-gpo].last_success_at" },
  { "profiles that changed, with a backup of exactly 24 hours", base = ctx,
    set = { [profile .. ".last_success_at"] = "2026-11-19T18:00:00+09:00" }, expect = {} },
  { "profiles that changed, with a backup of 24 hours and a second", base = ctx,
    set = { [profile .. ".last_success_at"] = "2026-11-19T08:59:59Z" }, expect = stale,
    blame = "backup.jobs[bk-profile].last_success_at" },
  { "an image that did not change since its backup a month ago", base = ctx,
    set = { [image .. ".last_success_at"] = "2026-10-20T03:40:00+09:00",
      [image .. ".source_changed_at"] = "2026-10-20T03:00:00+09:00" },
    expect = {} },
  { "an image that changed after it", base = ctx,
    set = { [image .. ".last_success_at"] = "2026-11-12T03:40:00+09:00" }, expect = stale,
    blame = "backup.jobs[bk-image].last_success_at" },
  { "settings that changed after their backup", base = ctx,
    set = { [jobs .. "[bk-settings].last_success_at"] = "2026-11-18T11:01:59+09:00" }, expect = stale },
  { "a success in the future is none",
    set = { [objects .. ".last_success_at"] = "2026-11-20T09:00:01+09:00" }, expect = no_job,
    blame = "backup.jobs[bk-objects].last_success_at" },
  { "a change in the future is none",
    set = { [objects .. ".source_changed_at"] = "2026-11-21T09:00:00+09:00" }, expect = no_job,
    blame = "backup.jobs[bk-objects].source_changed_at" },
  { "a last success that nobody knows",
    set = { [objects .. ".last_success_at"] = null }, expect = no_job,
    blame = "backup.jobs[bk-objects].last_success_at" },
  { "a backup as old as it is kept for is still there", base = ctx,
    set = { [image .. ".last_success_at"] = "2026-09-21T03:40:00+09:00",
      [image .. ".source_changed_at"] = "2026-09-20T03:00:00+09:00" },
    expect = {} },
  { "a day later it is gone, though nothing changed", base = ctx,
    set = { [image .. ".last_success_at"] = "2026-09-20T14:59:59Z",
      [image .. ".source_changed_at"] = "2026-09-20T03:00:00+09:00" },
    expect = stale, blame = "backup.jobs[bk-image].last_success_at" },
  { "the configuration of Entra Connect is asked for where it is contracted",
    remove = { jobs .. "[bk-sync]" }, expect = stale, blame = "/backup/jobs" },
  { "and not elsewhere",
    set = { ["contract.options"] = { "two_site", "admin_console", "mfa_option" } }, remove = { jobs .. "[bk-sync]" },
    expect = {} },
  { "a job of the other service is not this one's", base = ctx,
    set = { [image .. ".service"] = "iad" }, expect = stale, blame = "/backup/jobs" },
  { "with both services both have to be backed up", base = ctx,
    set = { ["contract.service"] = "both" },
    expect = { ["customer-backup"] = "fail", ["provider-backup"] = "unknown" } },
  { "other data may be asked for",
    params = { backup_iad = { "event_logs" } }, expect = also(of_jobs, stale), blame = "/backup/jobs" },

  -- R6: accepted risks
  { "what an accepted risk leaves out until today need not be there",
    set = { ["backup.not_needed"] = accepted({ "dns_zones" }) }, remove = { jobs .. "[bk-dns]" }, expect = {} },
  { "an acceptance that ran out yesterday leaves nothing out",
    set = { ["backup.not_needed"] = accepted({ "dns_zones" }),
      ["backup.not_needed[dns_zones].expires"] = "2026-11-19" },
    remove = { jobs .. "[bk-dns]" },
    expect = { ["customer-backup"] = "fail", ["accepted-risk"] = "fail" },
    blame = "backup.not_needed[dns_zones].expires" },
  { "an acceptance that ran out, of what is backed up by now",
    set = { ["backup.not_needed"] = accepted({ "dns_zones" }),
      ["backup.not_needed[dns_zones].expires"] = "2026-11-19" }, expect = {} },
  { "an acceptance that ran out, of what has a snapshot only", base = ctx,
    set = { ["backup.not_needed"] = accepted({ "profile_data" }),
      ["backup.not_needed[profile_data].expires"] = "2026-11-19", [profile .. ".kind"] = "snapshot" },
    expect = { ["customer-backup"] = "fail", ["accepted-risk"] = "fail" },
    blame = "backup.not_needed[profile_data].expires" },
  { "today is today in Japan, when it is still yesterday in UTC",
    set = { ["backup.not_needed"] = accepted({ "dns_zones" }), ["as_of"] = "2026-11-20T14:59:59Z" },
    remove = { jobs .. "[bk-dns]" }, expect = {} },
  { "and tomorrow in Japan when it is still today in UTC",
    set = { ["backup.not_needed"] = accepted({ "dns_zones" }), ["as_of"] = "2026-11-20T15:00:00Z" },
    remove = { jobs .. "[bk-dns]" },
    expect = { ["customer-backup"] = "fail", ["accepted-risk"] = "fail" } },
  { "an acceptance without an expiry is unknown",
    remove = { "backup.not_needed[system_state].expires" }, expect = only("accepted-risk", "unknown"),
    blame = "backup.not_needed[system_state].expires" },
  { "a customer that accepted every risk has nothing to back up",
    set = { ["backup.not_needed"] = accepted({
      "directory_objects", "group_policy", "dns_zones", "sync_configuration",
    }) },
    expect = {
      ["customer-backup"] = "not_applicable", ["retention"] = "not_applicable", ["restore-test"] = "not_applicable",
      ["place"] = "not_applicable", ["encryption"] = "not_applicable",
    } },
  { "no accepted risks",
    set = { ["backup.not_needed"] = empty_list }, expect = only("accepted-risk", "not_applicable") },
  { "accepted risks that nobody read are unknown",
    remove = { "backup.not_needed" }, expect = also(of_jobs, only("accepted-risk", "unknown")),
    blame = "/backup/not_needed" },

  -- R3: kept long enough
  { "30 days are enough", set = { [objects .. ".retention_days"] = 30 }, expect = {} },
  { "29 days are not", set = { [objects .. ".retention_days"] = 29 }, expect = only("retention", "fail"),
    blame = "backup.jobs[bk-objects].retention_days" },
  { "days as text are unknown", set = { [objects .. ".retention_days"] = "90" },
    expect = { ["retention"] = "unknown", ["customer-backup"] = "unknown" },
    blame = "backup.jobs[bk-objects].retention_days" },

  -- R4: restore tests
  { "a restore test of 180 days ago", set = { [objects .. ".restore_tested_at"] = "2026-05-23T15:00:00Z" },
    expect = {} },
  { "a restore test of 181 days ago", set = { [objects .. ".restore_tested_at"] = "2026-05-23T14:59:59Z" },
    expect = only("restore-test", "fail"), blame = "backup.jobs[bk-objects].restore_tested_at" },
  { "restoring was never tested", set = { [objects .. ".restore_tested_at"] = null },
    expect = only("restore-test", "fail"), blame = "backup.jobs[bk-objects].restore_tested_at" },
  { "whether restoring was tested is not known", remove = { objects .. ".restore_tested_at" },
    expect = only("restore-test", "unknown"), blame = "backup.jobs[bk-objects].restore_tested_at" },
  { "a restore test in the future", set = { [objects .. ".restore_tested_at"] = "2026-11-21T09:00:00+09:00" },
    expect = only("restore-test", "unknown"), blame = "backup.jobs[bk-objects].restore_tested_at" },

  -- R5: place and encryption
  { "a backup abroad", set = { [objects .. ".country"] = "US" }, expect = only("place", "fail"),
    blame = "backup.jobs[bk-objects].country" },
  { "a country that is allowed", set = { [objects .. ".country"] = "US" },
    params = { backup_countries = { "JP", "US" } }, expect = {} },
  { "a country in words is unknown", set = { [objects .. ".country"] = "日本" }, expect = only("place", "unknown"),
    blame = "backup.jobs[bk-objects].country" },
  { "the same site as the data", set = { [objects .. ".site"] = "東日本" }, expect = only("place", "fail"),
    blame = "backup.jobs[bk-objects].site" },
  { "the same site in another spelling", base = ctx, set = { [image .. ".site"] = "ＪａｐａｎＥａｓｔ" },
    expect = only("place", "fail"), blame = "backup.jobs[bk-image].site" },
  { "the same region, as the portal of Azure writes it", base = ctx, set = { [image .. ".site"] = "Japan East" },
    expect = only("place", "fail"), blame = "backup.jobs[bk-image].site" },
  { "a region that is in another country than the backup is said to be", base = ctx,
    set = { [image .. ".site"] = "East US" }, expect = only("place", "fail"),
    blame = "backup.jobs[bk-image].country" },
  { "a region that is in no single country", base = ctx, set = { [image .. ".site"] = "global" },
    expect = only("place", "fail"), blame = "backup.jobs[bk-image].site" },
  { "a site whose country its name does not tell", base = ctx, set = { [image .. ".site"] = "第二倉庫" }, expect = {} },
  { "the same country in small letters", params = { backup_countries = { "jp" } }, expect = {} },
  { "a site that nobody knows", remove = { objects .. ".primary_site" }, expect = only("place", "unknown"),
    blame = "backup.jobs[bk-objects].primary_site" },
  { "a backup in the clear", set = { [objects .. ".encrypted"] = false }, expect = only("encryption", "fail"),
    blame = "backup.jobs[bk-objects].encrypted" },
  { "encrypted, with the key in the same backup", set = { [objects .. ".key_kept_apart"] = false },
    expect = only("encryption", "fail"), blame = "backup.jobs[bk-objects].key_kept_apart" },
  { "encrypted, and nobody knows where the key is", remove = { objects .. ".key_kept_apart" },
    expect = only("encryption", "unknown"), blame = "backup.jobs[bk-objects].key_kept_apart" },

  -- system state
  { "a system state of 180 days, as old as the tombstone lifetime",
    append = { [jobs] = system_state("2026-05-24T09:00:00+09:00") }, expect = only("system-state", "pass") },
  { "a system state of 181 days cannot be restored",
    append = { [jobs] = system_state("2026-05-23T14:59:59Z") }, expect = only("system-state", "fail"),
    blame = "backup.jobs[bk-state].last_success_at" },
  { "a system state, and nobody knows the tombstone lifetime",
    append = { [jobs] = system_state("2026-11-19T09:00:00+09:00") }, remove = { "ad.tombstone_days" },
    expect = only("system-state", "unknown"), blame = "/ad/tombstone_days" },

  { "a provider's backup of customers' data is no backup of the customer's own",
    set = { ["backup.provider.customer_data_included"] = true }, remove = { "backup.jobs[bk-gpo]" },
    expect = { ["customer-backup"] = "fail" } },
  { "nobody knows whether the provider's backup holds customers' data",
    remove = { "backup.provider.customer_data_included" }, expect = { ["provider-backup"] = "unknown" },
    blame = "/backup/provider/customer_data_included" },
}
